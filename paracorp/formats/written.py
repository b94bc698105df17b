"""What became of the units given to a writer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """A unit that a format cannot hold, and why."""

    unit_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Written:
    """How many units were written, and which were not, in their order: given = count + skipped."""

    count: int
    skipped: tuple[Skipped, ...] = ()
