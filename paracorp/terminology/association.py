"""Which name of one side goes with which of the other: standing in the same places, and sounding alike."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from paracorp.lexicon.names.occurrences import Occurrences

# Chosen on the sample corpus with an empty glossary, by reading the first 30 suggestions of each language.
_SOUND = 0.7  # what sounding alike adds to standing together, at most
_SOUND_FROM = 0.45  # below, two names sound alike by chance
_LEAST = 0.5  # the least strength of a match
_LEAST_LIKELIHOOD = 6.0  # log-likelihood ratio, about one chance in 70
_SURE_SOUND = 0.7  # names that stand together once, or mostly apart, must sound so much alike
_SURE_TOGETHER = 0.75  # names that stand together twice need this, or to sound alike
_UNEXPLAINED = 0.5  # of the places a pair shares, how many no stronger pair may have explained
_LENGTH = 0.03  # per letter: of two readings that fit alike, the longer one is the name


@dataclass(frozen=True, slots=True)
class Match:
    """A name and its likely counterpart, which stand together in `shared` places.

    `strength` is 1 where they always stand together; `rank` orders the readings of one stretch of text.
    """

    name: str
    other: str
    strength: float
    shared: int
    rank: float


def log_likelihood(both: int, one: int, other: int, total: int) -> float:
    """Dunning's log-likelihood ratio of two names standing together; 0 where that is rarer than chance.

    `both`, `one` and `other` count the places with both names and with each, `total` all places.
    """
    if both * total <= one * other:
        return 0.0
    cells = (
        (both, one, other),
        (one - both, one, total - other),
        (other - both, total - one, other),
        (total - one - other + both, total - one, total - other),
    )
    return 2.0 * sum(
        count * math.log(count * total / (row * column)) for count, row, column in cells if count > 0
    )


def match_names(
    names: Occurrences,
    others: Occurrences,
    *,
    total: int,
    sound: Callable[[str, str], float],
) -> list[Match]:
    """The matches of names with names of the other side, at most one per name, strongest first.

    `names` may hold several readings of the same letters, of which only one is taken; `total` counts all
    places, `sound` tells how alike two names sound, in [0, 1]. A weaker pair stands only where stronger
    ones leave it places to explain: two names of one side for one of the other stand in different places.
    """
    taken = _Taken(names)
    for match in sorted(_pairs(names, others, total, sound), key=_strongest_first):
        taken.take(match, names.places[match.name] & others.places[match.other])
    return taken.matches


def _strongest_first(match: Match) -> tuple[float, int, str, str]:
    return (-match.rank, -match.shared, match.name, match.other)


class _Taken:
    """The matches taken so far and what they explain."""

    def __init__(self, names: Occurrences) -> None:
        self.matches: list[Match] = []
        self._names = names
        self._taken: set[str] = set()
        self._explained: dict[str, list[tuple[str, set[int]]]] = {}

    def take(self, match: Match, together: set[int]) -> None:
        """Enter a match unless stronger ones speak against it."""
        name = match.name
        if name in self._taken or any(self._same_letters(name, other) for other in self._taken):
            return
        left = set(together)
        for other, explaining in self._explained.items():
            if _contains(match.other, other):
                for earlier, places in explaining:
                    # `Sam Altman` stands where `Altman` does; what it adds is for a longer name to explain.
                    if other == match.other or not _contains(name, earlier):
                        left -= places
        if len(left) < _UNEXPLAINED * len(together):
            return
        self.matches.append(match)
        self._taken.add(name)
        self._explained.setdefault(match.other, []).append((name, together))

    def _same_letters(self, one: str, other: str) -> bool:
        """Whether one name is hardly ever written but as part of the other."""
        shorter, longer = sorted((one, other), key=len)
        if shorter not in longer:
            return False
        alone = self._names.counts[shorter] - self._names.counts[longer]
        return alone <= 0 or (len(one) < len(other) and alone < 2)


def _contains(whole: str, part: str) -> bool:
    """Whether a name contains another: as words where it has spaces, else as letters."""
    return f" {part} " in f" {whole} " or (" " not in whole and not whole.isascii() and part in whole)


def _pairs(
    names: Occurrences, others: Occurrences, total: int, sound: Callable[[str, str], float]
) -> Iterator[Match]:
    by_place: dict[int, list[str]] = {}
    for other, places in others.places.items():
        for place in places:
            by_place.setdefault(place, []).append(other)
    for name, places in names.places.items():
        near = Counter(other for place in places for other in by_place.get(place, ()))
        for other, both in near.items():
            expected = others.places[other]
            together = 2.0 * both / (len(places) + len(expected))
            if together * (1.0 + _SOUND) < _LEAST:
                continue
            if log_likelihood(both, len(places), len(expected), total) < _LEAST_LIKELIHOOD:
                continue
            match = _match(name, other, together, both, sound(name, other))
            if match is not None:
                yield match


def _match(name: str, other: str, together: float, both: int, sound: float) -> Match | None:
    if sound < _SURE_SOUND and (both < 2 or (both == 2 and together < _SURE_TOGETHER)):
        return None
    raised = together * (1.0 + _SOUND * max(0.0, sound - _SOUND_FROM) / (1.0 - _SOUND_FROM))
    if raised < _LEAST:
        return None
    rank = raised + _SOUND / 10 * sound + _LENGTH * min(len(name), 10)
    return Match(name, other, min(1.0, raised), both, rank)
