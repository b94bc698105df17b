"""What a build takes from the decisions: links fixed or ruled out, English a person wrote, verdicts."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from paracorp.corpus import Corpus
from paracorp.records import Origin, Segment, Status, Translation, TranslationUnit, Variant
from paracorp.review.anchoring import Key, Locator, Room, room_of
from paracorp.review.events import VERDICTS, Event, timestamp
from paracorp.review.journal import Journal, read_decisions
from paracorp.review.judging import Ledger, Standing, State, fold

# Where English a person wrote comes from, as `engine` of a translation.
DECIDED = "decisions.jsonl"
GOOD = (Standing.ACCEPTED, Standing.EDITED)
GONE = (Standing.REJECTED, Standing.REPLACED)


@dataclass(frozen=True, slots=True)
class Review:
    """The decisions on a corpus as it is segmented now."""

    journal: Journal
    locator: Locator
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Rendering:
    """English of one segment that a person wrote or accepted."""

    text: str
    standing: Standing
    reviewer: str
    reviewed: dt.datetime | None


def read_review(corpus: Corpus, segments: Iterable[Segment]) -> Review:
    """The decisions of a corpus against its segments."""
    journal = read_decisions(corpus)
    locator = Locator(segments, corpus.settings.languages[0])
    return Review(journal, locator, fold(journal.events, locator.key))


def key_of(unit: TranslationUnit) -> Key:
    """The key of a unit: both sides of a pair, the one segment of a rendering."""
    return unit.source.segment_ids, unit.target.segment_ids if unit.link_id else ()


def fixed_links(review: Review) -> dict[Room, list[Key]]:
    """The links that a person accepted, edited or made, by their pair of articles, sorted."""
    return _links(review, GOOD)


def rejected_links(review: Review) -> dict[Room, list[Key]]:
    """The links that a person rejected or replaced, by their pair of articles, sorted."""
    return _links(review, GONE)


def _links(review: Review, standings: Sequence[Standing]) -> dict[Room, list[Key]]:
    found: dict[Room, list[Key]] = defaultdict(list)
    for key, state in review.ledger.states.items():
        if key[1] and state.standing in standings:
            found[room_of(key)].append(key)
    return {room: sorted(keys) for room, keys in found.items()}


def renderings(review: Review, translations: Mapping[str, Translation]) -> dict[str, Rendering]:
    """The English of segments that a person wrote or accepted, the latest word of several.

    The edited English of a side of several segments is that of one of them where the rest was left as it
    was; else it is the unit's alone.
    """
    found: dict[str, Rendering] = {}
    good = [row for row in review.ledger.states.values() if row.edits and row.standing in GOOD]
    for state in sorted(good, key=lambda row: timestamp(row.reviewed)):
        standing = state.standing if not state.key[1] else Standing.EDITED
        for ids, text in _english_edits(state):
            for name, part in _spread(ids, text, translations).items():
                found[name] = Rendering(part, standing, state.reviewer, state.reviewed)
    return found


def _english_edits(state: State) -> Iterator[tuple[tuple[str, ...], str]]:
    source, target = state.key
    names = (("target", source),) if not target else (("source_english", source), ("target_english", target))
    for name, ids in names:
        if name in state.edits:
            yield ids, state.edits[name]


def _spread(ids: Sequence[str], text: str, translations: Mapping[str, Translation]) -> dict[str, str]:
    if len(ids) == 1:
        return {ids[0]: text}
    parts = [translations[name].text if name in translations else "" for name in ids]
    for at, name in enumerate(ids):
        head = "".join(f"{part} " for part in parts[:at])
        tail = "".join(f" {part}" for part in parts[at + 1 :])
        middle = text[len(head) : len(text) - len(tail)].strip()
        if all(parts[:at] + parts[at + 1 :]) and middle and text == f"{head}{middle}{tail}":
            return {name: middle}
    return {}


def reviewed_translations(translations: Iterable[Translation], review: Review) -> list[Translation]:
    """The translations with the English a person wrote in the place of what was there."""
    rows = list(translations)
    written = renderings(review, {row.segment_id: row for row in rows})
    return [
        Translation(row.segment_id, written[row.segment_id].text, Origin.MEMORY, DECIDED, 1.0)
        if row.segment_id in written and written[row.segment_id].text != row.text
        else row
        for row in rows
    ]


def reviewed_units(
    units: Iterable[TranslationUnit], review: Review, translations: Mapping[str, Translation]
) -> Iterator[TranslationUnit]:
    """The units with what was decided about them; those a person rejected are left out."""
    rows = list(units)
    written = renderings(review, translations)
    stale = stale_on(review, [key_of(unit) for unit in rows])
    for unit in rows:
        key = key_of(unit)
        state = review.ledger.states.get(key, State(key))
        if state.standing in GONE:
            continue
        if state.standing in GOOD:
            edits = real_edits(state, unit)
            standing = state.standing if edits else Standing.ACCEPTED
            yield _stamped(with_edits(unit, edits), standing, state.reviewer, state.reviewed)
        elif not key[1] and key[0][0] in written:
            english = written[key[0][0]]
            yield _stamped(unit, english.standing, english.reviewer, english.reviewed)
        elif state.standing is Standing.AUTO and any(
            event.action in VERDICTS for event in stale.get(key, ())
        ):
            yield replace(unit, status=Status.STALE)
        else:
            yield unit


def real_edits(state: State, unit: TranslationUnit) -> dict[str, str]:
    """The edits that count, without those that leave a text as it stands in the articles."""
    originals = {"source": unit.source.text, "target": unit.target.text if state.key[1] else None}
    return {name: text for name, text in state.edits.items() if originals.get(name) != text}


def with_edits(unit: TranslationUnit, edits: Mapping[str, str]) -> TranslationUnit:
    """The unit with its texts as a person wrote them."""
    source = _rewritten(unit.source, edits.get("source"), edits.get("source_english"))
    target = _rewritten(unit.target, edits.get("target"), edits.get("target_english"))
    return replace(unit, source=source, target=target)


def _rewritten(side: Variant, text: str | None, english: str | None) -> Variant:
    if english is not None and english != side.english:
        side = replace(side, english=english, origin=Origin.MEMORY, engine=DECIDED, notes=())
    return side if text is None else replace(side, text=text)


def _stamped(
    unit: TranslationUnit, standing: Standing, reviewer: str, reviewed: dt.datetime | None
) -> TranslationUnit:
    days = [day for day in (unit.changed, reviewed.date() if reviewed else None) if day is not None]
    return replace(
        unit,
        status=Status.EDITED if standing is Standing.EDITED else Status.ACCEPTED,
        changed=max(days, default=None),
        reviewer=reviewer,
        reviewed=reviewed,
    )


def is_stale(events: Iterable[Event]) -> bool:
    """Whether there is a verdict among stale events; a note alone makes no unit stale."""
    return any(event.action in VERDICTS for event in events)


def stale_on(review: Review, keys: Iterable[Key]) -> dict[Key, list[Event]]:
    """The stale decisions, each with the unit of today that has most of what is left of its segments.

    One whose reviewer has judged that unit since is left out; those that fit nowhere are under `((), ())`.
    """
    lost = review.ledger.stale()
    if not lost:
        return {}
    holders: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        for name in (*key[0], *key[1]):
            holders[name].append(key)
    found: dict[Key, list[Event]] = defaultdict(list)
    for event in lost:
        key = _nearest(event, review.locator, holders)
        if not _superseded(event, review.ledger.states.get(key)):
            found[key].append(event)
    return dict(found)


def _nearest(event: Event, locator: Locator, holders: Mapping[str, Sequence[Key]]) -> Key:
    left = {name for anchor in event.anchors for name in locator.left_of(anchor)}
    pair = len({name.partition("/")[0] for name in left}) > 1
    shared = Counter(key for name in left for key in holders.get(name, ()) if bool(key[1]) is pair)
    both = [key for key in shared if not pair or all(left.intersection(side) for side in key)]
    return max(both, key=lambda key: (shared[key], key), default=((), ()))


def _superseded(event: Event, state: State | None) -> bool:
    return state is not None and any(
        verdict.event.reviewer == event.reviewer and verdict.event.at > event.at for verdict in state.verdicts
    )


def link_data(review: Review) -> Callable[[Room], Any]:
    """What was decided about the links of a pair of articles, as data to hash; None for nothing."""
    fixed, rejected = fixed_links(review), rejected_links(review)

    def data(room: Room) -> Any:
        found = [fixed.get(room, []), rejected.get(room, [])]
        return found if any(found) else None

    return data


def unit_data(review: Review) -> list[Any]:
    """All that units take from the decisions, as data to hash; empty where nothing was decided."""
    states = [
        [state.key, state.standing, dict(state.edits), state.reviewer, timestamp(state.reviewed)]
        for state in review.ledger.states.values()
        if state.standing is not Standing.AUTO
    ]
    stale = [[event.id, event.anchors] for event in review.ledger.stale()]
    return [sorted(states, key=repr), stale] if states or stale else []
