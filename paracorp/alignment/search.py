"""Which candidates become links: the best set in which every passage stands at most once.

A passage may stay without a link at no cost, and order plays no part here, unless the texts are known to be
translations of each other (`best_chain`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from paracorp.alignment.candidates import Comparison
from paracorp.alignment.confidence import Judged
from paracorp.alignment.similarity import Floats, Ints

# No link is kept by itself below this, however little there is to be had.
LEAST = 0.35
_ROUNDS = 20


def worth(judged: Judged, threshold: float) -> Floats:
    """What each candidate adds: by how much the right sentence pairs expected in it exceed the threshold."""
    gain = np.round(judged.expected - threshold * judged.pairs, 6)
    return np.asarray(np.where(judged.confidence >= threshold, np.maximum(gain, 0.0), 0.0))


def best_threshold(judged: Judged, pick: Callable[[Floats], Ints]) -> float:
    """The threshold under which the set of greatest worth has the greatest expected F1 over sentence pairs.

    That is half this F1 (its linear form, as in Lipton, Elkan and Naryanaswamy, 2014), found by turns: a
    set, what F1 to expect of it, and with that another set. `pick` takes worths and gives such a set. Never
    below `LEAST`: where two texts hardly meet, the best to be had is not good enough.
    """
    total = float(judged.expected[judged.pairs == 1].sum())
    threshold = LEAST
    for _ in range(_ROUNDS):
        rows = pick(worth(judged, threshold))
        found = float(judged.expected[rows].sum())
        half = found / (int(judged.pairs[rows].sum()) + total) if len(rows) else 0.0
        before, threshold = threshold, max(LEAST, round(half, 2))
        if threshold == before:
            break
    return threshold


def best_set(comparison: Comparison, value: Floats) -> Ints:
    """The candidates of the set with the greatest total value in which no passage stands twice, exactly.

    Independent groups of candidates are solved apart, each by integer programming; sorted by number.
    """
    rows = np.flatnonzero(value > 0)
    if not len(rows):
        return rows
    uses = _uses(comparison, rows)
    count, group = connected_components(sparse.csr_array(uses.T @ uses), directed=False)
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(count + 1))
    chosen = []
    for number in range(count):
        part = order[starts[number] : starts[number + 1]]
        chosen.append(rows[part] if len(part) == 1 else rows[part[_pack(uses[:, part], value[rows[part]])]])
    return np.sort(np.concatenate(chosen))


def _uses(comparison: Comparison, rows: Ints) -> sparse.csc_array:
    """Passages (source first, then target) x candidates: 1 where a candidate takes a passage."""
    height = len(comparison.source.passages)
    taken, takers = [], []
    for side, window, offset in (
        (comparison.source, comparison.left, 0),
        (comparison.target, comparison.right, height),
    ):
        sizes = side.sizes[window[rows]]
        takers.append(np.repeat(np.arange(len(rows)), sizes))
        steps = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        taken.append(np.repeat(side.starts[window[rows]], sizes) + steps + offset)
    shape = (height + len(comparison.target.passages), len(rows))
    places = (np.concatenate(taken), np.concatenate(takers))
    return sparse.csc_array((np.ones(len(places[0])), places), shape=shape)


def _pack(uses: sparse.csc_array, value: Floats) -> Ints:
    """Numbers of the columns of the best packing. Ties go to the earlier column by a hair's weight."""
    rows = np.flatnonzero(np.diff(sparse.csr_array(uses).indptr))
    hair = 1e-7 * np.arange(len(value), 0, -1) / len(value)
    solved = milp(
        -(value + hair),
        constraints=LinearConstraint(sparse.csr_array(uses)[rows], -np.inf, 1.0),
        integrality=np.ones(len(value), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if solved.x is None:
        raise RuntimeError(f"the assignment could not be solved: {solved.message}")
    return np.flatnonzero(solved.x > 0.5)


def best_chain(comparison: Comparison, value: Floats) -> Ints:
    """The candidates of the best set that runs in the same order on both sides, by dynamic programming.

    Chains are extended in the order of source positions; a prefix-maximum tree over target positions holds
    the best chain that ends before each, so that memory and time stay linear (times a logarithm) in the
    candidates.
    """
    begins, ends = defaultdict(list), defaultdict(list)
    for row in np.flatnonzero(value > 0).tolist():
        begins[int(comparison.source.starts[comparison.left[row]])].append(row)
        ends[int(comparison.source.stops[comparison.left[row]])].append(row)
    tree = _PrefixBest(len(comparison.target.passages) + 1)
    total: dict[int, float] = {}
    before: dict[int, int] = {}
    for place in range(len(comparison.source.passages) + 1):
        for row in ends[place]:
            tree.put(int(comparison.target.stops[comparison.right[row]]), total[row], row)
        for row in begins[place]:
            best, before[row] = tree.best(int(comparison.target.starts[comparison.right[row]]))
            total[row] = best + float(value[row])
    row = tree.best(len(comparison.target.passages))[1]
    chain = []
    while row >= 0:
        chain.append(row)
        row = before[row]
    return np.array(sorted(chain), dtype=np.int64)


class _PrefixBest:
    """The best value put at or before a position (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def put(self, position: int, value: float, row: int) -> None:
        at = position + 1
        while at < len(self._best):
            if value > self._best[at][0]:
                self._best[at] = (value, row)
            at += at & -at

    def best(self, position: int) -> tuple[float, int]:
        at, found = position + 1, (0.0, -1)
        while at > 0:
            if self._best[at][0] > found[0]:
                found = self._best[at]
            at -= at & -at
        return found
