"""Cheap questions asked of a text before it is searched: can it hold a figure or a date at all?"""

from __future__ import annotations

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick


class Hints:
    """Words without one of which a text holds nothing; looking for all of them takes about 2 microseconds."""

    def __init__(self, words: Iterable[str], *, starting: bool = False) -> None:
        """Digits are hints as well. `starting` words count only where no Latin letter stands before them."""
        self._automaton = AhoCorasick([*"0123456789", *words])
        self._starting = starting

    def __call__(self, text: str) -> bool:
        """Whether the folded text holds one."""
        found = self._automaton.find_matches_as_indexes(text)
        if not self._starting:
            return bool(found)
        return any(not start or not "a" <= text[start - 1] <= "z" for _, start, _ in found)
