"""What is quoted in the English of passages: speech, titles and names between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from paracorp.alignment.background import rarity
from paracorp.alignment.terms import stems

# Share of the rarity of the shorter quotation that two quotations must have in common to be one.
SAME = 0.5
# Rarity from which the words of a quotation say enough to contradict another one.
TELLING = 8.0
# What a word adds to a quotation is what it is rarer than this, about the rarity of `said`.
_PLAIN = 2.5

_OPENING, _CLOSING = "“„«「『《", "”»」』》"
_MARK = re.compile(f'[{_OPENING}{_CLOSING}"]')


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks, and their stems."""

    text: str
    stems: frozenset[str]


def quotations(english: str) -> tuple[Quotation, ...]:
    """The quotations of a sentence, in reading order.

    Speech may run on over several sentences: one that is not closed ends with the sentence, one that is not
    opened begins with it.
    """
    found = ((part.strip(), frozenset(stems(part))) for part in _spans(english))
    return tuple(Quotation(text, words) for text, words in found if words)


def _spans(text: str) -> Iterator[str]:
    start: int | None = 0 if (first := _MARK.search(text)) and first[0] in _CLOSING else None
    for mark in _MARK.finditer(text):
        if start is None:
            start = mark.end() if mark[0] not in _CLOSING else None
        elif mark[0] not in _OPENING:
            yield text[start : mark.start()]
            start = None
    if start is not None:
        yield text[start:]


def shared_quotations(
    source: Iterable[Quotation], target: Sequence[Quotation]
) -> list[tuple[Quotation, Quotation]]:
    """Each quotation of the source with the one of the target that has most of its words."""
    pairs = []
    for one in source:
        best = max(target, key=lambda other: _weight(one.stems & other.stems), default=None)
        if best is not None and _same(one, best):
            pairs.append((one, best))
    return pairs


def _same(one: Quotation, other: Quotation) -> bool:
    shorter = min(_weight(one.stems), _weight(other.stems))
    shared = _weight(one.stems & other.stems)
    return shared > 0 and shared >= SAME * shorter


def quoted_alike(source: Sequence[Quotation], target: Sequence[Quotation]) -> tuple[float, float]:
    """How much quotations speak for and against two passages: the rarity of the words both quote, and 1 where
    both quote something telling and no quotation is shared.
    """
    pairs = shared_quotations(source, target)
    shared = frozenset[str]().union(*(one.stems & other.stems for one, other in pairs))
    against = not pairs and all(telling_quotations(side) for side in (source, target))
    return _weight(shared), float(against)


def telling_quotations(side: Iterable[Quotation]) -> list[Quotation]:
    """Those long or rare enough that another report of the same words would show it."""
    return [quotation for quotation in side if _weight(quotation.stems) >= TELLING]


def _weight(words: Iterable[str]) -> float:
    return sum(max(rarity(word) - _PLAIN, 0.0) for word in sorted(words))
