"""Names the glossary wants in the English of a text: which are there, and how to get the others in."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from paracorp.lexicon.entities import EntityReader
from paracorp.lexicon.matching import Matcher, Mention, ids_of
from paracorp.lexicon.paraphrase import paraphrased
from paracorp.lexicon.splicing import splice
from paracorp.lexicon.termbase import Termbase
from paracorp.records import digest
from paracorp.translation.engine import Attention, Hypothesis, Span
from paracorp.translation.words import place_of_name

Required = Mapping[str, Sequence[Mention]]

REPAIRED = "name-repaired"
# A model that renders a sentence with names put into it is taken at its word only if it is about as sure of
# it as it was without: its probability per token may fall to this share.
_LEAST_SURE = 0.5
_FORBIDDEN = ".forbidden"
_FREE = "office"
# A placeholder is one of these letters and a figure. Of 720 terms in the sample corpus and the seeds that the
# gist packages miss, they keep 348 as X1, 359 as Q1, 348 as [1], 172 as #1, 133 as NAME1 and 124 as XQ1; the
# English name itself in the source, one in ten.
_MARKS = "XQZVJ"
_PERSON = "person"
_BETWEEN_PARTS = re.compile(r"[·・‧\s]+")
_ALIKE = 70.0  # per cent of the letters; Izraeli and Israeli share 86, Ottman and Altman 67


@dataclass(frozen=True, slots=True)
class Draft:
    """A rendering on its way: its text, the model's score, and notes on what was done to it."""

    text: str
    score: float
    notes: tuple[str, ...] = ()


