"""What the rest of two articles makes of a pair of passages, once every pair has a first probability.

A pair gains where a passage beside it shares its partner and adds to it, and where the passages before or
after both are a pair as well; it loses where both its passages have better partners, or many as good
(`share`). How much of the two articles seems to be told by both (`overlap`) counts for all their pairs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from paracorp.alignment.candidates import Comparison
from paracorp.alignment.features import Edges
from paracorp.alignment.similarity import Floats, Ints

CONTEXT = ("own", "extends", "same", "rival", "taken", "share", "overlap")

# Best partners kept per passage: one is left when the pair itself and its neighbours are set aside.
_KEPT = 4
# Keeps the logit of a hopeless pair finite.
_LEAST = 1e-4
# Pairs that two articles are given beforehand, so that those with none are not infinitely far from others.
_GIVEN = 0.5


@dataclass(frozen=True, slots=True)
class Pairs:
    """The 1:1 candidates: their row among all candidates, source and target position, sorted by those."""

    row: Ints
    source: Ints
    target: Ints
    width: int

    def find(self, source: Ints, target: Ints) -> Ints:
        """The number of each pair of positions; -1 for a pair that is no candidate."""
        if not len(self.row):
            return np.full(len(source), -1, dtype=np.int64)
        codes = self.source * self.width + self.target
        wanted = source * self.width + target
        at = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
        found = (codes[at] == wanted) & (target >= 0) & (target < self.width) & (source >= 0)
        return np.where(found, at, -1).astype(np.int64)

    def value(self, chance: Floats, source: Ints, target: Ints) -> Floats:
        """The probability of each pair of positions; 0 for a pair that is no candidate."""
        return np.asarray(np.append(chance, 0.0)[self.find(source, target)])


def pairs_of(comparison: Comparison) -> Pairs:
    """The 1:1 candidates of a comparison."""
    source, target = comparison.source, comparison.target
    single = (source.sizes[comparison.left] == 1) & (target.sizes[comparison.right] == 1)
    rows = np.flatnonzero(single)
    at, to = source.starts[comparison.left[rows]], target.starts[comparison.right[rows]]
    order = np.lexsort((to, at))
    return Pairs(rows[order], at[order], to[order], len(target.passages) + 1)


def context_features(pairs: Pairs, chance: Floats, edges: Edges, joins: Floats, *, ordered: bool) -> Floats:
    """One row per pair with the columns of `CONTEXT`.

    `chance` is the first probability of each pair, `joins` that of each edge. Without running text only
    `own` and `taken` speak.
    """
    at, to = pairs.source, pairs.target
    columns = {"own": np.log((chance + _LEAST) / (1 - chance + _LEAST))}
    by_source, by_target = _best(at, to, chance), _best(to, at, chance)
    columns["taken"] = np.minimum(_rival(by_source, at, to, 0), _rival(by_target, to, at, 0))
    if ordered:
        columns["rival"] = np.maximum(_rival(by_source, at, to, 1), _rival(by_target, to, at, 1))
        columns["same"] = pairs.value(chance, at - 1, to - 1) + pairs.value(chance, at + 1, to + 1)
        extends = np.zeros(len(chance) + 1)
        np.maximum.at(extends, pairs.find(*edges.edge), joins * pairs.value(chance, *edges.core))
        columns["extends"] = np.log((extends[:-1] + _LEAST) / (1 - extends[:-1] + _LEAST))
        columns["share"] = _share(at, to, chance)
        columns["overlap"] = np.full(len(chance), _overlap(by_source, by_target))
    table = np.stack([columns.get(name, np.zeros(len(chance))) for name in CONTEXT], axis=1)
    return np.asarray(np.round(table, 6))


_Best = tuple[Ints, Floats]


def _best(here: Ints, there: Ints, chance: Floats) -> _Best:
    """For each passage its best partners and their probability, best first; -9 fills short lists."""
    height = int(here.max()) + 1 if len(here) else 0
    partner, value = np.full((height, _KEPT), -9, dtype=np.int64), np.zeros((height, _KEPT))
    order = np.lexsort((there, -chance, here))
    rows = here[order]
    rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
    kept = rank < _KEPT
    partner[rows[kept], rank[kept]] = there[order][kept]
    value[rows[kept], rank[kept]] = chance[order][kept]
    return partner, value


def _rival(best: _Best, here: Ints, there: Ints, gap: int) -> Floats:
    """The probability of the best partner that stands more than `gap` passages from this one."""
    partner, value = best[0][here], best[1][here]
    return np.asarray(np.where(np.abs(partner - there[:, None]) > gap, value, 0.0).max(axis=1, initial=0.0))


def _share(at: Ints, to: Ints, chance: Floats) -> Floats:
    """The logit of how much of the probabilities of both its passages a pair has."""
    rows, columns = (np.bincount(side, weights=chance)[side] for side in (at, to))
    part = chance * chance / (rows * columns + _LEAST**2)
    return np.asarray(np.log((part + _LEAST) / (1 - part + _LEAST)))


def _overlap(by_source: _Best, by_target: _Best) -> float:
    """The logarithm of the share of the shorter article that has a partner, as its best pairs promise."""
    best = [side[1][side[0][:, 0] >= 0, 0] for side in (by_source, by_target)]
    partners = sum(float(part.sum()) for part in best) / 2
    return math.log((partners + _GIVEN) / max(1, min(map(len, best))))


def pair_sums(comparison: Comparison, pairs: Pairs, chance: Floats) -> Floats:
    """For each candidate the summed probability of the pairs of its passages."""
    source, target = comparison.source, comparison.target
    heights, widths = source.sizes[comparison.left], target.sizes[comparison.right]
    total = np.zeros(len(comparison.left))
    for up in range(int(heights.max(initial=0))):
        for along in range(int(widths.max(initial=0))):
            rows = np.flatnonzero((heights > up) & (widths > along))
            at, to = source.starts[comparison.left[rows]] + up, target.starts[comparison.right[rows]] + along
            total[rows] += pairs.value(chance, at, to)
    return total
