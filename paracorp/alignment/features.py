"""What speaks for and against a candidate, as numbers for the models of `confidence`.

`pair_features` asks what two single passages share; `edge_features` asks, for a passage beside one of a pair,
whether it says more of what the partner says. Nothing asks who wrote or translated a text: every feature is
about what two windows share, how that compares with their other chances, and what stands next to them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy import sparse

from paracorp.alignment.candidates import (
    MEAN_DEPTH,
    Comparison,
    Side,
    alike,
    near_pairs,
    window_figures,
    window_quotations,
)
from paracorp.alignment.figures import agreement
from paracorp.alignment.progress import Told
from paracorp.alignment.quotes import quoted_alike
from paracorp.alignment.similarity import Floats, Ints, Neighbours, dots
from paracorp.alignment.wording import joining_features, wording_features

_Told = TypeVar("_Told")

PAIR = (
    "words",
    "pieces",
    "cover",
    "mass",
    "margin",
    "rival",
    "before",
    "after",
    "crossed",
    "numbers",
    "clash",
    "quotes",
    "quotes_differ",
    "length",
    "meaning",
    "meaning_margin",
    "meaning_rival",
    "meaning_words",
    "wording_low",
    "wording_high",
    "wording_mass",
)
EDGE = (
    "gain",
    "own",
    "rival",
    "new_cover",
    "new_mass",
    "own_cover",
    "balance",
    "lift",
    "meaning_gain",
    "meaning_own",
    "meaning_rival",
    "wording_gain",
    "wording_own",
)

# Keeps ratios of small similarities from exploding; about the similarity of two unrelated sentences.
FLOOR = 0.03
# A neighbour fits no better than this, so that one clear link does not carry three doubtful ones.
STRONGEST = 3.0


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges of the candidates of three passages: one passage that joins a pair of two.

    `edge` and `core` hold (source position, target position) of the joining passage with the partner, and
    of the pair without it; `candidate` numbers the candidate; `features` has the columns of `EDGE`.
    """

    candidate: Ints
    edge: tuple[Ints, Ints]
    core: tuple[Ints, Ints]
    features: Floats


def pair_features(comparison: Comparison, rows: Ints) -> Floats:
    """One row per given candidate with the columns of `PAIR`; neighbours count only in running text."""
    source, target = comparison.source, comparison.target
    left, right, base = comparison.left[rows], comparison.right[rows], comparison.base[rows]
    terms = source.weights.shape[1]
    words = 2 * dots(source.vectors[:, :terms], target.vectors[:, :terms], left, right)
    mass = _shared(source, target, left, right)
    masses = source.mass[left], target.mass[right]
    columns = {
        "words": words,
        "pieces": 2 * base - words,
        "cover": mass / np.maximum(np.minimum(*masses), 1e-9),
        "mass": np.log1p(mass),
        "margin": _ratio(base, _typical(source, target, left, right)),
        "rival": _ratio(base, _rivals(source, target, left, right)),
        "length": np.abs(np.log((masses[0] + 1) / (masses[1] + 1))),
    }
    columns |= _numbers(source, target, left, right)
    columns |= _quotes(source, target, left, right)
    columns |= _meant(source, target, left, right)
    if "meaning" in columns:
        columns["meaning_words"] = np.sqrt(np.maximum(words, 0.0) * np.maximum(columns["meaning"], 0.0))
    if comparison.ordered and len(left):
        columns |= _surroundings(source, target, left, right)
    table = np.stack([columns.get(name, np.zeros(len(left))) for name in PAIR], axis=1)
    return np.asarray(np.round(table, 6))


