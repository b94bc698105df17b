"""Lines broken at a fixed width, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from paracorp.ingest.draft import Piece
from paracorp.ingest.inline import Line
from paracorp.ingest.prose import columns, ends_sentence
from paracorp.languages import LANGUAGES, detect_by_script, join_sentences

# Editors and mail programs wrap at 60 to 100 columns.
_NARROWEST, _WIDEST = 40, 130
# A line much shorter than the width ended by itself.
_FULL = 0.7
# Of the lines of a wrapped text most are full; an address or two may stick out.
_MOST = 0.5
_OUTLIERS = 0.05

Text = TypeVar("Text", Piece, Line)


def width_of(texts: Sequence[str]) -> int:
    """The width in columns that a text was wrapped at; 0 where it was not, but has a line for a paragraph."""
    widths = [columns(text) for text in texts if text]
    within = [width for width in widths if width <= _WIDEST]
    widest = max(within, default=0)
    full = sum(width >= _FULL * widest for width in within)
    wrapped = (
        widest >= _NARROWEST
        and len(widths) - len(within) <= max(1, _OUTLIERS * len(widths))
        and full > _MOST * len(widths)
    )
    return widest if wrapped else 0


def unwrap(lines: Sequence[Text], width: int) -> list[Text]:
    """Join each line to the one before it that was only broken for its width; others stay paragraphs.

    A line was broken if it fills the width and does not end a sentence. So a sentence is never torn; a
    paragraph may be, where a sentence ends with the line.
    """
    joined: list[Text] = []
    broken = False
    for line in lines:
        if broken:
            joined[-1] = replace(joined[-1], text=_join(joined[-1].text, line.text))
        else:
            joined.append(line)
        broken = columns(line.text) >= _FULL * width > 0 and not ends_sentence(line.text)
    return joined


def _join(first: str, second: str) -> str:
    """Two parts of one line, joined as the script at the break joins words."""
    code = detect_by_script(first[-1] + second[0], LANGUAGES) or detect_by_script(first + second, LANGUAGES)
    return join_sentences((first, second), code) if code else f"{first} {second}"
