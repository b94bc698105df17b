"""How far reviewers agree where two judged the same units: shares and Cohen's kappa (Cohen, 1960)."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers over the units both judged.

    `table` counts units by the verdict of the first and of the second; `labels` are the verdicts that occur,
    sorted.
    """

    first: str
    second: str
    labels: tuple[str, ...]
    table: Mapping[tuple[str, str], int]

    @property
    def units(self) -> int:
        """How many units both judged."""
        return sum(self.table.values())

    @property
    def observed(self) -> float:
        """The share of the units on which they agree."""
        return sum(self.table.get((label, label), 0) for label in self.labels) / self.units

    @property
    def expected(self) -> float:
        """The share on which they would agree by chance, each keeping to how often they give each verdict."""
        first, second = (
            Counter[str]({label: self._total(label, side) for label in self.labels}) for side in (0, 1)
        )
        return sum(first[label] * second[label] for label in self.labels) / self.units**2

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None where both gave all units one and the same verdict: chance explains all."""
        if len(self.labels) < 2:
            return None
        return (self.observed - self.expected) / (1 - self.expected)

    def _total(self, label: str, side: int) -> int:
        return sum(count for pair, count in self.table.items() if pair[side] == label)


def agreements(verdicts: Mapping[str, Mapping[str, str]]) -> list[Agreement]:
    """The agreement of every two reviewers with a unit in common, in the order of their names.

    `verdicts` maps units to the verdict of each reviewer. Empty where no unit was judged by two.
    """
    reviewers = sorted({name for given in verdicts.values() for name in given})
    found = []
    for first, second in itertools.combinations(reviewers, 2):
        table = Counter(
            (given[first], given[second]) for given in verdicts.values() if first in given and second in given
        )
        if table:
            labels = tuple(sorted({label for pair in table for label in pair}))
            found.append(Agreement(first, second, labels, dict(table)))
    return found
