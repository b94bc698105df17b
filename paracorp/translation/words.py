"""Which words of an English text stand for a name of its source: told from a model's attention."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paracorp.lexicon.splicing import words_of
from paracorp.translation.engine import Attention, Span

# A word belongs to the name if this share of the attention of the best word goes to the term from it, and the
# best word must give the term this share of its own.
_OF_BEST, _LEAST = 0.5, 0.25
_MORE_WORDS = 2  # than the name has
# Letters in common with the name count as much as attention: a model that does not know a name spells it.
_SPELLING, _ALIKE = 0.5, 0.5
# Words that are no part of a name where they stand at its edge.
_EDGES = frozenset(
    re.findall(
        r"\w+",
        """
        a an the and or but of in on at to for from by with as is are was were be been has have had will would
        that this it he she they we you i his her their its not said says
        """,
    )
)


def place_of_name(
    english: str, attention: Attention, term: Span, name: str, taken: Sequence[Span] = ()
) -> Span | None:
    """The span of the words that the term was rendered by; None where it is not clear.

    `taken` are spans that stand for something else.
    """
    from rapidfuzz.fuzz import ratio

    looked = attention.towards(*term)
    spans = words_of(english)
    weights = []
    for start, end in spans:
        inside = [share for (one, other), share in looked if one < end and start < other]
        alike = max(
            (ratio(english[start:end].lower(), part.lower()) / 100 for part in name.split()), default=0
        )
        weight = (sum(inside) / len(inside) if inside else 0.0) + (
            _SPELLING * alike if alike >= _ALIKE else 0.0
        )
        free = not any(one < end and start < other for one, other in taken)
        weights.append(weight if free else 0.0)
    chosen = _around_best(weights, len(name.split()) + _MORE_WORDS)
    while chosen and english[slice(*spans[chosen[0]])].lower() in _EDGES:
        chosen.pop(0)
    while chosen and english[slice(*spans[chosen[-1]])].lower() in _EDGES:
        chosen.pop()
    return (spans[chosen[0]][0], spans[chosen[-1]][1]) if chosen else None


def _around_best(weights: Sequence[float], most: int) -> list[int]:
    """The places around the heaviest that are nearly as heavy, at most so many; none where it is light."""
    if not weights or max(weights) < _LEAST:
        return []
    best = max(range(len(weights)), key=lambda place: weights[place])
    low = high = best
    while high - low + 1 < most:
        left = weights[low - 1] if low > 0 else 0.0
        right = weights[high + 1] if high + 1 < len(weights) else 0.0
        if max(left, right) < _OF_BEST * weights[best]:
            break
        low, high = (low - 1, high) if left > right else (low, high + 1)
    return list(range(low, high + 1))
