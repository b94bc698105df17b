"""What a TMX file must hold to, beyond its grammar, for the tools people use to accept it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from paracorp.formats.problems import Problem
from paracorp.formats.safe_xml import attributes, line_of
from paracorp.formats.tmx_document import MARK
from paracorp.formats.tmx_pieces import XML_LANG
from paracorp.languages import code_for_tag
from paracorp.records import Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

# Trados refuses longer segments.
MAX_SEGMENT_CHARS = 2000
_DATES = frozenset(("creationdate", "changedate", "lastusagedate"))
_DATE = re.compile(r"[0-9]{8}T[0-9]{6}Z")


def is_utc_date(value: str) -> bool:
    """Whether a date is a real one in the only notation all tools read: `YYYYMMDDThhmmssZ`, in UTC."""
    if not _DATE.fullmatch(value):
        return False
    try:
        dt.datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
    except ValueError:
        return False
    return True


_is_utc_date = functools.lru_cache(maxsize=4096)(is_utc_date)


@dataclass(slots=True)
class Seen:
    """What rules about a whole file remember of its units: eight bytes each, and what few of them say.

    `tags` and `kinds` map language tags and types of properties to the line where they came first.
    """

    srclang: str
    marked: bool
    tuids: array[int] = field(default_factory=lambda: array("q"))
    tags: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)


def start(header: _Element | None) -> Seen:
    """Before the first unit; a header property `x-languages` marks a file of more than one pair."""
    if header is None:
        return Seen("*all*", marked=False)
    marked = any(prop.get("type") == MARK for prop in header.iterchildren("{*}prop"))
    return Seen(header.get("srclang", "*all*"), marked=marked)


def header_problems(header: _Element) -> Iterator[Problem]:
    """What the rules say of a header."""
    line = line_of(header)
    if header.get("srclang") == "*all*":
        yield _warning(line, "srclang", "srclang *all*: some tools need one source language")
    yield from _date_problems(header, 0)


def unit_problems(unit: _Element, offset: int, seen: Seen) -> list[Problem]:
    """What the rules say of one unit, which need not be valid. What nearly every unit passes comes first."""
    found: list[Problem] = []
    srclang = seen.srclang
    for name, value in attributes(unit):
        if name == "tuid":
            seen.tuids.append(hash(value))
            if value.split() != [value]:
                why = f"tuid {value!r} holds white space or is empty"
                found.append(_error(line_of(unit) + offset, "tuid", why))
        elif name == "srclang":
            srclang = str(value)
    found += _date_problems(unit, offset)
    tags: list[str] = []
    for variant in unit.iterchildren("{*}tuv"):
        if tag := variant.get(XML_LANG):
            tags.append(tag)
            if tag not in seen.tags:
                seen.tags[tag] = line_of(unit) + offset
        if len(variant.attrib) > 1:
            found += _date_problems(variant, offset)
        for segment in variant.iterchildren("{*}seg"):
            text = segment.text
            sound = text and not (text[0].isspace() or text[-1].isspace()) and len(text) <= MAX_SEGMENT_CHARS
            if not sound or len(segment):
                found += _segment_problems(segment, line_of(variant) + offset)
    if srclang not in tags and srclang != "*all*":
        found += _source_problems(srclang, tags, line_of(unit) + offset)
    return found


def note_kinds(body: _Element, offset: int, seen: Seen) -> None:
    """Remember the types of properties that a run of units should not have."""
    foreign = {kind for kind in set(_kinds()(body)) if not kind.startswith("x-")} - seen.kinds.keys()
    for prop in body.iter("prop") if foreign else ():
        if (kind := prop.get("type", "")) in foreign:
            seen.kinds.setdefault(kind, line_of(prop) + offset)


@functools.cache
def _kinds() -> Callable[[_Element], list[str]]:
    """What gives the types of the properties of a run at the speed of C."""
    from lxml import etree  # here: `--help` must not pay for it

    return cast("Callable[[_Element], list[str]]", etree.XPath("tu/prop/@type", smart_strings=False))


def _segment_problems(segment: _Element, line: int) -> Iterator[Problem]:
    whole = "".join(map(str, segment.itertext()))
    last = (segment[-1].tail or "") if len(segment) else whole
    if not whole.strip():
        yield _warning(line, "empty", "a segment without text")
    elif (segment.text or "")[:1].isspace() or last[-1:].isspace():
        yield _error(line, "edge-space", f"white space at the edge of a segment: {_shown(whole)}")
    if len(whole) > MAX_SEGMENT_CHARS:
        found = f"a segment of {len(whole):,} characters"
        yield _warning(line, "length", f"{found}; some tools take {MAX_SEGMENT_CHARS:,} at most")


def _date_problems(element: _Element, offset: int) -> list[Problem]:
    return [
        _error(
            line_of(element) + offset, "date", f"{name} {str(value)!r} is no date as YYYYMMDDThhmmssZ in UTC"
        )
        for name, value in attributes(element)
        if name in _DATES and not _is_utc_date(str(value))
    ]


def _source_problems(srclang: str, tags: list[str], line: int) -> Iterator[Problem]:
    """The source language must be among the variants, under the same tag."""
    lowered = [tag.lower() for tag in tags]
    if srclang.lower() in lowered:
        return
    found = ", ".join(tags) or "none"
    primary = srclang.lower().split("-")[0]
    if primary in (tag.split("-")[0] for tag in lowered):
        yield _warning(line, "srclang", f"no variant in {srclang} but in another form of it; found {found}")
    else:
        yield _error(line, "srclang", f"no variant in the source language {srclang}; found {found}")


def file_problems(seen: Seen) -> Iterator[Problem]:
    """What the rules say of the units together, but for equal tuids; each with the line it first shows."""
    for kind, line in seen.kinds.items():
        yield _warning(line, "prop-type", f"type {kind!r}: types of one's own should begin with x-")
    for tag, line in seen.tags.items():
        if tag.lower().split("-")[0] == "iw":
            yield _warning(line, "language", f"{tag} is an old code; many tools know Hebrew as he only")
    first = {code_for_tag(tag) or tag.lower(): line for tag, line in reversed(seen.tags.items())}
    if len(first) > 2 and not seen.marked:
        found = ", ".join(sorted(first))
        why = f"{len(first)} languages ({found}) and no header property {MARK} that says so"
        yield _warning(sorted(first.values())[2], "language", why)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:20]}...{text[-20:]}")


def _error(line: int, rule: str, message: str) -> Problem:
    return Problem(line, Severity.ERROR, rule, message)


def _warning(line: int, rule: str, message: str) -> Problem:
    return Problem(line, Severity.WARNING, rule, message)
