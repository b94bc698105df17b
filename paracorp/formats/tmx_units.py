"""TMX to and from the neutral record, for files that come from other formats and go to them."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from paracorp.errors import InputError
from paracorp.formats.safe_xml import legal, stream
from paracorp.formats.tmx_document import tmx_document
from paracorp.formats.tmx_props import utc
from paracorp.formats.tmx_read import read_tmx
from paracorp.formats.unique_ids import UniqueIds
from paracorp.formats.units import (
    MOMENTS,
    PROPERTIES,
    BitextUnit,
    UnitNote,
    free_name,
    is_tag,
    language_code,
    moment_text,
    parse_moment,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Variants of one language have one tag in practically every file.
_LOOKED_AT = 200
# The type of a property as TMX has it, for those paracorp knows; the day a unit is dated by is an attribute.
_TYPES = {name: f"x-{name.replace('_', '-')}" for name in PROPERTIES}
_NAMES = {kind: name for name, kind in _TYPES.items()}


def read_tmx_units(
    path: Path,
    *,
    on_reject: Callable[[InputError], None] | None,
    on_flattened: Callable[[int], None],
) -> Iterator[BitextUnit]:
    """The units of a TMX file, the source language first; see `read_tmx`.

    `on_flattened` gets the number of inline tags of each unit that had some.
    """
    tags: dict[str, str] | None = None
    for unit in read_tmx(path, on_reject=on_reject):
        tags = _stated_tags(path) if tags is None else tags
        if count := unit.flattened:
            on_flattened(count)
        source = {unit.srclang: unit.variants[unit.srclang]} if unit.srclang in unit.variants else {}
        props = {_NAMES.get(kind) or free_name(kind): text for kind, text in unit.props.items() if kind}
        for name in MOMENTS & props.keys():
            props[name] = _iso(props[name])
        if unit.changed:
            props["changed"] = _changed(unit.changed)
        notes = tuple(UnitNote("note", text) for text in unit.notes)
        yield BitextUnit(unit.tuid, source | unit.variants, props, notes, tags=tags, line=unit.line)


def _stated_tags(path: Path) -> dict[str, str]:
    """The tags of the languages as the first variants of a file have them; units keep only codes."""
    tags: dict[str, str] = {}
    with contextlib.suppress(InputError):  # a broken unit, which is rejected elsewhere
        for variant in itertools.islice(stream(path, ("tuv",)), _LOOKED_AT):
            tag = variant.get(_XML_LANG) or variant.get("lang") or ""
            tags.setdefault(language_code(tag), tag)
    return tags


def _changed(stated: str) -> str:
    """A date as `TmxUnit` has it as a day, where it is the first moment of one, else as a moment."""
    moment = f"{stated[:4]}-{stated[4:6]}-{stated[6:11]}:{stated[11:13]}:{stated[13:]}"
    return moment.removesuffix("T00:00:00Z")


def _iso(stated: str) -> str:
    """A moment in a property as ISO 8601 has it with all its marks, or what stands there, if it is none."""
    moment = parse_moment(stated)
    return stated if moment is None else moment_text(moment)


def write_tmx_units(
    target: BinaryIO, units: Iterable[BitextUnit], *, langs: Sequence[str], tags: Mapping[str, str]
) -> int:
    """Write units with all their languages that have a tag as TMX 1.4b, streaming; the number of units.

    `langs` are the languages of the file, the source first; where they are more than two, the header says so.
    What XML cannot hold and white space at the edges is removed from texts, which must leave something; white
    space in an id becomes `_`. The same arguments give the same bytes.
    """
    count = 0
    ids = UniqueIds()
    with tmx_document(target, [tags.get(lang) or lang for lang in langs]) as write:
        for unit in units:
            write(_tu(unit, tags, ids))
            count += 1
    return count


def _tu(unit: BitextUnit, tags: Mapping[str, str], ids: UniqueIds) -> _Element:
    from lxml import etree  # here: `--help` must not pay for it

    tu = etree.Element("tu")
    if tuid := re.sub(r"\s+", "_", legal(unit.id).strip()):
        tu.set("tuid", ids.of(tuid))
    if (changed := parse_moment(unit.props.get("changed", ""))) is not None:
        tu.set("changedate", utc(changed))
    if unit.props.get("shape", "1:1") != "1:1":
        tu.set("segtype", "paragraph")
    for note in unit.notes:
        if text := legal(note.text).strip():
            etree.SubElement(tu, "note").text = text
    for name, value in unit.props.items():
        moment = parse_moment(value) if name in MOMENTS else None
        text = utc(moment) if moment else legal(value).strip()
        if text and (name != "changed" or changed is None):
            etree.SubElement(tu, "prop", {"type": _TYPES.get(name) or legal(name)}).text = text
    for lang, text in unit.variants.items():
        if is_tag(tags.get(lang) or lang) and (held := legal(text).strip()):
            tuv = etree.SubElement(tu, "tuv", {_XML_LANG: tags.get(lang) or lang})
            etree.SubElement(tuv, "seg").text = held
    return tu
