"""Pairs of windows that might say the same thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from paracorp.alignment.passages import GROUPS, Passage, Window, windows
from paracorp.alignment.progress import Told, part
from paracorp.alignment.quotes import Quotation
from paracorp.alignment.semantic import WIDTH, Encoder
from paracorp.alignment.similarity import (
    MEANING_DIGITS,
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
from paracorp.alignment.wording import Wording, wordings
from paracorp.lexicon.quantities import Quantity
from paracorp.records import BlockKind

# Neighbours kept per window, and how many of them make its mean: of 300 hidden pairs of `mining`, 299 are
# among the eight nearest.
DEPTH = 8
MEAN_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the windows of a side mean: a vector of length 1 each, and `near` as in `Side` but by meaning.

    `wording` holds the words of the passages.
    """

    vectors: Floats
    near: Neighbours
    wording: Wording


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. Arrays run over `windows`; passages are named by their position.

    `near` holds the nearest single passages of the other side by position; `window[size, start]` is the
    number of a window, -1 where there is none; `weights` holds the weight of each term of a window once.
    `meaning` is None without an encoder.
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
    meaning: Meaning | None

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


def compare(  # noqa: PLR0913 - two sides, and what to look at
    source: Sequence[Passage],
    target: Sequence[Passage],
    *,
    longest: int,
    ordered: bool,
    encoder: Encoder | None = None,
    on_progress: Told | None = None,
) -> Comparison:
    """All candidate links between two sequences of passages.

    `longest` bounds the passages of one side of a link, `longest` + 1 those of both sides together. A
    candidate holds at least one pair of passages of which one is among the nearest of the other, by what
    they share or, with an encoder, by what they mean.
    """
    terms = [[read_terms(passage) for passage in side] for side in (source, target)]
    shared = space([*terms[0], *terms[1]])
    spans = [windows(side, longest) for side in (source, target)]
    counts = [merge(shared.counts(read), part) for read, part in zip(terms, spans, strict=True)]
    vectors = [shared.vectors(part) for part in counts]
    near = _near((source, target), spans, vectors, on_progress)
    weights = [_weights(shared, part) for part in counts]
    meaning = _meanings(encoder, (source, target), spans)
    sides = [
        _side(
            side,
            terms[at],
            spans[at],
            vectors=vectors[at],
            weights=weights[at],
            near=near[at],
            meaning=meaning[at],
        )
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
    meaning: Meaning | None,
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
        meaning,
    )


def _meanings(
    encoder: Encoder | None,
    passages: tuple[Sequence[Passage], Sequence[Passage]],
    spans: Sequence[Sequence[Window]],
) -> Sequence[Meaning | None]:
    """The meaning of both sides; a window means what its sentences mean on average."""
    if encoder is None:
        return (None, None)
    readings = [encoder.read([passage.english for passage in side]) for side in passages]
    single = [np.array([read.vector for read in side], dtype=np.float64) for side in readings]
    vectors = [_averages(*parts) for parts in zip(single, spans, strict=True)]
    near = _near(passages, spans, vectors, None)
    words = wordings(*([read.words for read in side] for side in readings))
    return [Meaning(*parts) for parts in zip(vectors, near, words, strict=True)]


def _averages(single: Floats, spans: Sequence[Window]) -> Floats:
    sums = [single[span.start : span.stop].sum(axis=0) for span in spans]
    found = np.array(sums).reshape(len(spans), WIDTH)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def alike(source: Side, target: Side, left: Ints, right: Ints) -> Floats:
    """How alike in meaning the windows `left[k]` and `right[k]` are, from -1 to 1; needs an encoder."""
    if source.meaning is None or target.meaning is None:
        raise ValueError("the comparison was made without an encoder")
    found = np.zeros(len(left))
    for start in range(0, len(left), 20_000):
        part = slice(start, start + 20_000)
        one, other = source.meaning.vectors[left[part]], target.meaning.vectors[right[part]]
        found[part] = np.einsum("ij,ij->i", one, other)
    return np.asarray(np.round(found, MEANING_DIGITS))


def _weights(shared: Space, counts: sparse.csr_array) -> sparse.csr_array:
    flags = counts.copy()
    flags.data = np.ones_like(flags.data)
    return sparse.csr_array(flags.multiply(shared.weight[None, :]))


def _near(
    passages: tuple[Sequence[Passage], Sequence[Passage]],
    spans: Sequence[Sequence[Window]],
    vectors: Sequence[sparse.csr_array] | Sequence[Floats],
    on_progress: Told | None,
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
        told = on_progress if group == GROUPS[BlockKind.PARAGRAPH] else None
        twice = len(rows[0]) != len(single[0]) or len(rows[1]) != len(single[1])
        total = len(rows[0]) + (len(rows[1]) if twice else 0)
        forward, backward = nearest(
            vectors[0][rows[0]], vectors[1][single[1]], DEPTH, part(told, 0, len(rows[0]), total)
        )
        if twice:
            on = part(told, len(rows[0]), len(rows[1]), total)
            backward, _ = nearest(vectors[1][rows[1]], vectors[0][single[0]], DEPTH, on)
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
        for near in _nears(side):
            there = near.index[rows].ravel()
            kept = there >= 0
            found.append((here[kept], there[kept]) if side is source else (there[kept], here[kept]))
    at = np.concatenate([pair[0] for pair in found])
    to = np.concatenate([pair[1] for pair in found])
    codes = np.unique(at * (len(target.passages) + 1) + to)
    return codes // (len(target.passages) + 1), codes % (len(target.passages) + 1)


def window_figures(side: Side, span: Window) -> tuple[Quantity, ...]:
    """The figures of the passages of a window, in reading order."""
    return tuple(figure for terms in side.terms[span.start : span.stop] for figure in terms.figures)


def window_quotations(side: Side, span: Window) -> tuple[Quotation, ...]:
    """The quotations of the passages of a window, in reading order."""
    return tuple(found for terms in side.terms[span.start : span.stop] for found in terms.quotations)


def _nears(side: Side) -> Iterator[Neighbours]:
    yield side.near
    if side.meaning is not None:
        yield side.meaning.near


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
