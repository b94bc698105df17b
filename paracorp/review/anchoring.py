"""Finds the segments of a decision again, after their ids, or everything around them, have changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median
from typing import TypeAlias

from paracorp.records import Segment
from paracorp.review.events import Anchor
from paracorp.review.likeness import LikenessFinder
from paracorp.review.recutting import RunFinder

# The segments a decision is about, by today's ids in reading order: source and target side of a pair. The
# second is empty where one segment and its English are meant.
Key: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
Room: TypeAlias = tuple[str, str]

_PLACE = re.compile(r"#([0-9]{1,9})\.([0-9]{1,9})\Z")


def article_of(segment_id: str) -> str:
    """The id of the article a segment is in; a file's name may hold `#` itself."""
    return segment_id.rpartition("#")[0]


def room_of(key: Key) -> Room:
    """The articles of a key; decisions in different rooms cannot touch each other."""
    return article_of(key[0][0]), article_of(key[1][0]) if key[1] else ""


class Locator:
    """The segments of a corpus as they are now, by article and text."""

    def __init__(self, segments: Iterable[Segment], source_lang: str) -> None:
        """`source_lang` tells which side of a pair a segment stands on."""
        self._source_lang = source_lang
        self.segments = {segment.id: segment for segment in segments}
        self._place = {name: place for place, name in enumerate(self.segments)}
        self._by_text: dict[tuple[str, str], list[Segment]] = defaultdict(list)
        self._articles: dict[str, set[str]] = defaultdict(set)
        self._rows: dict[str, list[Segment]] = defaultdict(list)
        self._finders: dict[str, RunFinder] = {}
        self._likenesses: dict[str, LikenessFinder] = {}
        self._left: dict[Anchor, tuple[str, ...]] = {}
        for segment in self.segments.values():
            self._rows[segment.article_id].append(segment)
            self._by_text[segment.article_id, segment.text].append(segment)
            self._articles[segment.text].add(segment.article_id)

    def key(self, anchors: Sequence[Anchor]) -> Key | None:
        """What the anchors are today; None where a text is gone or they are no unit (any more).

        A pair whose sides both stand as they were is the same pair, however they are cut into sentences now.
        """
        ids = self.find(anchors)
        if ids is None and len(anchors) > 1:
            ids = self.recut(anchors)
        if not ids:
            return None
        sides = [
            [name for name in ids if (self.segments[name].lang == self._source_lang) is source]
            for source in (True, False)
        ]
        if any(len({self.segments[name].article_id for name in side}) > 1 for side in sides):
            return None
        if len(anchors) == 1:
            return (ids[0],), ()
        source, target = (tuple(sorted(side, key=self._place.__getitem__)) for side in sides)
        return (source, target) if source and target else None

    def find(self, anchors: Sequence[Anchor]) -> tuple[str, ...] | None:
        """Today's id of each anchor, all different; None where one is not there any more.

        A text that stands in its article more than once is taken where it stands nearest, after the
        others of the same article have told by how many blocks all moved.
        """
        found: dict[int, str] = {}
        places: dict[str, list[int]] = defaultdict(list)
        for at, (name, _) in enumerate(anchors):
            places[article_of(name)].append(at)
        for article, numbers in places.items():
            part = [anchors[at] for at in numbers]
            ids = self._find_in(self._today(article, part), part)
            if ids is None:
                return None
            found.update(zip(numbers, ids, strict=True))
        if len(set(found.values())) < len(anchors):
            return None
        return tuple(found[at] for at in range(len(anchors)))

    def recut(self, anchors: Sequence[Anchor]) -> tuple[str, ...] | None:
        """Today's ids of what the anchors say, where their articles are cut into other sentences now.

        The texts of an article stand as one run of segments or, where some of them are segments still, those
        that are none do for each stretch of them; None where anything of them stands so no more.
        """
        parts: dict[str, list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            parts[article_of(anchor[0])].append(anchor)
        found: list[str] = []
        for article, part in parts.items():
            ids = self._recut_in(article, sorted(part, key=lambda anchor: _numbers(anchor[0])))
            if ids is None:
                return None
            found += ids
        return tuple(found) if len(set(found)) == len(found) else None

    def _recut_in(self, article: str, anchors: Sequence[Anchor]) -> list[str] | None:
        whole = self._find_in(article, anchors) or self._run(article, anchors)
        if whole is not None:
            return whole
        found: list[str] = []
        for known, group in groupby(anchors, key=lambda anchor: (article, anchor[1]) in self._by_text):
            part = list(group)
            ids = self._find_in(article, part) if known else self._run(article, part)
            if ids is None:
                return None
            found += ids
        return found

    def _run(self, article: str, anchors: Sequence[Anchor]) -> list[str] | None:
        """The run of segments that says what the anchors say; the nearest one of several."""
        if article not in self._finders:
            self._finders[article] = RunFinder(self._rows.get(article, ()))
        block, sentence = _numbers(anchors[0][0])
        runs = self._finders[article].runs([text for _, text in anchors])
        nearest = min(runs, key=lambda run: _distance(run[0], block, sentence), default=())
        return [segment.id for segment in nearest] or None

    def left_of(self, anchor: Anchor) -> tuple[str, ...]:
        """Today's ids of what an anchor says or, where it is gone, of what it became; kept once found."""
        if anchor not in self._left:
            self._left[anchor] = self.find([anchor]) or self.recut([anchor]) or (self.became(anchor),)
        return self._left[anchor]

    def became(self, anchor: Anchor) -> str:
        """The id of what a text that is gone was most likely made into.

        The segment of its article most like it, of equal ones the first; else its own id.
        """
        return self._alike(anchor) or anchor[0]

    def _alike(self, anchor: Anchor) -> str:
        """The segment of the anchor's article most like it; empty where none is."""
        article = article_of(anchor[0])
        if article not in self._likenesses:
            self._likenesses[article] = LikenessFinder(self._rows.get(article, ()))
        segment = self._likenesses[article].most_like(anchor[1])
        return segment.id if segment is not None else ""

    def _today(self, article: str, anchors: Sequence[Anchor]) -> str:
        """The article itself; where it goes by another name now, the only one with the texts.

        One that still has what the texts were made into goes by its own name.
        """
        if any((article, text) in self._by_text for _, text in anchors):
            return article
        lang = article.partition("/")[0]
        known = [self._articles.get(text, set()) for _, text in anchors]
        same = [name for name in set.intersection(*known) if name.partition("/")[0] == lang]
        if len(same) != 1 or self._run(article, anchors) or any(map(self._alike, anchors)):
            return article
        return same[0]

    def _find_in(self, article: str, anchors: Sequence[Anchor]) -> list[str] | None:
        options = [self._by_text.get((article, text), []) for _, text in anchors]
        moved = [
            rows[0].block - block
            for rows, (name, _) in zip(options, anchors, strict=True)
            if len(rows) == 1 and (block := _numbers(name)[0]) >= 0
        ]
        shift = round(median(moved)) if moved else 0
        taken: list[str] = []
        for rows, (name, _) in zip(options, anchors, strict=True):
            block, sentence = _numbers(name)
            free = [row for row in rows if row.id not in taken]
            if not free:
                return None
            near = min(free, key=lambda row: _distance(row, block + shift, sentence))
            taken.append(near.id)
        return taken


def _distance(row: Segment, block: int, sentence: int) -> tuple[int, int, int]:
    """Of two as near, the later one: blocks are put in more often than taken out."""
    return abs(row.block - block), abs(_numbers(row.id)[1] - sentence), -row.block


def _numbers(segment_id: str) -> tuple[int, int]:
    """Block and sentence in an id; -1 for what is no number."""
    match = _PLACE.search(segment_id)
    return (int(match[1]), int(match[2])) if match else (-1, -1)
