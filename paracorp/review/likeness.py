"""Finds the segment of an article that a changed text is most like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from paracorp.records import Segment

# A text that was changed shares at least this of its pairs of letters with what it was.
_ALIKE = 0.6


class LikenessFinder:
    """The segments of one article by the pairs of letters in them."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Note where each pair stands, so that a search reads only the segments that share one."""
        self._segments = segments
        places: dict[str, list[int]] = defaultdict(list)
        pairs = [_pairs(segment.text) for segment in segments]
        for place, own in enumerate(pairs):
            for pair in own:
                places[pair].append(place)
        self._places = {pair: np.array(found, dtype=np.intp) for pair, found in places.items()}
        self._sizes = np.array([len(own) for own in pairs])

    def most_like(self, text: str) -> Segment | None:
        """The segment most like a text, of equal ones the first; None where none is alike."""
        pairs = _pairs(text)
        shared = [self._places[pair] for pair in pairs if pair in self._places]
        if not shared:
            return None
        counts = np.bincount(np.concatenate(shared), minlength=len(self._segments))
        alike = 2 * counts / (self._sizes + len(pairs))
        best = int(alike.argmax())
        return self._segments[best] if alike[best] >= _ALIKE else None


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
