"""What the aligner reads: passages, and windows of consecutive passages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from paracorp.records import BlockKind

# Blocks of one group may be paired with each other; a heading or caption that echoes a paragraph is no pair.
GROUPS: dict[BlockKind, str] = {
    BlockKind.TITLE: "head",
    BlockKind.HEADING: "head",
    BlockKind.PARAGRAPH: "body",
    BlockKind.LIST_ITEM: "body",
    BlockKind.CAPTION: "caption",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence to link: its own text and its English.

    Passages stand in reading order of their article. `paragraph` numbers the block in its article; `date`
    is the day the article was published; both None where unknown. A passage whose English is blank takes
    part in nothing.
    """

    id: str
    text: str
    english: str
    kind: BlockKind = BlockKind.PARAGRAPH
    paragraph: int | None = None
    date: dt.date | None = None
    article: str | None = None

    @property
    def group(self) -> str:
        """The group of block kinds it may be paired within."""
        return GROUPS[self.kind]


@dataclass(frozen=True, slots=True)
class Window:
    """`size` consecutive passages from `start` on."""

    start: int
    size: int

    @property
    def stop(self) -> int:
        """One past the last passage."""
        return self.start + self.size


def windows(passages: Sequence[Passage], longest: int) -> list[Window]:
    """All windows of 1 to `longest` passages, shorter ones first, each size in reading order.

    The passages of a window are of one group and all have English; headings and captions stand alone.
    """
    found: list[Window] = []
    for size in range(1, longest + 1):
        for start in range(len(passages) - size + 1):
            part = passages[start : start + size]
            if all(passage.english.strip() for passage in part) and (
                size == 1 or all(passage.group == "body" for passage in part)
            ):
                found.append(Window(start, size))
    return found
