"""What of a corpus its glossary covers already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paracorp.lexicon.matching import Matcher
from paracorp.records import Term
from paracorp.terminology.sentences import Sentence, blot


@dataclass(frozen=True, slots=True)
class Covered:
    """A sentence with what the glossary covers blotted out, and the ids it covers, in text and English."""

    lang: str
    text: str
    english: str
    text_ids: frozenset[str]
    english_ids: frozenset[str]


class Coverage:
    """Finds the entries of a glossary, forbidden ones too: what is forbidden is not missing."""

    def __init__(self, termbase: Iterable[Term]) -> None:
        """Keep the terms; matchers are built when a language is first read."""
        self._terms = list(termbase)
        self._matchers: dict[str, Matcher] = {}

    def read(self, sentences: Sequence[Sentence]) -> list[Covered]:
        """Every sentence with what is covered.

        A surname counts where its article has the whole name, in English where any article has it: what is
        said in full in one language may be short in the rendering of the other.
        """
        known: dict[str, set[str]] = {}
        for sentence in sentences:
            known.setdefault(sentence.article_id, set()).update(self._ids(sentence.text, sentence.lang))
            known.setdefault("", set()).update(self._ids(sentence.english, "en"))
        return [self._covered(sentence, known) for sentence in sentences]

    def _ids(self, text: str, lang: str) -> set[str]:
        return {mention.term_id for mention in self._matcher(lang).find(text)} if self._terms else set()

    def _covered(self, sentence: Sentence, known: dict[str, set[str]]) -> Covered:
        text, text_ids = self._blotted(sentence.text, sentence.lang, known[sentence.article_id])
        english, english_ids = self._blotted(sentence.english, "en", known[""])
        return Covered(sentence.lang, text, english, text_ids, english_ids)

    def _blotted(self, text: str, lang: str, known: set[str]) -> tuple[str, frozenset[str]]:
        if not self._terms:
            return text, frozenset()
        mentions = self._matcher(lang).find(text, known=frozenset(known))
        spans = ((mention.start - len(mention.prefix), mention.end) for mention in mentions)
        return blot(text, spans), frozenset(mention.term_id for mention in mentions)

    def _matcher(self, lang: str) -> Matcher:
        if lang not in self._matchers:
            self._matchers[lang] = Matcher(self._terms, lang)
        return self._matchers[lang]
