"""The text in an XLIFF source, target or note: what inline elements enclose stays; native codes go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paracorp.formats.safe_xml import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

# Their content is the native code of another program, not text.
_CODES = frozenset(("bpt", "ept", "it", "ph", "x", "bx", "ex", "sc", "ec", "sm", "em"))
# Marks of Trados around what a reviewer has deleted, with changes tracked.
_DELETED = frozenset(("x-sdl-deleted", "x-sdl-feedback-deleted"))


@dataclass(slots=True)
class Flattened:
    """Text, and how many inline elements were in it."""

    text: str = ""
    count: int = 0

    def add(self, other: Flattened) -> None:
        """Put another text behind this one."""
        self.text += other.text
        self.count += other.count


def flatten(element: _Element) -> Flattened:
    """The text in an element; a `cp` is the character it stands for and no inline element.

    Segment marks (`mrk mtype="seg"`) are no inline elements either: every segmented file has them. What a
    tracked change has deleted is no text. The parser bounds the depth.
    """
    found = Flattened(element.text or "")
    for child in element:
        name = local_name(child)
        if name == "cp":
            found.text += _character(child.get("hex", ""))
        else:
            found.count += not (name == "mrk" and child.get("mtype") == "seg")
            if name not in _CODES and child.get("mtype") not in _DELETED:
                found.add(flatten(child))
        found.text += child.tail or ""
    return found


def _character(code: str) -> str:
    """The character with this code in hexadecimal; U+FFFD where there is none."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
