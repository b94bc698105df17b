"""What has changed since a page last asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from paracorp.review.events import Event

# Changes kept for pages that ask later; a page further behind loads the list anew.
KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """Units that changed at once, by these events of these reviewers."""

    cursor: int
    unit_ids: frozenset[str]
    event_ids: tuple[str, ...]
    reviewers: tuple[str, ...]


@dataclass(slots=True)
class ChangeLog:
    """The latest changes; `cursor` counts all there ever were."""

    cursor: int = 0
    _kept: list[Change] = field(default_factory=list)

    def record(self, unit_ids: frozenset[str], events: Sequence[Event]) -> None:
        """Add a change."""
        self.cursor += 1
        reviewers = tuple(dict.fromkeys(event.reviewer for event in events))
        self._kept.append(Change(self.cursor, unit_ids, tuple(event.id for event in events), reviewers))
        del self._kept[:-KEPT]

    def since(self, cursor: int) -> list[Change] | None:
        """The changes after a cursor; None where it is none of this log, or too long ago."""
        oldest = self._kept[0].cursor - 1 if self._kept else 0
        if not oldest <= cursor <= self.cursor:
            return None
        return [change for change in self._kept if change.cursor > cursor]