class Names:
    """The names of a termbase, from one language into the pivot."""

    def __init__(self, termbase: Termbase, lang: str, pivot: str) -> None:
        """Build the matchers."""
        reader = EntityReader(termbase)
        self._termbase = termbase
        self._lang = lang
        self._pivot = pivot
        self._named = {term.id for term in termbase if termbase.approved(term.id, pivot)}
        self._source = reader.matcher(lang)
        self._english = reader.matcher(pivot)
        forbidden = [term for term in termbase if term.status == "forbidden" and pivot in term.variants]
        self._forbidden = Matcher(forbidden, pivot)

    @functools.cached_property
    def key(self) -> str:
        """A hash of the termbase and the two languages."""
        return digest(self._lang, self._pivot, *map(repr, self._termbase))

    def required(self, text: str) -> dict[str, list[Mention]]:
        """The terms a text names that have a name in the pivot, each with its mentions in reading order."""
        found: dict[str, list[Mention]] = {}
        for mention in self._source.find(text):
            if mention.term_id in self._named:
                found.setdefault(mention.term_id, []).append(mention)
        return found

    def missing(self, required: Required, english: str) -> frozenset[str]:
        """The required terms that an English text holds neither by an approved variant nor in other words."""
        known = frozenset(required)
        if not known:
            return known
        lacking = known - ids_of(self._english.candidates(english, only=known), known)
        return frozenset(term_id for term_id in lacking if not self._said_otherwise(term_id, english))

    def _said_otherwise(self, term_id: str, english: str) -> bool:
        term = self._termbase.get(term_id)
        variants = self._termbase.approved(term_id, self._pivot)
        return term is not None and paraphrased(term.kind, variants, english)

    def to_mend(self, required: Required, draft: Draft) -> frozenset[str]:
        """The missing terms that must be got in: not an office, which good English says in many ways."""
        lacking = self.missing(required, draft.text)
        return frozenset(
            term_id
            for term_id in lacking
            if (term := self._termbase.get(term_id)) is not None and term.kind != _FREE
        )

    def choose(self, required: Required, hypotheses: Sequence[Hypothesis]) -> Draft:
        """The hypothesis that lacks the fewest required names, of equal ones the earliest."""
        first = Draft(hypotheses[0].text, hypotheses[0].score)
        lacking = self.missing(required, first.text)
        if not lacking:
            return first
        counts = [(len(self.missing(required, item.text)), place) for place, item in enumerate(hypotheses)]
        fewest, place = min(counts)
        if fewest == len(lacking):
            return first
        chosen = hypotheses[place]
        gained = lacking - self.missing(required, chosen.text)
        how = f"hypothesis {place + 1} of the model has it"
        return Draft(chosen.text, chosen.score, self._notes(required, gained, how))

    def without_forbidden(self, required: Required, draft: Draft) -> Draft:
        """The draft with a name for each listed wrong rendering of a required term."""
        for mention in reversed(self._forbidden.find(draft.text)):
            term_id = mention.term_id.removesuffix(_FORBIDDEN)
            if term_id in required:
                span = (mention.start, mention.end)
                draft = self.put(required, draft, required[term_id][0], span)
        return draft

    def masked(self, source: str, required: Required, draft: Draft) -> str:
        """The source with a placeholder for each of the terms that a draft lacks, every time it is named."""
        marks = self._marks(source, required, draft)
        mentions = [(mention, marks[term_id]) for term_id in marks for mention in required[term_id]]
        for mention, mark in sorted(mentions, key=lambda pair: -pair[0].start):
            joint = "-" if mention.prefix and mention.prefix[-1].isalpha() else ""
            source = f"{source[: mention.start]}{joint}{mark}{source[mention.end :]}"
        return source

    def _marks(self, source: str, required: Required, draft: Draft) -> dict[str, str]:
        """A placeholder for each term to mend, in reading order; none begins like something in the source."""
        wanted = sorted(self.to_mend(required, draft), key=lambda term_id: required[term_id][0].start)
        letter = next((letter for letter in _MARKS if letter not in source), _MARKS[0])
        return {term_id: f"{letter}{place}" for place, term_id in enumerate(wanted, 1)}

    def unmasked(
        self,
        source: str,
        required: Required,
        draft: Draft,
        hypotheses: Iterable[Hypothesis],
        suits: Callable[[str], bool],
    ) -> Draft:
        """The first rendering of a masked source that lacks fewest names, if it is better than the draft.

        `suits` says whether a text is free of faults.
        """
        marks = self._marks(source, required, draft)
        lacking = self.missing(required, draft.text)
        best, fewest = draft, len(lacking)
        for item in hypotheses:
            text = self._filled(item.text, marks, required)
            still = self.missing(required, text) if text else lacking
            sure = item.score >= _LEAST_SURE * draft.score
            if len(still) < fewest and still < lacking and sure and suits(text):
                notes = self._notes(required, lacking - still, "kept by a placeholder")
                best, fewest = Draft(text, item.score, draft.notes + notes), len(still)
        return best

    def _filled(self, text: str, marks: Mapping[str, str], required: Required) -> str:
        """The text with names for its placeholders; empty where one comes too often or in part."""
        places = []
        for term_id, mark in marks.items():
            found = list(re.finditer(rf"(?<!\w){mark}(?!\w)", text))
            if len(found) > len(required[term_id]):
                return ""
            places += [(match.start(), match.end(), term_id) for match in found]
        if _has_rest(text, [(start, end) for start, end, _ in places], set(marks.values())):
            return ""
        for start, end, term_id in sorted(places, reverse=True):
            term = self._termbase.get(term_id)
            name = self.name(term_id, required[term_id][0])
            text = splice(text, start, end, name, kind=term.kind if term is not None else "")
        return text

    def put(self, required: Required, draft: Draft, mention: Mention, span: tuple[int, int]) -> Draft:
        """The draft with the name of a term for the words in a span; unchanged where that loses another."""
        term = self._termbase.get(mention.term_id)
        kind = term.kind if term is not None else ""
        name = self._nearest(mention, draft.text[span[0] : span[1]])
        text = splice(draft.text, *span, name, kind=kind)
        before, after = self.missing(required, draft.text), self.missing(required, text)
        if not after <= before:
            return draft
        how = f"in place of “{draft.text[span[0] : span[1]]}”"
        notes = (*draft.notes, self._note(mention, how))
        return Draft(text, draft.score, tuple(dict.fromkeys(notes)))

    def located(self, required: Required, draft: Draft, attention: Attention) -> Draft:
        """The draft with each missing name where the model looked at its term from, if that is clear.

        A term that the source names several times is put in for each. `attention` is between the source and
        the text of the draft.
        """
        taken = [
            (found.start, found.end)
            for found in self._english.find(draft.text, known=frozenset(required))
            if found.term_id in required
        ]
        places: list[tuple[Span, Mention]] = []
        for mention in _first_ones_first(required, self.to_mend(required, draft)):
            name = self.name(mention.term_id, mention)
            place = place_of_name(draft.text, attention, (mention.start, mention.end), name, taken)
            if place is not None:
                taken.append(place)
                places.append((place, mention))
        for place, mention in sorted(places, key=lambda found: found[0], reverse=True):
            draft = self.put(required, draft, mention, place)
        return draft

    def name(self, term_id: str, mention: Mention) -> str:
        """The approved English name about as long as the mention: itself, a short form, else the first."""
        names = self._termbase.approved(term_id, self._pivot)
        for name in names:
            if name.casefold() == mention.variant.casefold():
                return name
        parts = len(_BETWEEN_PARTS.split(mention.variant))
        term = self._termbase.get(term_id)
        if term is not None and term.kind == _PERSON:
            return min(names, key=lambda name: abs(len(name.split()) - parts))
        short = [name for name in names[1:] if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", names[0])]
        return short[0] if parts == 1 and short else names[0]

    def _nearest(self, mention: Mention, written: str) -> str:
        """The approved name spelled most like what the model wrote (Izraeli: Israeli), or the mention's."""
        from rapidfuzz.fuzz import ratio

        approved = self._termbase.approved(mention.term_id, self._pivot)
        names = [self.name(mention.term_id, mention), *approved]
        likeness = [ratio(name.casefold(), written.casefold()) for name in names]
        return names[likeness.index(max(likeness))] if max(likeness) >= _ALIKE else names[0]

    def _notes(self, required: Required, term_ids: Iterable[str], how: str) -> tuple[str, ...]:
        return tuple(self._note(required[term_id][0], how) for term_id in sorted(term_ids))

    def _note(self, mention: Mention, how: str) -> str:
        return f"{REPAIRED}: {self.name(mention.term_id, mention)} for {mention.variant}: {how}"


def _first_ones_first(required: Required, term_ids: Iterable[str]) -> list[Mention]:
    """The mentions of terms in reading order, but later ones of any term after the first of all."""
    mentions = [
        (place > 0, mention) for term_id in term_ids for place, mention in enumerate(required[term_id])
    ]
    return [mention for _, mention in sorted(mentions, key=lambda pair: (pair[0], pair[1].start))]


def _has_rest(text: str, places: Iterable[Span], marks: Iterable[str]) -> bool:
    """Whether something like a placeholder stands in a text outside the places of those that came through."""
    for start, end in sorted(places, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return any(re.search(rf"(?<!\w){mark[0]}(?:(?!\w)|\W?\d)", text) for mark in marks)
