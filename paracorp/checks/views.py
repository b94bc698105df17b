"""A unit as the rules see it: its texts, each read once for names and quantities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property

from paracorp.lexicon.comparing import unmatched
from paracorp.lexicon.entities import EntityReader
from paracorp.lexicon.matching import Candidate, Matcher, Mention, ids_of, longest
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import Quantity
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Term, TranslationUnit, Variant

PIVOT = "en"


class Lexicon:
    """The termbase with its matchers per language, for approved and for forbidden variants; article dates."""

    def __init__(self, termbase: Termbase | None, published: Mapping[str, dt.date | None]) -> None:
        """Without a termbase no term is ever found; `published` are days by the ids of articles."""
        self.published = published
        self.termbase = termbase or Termbase()
        self._reader = EntityReader(self.termbase)
        self._forbidden: dict[str, Matcher] = {}

    def approved(self, lang: str) -> Matcher:
        """The matcher of the variants that may be used."""
        return self._reader.matcher(lang)

    def forbidden(self, lang: str) -> Matcher:
        """The matcher of the variants that must not be used."""
        if lang not in self._forbidden:
            self._forbidden[lang] = Matcher(_forbidden(self.termbase, lang), lang)
        return self._forbidden[lang]


def _forbidden(termbase: Iterable[Term], lang: str) -> list[Term]:
    return [term for term in termbase if term.status == "forbidden" and lang in term.variants]


class Text:
    """One text of a unit, with what was found in it, each looked for once."""

    def __init__(self, text: str, lang: str, field: str, article: str, lexicon: Lexicon) -> None:
        """`field` is the text's name in findings."""
        self.text = text
        self.article = article
        self.lang = lang
        self.field = field
        self.lexicon = lexicon

    @cached_property
    def _candidates(self) -> list[Candidate]:
        return self.lexicon.approved(self.lang).candidates(self.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The terms named, in reading order."""
        return longest(self._candidates)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The quantities, in reading order; relative dates stay out where the article has no date."""
        return find_quantities(self.text, self.lang, self.lexicon.published.get(self.article))

    def ids(self, known: frozenset[str] = frozenset()) -> set[str]:
        """Ids of terms named anywhere, also inside a longer name, or by surname where the id is known."""
        return ids_of(self._candidates, known)


class View:
    """A unit and its texts."""

    def __init__(self, unit: TranslationUnit, lexicon: Lexicon) -> None:
        """Read nothing yet."""
        self.unit = unit
        self.lexicon = lexicon
        one, other = unit.source, unit.target
        self.source = Text(one.text, one.lang, "source", one.article_id, lexicon)
        self.target = Text(other.text, other.lang, "target", other.article_id, lexicon)
        self._english = {
            "source": Text(one.english, PIVOT, "source_english", one.article_id, lexicon),
            "target": Text(other.english, PIVOT, "target_english", other.article_id, lexicon),
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
    def lonely(self) -> list[tuple[Text, Text, Quantity]]:
        """Quantities without a counterpart, each with its text and the text it should have one in."""
        pairs = [*self.renderings, *([(self.source, self.target)] if self.across else [])]
        both_ways = [pair for one, other in pairs for pair in ((one, other), (other, one))]
        return [
            (text, opposite, quantity)
            for text, opposite in both_ways
            for quantity in unmatched(text.quantities, opposite.quantities)
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
