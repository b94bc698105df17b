"""What counts of everything that was decided: the log of events folded into one state per unit.

Per reviewer the latest verdict counts. An acceptance and an edit agree with each other, so do edits of
different texts, and so do who rejects a link and who puts another in its place. Any other difference between
two reviewers is a conflict, which nothing is built from until one of them changes their mind or a verdict
settles it by naming those it overrules.

Two links that want the same segment cannot both be: where everyone who wants the earlier one wants the later
one too, the later stands; else it is a conflict as well.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeAlias

from paracorp.review.anchoring import Key, Room, room_of
from paracorp.review.events import RELINKING, VERDICTS, Action, Anchor, Event

FindKey: TypeAlias = Callable[[Sequence[Anchor]], Key | None]


class Standing(StrEnum):
    """Where a unit stands with its reviewers. `replaced`: a person put other links in its place."""

    AUTO = "auto"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    NEEDS_WORK = "needs_work"
    CONFLICT = "conflict"
    STALE = "stale"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict of one reviewer on a unit, with the texts that reviewer wants.

    `edited` tells texts the reviewer wrote from those that came with an acceptance.
    """

    event: Event
    standing: Standing
    edits: Mapping[str, str]
    edited: bool


@dataclass(frozen=True, slots=True)
class State:
    """A unit and what was said of it. `reviewer` and `reviewed` are those of the verdict that counts last.

    `verdicts` holds the latest of each reviewer; those whose events `settled` names were overruled and do not
    count. `history` holds all events that were not taken back, oldest first.
    """

    key: Key
    standing: Standing = Standing.AUTO
    reviewer: str = ""
    reviewed: dt.datetime | None = None
    edits: Mapping[str, str] = field(default_factory=dict)
    verdicts: tuple[Verdict, ...] = ()
    history: tuple[Event, ...] = ()
    settled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event in the log of a unit; `made` where it is one of the links that the event put there."""

    event: Event
    made: bool


class Ledger:
    """The log folded; events are added in the order of their time (see `fold`)."""

    def __init__(self, find_key: FindKey) -> None:
        """`find_key` tells which unit of today the anchors of an event are."""
        self._find_key = find_key
        self.events: dict[str, Event] = {}
        self.latest: dict[str, dt.datetime] = {}  # by reviewer
        self.states: dict[Key, State] = {}
        self._keys: dict[str, tuple[Key, ...]] = {}
        self._logs: dict[Key, list[_Entry]] = defaultdict(list)
        self._rooms: dict[Room, dict[Key, State]] = defaultdict(dict)
        self._lost: dict[tuple[Anchor, ...], list[Event]] = defaultdict(list)
        self._undone: dict[str, int] = defaultdict(int)
        self._taken_back: dict[str, str] = {}

    def add(self, events: Iterable[Event]) -> set[Key]:
        """Take in events, later than those before; the keys whose states changed."""
        touched: set[Key] = set()
        for event in events:
            if event.id not in self.events:
                self.events[event.id] = event
                self.latest[event.reviewer] = max(event.at, self.latest.get(event.reviewer, event.at))
                touched.update(self._enter(event))
        for key in touched:
            log = [entry for entry in self._logs[key] if self.live(entry.event.id)]
            self._rooms[room_of(key)][key] = _judge(key, log)
        changed = set()
        for room in {room_of(key) for key in touched}:
            for key, state in _rivals_settled(self._rooms[room]).items():
                if self.states.get(key) != state:
                    self.states[key] = state
                    changed.add(key)
        return changed

    def live(self, event_id: str) -> bool:
        """Whether an event was not taken back."""
        return not self._undone.get(event_id)

    def stale(self) -> list[Event]:
        """The live events whose texts are not found any more, oldest first."""
        lost = [event for events in self._lost.values() for event in events if self.live(event.id)]
        return sorted(lost, key=lambda event: event.at)

    def keys_of(self, event_id: str) -> tuple[Key, ...]:
        """The units an event is about, as they are today."""
        return self._keys.get(event_id, ())

    def _enter(self, event: Event) -> tuple[Key, ...]:
        if event.action is Action.UNDO:
            target = self._target(event)
            if target is None:
                return ()
            self._keys[event.id] = self._keys.get(target.id, ())
            self._take_back(event, target)
            return self._keys[event.id]
        own = self._find_key(event.anchors) if event.anchors else None
        new = [self._find_key([*link.source, *link.target]) for link in event.links]
        made = list(dict.fromkeys(key for key in new if key is not None and key[1]))
        if len(made) < len(new) or (own is None and not (made and not event.unit)):
            self._lost[event.anchors].append(event)
            return ()
        for key in made:
            self._logs[key].append(_Entry(event, made=True))
        if own is not None and own not in made:
            self._logs[own].append(_Entry(event, made=False))
            made.append(own)
        self._keys[event.id] = tuple(made)
        return self._keys[event.id]

    def _target(self, undo: Event) -> Event | None:
        """What an undo takes back: an event of the same reviewer that was there before it."""
        if undo.undoes:
            target = self.events.get(undo.undoes)
            mine = target is not None and target.reviewer == undo.reviewer and target is not undo
            return target if mine else None
        key = self._find_key(undo.anchors) if undo.anchors else None
        log = [entry.event for entry in self._logs.get(key, ())] if key is not None else []
        for event in reversed(log or self._lost.get(undo.anchors, [])):
            if event.reviewer == undo.reviewer and self.live(event.id):
                return event
        return None

    def _take_back(self, undo: Event, target: Event) -> None:
        """Count the undo at its target; taking back an undo sets free what that had taken back, and so on."""
        self._taken_back[undo.id] = target.id
        step, at = 1, target.id
        while True:
            before = self.live(at)
            self._undone[at] += step
            if self.live(at) == before or at not in self._taken_back:
                return
            step, at = (1 if self.live(at) else -1), self._taken_back[at]


def fold(events: Iterable[Event], find_key: FindKey) -> Ledger:
    """The ledger of events in any order: the time they state counts, then the order given."""
    ledger = Ledger(find_key)
    ledger.add(sorted(events, key=lambda event: event.at))
    return ledger


def _judge(key: Key, entries: Sequence[_Entry]) -> State:
    """The state of a unit from its live log, without regard to other units."""
    latest: dict[str, Verdict] = {}
    for entry in entries:
        event = entry.event
        if event.action not in VERDICTS:
            continue
        before = latest.get(event.reviewer)
        standing = _standing(entry)
        if before is None or standing in (Standing.REJECTED, Standing.REPLACED):
            before = Verdict(event, standing, {}, edited=False)
        edited = before.edited or event.action is Action.EDIT
        latest[event.reviewer] = Verdict(event, standing, {**before.edits, **event.edits}, edited)
    settled = frozenset(
        name for verdict in latest.values() for name in verdict.event.settles if name != verdict.event.id
    )
    verdicts = tuple(latest.values())
    counted = [verdict for verdict in verdicts if verdict.event.id not in settled]
    history = tuple(entry.event for entry in entries)
    if not counted:
        return State(key, verdicts=verdicts, history=history, settled=settled)
    last = max(counted, key=lambda verdict: verdict.event.at)
    standing, edits = _agreed(counted)
    return State(key, standing, last.event.reviewer, last.event.at, edits, verdicts, history, settled)


def _standing(entry: _Entry) -> Standing:
    if entry.event.action in RELINKING:
        return Standing.ACCEPTED if entry.made else Standing.REPLACED
    return {
        Action.ACCEPT: Standing.ACCEPTED,
        Action.EDIT: Standing.EDITED,
        Action.REJECT: Standing.REJECTED,
        Action.NEEDS_WORK: Standing.NEEDS_WORK,
    }[entry.event.action]


def _agreed(verdicts: Sequence[Verdict]) -> tuple[Standing, dict[str, str]]:
    """What the verdicts of all reviewers come to, with the edits that count.

    Who rejects a link and who puts another in its place agree that it is none.
    """
    views = {_VIEWS[verdict.standing] for verdict in verdicts}
    wanted: dict[str, set[str]] = defaultdict(set)
    for verdict in verdicts:
        for name, text in verdict.edits.items():
            wanted[name].add(text)
    if len(views) > 1 or any(len(texts) > 1 for texts in wanted.values()):
        return Standing.CONFLICT, {}
    view = views.pop()
    if view is Standing.REJECTED and all(verdict.standing is Standing.REPLACED for verdict in verdicts):
        return Standing.REPLACED, {}
    if view is not Standing.ACCEPTED:
        return view, {}
    edits = {name: texts.pop() for name, texts in wanted.items()}
    edited = any(verdict.edited for verdict in verdicts)
    return (Standing.EDITED if edited else Standing.ACCEPTED), edits


_VIEWS = {
    Standing.ACCEPTED: Standing.ACCEPTED,
    Standing.EDITED: Standing.ACCEPTED,
    Standing.NEEDS_WORK: Standing.NEEDS_WORK,
    Standing.REJECTED: Standing.REJECTED,
    Standing.REPLACED: Standing.REJECTED,
}


def _rivals_settled(states: Mapping[Key, State]) -> dict[Key, State]:
    """The states of a room after links that want the same segment have settled which of them is."""
    settled = dict(states)
    holders: dict[str, list[Key]] = defaultdict(list)
    for state in sorted((row for row in states.values() if row.key[1] and _wanting(row)), key=_time):
        segments = [*state.key[0], *state.key[1]]
        for rival in dict.fromkeys(key for name in segments for key in holders[name]):
            _settle(settled, rival, state.key)
        for name in segments:
            holders[name].append(state.key)
    return settled


def _settle(settled: dict[Key, State], earlier: Key, later: Key) -> None:
    """Of two links with a common segment, let the later one stand where nobody wants the earlier one alone.

    Where somebody does, none stands; a link that is contested for itself keeps those of others from standing.
    """
    first, second = settled[earlier], settled[later]
    if Standing.REPLACED in (first.standing, second.standing):
        return
    if first.standing in _STANDS and second.standing in _STANDS and _wanting(first) <= _wanting(second):
        settled[earlier] = replace(first, standing=Standing.REPLACED, edits={})
    elif len(_wanting(first) | _wanting(second)) > 1:
        for state in (first, second):
            if state.standing in _STANDS:
                settled[state.key] = replace(state, standing=Standing.CONFLICT, edits={})


_STANDS = (Standing.ACCEPTED, Standing.EDITED)


def _wanting(state: State) -> set[str]:
    """The reviewers whose verdict that counts is for the unit."""
    return {
        row.event.reviewer
        for row in state.verdicts
        if row.standing in _STANDS and row.event.id not in state.settled
    }


def _time(state: State) -> dt.datetime:
    return state.reviewed or dt.datetime.min.replace(tzinfo=dt.UTC)
