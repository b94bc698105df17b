"""What a text names and counts, in words that are equal across languages: evidence for alignment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from paracorp.lexicon.comparing import comparable_key, telling
from paracorp.lexicon.matching import Matcher
from paracorp.lexicon.numbers import find_quantities
from paracorp.records import Term


@dataclass(frozen=True, slots=True)
class Entities:
    """Ids of the terms a text names and keys of the quantities it gives (see `comparable_key`)."""

    terms: frozenset[str]
    quantities: frozenset[str]


class EntityReader:
    """Reads entities with one termbase, its matchers built once per language when first needed."""

    def __init__(self, termbase: Iterable[Term]) -> None:
        """Keep the terms; forbidden ones name nothing."""
        self._terms = [term for term in termbase if term.status != "forbidden"]
        self._matchers: dict[str, Matcher] = {}

    def matcher(self, lang: str) -> Matcher:
        """The matcher of a language."""
        if lang not in self._matchers:
            self._matchers[lang] = Matcher(self._terms, lang)
        return self._matchers[lang]

    def read(self, text: str, lang: str, published: dt.date | None = None) -> Entities:
        """The entities of a text; small counts, weekdays and vague spans of time are left out."""
        terms = frozenset(mention.term_id for mention in self.matcher(lang).find(text))
        quantities = find_quantities(text, lang, published)
        return Entities(terms, frozenset(comparable_key(item) for item in quantities if telling(item)))


def shared_entities(one: Entities, other: Entities) -> Entities:
    """What both texts name and count."""
    return Entities(one.terms & other.terms, one.quantities & other.quantities)
