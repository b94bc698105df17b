"""What a person has said about the links between two articles, in terms of the candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from paracorp.alignment.candidates import Comparison, Side
from paracorp.alignment.passages import Passage
from paracorp.alignment.similarity import Floats, Ints
from paracorp.records import Evidence, Link, digest

# The ids of both sides of a link, each in reading order.
Ends: TypeAlias = tuple[Sequence[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Decided:
    """The links that are fixed, by candidate (`rows`) or, where none is the same, as they are (`made`).

    `free` marks the candidates that may still be chosen: they leave the passages of fixed links alone and
    hold no rejected link. A smaller part of a rejected link may come back, for it claims less.
    """

    rows: Ints
    made: tuple[Link, ...]
    free: np.ndarray[tuple[int], np.dtype[np.bool_]]

    def left(self, value: Floats) -> Floats:
        """The values of candidates, nothing for those that are not free."""
        return np.asarray(np.where(self.free, value, 0.0))


def decided(comparison: Comparison, fixed: Sequence[Ends], rejected: Sequence[Ends]) -> Decided:
    """Find fixed and rejected links among the candidates. The fixed ones share no passage."""
    free = np.ones(len(comparison.left), dtype=np.bool_)
    rows: list[int] = []
    made = []
    for ends in rejected:
        free &= ~_holding(comparison, ends)
    for ends in fixed:
        same = np.flatnonzero(_holding(comparison, ends) & _as_large(comparison, ends))
        rows += same.tolist()
        if not len(same):
            made.append(_made(ends))
        free &= ~_touching(comparison, ends)
    return Decided(np.array(rows, dtype=np.int64), tuple(made), free)


def _holding(comparison: Comparison, ends: Ends) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The candidates whose windows hold both sides."""
    found = np.ones(len(comparison.left), dtype=np.bool_)
    for side, window, ids in _sides(comparison, ends):
        places = _places(side.passages, ids)
        found &= (side.starts[window] <= places[0]) & (side.stops[window] > places[-1])
    return found


def _as_large(comparison: Comparison, ends: Ends) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found = np.ones(len(comparison.left), dtype=np.bool_)
    for side, window, ids in _sides(comparison, ends):
        found &= side.sizes[window] == len(ids)
    return found


def _touching(comparison: Comparison, ends: Ends) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The candidates that take a passage of either side."""
    found = np.zeros(len(comparison.left), dtype=np.bool_)
    for side, window, ids in _sides(comparison, ends):
        taken = np.zeros(len(side.passages) + 1, dtype=np.int64)
        taken[np.array(_places(side.passages, ids)) + 1] = 1
        before = np.cumsum(taken)
        found |= before[side.stops[window]] > before[side.starts[window]]
    return found


def _sides(comparison: Comparison, ends: Ends) -> tuple[tuple[Side, Ints, Sequence[str]], ...]:
    return (
        (comparison.source, comparison.left, ends[0]),
        (comparison.target, comparison.right, ends[1]),
    )


def _places(passages: Sequence[Passage], ids: Sequence[str]) -> list[int]:
    wanted = set(ids)
    return [place for place, passage in enumerate(passages) if passage.id in wanted]


def _made(ends: Ends) -> Link:
    """A link no candidate stands for: what a person says is sure, and there is no evidence to show."""
    source, target = tuple(ends[0]), tuple(ends[1])
    return Link(digest("link", " ".join(source), " ".join(target)), source, target, 1.0, Evidence())