def edge_features(comparison: Comparison, on_progress: Told | None = None) -> Edges:
    """One row per edge: those of 2:1 candidates, first passage and last, then those of 1:2 candidates."""
    parts = []
    for done, (side, last) in enumerate(((0, False), (0, True), (1, False), (1, True))):
        if on_progress is not None:
            on_progress(done, 4)
        parts.append(_edge(comparison, side, last=last))
    return Edges(
        np.concatenate([part.candidate for part in parts]),
        (np.concatenate([part.edge[0] for part in parts]), np.concatenate([part.edge[1] for part in parts])),
        (np.concatenate([part.core[0] for part in parts]), np.concatenate([part.core[1] for part in parts])),
        np.concatenate([part.features for part in parts]),
    )


def _meant(source: Side, target: Side, left: Ints, right: Ints) -> dict[str, Floats]:
    """How alike in meaning, and how much more so than each side's nearest and best other passages."""
    if source.meaning is None or target.meaning is None:
        return {}
    near = source.meaning.near, target.meaning.near
    same = alike(source, target, left, right)
    typical = (near[0].mean(MEAN_DEPTH)[left] + near[1].mean(MEAN_DEPTH)[right]) / 2
    rivals = np.maximum(_outside(near[0], target, left, right), _outside(near[1], source, right, left))
    columns = {"meaning": same, "meaning_margin": same - typical, "meaning_rival": same - rivals}
    one, other = source.meaning.wording, target.meaning.wording
    return columns | wording_features(one, other, source.starts[left], target.starts[right])


def _ratio(score: Floats, other: Floats) -> Floats:
    return np.asarray(np.log((score + FLOOR) / (other + FLOOR)))


def _shared(source: Side, target: Side, left: Ints, right: Ints) -> Floats:
    """The summed weight of the terms that both windows hold."""
    flags = target.weights.copy()
    flags.data = np.ones_like(flags.data)
    return dots(source.weights, flags, left, right)


def _typical(source: Side, target: Side, left: Ints, right: Ints) -> Floats:
    """How similar the two windows are to their nearest passages on average: to anything at all."""
    means = source.near.mean(MEAN_DEPTH)[left] + target.near.mean(MEAN_DEPTH)[right]
    return np.asarray(means / 2)


def _rivals(source: Side, target: Side, left: Ints, right: Ints) -> Floats:
    """The best similarity either window has with a passage outside the other one."""
    return np.maximum(_outside(source.near, target, left, right), _outside(target.near, source, right, left))


def _outside(near: Neighbours, there: Side, at: Ints, to: Ints) -> Floats:
    """The best similarity of windows `at` with a passage outside the windows `to` of the other side."""
    starts, stops = there.starts[to][:, None], there.stops[to][:, None]
    index, score = near.index[at], near.score[at]
    outside = ((index < starts) | (index >= stops)) & (index >= 0)
    return np.asarray(np.where(outside, score, 0.0).max(axis=1, initial=0.0))


def _surroundings(source: Side, target: Side, left: Ints, right: Ints) -> dict[str, Floats]:
    """How well the passages next to both windows fit each other, in the same and in crossed order."""
    strength = _strength(source, target)
    # The matrix has a margin of two empty rows and columns, so that no neighbour falls outside.
    starts = source.starts[left] + 2, target.starts[right] + 2
    stops = source.stops[left] + 2, target.stops[right] + 2
    before = [(starts[side] - 1, starts[side] - 2) for side in (0, 1)]
    after = [(stops[side], stops[side] + 1) for side in (0, 1)]

    def best(rows: tuple[Ints, Ints], columns: tuple[Ints, Ints]) -> Floats:
        values = [np.asarray(strength[row, column]).ravel() for row in rows for column in columns]
        return np.asarray(np.minimum(np.max(values, axis=0), STRONGEST))

    crossed = np.maximum(best(before[0], after[1]), best(after[0], before[1]))
    return {"before": best(before[0], before[1]), "after": best(after[0], after[1]), "crossed": crossed}


