"""What units are read with: the termbase, the days of articles, what the articles have named before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from paracorp.lexicon.entities import EntityReader
from paracorp.lexicon.matching import Matcher
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Term, TranslationUnit

LONGEST_STRETCH = 2048  # units after which the names of an article are forgotten, to keep memory flat


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


class Stretch:
    """Units in a row that share an article: whom one names in full the next may name by surname."""

    def __init__(self) -> None:
        """Before the first unit."""
        self._articles: frozenset[str] = frozenset()
        self._length = 0

    def begins(self, unit: TranslationUnit) -> bool:
        """Whether a stretch begins with this unit, the next one in order."""
        articles = frozenset({unit.source.article_id, unit.target.article_id} - {""})
        new = not articles & self._articles or self._length >= LONGEST_STRETCH
        self._articles = articles
        self._length = 1 if new else self._length + 1
        return new


class NamedBefore:
    """Ids of the terms that the articles at hand have named in full so far, by article and language."""

    def __init__(self) -> None:
        """Nothing named yet."""
        self._ids: dict[tuple[str, str], frozenset[str]] = {}

    def __call__(self, article: str, lang: str) -> frozenset[str]:
        """Ids of the terms that texts of the article in the language have named."""
        return self._ids.get((article, lang), frozenset())

    def add(self, article: str, lang: str, ids: frozenset[str]) -> None:
        """Remember what a text of an article names."""
        if article and ids:
            self._ids[article, lang] = self(article, lang) | ids

    def keep(self, articles: Iterable[str]) -> None:
        """Forget all other articles."""
        kept = set(articles)
        self._ids = {key: ids for key, ids in self._ids.items() if key[0] in kept}


@dataclass(frozen=True, slots=True)
class Context:
    """A lexicon, and what the units before this one named."""

    lexicon: Lexicon
    named: NamedBefore = field(default_factory=NamedBefore)
