"""Pairs of windows that might say the same thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from paracorp.alignment.passages import GROUPS, Passage, Window, windows
from paracorp.alignment.similarity import (
    Floats,
    Ints,
    Neighbours,
    Space,
    Terms,
    dots,
    merge,
    nearest,
    read_terms,
    space,
)

# Neighbours kept per window, and how many of them make its mean: of 300 hidden pairs of `mining`, 299 are
# among the eight nearest.
DEPTH = 8
MEAN_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. Arrays run over `windows`; passages are named by their position.

    `near` holds the nearest single passages of the other side by position; `window[size, start]` is the
    number of a window, -1 where there is none; `weights` holds the weight of each term of a window once.
    """

    passages: Sequence[Passage]
    terms: Sequence[Terms]
    windows: Sequence[Window]
    vectors: sparse.csr_array
    weights: sparse.csr_array
    near: Neighbours
    window: Ints
    starts: Ints
    sizes: Ints
    mass: Floats

    @property
    def stops(self) -> Ints:
        """One past the last position of each window."""
        return self.starts + self.sizes


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides and the candidate pairs of their windows: `left[k]` with `right[k]`.

    `base` is the similarity of each; `ordered` says that the passages of each side are running text.
    """

    source: Side
    target: Side
    left: Ints
    right: Ints
    base: Floats
    ordered: bool


def compare(
    source: Sequence[Passage],
    target: Sequence[Passage],
    *,
    longest: int,
    ordered: bool,
    on_progress: Callable[[int, int], None] | None = None,
) -> Comparison:
    """All candidate links between two sequences of passages.

    `longest` bounds the passages of one side of a link, `longest` + 1 those of both sides together. A
    candidate holds at least one pair of passages of which one is among the nearest of the other.
    """
    terms = [[read_terms(passage) for passage in side] for side in (source, target)]
    shared = space([*terms[0], *terms[1]])
    spans = [windows(side, longest) for side in (source, target)]
    counts = [merge(shared.counts(read), part) for read, part in zip(terms, spans, strict=True)]
    vectors = [shared.vectors(part) for part in counts]
    near = _near((source, target), spans, vectors, on_progress)
    weights = [_weights(shared, part) for part in counts]
    sides = [
        _side(side, terms[at], spans[at], vectors=vectors[at], weights=weights[at], near=near[at])
        for at, side in enumerate((source, target))
    ]
    left, right = _candidates(sides[0], sides[1], longest)
    base = dots(sides[0].vectors, sides[1].vectors, left, right)
    return Comparison(sides[0], sides[1], left, right, base, ordered)


def _side(  # noqa: PLR0913 - one per field
    passages: Sequence[Passage],
    terms: Sequence[Terms],
    spans: Sequence[Window],
    *,
    vectors: sparse.csr_array,
    weights: sparse.csr_array,
    near: Neighbours,
) -> Side:
    longest = max((span.size for span in spans), default=1)
    window = np.full((longest + 1, len(passages) + 1), -1, dtype=np.int64)
    for at, span in enumerate(spans):
        window[span.size, span.start] = at
    return Side(
        passages,
        terms,
        spans,
        vectors,
        weights,
        near,
        window,
        np.array([span.start for span in spans], dtype=np.int64),
        np.array([span.size for span in spans], dtype=np.int64),
        np.asarray(weights.sum(axis=1), dtype=np.float64).ravel(),
    )


def _weights(shared: Space, counts: sparse.csr_array) -> sparse.csr_array:
    flags = counts.copy()
    flags.data = np.ones_like(flags.data)
    return sparse.csr_array(flags.multiply(shared.weight[None, :]))


def _near(
    passages: tuple[Sequence[Passage], Sequence[Passage]],
    spans: Sequence[Sequence[Window]],
    vectors: Sequence[sparse.csr_array],
    on_progress: Callable[[int, int], None] | None,
) -> list[Neighbours]:
    """For each window of either side its nearest single passages, by position, within its group."""
    found = [
        Neighbours(np.full((len(part), DEPTH), -1, dtype=np.int64), np.zeros((len(part), DEPTH)))
        for part in spans
    ]
    for group in sorted(set(GROUPS.values())):
        rows = [_rows(passages[side], spans[side], group) for side in (0, 1)]
        single = [rows[side][[spans[side][at].size == 1 for at in rows[side]]] for side in (0, 1)]
        if not (len(single[0]) and len(single[1])):
            continue
        forward, backward = nearest(vectors[0][rows[0]], vectors[1][single[1]], DEPTH, on_progress)
        if len(rows[0]) != len(single[0]) or len(rows[1]) != len(single[1]):
            backward, _ = nearest(vectors[1][rows[1]], vectors[0][single[0]], DEPTH, None)
        for side, best in ((0, forward), (1, backward)):
            other = 1 - side
            places = np.array([spans[other][at].start for at in single[other]] + [-1], dtype=np.int64)
            found[side].index[rows[side]] = places[best.index]
            found[side].score[rows[side]] = best.score
    return found


def _rows(passages: Sequence[Passage], spans: Sequence[Window], group: str) -> Ints:
    return np.array(
        [at for at, span in enumerate(spans) if passages[span.start].group == group], dtype=np.int64
    )


def near_pairs(source: Side, target: Side) -> tuple[Ints, Ints]:
    """Positions of the passages of which one is among the nearest of the other, sorted."""
    found = []
    for side in (source, target):
        rows = np.flatnonzero(side.sizes == 1)
        here = np.repeat(side.starts[rows], DEPTH)
        there = side.near.index[rows].ravel()
        kept = there >= 0
        found.append((here[kept], there[kept]))
    at = np.concatenate([found[0][0], found[1][1]])
    to = np.concatenate([found[0][1], found[1][0]])
    codes = np.unique(at * (len(target.passages) + 1) + to)
    return codes // (len(target.passages) + 1), codes % (len(target.passages) + 1)


def _candidates(source: Side, target: Side, longest: int) -> tuple[Ints, Ints]:
    at, to = near_pairs(source, target)
    width = max(1, len(target.windows))
    codes = [np.array([], dtype=np.int64)]
    for size in range(1, len(source.window)):
        for other in range(1, min(len(target.window), longest + 2 - size)):
            for up in range(size):
                for back in range(other):
                    inside = (at >= up) & (to >= back)
                    left = source.window[size, (at - up)[inside]]
                    right = target.window[other, (to - back)[inside]]
                    kept = (left >= 0) & (right >= 0)
                    codes.append(left[kept] * width + right[kept])
    unique = np.unique(np.concatenate(codes))
    return unique // width, unique % width
