"""How far a comparison is, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

# Told (done, of).
Told: TypeAlias = Callable[[int, int], None]
# A comparison of two articles is told in thousandths of its time. About so many go to the search for near
# passages of two long ones, so many to what their pairs share; the rest goes to the edges of the pairs.
WHOLE, SEARCH, PAIRS = 1000, 600, 100


def part(told: Told | None, before: int, size: int, total: int) -> Told | None:
    """For a step that is `size` of the `total`, with so much done before it."""
    if told is None:
        return None
    return lambda done, of: told(before + size * done // of, total)
