"""Finds units by what stands in any of their texts, however it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from paracorp.lexicon.folding import APOSTROPHES, DASHES, INVISIBLE, QUOTES
from paracorp.review.shelf import Shelf

_DROPPED = re.compile(f"[{INVISIBLE}{QUOTES}{APOSTROPHES}]")
_DASH = re.compile(f"[{DASHES}]")
_GAP = re.compile(r"\s+")
# Marks that stand on a letter, of the scripts that may stand in reports: accents, vowel points, voicing.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]"
)


def folded(text: str) -> str:
    """A text without what a searcher need not type: case, width, accents and vowel points, quotes."""
    plain = text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return _GAP.sub(" ", _DASH.sub("-", _DROPPED.sub("", plain))).casefold().strip()


class Searcher:
    """Searches a shelf; the folded texts of a unit are kept until it changes."""

    def __init__(self, shelf: Shelf) -> None:
        """Fold nothing yet."""
        self._shelf = shelf
        self._folded: dict[str, str] = {}

    def forget(self, unit_ids: Iterable[str]) -> None:
        """These units have changed."""
        for name in unit_ids:
            self._folded.pop(name, None)

    def find(self, text: str, unit_ids: Iterable[str]) -> list[str]:
        """Those of the units that hold the text, in their order; all for an empty one."""
        wanted = folded(text)
        return [name for name in unit_ids if wanted in self._text(name)]

    def _text(self, unit_id: str) -> str:
        if unit_id not in self._folded:
            unit, state = self._shelf.current(unit_id), self._shelf.state(unit_id)
            sides = (unit.source, unit.target)
            texts = [text for side in sides for text in (side.text, side.english)]
            texts += [event.note for event in state.history]
            self._folded[unit_id] = "\n".join(map(folded, filter(None, texts)))
        return self._folded[unit_id]
