"""Decisions as a page sends them: checked against the texts they are about, stamped with name and time."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from paracorp.errors import UsageError
from paracorp.review.events import Action, Event, MalformedEventError, parse
from paracorp.review.shelf import Shelf

MOST_EVENTS = 100
_RELOAD = "Load the page again."


class TextsChangedError(UsageError):
    """A decision on texts that are not those of the corpus any more."""

    def __init__(self, unit_ids: Sequence[str]) -> None:
        """Name the units."""
        super().__init__(
            "the texts have changed since the page was loaded", fix="Look at them again, then decide again."
        )
        self.unit_ids = tuple(unit_ids)


def checked(
    rows: Sequence[Any], shelf: Shelf, *, reviewer: str, clock: Callable[[], dt.datetime]
) -> list[Event]:
    """The events in rows, without those that are known; `reviewer` is who judged where a row does not say.

    Raises `UsageError` for what is no decision, `TextsChangedError` for one on other texts.
    """
    if not 0 < len(rows) <= MOST_EVENTS:
        raise UsageError(f"{len(rows)} decisions at once", fix=f"Send 1 to {MOST_EVENTS}.")
    events: dict[str, Event] = {}
    for row in rows:
        event = _event(row, shelf, reviewer, clock())
        if event.id not in shelf.ledger.events:
            events.setdefault(event.id, event)
    lost = [event.unit for event in events.values() if not _has_texts(event, shelf, events)]
    if lost:
        raise TextsChangedError(lost)
    return list(events.values())


def _event(row: Any, shelf: Shelf, reviewer: str, now: dt.datetime) -> Event:
    """The decision, made now; were the clock put back, still later than what its reviewer said before."""
    if not isinstance(row, dict):
        raise UsageError("a decision is no JSON object", fix=_RELOAD)
    named = {
        "reviewer": row.get("reviewer") or reviewer,
        "id": row.get("id") or secrets.token_hex(16),
        "at": now.isoformat(),
    }
    try:
        event = parse({**row, **named})
    except MalformedEventError as error:
        raise UsageError(f"no decision: {error}", fix=_RELOAD) from None
    before = shelf.ledger.latest.get(event.reviewer)
    return event if before is None else replace(event, at=max(now, before + dt.timedelta(microseconds=1)))


def _has_texts(event: Event, shelf: Shelf, others: Mapping[str, Event]) -> bool:
    """Whether the segments are there as they were judged or, for an undo, what it takes back."""
    if event.action is Action.UNDO:
        target = shelf.ledger.events.get(event.undoes) or others.get(event.undoes)
        return not event.undoes or (target is not None and target.reviewer == event.reviewer)
    own = bool(event.anchors) and shelf.locator.key(event.anchors) is not None
    new = [shelf.locator.key([*link.source, *link.target]) for link in event.links]
    return all(new) and (own or (bool(new) and not event.unit))
