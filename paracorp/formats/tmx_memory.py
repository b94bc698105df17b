"""Units as they were read, written back as TMX 1.4b, with what other tools noted of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.corpus import atomic_path
from paracorp.formats.problems import require_valid
from paracorp.formats.safe_xml import legal
from paracorp.formats.tmx import TmxUnit, validate_tmx
from paracorp.formats.tmx_document import tmx_document
from paracorp.formats.units import is_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_units(
    path: Path, units: Iterable[TmxUnit], *, langs: Sequence[str], tags: Mapping[str, str]
) -> int:
    """Write units to a TMX file, atomically, streaming and validated; how many were written.

    `langs` are the languages of the units, the header's source language first; a unit with another `srclang`,
    or without a text in it, states its own. `tags` maps language codes to the tags to write; a code it lacks
    is written as it is. A `tuid` that an earlier unit has is left out. What XML cannot hold is removed from
    texts, and so are texts whose language is no tag; a unit left with fewer than two is not written.
    """
    with atomic_path(path) as temporary:
        count = _write(temporary, units, langs, tags)
        require_valid(temporary, validate_tmx(temporary))
    return count


def _write(path: Path, units: Iterable[TmxUnit], langs: Sequence[str], tags: Mapping[str, str]) -> int:
    count = 0
    seen: set[str] = set()
    with path.open("wb") as stream, tmx_document(stream, [tags.get(lang, lang) for lang in langs]) as write:
        for unit in units:
            element = _tu(unit, langs[0], tags, seen)
            if element is not None:
                write(element)
                count += 1
    return count


def _tu(unit: TmxUnit, source_lang: str, tags: Mapping[str, str], seen: set[str]) -> _Element | None:
    from lxml import etree  # here: `--help` must not pay for it

    texts = {
        lang: text
        for lang, raw in unit.variants.items()
        if is_tag(tags.get(lang, lang)) and (text := legal(raw).strip())
    }
    if len(texts) < 2:
        return None
    tu = etree.Element("tu")
    tuid = re.sub(r"\s+", "_", legal(unit.tuid))
    if tuid and tuid not in seen:
        seen.add(tuid)
        tu.set("tuid", tuid)
    if unit.changed:
        tu.set("changedate", unit.changed)
    srclang = unit.srclang or source_lang
    if srclang not in texts:
        srclang = next(iter(texts))
    if srclang != source_lang:
        tu.set("srclang", tags.get(srclang, srclang))
    for note in unit.notes:
        if text := legal(note).strip():
            etree.SubElement(tu, "note").text = text
    for kind, value in unit.props.items():
        for line in legal(value).split("\n"):
            if kind and line.strip():
                etree.SubElement(tu, "prop", {"type": kind}).text = line.strip()
    for lang, text in texts.items():
        tuv = etree.SubElement(tu, "tuv", {_XML_LANG: tags.get(lang, lang)})
        etree.SubElement(tuv, "seg").text = text
    return tu
