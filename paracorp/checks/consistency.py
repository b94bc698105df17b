"""The rule about consistency: one name of the source, one name in the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from paracorp.checks.registry import Spot, remembering
from paracorp.checks.views import PIVOT, Text, View
from paracorp.lexicon.matching import Mention
from paracorp.records import Severity


@dataclass(frozen=True, slots=True)
class Rendering:
    """How one unit renders a term: the variants its source uses, the forms of its English with their spans.

    `whole` is each form with initials written out.
    """

    article: str
    lang: str
    term_id: str
    kind: str
    names: tuple[str, ...]
    field: str
    written: tuple[tuple[str, int, int], ...]
    whole: tuple[str, ...]


@remembering("term-inconsistent", Severity.INFO)
class TermInconsistent:
    """A name of the source is rendered by another variant than before, in the article or in the corpus."""

    def __init__(self) -> None:
        """Nothing seen yet; keeps one rendering per name and article, and one per name."""
        self._in_article: dict[tuple[str, str, str], str] = {}
        self._in_corpus: dict[tuple[str, str, str], str] = {}
        self._reported: set[tuple[str, str, str, str]] = set()

    @staticmethod
    def observe(view: View) -> tuple[Rendering, ...]:
        """The terms that a text and its English both name."""
        return tuple(
            rendering
            for (text, english), article in zip(view.renderings, view.articles, strict=False)
            for rendering in _renderings(view, text, english, article)
        )

    def judge(self, observed: tuple[Rendering, ...]) -> Iterator[Spot]:
        """Compare with the units before."""
        for item in observed:
            for name in item.names:
                spot = self._compare(item, name)
                if spot is not None:
                    yield spot
                    break

    def _compare(self, item: Rendering, name: str) -> Spot | None:
        """The first form of a rendering that is unlike the earlier ones, told once an article."""
        first, start, end = item.written[0]
        here = self._in_article.setdefault((item.article, item.term_id, name), item.whole[0])
        before = self._in_corpus.setdefault((item.lang, item.term_id, name), item.whole[0])
        for place, earlier in (("this article", here), ("the corpus", before)):
            key = (item.article, item.term_id, name, first)
            if key in self._reported or any(same_name(earlier, form, item.kind) for form in item.whole):
                continue
            self._reported.add(key)
            return Spot(
                item.field,
                start,
                end,
                f"{first} is {earlier} earlier in {place} for {name} ({item.term_id})",
            )
        return None


def _renderings(view: View, text: Text, english: Text, article: str) -> Iterator[Rendering]:
    names, written = _by_term(text), _by_term(english)
    for term_id in names.keys() & written.keys():
        term = view.lexicon.termbase.get(term_id)
        if term is not None:
            variants = tuple(dict.fromkeys(mention.variant for mention in names[term_id]))
            spans = tuple(
                (english.text[mention.start : mention.end], mention.start, mention.end)
                for mention in written[term_id]
            )
            listed = view.lexicon.termbase.approved(term_id, PIVOT)
            whole = tuple(_written_out(form, listed) for form, _, _ in spans)
            yield Rendering(article, text.lang, term_id, term.kind, variants, english.field, spans, whole)


def _written_out(form: str, listed: tuple[str, ...]) -> str:
    """The listed name whose initials a form is, else the form itself."""
    letters = form.replace(".", "")
    if not letters.isupper():
        return form
    initials = {"".join(word[0] for word in name.split() if word[0].isupper()): name for name in listed}
    return initials.get(letters, form)


def _by_term(text: Text) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in text.mentions:
        found.setdefault(mention.term_id, []).append(mention)
    return found


def same_name(one: str, other: str, kind: str) -> bool:
    """Whether two renderings are one name: in any case, with or without initials written out.

    A person may be named by the surname; a place by its adjective and by a part of its name.
    """
    first, second = sorted((_plain(one), _plain(other)), key=len)
    if first == second:
        return True
    if kind == "person":
        return set(first.split()) <= set(second.split()) or first.split()[-1] == second.split()[-1]
    return kind == "place" and (first in second or _adjective(one) or _adjective(other))


def _adjective(name: str) -> bool:
    """Whether a name of a place is its adjective or people: American, French, Emiratis."""
    return _DEMONYM.search(name) is not None


# What may follow a name without making it another: Stargate and Stargate project, SSI and SSI Inc.
_CLASS_WORDS = re.compile(
    r" (?:inc|corp|corporation|company|co|ltd|llc|plc|group|holdings?|projects?|program(?:me)?|state|city)$"
)
_DEMONYM = re.compile(r"(?:[a-z]an|ese|ish|[a-z]i|nch|ean)s?$")


def _plain(name: str) -> str:
    plain = re.sub(r"[.,]|^the ", "", name.casefold()).replace("-", " ")
    return _CLASS_WORDS.sub("", plain).removesuffix("s")