def _strength(source: Side, target: Side) -> sparse.csr_array:
    """Similarity of near passages over what each has with anything: positions x positions, offset by 2."""
    at, to = near_pairs(source, target)
    left, right = source.window[1, at], target.window[1, to]
    value = dots(source.vectors, target.vectors, left, right)
    value /= _typical(source, target, left, right) + FLOOR
    shape = (len(source.passages) + 4, len(target.passages) + 4)
    return sparse.csr_array((value, (at + 2, to + 2)), shape=shape)


def _numbers(source: Side, target: Side, left: Ints, right: Ints) -> dict[str, Floats]:
    read = [[window_figures(side, span) for span in side.windows] for side in (source, target)]
    agree, clash = _told(read, agreement, left, right)
    return {"numbers": agree, "clash": clash}


def _quotes(source: Side, target: Side, left: Ints, right: Ints) -> dict[str, Floats]:
    read = [[window_quotations(side, span) for span in side.windows] for side in (source, target)]
    shared, differ = _told(read, quoted_alike, left, right)
    return {"quotes": np.log1p(shared), "quotes_differ": differ}


def _told(
    read: Sequence[Sequence[tuple[_Told, ...]]],
    compare: Callable[[tuple[_Told, ...], tuple[_Told, ...]], tuple[float, float]],
    left: Ints,
    right: Ints,
) -> tuple[Floats, Floats]:
    """What a comparison says for and against each candidate of which both windows hold something."""
    found = np.zeros(len(left)), np.zeros(len(left))
    for at, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if read[0][one] and read[1][other]:
            found[0][at], found[1][at] = compare(read[0][one], read[1][other])
    return found


def _edge(comparison: Comparison, side: int, *, last: bool) -> Edges:
    """The edges at one end of the windows of two passages of one side."""
    order = 1 if side == 0 else -1
    here, there = (comparison.source, comparison.target)[::order]
    windows = (comparison.left, comparison.right)[::order]
    rows = np.flatnonzero((here.sizes[windows[0]] == 2) & (there.sizes[windows[1]] == 1))
    whole, other = windows[0][rows], windows[1][rows]
    place, kept = here.starts[whole] + last, here.starts[whole] + (not last)
    edge, core = here.window[1, place], here.window[1, kept]
    similar = [dots(here.vectors, there.vectors, part, other) for part in (core, edge)]
    common = [_shared(here, there, part, other) for part in (whole, core, edge)]
    gain, added = comparison.base[rows] - similar[0], common[0] - common[1]
    mass = np.maximum(here.mass[edge], 1e-9)
    lengths = [np.abs(np.log((here.mass[part] + 1) / (there.mass[other] + 1))) for part in (whole, core)]
    columns = {
        "gain": gain,
        "own": _ratio(similar[1], here.near.mean(MEAN_DEPTH)[edge]),
        "rival": _ratio(similar[1], _outside(here.near, there, edge, other)),
        "new_cover": added / mass,
        "new_mass": np.log1p(np.maximum(added, 0.0)),
        "own_cover": common[2] / mass,
        "balance": lengths[0] - lengths[1],
        "lift": gain / (similar[0] + FLOOR),
    }
    if here.meaning is not None and there.meaning is not None:
        meant = [alike(here, there, part, other) for part in (whole, core, edge)]
        columns |= {
            "meaning_gain": meant[0] - meant[1],
            "meaning_own": meant[2] - here.meaning.near.mean(MEAN_DEPTH)[edge],
            "meaning_rival": meant[2] - _outside(here.meaning.near, there, edge, other),
        }
        wording = here.meaning.wording, there.meaning.wording
        columns |= joining_features(*wording, there.starts[other], core=kept, edge=place)
    zeros = np.zeros(len(rows))
    table = np.round(np.stack([columns.get(name, zeros) for name in EDGE], axis=1), 6)
    partner = there.starts[other]
    pairs = [(place, partner), (kept, partner)] if side == 0 else [(partner, place), (partner, kept)]
    return Edges(rows, pairs[0], pairs[1], table)
