"""A unit as the rules see it: its texts, each read once for names and quantities."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from paracorp.checks.context import Context
from paracorp.lexicon.comparing import compatible, miscounted, same_sort, unmatched
from paracorp.lexicon.matching import Candidate, Mention, ids_of, longest
from paracorp.lexicon.numbers import find_quantities, implied_quantities
from paracorp.lexicon.quantities import Kind, Quantity
from paracorp.records import TranslationUnit, Variant

PIVOT = "en"


class Text:
    """One text of a unit, with what was found in it, each looked for once."""

    def __init__(self, text: str, lang: str, field: str, article: str, context: Context) -> None:
        """`field` is the text's name in findings."""
        self.text = text
        self.article = article
        self.lang = lang
        self.field = field
        self._lexicon = context.lexicon
        self._named = context.named

    @cached_property
    def _candidates(self) -> list[Candidate]:
        return self._lexicon.approved(self.lang).candidates(self.text)

    @cached_property
    def _known(self) -> frozenset[str]:
        return self._named(self.article, self.lang)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The terms named, in reading order; by surname too where the article has named the person before."""
        return longest(self._candidates, self._known)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities, in reading order; relative dates stay out where the article has no date."""
        return find_quantities(self.text, self.lang, self._lexicon.published.get(self.article))

    @cached_property
    def answers(self) -> list[Quantity]:
        """What may answer a quantity of another text: its own, and what words such as trillionaire imply."""
        return [*self.quantities, *implied_quantities(self.text, self.lang)]

    def ids(self, known: frozenset[str] = frozenset()) -> set[str]:
        """Ids of terms named anywhere, also inside a longer name, or by surname where the id is known."""
        return ids_of(self._candidates, known | self._known)

    def named_in_full(self) -> frozenset[str]:
        """Ids of the terms named by more than a surname, if the text was searched for terms at all."""
        if "_candidates" not in self.__dict__:
            return frozenset()
        return frozenset(found.mention.term_id for found in self._candidates if not found.weak)


@dataclass(frozen=True, slots=True)
class Lonely:
    """A quantity of a text without a counterpart in the `other` text.

    `comparable`: the two are the sides of a pair, of which each may say more than the other. `rival` is a
    figure of the same sort that the other text has no counterpart for either: a contradiction.
    """

    text: Text
    other: Text
    quantity: Quantity
    comparable: bool
    rival: Quantity | None


def _lonely(one: Text, other: Text, *, comparable: bool) -> Iterator[Lonely]:
    if not one.quantities and not other.quantities:
        return
    first = unmatched(one.quantities, other.answers)
    second = unmatched(other.quantities, one.answers)
    for text, opposite, mine, theirs in ((one, other, first, second), (other, one, second, first)):
        for quantity in mine:
            rivals = (item for item in theirs if _contradicts(quantity, item))
            rival = min(rivals, key=lambda item: _distance(quantity, item), default=None)
            if rival is not None or not (comparable and _is_compatible(quantity, opposite)):
                yield Lonely(text, opposite, quantity, comparable, rival)
    if (counts := miscounted(one.quantities, other.quantities)) is not None:
        yield Lonely(one, other, counts[0], comparable, counts[1])


def _is_compatible(quantity: Quantity, other: Text) -> bool:
    """Whether a date lies in a range of an independent report, or its range around one: no news."""
    return any(compatible(quantity, item) for item in other.quantities)


def _distance(one: Quantity, other: Quantity) -> float:
    """How far two figures of one sort are apart, by their ratio; dates are all equally far."""
    if one.kind is Kind.DATE or one.value <= 0 or other.value <= 0:
        return 0.0
    return abs(math.log(one.value / other.value))


def _contradicts(one: Quantity, other: Quantity) -> bool:
    return same_sort(one, other) and not compatible(one, other)


class View:
    """A unit and its texts."""

    def __init__(self, unit: TranslationUnit, context: Context) -> None:
        """Read nothing yet."""
        self.unit = unit
        self.lexicon = context.lexicon
        one, other = unit.source, unit.target
        self.source = Text(one.text, one.lang, "source", one.article_id, context)
        self.target = Text(other.text, other.lang, "target", other.article_id, context)
        self._english = {
            "source": Text(one.english, PIVOT, "source_english", one.article_id, context),
            "target": Text(other.english, PIVOT, "target_english", other.article_id, context),
        }

    @property
    def across(self) -> bool:
        """Whether both sides are in languages that are rendered into English."""
        return PIVOT not in (self.unit.source.lang, self.unit.target.lang)

    @cached_property
    def renderings(self) -> list[tuple[Text, Text]]:
        """Each text beside its English, where there is one."""
        if not self.across:
            pair = (self.source, self.target)
            return [pair] if self.target.lang == PIVOT and self.target.text.strip() else []
        sides = ((self.source, self._english["source"]), (self.target, self._english["target"]))
        return [(side, english) for side, english in sides if english.text.strip()]

    @cached_property
    def lonely(self) -> list[Lonely]:
        """The quantities without a counterpart, of each text and its English and of the sides of a pair."""
        return [
            *(found for one, other in self.renderings for found in _lonely(one, other, comparable=False)),
            *(_lonely(self.source, self.target, comparable=True) if self.across else ()),
        ]

    @cached_property
    def texts(self) -> list[Text]:
        """All texts that are not empty."""
        every = (self.source, self._english["source"], self.target, self._english["target"])
        return [text for text in every if text.text.strip()]

    @property
    def articles(self) -> tuple[str, str]:
        """The article of each side."""
        return self.unit.source.article_id, self.unit.target.article_id

    def expected(self) -> list[tuple[Text, Variant]]:
        """The texts that a unit must have, with the side they belong to."""
        found = [(self.source, self.unit.source), (self.target, self.unit.target)]
        if self.across:
            found.append((self._english["source"], self.unit.source))
            found.append((self._english["target"], self.unit.target))
        return found
