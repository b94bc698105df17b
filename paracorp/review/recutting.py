"""Finds sentences again whose article is cut into other sentences now, by what they say end to end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paracorp.records import Segment

_GAP = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Strip:
    """Texts end to end without their white space.

    `edges` are the offsets in `bare` where a text begins, `gaps` those before which white space stood.
    """

    bare: str
    gaps: tuple[int, ...]
    edges: tuple[int, ...]


class RunFinder:
    """The segments of one article, in reading order, as one text that can be cut at their edges only."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Lay the segments out end to end."""
        self._segments = segments
        self._strip = _strip([segment.text for segment in segments])
        edges = self._strip.edges
        self._first = {start: number for number, start in enumerate(edges)}
        self._last = {end: number for number, end in enumerate((*edges[1:], len(self._strip.bare)))}

    def runs(self, texts: Sequence[str]) -> Iterator[tuple[Segment, ...]]:
        """The runs of consecutive segments that say what the texts say end to end, in reading order.

        Every character counts, white space too, but for that between two texts or two segments, which
        belongs to neither.
        """
        wanted = _strip(texts)
        start = self._strip.bare.find(wanted.bare) if wanted.bare else -1
        while start >= 0:
            stop = start + len(wanted.bare)
            if start in self._first and stop in self._last and self._has_gaps(wanted, start, stop):
                yield tuple(self._segments[self._first[start] : self._last[stop] + 1])
            start = self._strip.bare.find(wanted.bare, start + 1)

    def _has_gaps(self, wanted: _Strip, start: int, stop: int) -> bool:
        """Whether white space stands at the same places, as far as these are within a text and a segment."""
        here = {gap - start for gap in _between(self._strip.gaps, start, stop)}
        seams = {*wanted.edges, *(edge - start for edge in _between(self._strip.edges, start, stop))}
        return (here ^ set(wanted.gaps)) <= seams


def _between(offsets: Sequence[int], start: int, stop: int) -> Sequence[int]:
    """Those of ascending offsets that lie within a stretch, its ends not counted."""
    return offsets[bisect_right(offsets, start) : bisect_left(offsets, stop)]


def _strip(texts: Sequence[str]) -> _Strip:
    parts: list[str] = []
    gaps: list[int] = []
    edges: list[int] = []
    length = 0
    for text in texts:
        edges.append(length)
        for number, word in enumerate(_GAP.split(text.strip())):
            if number:
                gaps.append(length)
            parts.append(word)
            length += len(word)
    return _Strip("".join(parts), tuple(gaps), tuple(edges))
