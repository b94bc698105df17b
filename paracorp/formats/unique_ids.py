"""Ids that may not come twice in a file."""

from __future__ import annotations

import hashlib
import itertools


class UniqueIds:
    """Remembers the ids given out, in 8 bytes each, so that a million take little memory."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: set[bytes] = set()

    def of(self, wanted: str) -> str:
        """The id wanted; with a point and a number behind it where it is taken."""
        if self._take(wanted):
            return wanted
        return next(name for count in itertools.count(2) if self._take(name := f"{wanted}.{count}"))

    def _take(self, name: str) -> bool:
        mark = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if mark in self._seen:
            return False
        self._seen.add(mark)
        return True
