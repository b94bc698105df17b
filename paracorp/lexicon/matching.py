"""Finds the names of a termbase in running text, with exact offsets.

One Aho-Corasick automaton (ahocorasick_rs) per language runs over folded text; the language's rules say how
a variant may be written and where a name may begin and end; of overlapping names the longest stands.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from paracorp.lexicon.chinese import ChineseRules
from paracorp.lexicon.english import EnglishRules
from paracorp.lexicon.folding import Folded, fold
from paracorp.lexicon.forms import Form, Hit, Rules
from paracorp.lexicon.hebrew import HebrewRules
from paracorp.records import Term

_RULES: dict[str, type[Rules]] = {"zh": ChineseRules, "he": HebrewRules, "en": EnglishRules}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text. `variant` is the listed one it was found by.

    `start` and `end` are the half-open code-point span of the name itself; `prefix` is what is written
    together in front of it, such as Hebrew proclitics with their hyphen: the whole begins at
    `start - len(prefix)`.
    """

    term_id: str
    variant: str
    start: int
    end: int
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention; a weak one, a surname alone, needs the whole name before it."""

    mention: Mention
    weak: bool


@cache
def _folding(lang: str) -> Rules:
    return _RULES[lang]()


@lru_cache(maxsize=4)
def _folded(text: str, lang: str) -> Folded:
    """A text folded once for the matchers of approved and of forbidden variants."""
    rules = _folding(lang)
    return fold(text, rules.table, rules.dropped)


def folded_form(variant: str, lang: str) -> str:
    """A variant as the matcher of its language reads it; variants that differ only before folding are one.

    Case, width, diacritics, niqqud, final letters, the kind of a hyphen, simplified and traditional.
    """
    rules = _folding(lang if lang in _RULES else "en")
    return fold(variant, rules.table, rules.dropped).text.strip()


class Matcher:
    """Finds the names that a termbase lists in one language."""

    def __init__(self, termbase: Iterable[Term], lang: str) -> None:
        """Build the automaton; of two variants with the same form the first listed owns it."""
        self.lang = lang
        self._rules = _RULES[lang]()
        self._forms = list(self._all_forms(termbase))
        self._automaton = AhoCorasick([form.text for form in self._forms])

    def find(self, text: str, *, known: frozenset[str] = frozenset()) -> list[Mention]:
        """The mentions in reading order, none overlapping another.

        `known` holds ids of terms named in full before this text, so that a surname alone counts.
        """
        return longest(self.candidates(text), known)

    def ids(self, text: str, *, known: frozenset[str] = frozenset()) -> set[str]:
        """Ids of all terms named anywhere in the text, also inside a longer name."""
        return ids_of(self.candidates(text), known)

    def candidates(self, text: str, *, only: AbstractSet[str] | None = None) -> list[Candidate]:
        """All mentions, overlapping ones and surnames without a full name included.

        `only` holds the ids of the terms that matter, where others need not be judged.
        """
        if not self._forms:
            return []
        folded = _folded(text, self.lang)
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            form = self._forms[index]
            if only is not None and form.term_id not in only:
                continue
            hit = Hit(text, folded, start, end, form)
            span = self._rules.accept(hit)
            if span is not None:
                found.append(_candidate(hit, span))
        return found

    def _all_forms(self, termbase: Iterable[Term]) -> Iterator[Form]:
        strong: dict[str, Form] = {}
        weak: dict[str, Form] = {}
        terms = list(termbase)
        langs = dict.fromkeys((self.lang, "en"))  # an English name may stand in any language
        listed = (
            (term, variant) for lang in langs for term in terms for variant in term.variants.get(lang, ())
        )
        for term, variant in listed:
            for form in self._rules.forms(term, variant):
                (weak if form.weak else strong).setdefault(form.text, form)
        yield from strong.values()
        yield from (form for text, form in weak.items() if text not in strong)


def longest(candidates: list[Candidate], known: frozenset[str] = frozenset()) -> list[Mention]:
    """The mentions that stand when of overlapping ones the longest does, in reading order."""
    taken: list[Mention] = []
    for candidate in sorted(_with_antecedent(candidates, known), key=_longest_first):
        mention = candidate.mention
        index = bisect(taken, mention.start, key=_start)
        free_before = index == 0 or taken[index - 1].end <= mention.start
        if free_before and (index == len(taken) or mention.end <= taken[index].start):
            taken.insert(index, mention)
    return taken


def ids_of(candidates: list[Candidate], known: frozenset[str] = frozenset()) -> set[str]:
    """Ids of the terms named, also inside longer names, or by surname where the id is known."""
    return {candidate.mention.term_id for candidate in _with_antecedent(candidates, known)}


def _candidate(hit: Hit, span: tuple[int, int]) -> Candidate:
    whole, end = hit.folded.span(*span)
    start, _ = hit.folded.span(hit.start, hit.end)
    while end < len(hit.original) and unicodedata.combining(hit.original[end]):
        end += 1
    mention = Mention(hit.form.term_id, hit.form.variant, start, end, hit.original[whole:start])
    return Candidate(mention, hit.form.weak)


def _start(mention: Mention) -> int:
    return mention.start


def _longest_first(candidate: Candidate) -> tuple[int, int, bool]:
    mention = candidate.mention
    return (mention.start - mention.end, mention.start, candidate.weak)


def _with_antecedent(found: list[Candidate], known: frozenset[str]) -> list[Candidate]:
    """The strong candidates and those weak ones whose whole name stands before them or is known."""
    if not any(candidate.weak for candidate in found):
        return found
    first: dict[str, int] = dict.fromkeys(known, -1)
    for candidate in found:
        if not candidate.weak:
            mention = candidate.mention
            first[mention.term_id] = min(first.get(mention.term_id, mention.start), mention.start)
    return [
        candidate
        for candidate in found
        if not candidate.weak
        or first.get(candidate.mention.term_id, candidate.mention.end) < candidate.mention.start
    ]
