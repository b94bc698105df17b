"""XLIFF 2.0, for review in CAT tools: units in files by article pair, with states, notes and metadata."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from paracorp.formats.safe_xml import legal
from paracorp.formats.unique_ids import UniqueIds
from paracorp.formats.units import PROPERTIES, BitextUnit, UnitNote, whole
from paracorp.languages import LANGUAGES

if TYPE_CHECKING:
    from lxml.etree import _Element

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
# The state of a segment by the status of its unit; the status itself is the sub-state.
STATES: Mapping[str, str] = {
    "auto": "translated",
    "stale": "initial",
    "rejected": "initial",
    "accepted": "reviewed",
    "edited": "reviewed",
}
SUB_STATE = "paracorp:"
# 1 is the highest priority a note can have.
PRIORITIES: Mapping[str, str] = {"error": "1", "warning": "4", "info": "7"}
ENGLISH = "english"
_NAMESPACES: Any = {None: CORE, "mda": METADATA}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML cannot hold, so that it is written as the element for it.
_CONTROLS = re.compile("([^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])")
# What an id of ours may not hold is written as _xHEX_, and so is a _ that would read as the start of such.
_UNFIT = re.compile(r"[^A-Za-z0-9_.\-]|_(?=x)")


def write_xliff(
    target: BinaryIO, units: Iterable[BitextUnit], *, pair: tuple[str, str], tags: Mapping[str, str]
) -> int:
    """Write units, streaming; the number of units written.

    Neighbours from one pair of articles share a `file`. The id of a unit is its own as an NMTOKEN, with a
    number behind it where an earlier unit has it; `name` holds it as it was. The same arguments give the same
    bytes.
    """
    from lxml import etree  # here: `--help` must not pay for it

    count = 0
    ids = UniqueIds()
    with etree.xmlfile(target, encoding="UTF-8") as file:
        file.write_declaration()
        root = {"version": "2.0", "srcLang": tags[pair[0]], "trgLang": tags[pair[1]]}
        with file.element(f"{{{CORE}}}xliff", root, nsmap=_NAMESPACES):
            file.write("\n")
            for number, (_, group) in enumerate(itertools.groupby(units, _articles), 1):
                first = next(group)
                with file.element(f"{{{CORE}}}file", _file_attributes(first, number, pair)):
                    file.write("\n", *_file_notes(first))
                    for unit in itertools.chain([first], group):
                        count += 1
                        file.write(_unit(unit, pair, ids.of(nmtoken(unit.id) or f"u{count}")), "\n")
                file.write("\n")
            if not count:
                # A file without units must hold a group at least.
                with file.element(f"{{{CORE}}}file", {"id": "f1"}):
                    file.write(etree.Element(f"{{{CORE}}}group", {"id": "g1"}))
                file.write("\n")
    return count


def nmtoken(name: str) -> str:
    """A name as an NMTOKEN of ASCII characters; different names stay different."""
    return _UNFIT.sub(lambda match: f"_x{ord(match[0]):X}_", name)


def _articles(unit: BitextUnit) -> tuple[str, str]:
    return unit.props.get("source_article", ""), unit.props.get("target_article", "")


def _file_attributes(unit: BitextUnit, number: int, pair: tuple[str, str]) -> dict[str, str]:
    original = legal(" ".join(dict.fromkeys(filter(None, _articles(unit)))))
    source, target = (LANGUAGES[code].direction if code in LANGUAGES else "auto" for code in pair)
    attributes = {"id": f"f{number}", "srcDir": source, "trgDir": target}
    return attributes | ({"original": original} if original else {})


def _file_notes(unit: BitextUnit) -> list[Any]:
    """The articles a file is from, in a line each, for who reads it."""
    notes = []
    for side in ("source", "target"):
        names = (f"{side}_{name}" for name in ("title", "date", "url"))
        text = " · ".join(filter(None, (unit.props.get(name, "") for name in names)))
        if text:
            notes.append(UnitNote("article", text, side))
    return [element, "\n"] if (element := _notes(notes)) is not None else []


def _unit(unit: BitextUnit, pair: tuple[str, str], token: str) -> _Element:
    from lxml import etree

    attributes = {"id": token, "canResegment": "no", _SPACE: "preserve"}
    name = legal(unit.id)
    if name and name != token:
        attributes["name"] = name
    element = etree.Element(f"{{{CORE}}}unit", attributes, nsmap=_NAMESPACES)
    if (metadata := _metadata(unit)) is not None:
        element.append(metadata)
    if (notes := _notes([*_english(unit), *unit.notes])) is not None:
        element.append(notes)
    status = unit.props.get("status", "")
    state = {"state": STATES[status], "subState": SUB_STATE + status} if status in STATES else {}
    segment = etree.SubElement(element, f"{{{CORE}}}segment", state)
    for tag, lang in zip(("source", "target"), pair, strict=True):
        _fill(etree.SubElement(segment, f"{{{CORE}}}{tag}"), unit.variants[lang])
    return element


def _fill(element: _Element, text: str) -> None:
    """Text into an element; what XML cannot hold as `cp`."""
    from lxml import etree

    first, *rest = _CONTROLS.split(whole(text))
    element.text = first
    for control, following in zip(rest[::2], rest[1::2], strict=True):
        etree.SubElement(element, f"{{{CORE}}}cp", {"hex": f"{ord(control):04X}"}).tail = following


def _english(unit: BitextUnit) -> Iterator[UnitNote]:
    for side in ("source", "target"):
        if text := unit.props.get(f"{side}_english"):
            yield UnitNote(ENGLISH, text, side)


def _notes(notes: Iterable[UnitNote]) -> _Element | None:
    from lxml import etree

    parent = etree.Element(f"{{{CORE}}}notes", nsmap=_NAMESPACES)
    for note in notes:
        text = legal(note.text)
        if not text:
            continue
        attributes = {"id": f"n{len(parent) + 1}", "category": legal(note.category)}
        side = note.about.partition("_")[0]
        attributes["appliesTo"] = side if side in ("source", "target") else ""
        attributes["priority"] = PRIORITIES.get(note.severity, "")
        kept = {name: value for name, value in attributes.items() if value}
        etree.SubElement(parent, f"{{{CORE}}}note", kept).text = text
    return parent if len(parent) else None


def _metadata(unit: BitextUnit) -> _Element | None:
    """The properties but for the English, which is a note: those paracorp knows, then another program's."""
    from lxml import etree

    parent = etree.Element(f"{{{METADATA}}}metadata", nsmap=_NAMESPACES)
    known = [name for name in PROPERTIES if name in unit.props and not name.endswith("_english")]
    other = sorted(set(unit.props) - set(PROPERTIES))
    for category, names in (("paracorp", known), ("other", other)):
        values = {name: value for name in names if (value := legal(unit.props[name])) and legal(name)}
        if not values:
            continue
        group = etree.SubElement(parent, f"{{{METADATA}}}metaGroup", {"category": category})
        for name, value in values.items():
            etree.SubElement(group, f"{{{METADATA}}}meta", {"type": legal(name)}).text = value
    return parent if len(parent) else None
