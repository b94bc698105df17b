"""XLIFF as CAT tools write it, 1.0 to 2.2: every unit with its texts, state, notes and metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from paracorp.errors import InputError
from paracorp.formats.safe_xml import checked_root, forget, line_of, local_name
from paracorp.formats.units import BitextUnit, UnitNote, language_codes
from paracorp.formats.xliff_inline import Flattened, flatten
from paracorp.formats.xliff_notes import (
    DEFINITION,
    Definitions,
    children,
    defined_comments,
    english_of,
    metadata_of,
    notes_of,
)
from paracorp.formats.xliff_pieces import xliff_elements
from paracorp.formats.xliff_states import lowest, state_of_segment, state_of_trans_unit
from paracorp.formats.xliff_write import STATES, SUB_STATE, nmtoken

if TYPE_CHECKING:
    from lxml.etree import _Element

_DTD = re.compile(r"(?:.*[/\\])?xliff[\w.-]*\.dtd", re.IGNORECASE)
_VERSIONS = re.compile(r"1\.[0-2]|2\.[0-2]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNITS = ("trans-unit", "unit")
# Forgotten as they end, so that memory stays flat in files of many groups; `bin-unit` holds no text.
_CONTAINERS = ("group", "file", "bin-unit")


@dataclass(frozen=True, slots=True)
class XliffUnit:
    """A unit as read: segments joined, inline codes left out, what they enclose kept.

    `target` is None where there is none. `state` is the least advanced of its segments, in the words of
    version 2 (initial, translated, reviewed, final) or `rejected`, and empty where none is stated. `status`
    is what paracorp wrote when it exported the unit, empty where the state has changed since or the file is
    another program's. `flattened` counts the inline elements.
    """

    id: str
    source_lang: str
    target_lang: str
    source: str
    target: str | None
    state: str
    status: str
    notes: tuple[UnitNote, ...]
    props: dict[str, str]
    line: int
    flattened: int = 0
    tags: dict[str, str] = field(default_factory=dict)


def read_xliff(path: Path, on_reject: Callable[[InputError], None] | None) -> Iterator[XliffUnit]:
    """The units of an XLIFF file (any XML encoding, gzip) in order, in flat memory.

    Suggestions (`alt-trans`, matches) are left out, and so are units that are not for translation and have no
    target: codes and layout, of which Trados writes many. A malformed unit, also one that is no well-formed
    XML, goes to `on_reject` with its line and the rest is read; without `on_reject` it is raised. Always
    raises `InputError` for what is no XLIFF, is broken outside of its units or tries to reach outside itself.
    """
    root = checked_root(path, "xliff", _DTD)
    version = root.get("version", "")
    if not _VERSIONS.fullmatch(version):
        raise InputError(
            f"XLIFF version {version or 'missing'}, expected 1.0 to 1.2 or 2.0 to 2.2",
            path=path,
            fix="Export it as XLIFF 1.2 or 2.0 from the program that made it.",
        )
    comments: dict[str, list[UnitNote]] = {}

    def reject(line: int, reason: str, name: str = "") -> None:
        where = f"unit {name}: {reason}" if name else f"unit: {reason}"
        error = InputError(where, path=path, line=line, fix="Mend or delete this unit.")
        if on_reject is None:
            raise error
        on_reject(error)

    for element in xliff_elements(path, root, (*_UNITS, *_CONTAINERS, DEFINITION), reject):
        name = local_name(element)
        if name == DEFINITION:
            comments[element.get("id", "")] = defined_comments(element)
        if name in _UNITS and not _is_code(element):
            try:
                yield _read_2(element, root) if name == "unit" else _read_1(element, comments)
            except _MalformedUnitError as reason:
                reject(line_of(element), str(reason), element.get("id", ""))
        forget(element)


class _MalformedUnitError(ValueError):
    """Why one unit cannot be read; the others can."""


def _is_code(element: _Element) -> bool:
    """Whether a unit, or what it stands in, is marked as not for translation, and it has no target."""
    stated = (node.get("translate") for node in (element, *element.iterancestors()))
    if next(filter(None, stated), "yes") != "no":
        return False
    parts = [element, *children(element, "segment")]
    return not any(flatten(target).text for part in parts for target in children(part, "target"))


def _read_2(element: _Element, root: _Element) -> XliffUnit:
    tags = [root.get("srcLang", ""), root.get("trgLang", "")]
    source, target = Flattened(), Flattened()
    states, ordered, has_target = [], [], False
    for place, part in enumerate(children(element, "segment", "ignorable")):
        texts = {local_name(child): child for child in part}
        if "source" not in texts:
            raise _MalformedUnitError(f"a {local_name(part)} without source")
        source.add(flatten(texts["source"]))
        translated = texts.get("target")
        is_segment = local_name(part) == "segment"
        if is_segment:
            states.append(state_of_segment(part, has_target=translated is not None))
            has_target |= translated is not None
        if translated is not None:
            order = translated.get("order", "")
            ordered.append((int(order) if order.isdecimal() else place + 1, flatten(translated)))
        elif not is_segment:
            ordered.append(
                (place + 1, flatten(texts["source"]))
            )  # white space that is the same on both sides
    if not states:
        raise _MalformedUnitError("no segment in it")
    for _, part_text in sorted(ordered, key=lambda item: item[0]):
        target.add(part_text)
    state = lowest(states)
    joined = (source, target if has_target else None)
    return _unit(element, tags, joined, state, status=_status(element, state))


def _status(element: _Element, state: str) -> str:
    """What paracorp wrote of the unit, unless its state is another now."""
    found = {part.get("subState", "") for part in children(element, "segment")}
    status = found.pop().removeprefix(SUB_STATE) if len(found) == 1 else ""
    return status if STATES.get(status) == state else ""


def _read_1(element: _Element, comments: Definitions) -> XliffUnit:
    file = next((parent for parent in element.iterancestors() if local_name(parent) == "file"), None)
    if file is None:
        raise _MalformedUnitError("it stands in no file element")
    texts = {local_name(child): child for child in element}
    if "source" not in texts:
        raise _MalformedUnitError("no source in it")
    translated = texts.get("target")
    stated = "" if translated is None else translated.get(_LANG, "")
    tags = [file.get("source-language", ""), file.get("target-language") or stated]
    state = state_of_trans_unit(element, translated)
    target = None if translated is None else flatten(translated)
    return _unit(element, tags, (flatten(texts["source"]), target), state, comments=comments)


def _unit(  # noqa: PLR0913 -- what the versions say in different ways
    element: _Element,
    tags: list[str],
    texts: tuple[Flattened, Flattened | None],
    state: str,
    *,
    status: str = "",
    comments: Definitions = MappingProxyType({}),
) -> XliffUnit:
    if not tags[0]:
        raise _MalformedUnitError("its file names no source language")
    source, target = texts
    if target is not None and not tags[1]:
        raise _MalformedUnitError("it has a target whose language is stated nowhere")
    keep = _preserves(element)
    codes = language_codes(tags)
    return XliffUnit(
        id=_id(element),
        source_lang=codes[0],
        target_lang=codes[1],
        source=source.text if keep else source.text.strip(),
        target=None if target is None else target.text if keep else target.text.strip(),
        state=state,
        status=status,
        notes=tuple(notes_of(element, comments)),
        props=english_of(element) | metadata_of(element),
        line=line_of(element),
        flattened=source.count + (target.count if target else 0),
        tags=dict(zip(codes, tags, strict=True)),
    )


def _id(element: _Element) -> str:
    """The id of a unit; its name where paracorp made the id from it."""
    stated, name = element.get("id", ""), element.get("name", "")
    made = nmtoken(name)
    return (
        name if name and (stated == made or re.fullmatch(re.escape(made) + r"(\.\d+)+", stated)) else stated
    )


def _preserves(element: _Element) -> bool:
    """Whether white space at the edges of a text belongs to it; not where a tool may have indented it."""
    texts = [text for part in (element, *children(element, "segment")) for text in children(part, "source")]
    for node in (*texts[:1], element, *element.iterancestors()):
        if stated := node.get(_SPACE):
            return stated == "preserve"
    return False


def as_bitext(unit: XliffUnit) -> BitextUnit:
    """The unit as the neutral record; its texts possibly empty.

    Its status is the one it was exported with or, where a tool has set another state, what that means.
    """
    verdicts = {"reviewed": "accepted", "final": "accepted", "rejected": "rejected"}
    status = unit.status or verdicts.get(unit.state, "")
    props = {name: value for name, value in unit.props.items() if name != "status" or value not in STATES}
    variants = {unit.source_lang: unit.source}
    if unit.target is not None:
        variants[unit.target_lang] = unit.target
    return BitextUnit(
        unit.id, variants, props | ({"status": status} if status else {}), unit.notes, unit.tags, unit.line
    )
