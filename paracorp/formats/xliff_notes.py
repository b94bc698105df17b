"""What an XLIFF file says about its units: notes, the comments of Trados and memoQ, and metadata."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from paracorp.formats.units import PROPERTIES, UnitNote, free_name
from paracorp.formats.xliff_inline import flatten
from paracorp.formats.xliff_write import ENGLISH, PRIORITIES

if TYPE_CHECKING:
    from lxml.etree import _Element

# In Trados a comment stands apart, and a mark around the text names it; memoQ writes it into the unit.
DEFINITION = "cmt-def"
_TRADOS_MARK = "x-sdl-comment"
_TRADOS_ID = "{http://sdl.com/FileTypes/SdlXliff/1.0}cid"
_COMMENT = "comment"
_SEVERITIES = {priority: severity for severity, priority in PRIORITIES.items()}
Definitions = Mapping[str, Sequence[UnitNote]]


def children(element: _Element, *names: str) -> list[_Element]:
    """The children with one of these local names."""
    return list(element.iterchildren(*_anywhere(*names)))


@functools.cache
def _anywhere(*names: str) -> tuple[str, ...]:
    """Names in whatever namespace, as lxml writes them."""
    return tuple(f"{{*}}{name}" for name in names)


def notes_of(element: _Element, comments: Definitions) -> list[UnitNote]:
    """The notes of a unit, but for its English; `comments` are those that its texts may refer to."""
    notes = [note for note in _notes(element) if note.category != ENGLISH or not note.about]
    return [*notes, *_marked(element, comments), *_memoq(element)]


def english_of(element: _Element) -> dict[str, str]:
    """The English of a unit, which paracorp writes as notes, as properties."""
    notes = (note for note in _notes(element) if note.category == ENGLISH)
    return {f"{note.about}_english": note.text for note in notes if note.about}


def _notes(element: _Element) -> Iterator[UnitNote]:
    for parent in (element, *children(element, "notes")):
        for node in children(parent, "note"):
            if text := flatten(node).text.strip():
                category = node.get("category", "")
                severity = _SEVERITIES.get(node.get("priority", ""), "") if category == "finding" else ""
                side = _side(node.get("appliesTo") or node.get("annotates"))
                yield UnitNote(category, text, side, severity, author=node.get("from", ""))


def _side(stated: str | None) -> str:
    side = (stated or "").lower()
    return side if side in ("source", "target") else ""


def defined_comments(definition: _Element) -> list[UnitNote]:
    """The comments of Trados that one definition holds."""
    found = definition.iterdescendants("{*}Comment")
    return [
        UnitNote(_COMMENT, text, author=node.get("user", ""))
        for node in found
        if (text := flatten(node).text.strip())
    ]


def _marked(element: _Element, comments: Definitions) -> Iterator[UnitNote]:
    """The comments of Trados that marks in the texts name, each once a text."""
    for side, names in (("source", ("source", "seg-source")), ("target", ("target",))):
        marks = (mark for text in children(element, *names) for mark in text.iterdescendants("{*}mrk"))
        named = [mark.get(_TRADOS_ID, "") for mark in marks if mark.get("mtype") == _TRADOS_MARK]
        for note in itertools.chain.from_iterable(comments.get(name, ()) for name in dict.fromkeys(named)):
            yield replace(note, about=side)


def _memoq(element: _Element) -> Iterator[UnitNote]:
    for parent in children(element, "comments"):
        for node in children(parent, "comment"):
            text = flatten(node).text.strip()
            if text and node.get("deleted") != "true":
                author = node.get("creatoruser", "")
                yield UnitNote(_COMMENT, text, _side(node.get("appliesto")), author=author)


def metadata_of(element: _Element) -> dict[str, str]:
    """The metadata of a unit as properties, those of paracorp under their names."""
    props = {}
    for parent in children(element, "metadata"):
        for group in parent.iter("{*}metaGroup"):
            known = group.get("category") == "paracorp"
            for node in children(group, "meta"):
                name, value = node.get("type", ""), node.text or ""
                if name and value:
                    props[name if known and name in PROPERTIES else free_name(name)] = value
    return props
