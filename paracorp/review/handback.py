"""Takes decisions back that were made elsewhere: on a page that was sent around, or in a CAT tool."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from paracorp.corpus import Corpus
from paracorp.errors import InputError
from paracorp.review.anchoring import Locator
from paracorp.review.events import Action, Event, row_of
from paracorp.review.journal import append_rows, read_decisions, read_journal
from paracorp.review.loading import Built
from paracorp.review.shelf import Shelf
from paracorp.review.xliff_edits import is_xliff, xliff_events

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Handback:
    """What came of a file: events that were new, how many were known before, and lines that are no event.

    `stale` counts the new ones whose texts this corpus does not hold (any more).
    """

    new: tuple[Event, ...]
    known: int
    stale: int
    problems: tuple[InputError, ...]


def apply_decisions(corpus: Corpus, built: Built, path: Path, *, reviewer: str, now: dt.datetime) -> Handback:
    """Append what a downloaded JSONL or an edited XLIFF holds; the same file again adds nothing.

    `reviewer` is who judged, and `now` when, where the file does not say. Raises `InputError` for a file that
    cannot be read or has nothing to do with this corpus.
    """
    if not path.is_file():
        raise InputError("no such file", path=path, fix="Name a JSONL from the page, or an edited XLIFF.")
    if is_xliff(path):
        shelf = Shelf(built, read_decisions(corpus))
        found, bad = xliff_events(path, shelf, reviewer=reviewer, at=now)
        return _append(corpus, built, path, found, tuple(bad))
    journal = read_journal(path)
    problems = journal.problems
    if journal.torn:
        fix = "Download it again; what is whole in it counts."
        problems = (*problems, InputError("ends in the middle", path=path, line=journal.lines + 1, fix=fix))
    events = [
        replace(event, reviewer=reviewer) if event.reviewer == UNKNOWN else event for event in journal.events
    ]
    return _append(corpus, built, path, events, problems)


def _append(
    corpus: Corpus, built: Built, path: Path, events: Sequence[Event], problems: tuple[InputError, ...]
) -> Handback:
    known = {event.id for event in read_decisions(corpus).events}
    new = tuple(event for event in events if event.id not in known)
    locator = Locator(built.segments, corpus.settings.languages[0])
    judged = [event for event in new if event.action is not Action.UNDO]
    stale = sum(not _is_here(event, locator) for event in judged)
    if judged and stale == len(judged):
        raise InputError(
            f"none of its {len(judged)} decisions is about a text of this corpus",
            path=path,
            fix=f"Name the corpus it was made from instead of {corpus.root}, or build that first.",
        )
    append_rows(corpus, [row_of(event) for event in new])
    return Handback(new, len(events) - len(new), stale, problems)


def _is_here(event: Event, locator: Locator) -> bool:
    parts = [event.anchors, *([*link.source, *link.target] for link in event.links)]
    return all(locator.key(anchors) is not None for anchors in parts if anchors)
