"""What a person said of a unit, as one line of `decisions.jsonl`, and back."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from paracorp.records import digest

VERSION = 1
FIELDS = ("source", "target", "source_english", "target_english")
LONGEST_NAME_CHARS = 200
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

# A segment as it was judged: its id then, and its text.
Anchor: TypeAlias = tuple[str, str]


class Action(StrEnum):
    """What an event does."""

    ACCEPT = "accept"
    REJECT = "reject"
    NEEDS_WORK = "needs_work"
    EDIT = "edit"
    SPLIT = "split"
    MERGE = "merge"
    RELINK = "relink"
    NOTE = "note"
    UNDO = "undo"


# These put other links in the place of a unit.
RELINKING = frozenset((Action.SPLIT, Action.MERGE, Action.RELINK))
VERDICTS = frozenset((Action.ACCEPT, Action.REJECT, Action.NEEDS_WORK, Action.EDIT)) | RELINKING


class MalformedEventError(ValueError):
    """Why a line is no decision."""


class NewerEventError(MalformedEventError):
    """The line is of a version that only a newer paracorp knows."""


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link a person made, by the segments of both sides."""

    source: tuple[Anchor, ...]
    target: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One decision. `anchors` are the segments of the unit judged, source side first.

    `edits` maps fields (see `FIELDS`) to their new texts; `links` stand in the place of the unit; `undoes`
    names the event taken back, empty for the reviewer's last one on the unit; `settles` names events of
    others that this one overrules.
    """

    id: str
    action: Action
    unit: str
    content_hash: str
    anchors: tuple[Anchor, ...]
    reviewer: str
    at: dt.datetime
    edits: Mapping[str, str] = field(default_factory=dict)
    links: tuple[NewLink, ...] = ()
    note: str = ""
    undoes: str = ""
    settles: tuple[str, ...] = ()


def parse_line(line: bytes) -> Event:
    """The event of one line; `MalformedEventError` says why it is none."""
    try:
        row = json.loads(line.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise MalformedEventError(f"no JSON: {error}") from None
    return parse(row)


def parse(row: Any) -> Event:
    """The event in JSON-like data; `MalformedEventError` says why it is none.

    An event without an id is named by what it says, so that it stays one event wherever it is read.
    """
    if not isinstance(row, dict):
        raise MalformedEventError("expected a JSON object")
    version = row.get("v")
    if isinstance(version, int) and version > VERSION:
        raise NewerEventError(f"version {version}, this paracorp reads {VERSION}")
    if version != VERSION:
        raise MalformedEventError(f"version {version!r}, expected {VERSION}")
    canonical = _canonical(row)
    action = _action(row.get("event"))
    anchors = _anchors(row.get("anchors", []))
    data = row.get("data") or {}
    if not isinstance(data, dict):
        raise MalformedEventError("data is no JSON object")
    event = Event(
        id=_text(row, "id") or digest("event", canonical),
        action=action,
        unit=_text(row, "unit"),
        content_hash=_text(row, "content_hash"),
        anchors=anchors,
        reviewer=reviewer_name(_text(row, "reviewer")),
        at=_moment(row.get("at")),
        edits=_edits(action, data, anchors),
        links=_links(action, data, anchors),
        note=clean(_text(data, "text" if action is Action.NOTE else "note")),
        undoes=_text(data, "undoes") if action is Action.UNDO else "",
        settles=_names(data.get("settles", [])),
    )
    if action is not Action.UNDO and not (event.anchors or event.links or event.unit):
        raise MalformedEventError("it names no unit and no segments")
    return event


def row_of(event: Event) -> dict[str, Any]:
    """The event as the JSON-like data that `parse` reads."""
    data: dict[str, Any] = dict(event.edits)
    if event.links:
        data["links"] = [[list(map(list, link.source)), list(map(list, link.target))] for link in event.links]
    if event.note:
        data["text" if event.action is Action.NOTE else "note"] = event.note
    if event.undoes:
        data["undoes"] = event.undoes
    if event.settles:
        data["settles"] = list(event.settles)
    return {
        "v": VERSION,
        "id": event.id,
        "event": str(event.action),
        "unit": event.unit,
        "content_hash": event.content_hash,
        "anchors": [list(anchor) for anchor in event.anchors],
        "data": data,
        "reviewer": event.reviewer,
        "at": timestamp(event.at),
    }


def timestamp(moment: dt.datetime | None) -> str:
    """A moment as `2026-01-31T12:00:00.000000Z`; empty for none."""
    if moment is None:
        return ""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def clean(text: str) -> str:
    """A text as a person typed it, on one line, without white space at the edges."""
    return _CONTROLS.sub(" ", text).strip()


def reviewer_name(text: str) -> str:
    """The name a reviewer goes by: composed, on one line, bounded; `unknown` for an empty one."""
    return clean(unicodedata.normalize("NFC", text))[:LONGEST_NAME_CHARS] or "unknown"


def _canonical(row: dict[str, Any]) -> str:
    try:
        body = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        body.encode("utf-8")
    except (ValueError, RecursionError):
        raise MalformedEventError("it holds half a character or is nested too deep") from None
    return body


def _action(name: Any) -> Action:
    try:
        return Action(name)
    except ValueError:
        known = ", ".join(Action)
        raise MalformedEventError(f"unknown event {name!r}, expected one of {known}") from None


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise MalformedEventError(f"{name} is no text")
    return value


def _names(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise MalformedEventError("settles is no list of event ids")
    return tuple(value)


def _moment(value: Any) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError):
        raise MalformedEventError(f"at is {value!r}, expected a time as 2026-01-31T12:00:00Z") from None


def _anchors(value: Any) -> tuple[Anchor, ...]:
    if not isinstance(value, list):
        raise MalformedEventError("anchors is no list")
    return tuple(_anchor(item, {}) for item in value)


def _anchor(item: Any, known: Mapping[str, str]) -> Anchor:
    if isinstance(item, str) and item in known:
        return item, known[item]
    if isinstance(item, list) and len(item) == 2 and all(isinstance(part, str) for part in item):
        return item[0], item[1]
    raise MalformedEventError("an anchor is no pair of segment id and text")


def _edits(action: Action, data: Mapping[str, Any], anchors: Sequence[Anchor]) -> dict[str, str]:
    """The texts of an edit; those an accepted rendering carries along, too."""
    edits = {name: clean(_text(data, name)) for name in FIELDS if data.get(name) is not None}
    if action is Action.EDIT and not edits:
        raise MalformedEventError(f"an edit of nothing, expected one of {', '.join(FIELDS)}")
    empty = next((name for name, text in edits.items() if not text), None)
    if empty is not None:
        raise MalformedEventError(f"{empty} is empty")
    if action is Action.ACCEPT:
        return {"target": edits["target"]} if "target" in edits and len(anchors) == 1 else {}
    return edits if action is Action.EDIT else {}


def _links(action: Action, data: Mapping[str, Any], anchors: Sequence[Anchor]) -> tuple[NewLink, ...]:
    if action not in RELINKING:
        return ()
    value = data.get("links")
    if not isinstance(value, list) or not value:
        raise MalformedEventError(f"a {action} without links")
    known = dict(anchors)
    links = []
    for item in value:
        sides: list[Any] = item if isinstance(item, list) and len(item) == 2 else [None, None]
        if not all(isinstance(side, list) and side for side in sides):
            raise MalformedEventError("a link without segments on both sides")
        source, target = (tuple(_anchor(part, known) for part in side) for side in sides)
        links.append(NewLink(source, target))
    ids = [name for link in links for side in (link.source, link.target) for name, _ in side]
    if len(ids) != len(set(ids)):
        raise MalformedEventError("a segment stands in it twice")
    return tuple(links)
