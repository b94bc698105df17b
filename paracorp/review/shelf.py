"""The units of a build as the review shows them: what the build has, with every decision taken in at once.

A decision shows here before a build has used it: edited texts, links a person made, links that are gone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from paracorp.checks import unit_checker
from paracorp.records import (
    Evidence,
    Finding,
    Link,
    Origin,
    Segment,
    Status,
    Translation,
    TranslationUnit,
    Variant,
    digest,
)
from paracorp.review.anchoring import Key, Locator
from paracorp.review.applying import (
    DECIDED,
    GOOD,
    Rendering,
    Review,
    is_stale,
    real_edits,
    renderings,
    stale_on,
    with_edits,
)
from paracorp.review.events import Event
from paracorp.review.journal import Journal
from paracorp.review.judging import Standing, State, fold
from paracorp.review.loading import Built
from paracorp.units import Texts, english_units, linked_units, linked_variant

# A unit that no build has is shown for the sake of these.
_JUDGED = (*GOOD, Standing.REJECTED, Standing.NEEDS_WORK, Standing.CONFLICT)


class Shelf:
    """All units of one build by their ids, with the decisions on them."""

    def __init__(self, built: Built, journal: Journal) -> None:
        """Lay out the units of the build, then take in the decisions."""
        self.built = built
        settings = built.corpus.settings
        self.source_lang, self.target_lang = settings.languages
        self.locator = Locator(built.segments, self.source_lang)
        self.ledger = fold(journal.events, self.locator.key)
        self.articles = {row.id: row for row in built.articles}
        self.published: dict[str, dt.date | None] = {row.id: row.published for row in built.articles}
        self._rendered = {row.segment_id: row for row in built.translations}
        self._current: dict[str, Translation] = dict(self._rendered)
        self.written: dict[str, Rendering] = {}
        pair = f"{self.source_lang}-{self.target_lang}"
        self.links = {f"{pair}-{link.id}": link for link in built.links}
        self.keys: dict[str, Key] = {}
        self.ids: dict[Key, str] = {}
        self.holders: dict[str, list[str]] = defaultdict(list)
        for name, link in self.links.items():
            self._place(name, (link.source_ids, link.target_ids))
        for segment in built.segments:
            self._place(f"{segment.lang}-{settings.pivot}-{digest(segment.id)}", ((segment.id,), ()))
        self._in_build = frozenset(self.keys)
        self._as_built = {unit.id: unit for unit in built.units}
        self._found: dict[str, list[Finding]] = defaultdict(list)
        for finding in built.findings:
            self._found[finding.unit_id].append(finding)
        self._rechecked: dict[str, list[Finding]] = {}
        self._check = unit_checker(built.termbase, settings.checks, published=self.published)
        self.stale: dict[Key, list[Event]] = {}
        self._take_in(list(self.ledger.states))

    def kind(self, unit_id: str) -> str:
        """`links` for a pair, else the language of the segment that is rendered."""
        key = self.keys[unit_id]
        return "links" if key[1] else self.locator.segments[key[0][0]].lang

    def visible(self, unit_id: str) -> bool:
        """Whether a unit is shown: not where other links took its place, or an undo left nothing of it."""
        standing = self.state(unit_id).standing
        return standing is not Standing.REPLACED if unit_id in self._in_build else standing in _JUDGED

    def state(self, unit_id: str) -> State:
        """What was said of a unit."""
        key = self.keys[unit_id]
        return self.ledger.states.get(key, State(key))

    def standing(self, unit_id: str) -> Standing:
        """Where a unit stands; stale where only a decision on other texts exists."""
        key, standing = self.keys[unit_id], self.state(unit_id).standing
        if standing is Standing.AUTO and not key[1] and key[0][0] in self.written:
            return self.written[key[0][0]].standing
        if standing is Standing.AUTO and is_stale(self.stale.get(key, ())):
            return Standing.STALE
        if standing is Standing.EDITED and not real_edits(self.state(unit_id), self.original(unit_id)):
            return Standing.ACCEPTED
        return standing

    def original(self, unit_id: str) -> TranslationUnit:
        """A unit with its texts as the articles and the memory or the model have them."""
        return self._unit(unit_id, self._rendered)

    def current(self, unit_id: str) -> TranslationUnit:
        """A unit with the texts that count now."""
        if self._untouched(unit_id):
            return self._as_built[unit_id]
        unit, state = self._unit(unit_id, self._current), self.state(unit_id)
        return with_edits(unit, state.edits) if state.standing in GOOD else unit

    def _untouched(self, unit_id: str) -> bool:
        """Whether no person wrote any text of a unit, now or when it was built."""
        built, key = self._as_built.get(unit_id), self.keys[unit_id]
        state = self.ledger.states.get(key)
        return (
            built is not None
            and built.status is not Status.EDITED
            and DECIDED not in (built.source.engine, built.target.engine)
            and not (state is not None and state.edits)
            and self.written.keys().isdisjoint((*key[0], *key[1]))
        )

    def pending(self, unit_id: str) -> bool:
        """Whether the next build will bring something that is shown here already."""
        standing = self.standing(unit_id)
        if unit_id not in self._in_build:
            return standing in GOOD
        built = self._as_built.get(unit_id)
        if built is None:  # rejected, or a sentence without English, when it was built
            return standing is not Standing.REJECTED and bool(self.current(unit_id).target.text)
        status = _STATUS.get(standing, Status.AUTO)
        return standing is Standing.REJECTED or built.status is not status or self._rewritten(unit_id)

    def findings(self, unit_id: str) -> list[Finding]:
        """What the rules find in the texts that count now; nothing in a rejected unit.

        Where the texts are not those that were built, the rules are run on them, the unit for itself.
        """
        if self.standing(unit_id) is Standing.REJECTED:
            return []
        if not self._rewritten(unit_id):
            return self._found.get(unit_id, [])
        if unit_id not in self._rechecked:
            unit = self.current(unit_id)
            self._rechecked[unit_id] = self._check(unit) if unit.target.text else []
        return self._rechecked[unit_id]

    def english(self, segment_id: str) -> str:
        """The English of a segment that counts now."""
        row = self._current.get(segment_id)
        return row.text if row is not None else ""

    def take(self, events: Sequence[Event]) -> set[str]:
        """Take in new events; the ids of the units that changed, visible or not any more."""
        last = max(self.ledger.latest.values(), default=None)
        if last is None or all(event.at >= last for event in events):
            return self._take_in(self.ledger.add(sorted(events, key=lambda event: event.at)))
        before = self.ledger.states
        self.ledger = fold([*self.ledger.events.values(), *events], self.locator.key)
        after = self.ledger.states
        return self._take_in({key for key in {*before, *after} if before.get(key) != after.get(key)})

    def _take_in(self, touched: Iterable[Key]) -> set[str]:
        """Bring units, texts and stale decisions in line with the ledger; the ids that changed."""
        changed = {name for key in touched if (name := self._shelved(key))}
        review = Review(Journal(), self.locator, self.ledger)
        changed |= self._rewrite(renderings(review, self._rendered))
        before, self.stale = self.stale, stale_on(review, self.ids)
        moved = {key for key in {*before, *self.stale} if before.get(key) != self.stale.get(key)}
        changed |= {self.ids[key] for key in moved if key in self.ids}
        for name in changed:
            self._rechecked.pop(name, None)
        return changed

    def _shelved(self, key: Key) -> str:
        """The id of a unit, which gets its place if only a decision knows of it."""
        state = self.ledger.states.get(key)
        if key not in self.ids and key[1] and state is not None and state.standing in _JUDGED:
            self._place(f"{self.source_lang}-{self.target_lang}-{_link_id(key)}", key)
        return self.ids.get(key, "")

    def _place(self, unit_id: str, key: Key) -> None:
        self.keys[unit_id], self.ids[key] = key, unit_id
        for segment_id in (*key[0], *key[1]):
            self.holders[segment_id].append(unit_id)

    def _rewrite(self, written: dict[str, Rendering]) -> set[str]:
        """Put the English a person wrote in its place; the ids of the units it is in."""
        before, self.written = self.written, written
        moved = {name for name in {*before, *written} if before.get(name) != written.get(name)}
        for name in moved & set(written):
            self._current[name] = Translation(name, written[name].text, Origin.MEMORY, DECIDED, 1.0)
        for name in moved - set(written):
            self._current[name] = self._rendered[name]
        return {unit_id for name in moved for unit_id in self.holders.get(name, ())}

    def _unit(self, unit_id: str, translations: Mapping[str, Translation]) -> TranslationUnit:
        key = self.keys[unit_id]
        texts = Texts(self.articles, self.locator.segments, translations)
        if key[1]:
            link = self.links.get(unit_id) or Link(_link_id(key), *key, 1.0, Evidence())
            return next(linked_units([link], texts))
        segment = self.locator.segments[key[0][0]]
        pivot = self.built.corpus.settings.pivot
        return next(english_units([segment], texts, pivot), None) or _without_english(
            unit_id, segment, texts, pivot
        )

    def _rewritten(self, unit_id: str) -> bool:
        """Whether the texts that count now are not those that were built."""
        if self._untouched(unit_id):
            return False
        built, now = self._as_built.get(unit_id), self.current(unit_id)
        return built is None or any(
            (one.text, one.english) != (other.text, other.english)
            for one, other in ((built.source, now.source), (built.target, now.target))
        )


_STATUS = {
    Standing.ACCEPTED: Status.ACCEPTED,
    Standing.EDITED: Status.EDITED,
    Standing.STALE: Status.STALE,
}


def _link_id(key: Key) -> str:
    """As the aligner would name this link."""
    return digest("link", " ".join(key[0]), " ".join(key[1]))


def _without_english(unit_id: str, segment: Segment, texts: Texts, pivot: str) -> TranslationUnit:
    """The unit of a segment that has no English yet, for a person to write it."""
    source = linked_variant((segment.id,), texts)
    target = Variant(pivot, "", "", segment.article_id, (segment.id,), Origin.NONE, "")
    day = texts.articles[segment.article_id].published
    return TranslationUnit(unit_id, source, target, None, "1:1", Status.AUTO, "", day)
