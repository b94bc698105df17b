"""How good links are: precision, recall and F1 against gold links, strict and lax, and calibration.

Only links are counted, never passages without one: on sparse texts the empty ones are the many, and an
aligner that finds a fifth of the links would look nearly perfect.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Pair: TypeAlias = tuple[str, str]
Ends: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class GoldLink:
    """A reference link; a `possible` one is no error where found and no miss where not."""

    source_ids: tuple[str, ...]
    target_ids: tuple[str, ...]
    strength: str = "sure"


@dataclass(frozen=True, slots=True)
class Score:
    """Counts and what follows from them. `right` counts found links that are sure or possible."""

    right: int
    found: int
    recalled: int
    sure: int

    @property
    def precision(self) -> float:
        """Right among found; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Recalled among sure; 0 where nothing is sure."""
        return self.recalled / self.sure if self.sure else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def line(self) -> str:
        """The three figures on one line."""
        return f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f}"


@dataclass(frozen=True, slots=True)
class LinkScores:
    """`strict` compares whole links, `lax` the sentence pairs in them."""

    strict: Score
    lax: Score


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of one confidence range: how many, their mean confidence, the share that was right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A reliability table with its expected calibration error and the Brier score."""

    bins: tuple[Bin, ...]
    ece: float
    brier: float

    def line(self) -> str:
        """The two figures on one line, with the number of predictions."""
        return f"ECE {self.ece:.4f} Brier {self.brier:.4f} (n = {sum(part.count for part in self.bins)})"


def score(found: Iterable[Ends], gold: Sequence[GoldLink]) -> LinkScores:
    """Score links given as (source ids, target ids); the order of ids within a link does not matter."""
    links = {_link(*ends) for ends in found}
    sure = {_link(link.source_ids, link.target_ids) for link in gold if link.strength == "sure"}
    accepted = {_link(link.source_ids, link.target_ids) for link in gold}
    return LinkScores(_score(links, sure, accepted), _score(_pairs(links), _pairs(sure), _pairs(accepted)))


_Sets: TypeAlias = tuple[frozenset[str], frozenset[str]]


def _link(source: Iterable[str], target: Iterable[str]) -> _Sets:
    return frozenset(source), frozenset(target)


def _pairs(links: Iterable[_Sets]) -> set[Pair]:
    return {(one, other) for source, target in links for one in source for other in target}


_Many: TypeAlias = set[_Sets] | set[Pair]


def _score(found: _Many, sure: _Many, accepted: _Many) -> Score:
    return Score(len(found & accepted), len(found), len(found & sure), len(sure))


def calibration(confidence: Sequence[float], right: Sequence[float], bins: int = 10) -> Calibration:
    """The reliability of probabilities in equal-width bins; ECE weighs each bin by its predictions."""
    if len(confidence) != len(right):
        raise ValueError(f"{len(confidence)} probabilities for {len(right)} outcomes")
    groups: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for chance, outcome in zip(confidence, right, strict=True):
        groups[min(int(chance * bins), bins - 1)].append((chance, outcome))
    table = []
    for number, group in sorted(groups.items()):
        means = [sum(values) / len(group) for values in zip(*group, strict=True)]
        table.append(Bin(number / bins, (number + 1) / bins, len(group), means[0], means[1]))
    total = max(len(confidence), 1)
    ece = sum(part.count * abs(part.confidence - part.right) for part in table) / total
    brier = sum((chance - outcome) ** 2 for chance, outcome in zip(confidence, right, strict=True)) / total
    return Calibration(tuple(table), ece, brier)


@dataclass(frozen=True, slots=True)
class Mistakes:
    """Sentence pairs to look at: sure ones that were not found, and found ones that no gold link has."""

    missed: tuple[Pair, ...]
    wrong: tuple[Pair, ...]


def mistakes(found: Iterable[Ends], gold: Sequence[GoldLink]) -> Mistakes:
    """The errors behind the lax score, sorted by id."""
    pairs = _pairs({_link(*ends) for ends in found})
    sure = _pairs({_link(link.source_ids, link.target_ids) for link in gold if link.strength == "sure"})
    accepted = _pairs({_link(link.source_ids, link.target_ids) for link in gold})
    return Mistakes(tuple(sorted(sure - pairs)), tuple(sorted(pairs - accepted)))


def interval(
    found: Iterable[Ends], gold: Sequence[GoldLink], *, seed: int, rounds: int = 1000, level: float = 0.95
) -> tuple[float, float]:
    """The bootstrap interval of the lax F1.

    What is drawn again and again are groups of links that share passages, found and gold together, so that
    a draw never tears a link from its gold. Raises `ValueError` where there is neither link nor gold.
    """
    counts = [score(links, part).lax for links, part in _groups(list(found), gold)]
    if not counts:
        raise ValueError("no links to draw from")
    chance = random.Random(seed)  # noqa: S311 -- repeatable, not secret
    drawn = []
    for _ in range(rounds):
        sample = chance.choices(counts, k=len(counts))
        total = (
            sum(getattr(item, name) for item in sample) for name in ("right", "found", "recalled", "sure")
        )
        drawn.append(Score(*total).f1)
    drawn.sort()
    edge = round((1 - level) / 2 * (rounds - 1))
    return drawn[edge], drawn[-1 - edge]


def _groups(found: Sequence[Ends], gold: Sequence[GoldLink]) -> list[tuple[list[Ends], list[GoldLink]]]:
    """Links and gold links that share a passage, directly or through others, together."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            node = parent[node]
        return node

    # An id may stand on both sides, so a node names its side.
    def nodes(source: Sequence[str], target: Sequence[str]) -> list[str]:
        return [f"s {one}" for one in source] + [f"t {one}" for one in target]

    for ends in (*found, *((link.source_ids, link.target_ids) for link in gold)):
        first, *others = nodes(*ends)
        for other in others:
            parent[root(other)] = root(first)
    groups: dict[str, tuple[list[Ends], list[GoldLink]]] = {}
    for ends in found:
        groups.setdefault(root(nodes(*ends)[0]), ([], []))[0].append(ends)
    for link in gold:
        groups.setdefault(root(nodes(link.source_ids, link.target_ids)[0]), ([], []))[1].append(link)
    return list(groups.values())
