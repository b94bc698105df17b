"""Rules about names: a term must come through, and come through the same way."""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.checks.registry import Spot, part, remembering, rule
from paracorp.checks.views import PIVOT, Text, View
from paracorp.lexicon.matching import Mention
from paracorp.records import Severity, Term

# Kinds that are one thing with one name; offices, places, events and laws are paraphrased in good English.
_FIXED_NAMES = frozenset({"person", "company", "product", "project", "fund"})
_SHOWN_VARIANTS = 4


@rule("term-missing", Severity.WARNING)
def term_missing(view: View) -> Iterator[Spot]:
    """A term of the source does not show as an approved variant in the English."""
    for text, english in view.renderings:
        mentions = _first_mentions(text)
        if not mentions:
            continue
        present = english.ids(frozenset(mentions))
        for term_id, mention in mentions.items():
            variants = view.lexicon.termbase.approved(term_id, PIVOT)
            if variants and term_id not in present:
                expected = " or ".join(variants[:_SHOWN_VARIANTS])
                written = text.text[mention.start : mention.end]
                yield part(text, mention.start, mention.end, f"{written} ({term_id}) should be {expected}")


@rule("term-forbidden", Severity.ERROR)
def term_forbidden(view: View) -> Iterator[Spot]:
    """The English uses a variant that the glossary forbids."""
    for _, english in view.renderings:
        for mention in view.lexicon.forbidden(PIVOT).find(english.text):
            term_id = mention.term_id
            approved = view.lexicon.termbase.approved(term_id.removesuffix(".forbidden"), PIVOT)
            instead = f"; use {approved[0]}" if approved else ""
            message = f"{english.text[mention.start : mention.end]} is forbidden ({term_id}){instead}"
            yield part(english, mention.start, mention.end, message)


@rule("entity-one-sided", Severity.INFO)
def entity_one_sided(view: View) -> Iterator[Spot]:
    """One side of a pair names an entity that the other does not."""
    if not view.across:
        return
    for text, other in ((view.source, view.target), (view.target, view.source)):
        mentions = _first_mentions(text)
        if not mentions:
            continue
        present = other.ids(frozenset(mentions))
        for term_id, mention in mentions.items():
            if term_id not in present and other.lang in _langs_of(view, term_id):
                written = text.text[mention.start : mention.end]
                yield part(
                    text, mention.start, mention.end, f"{written} ({term_id}) is not in the {other.field}"
                )


@remembering("term-inconsistent", Severity.INFO)
class TermInconsistent:
    """The same name is rendered by another variant than before, in the article or in the corpus."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._in_article: dict[tuple[str, str], str] = {}
        self._in_corpus: dict[str, str] = {}

    def __call__(self, view: View) -> Iterator[Spot]:
        """Compare with the units before."""
        for (_, english), article in zip(view.renderings, view.articles, strict=False):
            for mention in english.mentions:
                term = view.lexicon.termbase.get(mention.term_id)
                if term is not None and term.kind in _FIXED_NAMES:
                    yield from self._compare(english, mention, term, article)

    def _compare(self, english: Text, mention: Mention, term: Term, article: str) -> Iterator[Spot]:
        written = english.text[mention.start : mention.end]
        here = self._in_article.setdefault((article, term.id), written)
        before = self._in_corpus.setdefault(term.id, written)
        for place, earlier in (("this article", here), ("the corpus", before)):
            if not _same_name(earlier, written):
                yield part(
                    english,
                    mention.start,
                    mention.end,
                    f"{written} is {earlier} earlier in {place} ({term.id})",
                )
                return


def _first_mentions(text: Text) -> dict[str, Mention]:
    """Each term's first mention, in reading order."""
    first: dict[str, Mention] = {}
    for mention in text.mentions:
        first.setdefault(mention.term_id, mention)
    return first


def _langs_of(view: View, term_id: str) -> set[str]:
    term = view.lexicon.termbase.get(term_id)
    return set(term.variants) if term is not None else set()


def _same_name(one: str, other: str) -> bool:
    """Whether one is the other, a part of it (a surname) or its initials, in any case."""
    first, second = sorted((one.casefold(), other.casefold()), key=len)
    if first in second:
        return True
    acronym = min((one, other), key=len).replace(".", "")
    return (acronym.isupper() and acronym[0].casefold() == second[0]) or first.split()[-1] == second.split()[
        -1
    ]
