"""What a person did to an exported XLIFF in a CAT tool, as decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from paracorp.errors import InputError
from paracorp.formats.forms import XLIFF
from paracorp.formats.xliff_read import XliffUnit, read_xliff
from paracorp.records import digest
from paracorp.review.events import Action, Anchor, Event, clean
from paracorp.review.shelf import Shelf

# Notes that an export puts into the file, and those a person's tool adds.
_OURS = frozenset(("finding", "evidence", "translation", "english"))
_VERDICTS = {"reviewed": Action.ACCEPT, "final": Action.ACCEPT, "rejected": Action.REJECT}


def is_xliff(path: Path) -> bool:
    """Whether a file is XLIFF by its name, also as Trados or memoQ names it; what a page gives is JSONL."""
    return path.name.lower().removesuffix(".gz").endswith((*XLIFF.suffixes, *XLIFF.foreign))


def xliff_events(
    path: Path, shelf: Shelf, *, reviewer: str, at: dt.datetime
) -> tuple[list[Event], list[InputError]]:
    """The decisions in a file, and the units that cannot be taken, each with its line.

    A target that is another than the corpus has is an edit; a state that was set to reviewed or final accepts
    the unit, one set to rejected rejects it; a note that was added is a note. What is as it was exported is
    no decision. The ids follow from what was decided, so that the same file gives the same events.
    """
    problems: list[InputError] = []
    events = []
    for unit in read_xliff(path, problems.append):
        reason = _unfit(unit, shelf)
        if reason:
            fix = "Export the corpus again and edit the new file."
            problems.append(InputError(f"unit {unit.id}: {reason}", path=path, line=unit.line, fix=fix))
            continue
        events += [_event(unit.id, shelf, said, reviewer=reviewer, at=at) for said in _said(unit, shelf)]
    return events, problems


def _unfit(unit: XliffUnit, shelf: Shelf) -> str:
    if unit.id not in shelf.keys:
        return "the corpus has no such unit"
    now = shelf.current(unit.id)
    if (unit.source_lang, unit.target_lang) != (now.source.lang, now.target.lang):
        return f"{unit.source_lang}-{unit.target_lang}, expected {now.source.lang}-{now.target.lang}"
    if clean(unit.source) not in (clean(now.source.text), clean(shelf.original(unit.id).source.text)):
        return "its source is not the text of the corpus any more"
    if unit.target is None or not clean(unit.target):
        return "it has no target"
    return ""


def _said(unit: XliffUnit, shelf: Shelf) -> Iterator[tuple[Action, str]]:
    """Actions, each with its text: the edited target, the note."""
    target = clean(unit.target or "")
    known = [shelf.current(unit.id).target.text, shelf.original(unit.id).target.text]
    verdict = _VERDICTS.get(unit.state) if not unit.status else None
    if verdict is not Action.REJECT and target not in map(clean, known):
        yield Action.EDIT, target
    elif verdict is not None:
        yield verdict, target
    for note in unit.notes:
        if note.category not in _OURS and clean(note.text):
            yield Action.NOTE, clean(note.text)


def _event(unit_id: str, shelf: Shelf, said: tuple[Action, str], *, reviewer: str, at: dt.datetime) -> Event:
    action, text = said
    key = shelf.keys[unit_id]
    segments = [shelf.locator.segments[name] for side in key for name in side]
    anchors: tuple[Anchor, ...] = tuple((segment.id, segment.text) for segment in segments)
    carries = action is Action.EDIT or (action is Action.ACCEPT and not key[1])
    return Event(
        id=digest("xliff", action, reviewer, text, *(part for anchor in anchors for part in anchor)),
        action=action,
        unit=unit_id,
        content_hash=shelf.original(unit_id).content_hash,
        anchors=anchors,
        reviewer=reviewer,
        at=at,
        edits={"target": text} if carries else {},
        note=text if action is Action.NOTE else "",
    )
