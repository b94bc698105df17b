"""TMX read: versions 1.1 to 1.4, unit by unit."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from paracorp.errors import InputError
from paracorp.formats.safe_xml import line_of, local_name
from paracorp.formats.tmx_pieces import XML_LANG, IllFormed, TmxPieces
from paracorp.languages import code_for_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_VERSIONS = re.compile(r"1\.[1-4][ab]?")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d))?")
# Their content is the native code of another program, not text.
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """A `tu` as read. `variants` maps language codes to texts, never empty, without white space at the edges.

    A language paracorp does not know stays under its tag in lower case, and so does a second variant of
    one language (`zh-tw` beside `zh`). `srclang` is empty for `*all*`. `changed` is the latest date on
    the unit and its variants as `YYYYMMDDThhmmssZ`. Properties of one type are joined by line feeds.
    `flattened` counts the inline tags (`bpt`, `ph`, `hi`, ...) that the texts came without. `notes` are the
    unit's own, not those of its variants.
    """

    tuid: str
    variants: dict[str, str]
    srclang: str
    changed: str | None
    props: dict[str, str]
    line: int
    flattened: int = 0
    notes: tuple[str, ...] = ()


def read_tmx(path: Path, *, on_reject: Callable[[InputError], None] | None) -> Iterator[TmxUnit]:
    """The units of a TMX file (UTF-8, UTF-16, gzip) in order, in flat memory; inline tags become text.

    A malformed unit, also one that is no well-formed XML, goes to `on_reject` with its line and the rest
    is read; without `on_reject` it is raised. Always raises `InputError` for what is no TMX, is broken
    outside of its units, or tries to reach outside itself.
    """
    pieces = TmxPieces(path)
    version = pieces.root.get("version", "1.4")
    if not _VERSIONS.fullmatch(version):
        raise InputError(
            f"TMX version {version}, expected 1.1 to 1.4",
            path=path,
            fix="Export it as TMX 1.4 from the program that made it.",
        )
    header = pieces.header
    srclang = "" if header is None else _code(header.get("srclang", ""))
    for run in pieces.runs():
        if isinstance(run, IllFormed):
            _reject(on_reject, path, run.line, run.reason)
            continue
        for element in run.body:
            try:
                yield _read_unit(element, srclang, run.offset)
            except _MalformedUnitError as error:
                _reject(on_reject, path, line_of(element) + run.offset, str(error), element.get("tuid"))


class _MalformedUnitError(ValueError):
    """Why one unit cannot be read; the others can."""


def _reject(
    on_reject: Callable[[InputError], None] | None,
    path: Path,
    line: int,
    reason: str,
    tuid: str | None = None,
) -> None:
    error = InputError(
        f"unit {tuid}: {reason}" if tuid else f"unit: {reason}",
        path=path,
        line=line,
        fix="Mend or delete this unit.",
    )
    if on_reject is None:
        raise error
    on_reject(error)


def _read_unit(element: _Element, header_lang: str, offset: int) -> TmxUnit:
    variants: dict[str, str] = {}
    changed = _date(element)
    flattened = 0
    for variant in element.iterchildren("{*}tuv"):
        flattened += _read_variant(variant, variants)
        if len(variant.attrib) > 1:
            changed = max(changed, _date(variant))
    if not variants:
        raise _MalformedUnitError("no variant (tuv) in it")
    srclang = element.get("srclang")
    props = _read_props(element, len(variants))
    return TmxUnit(
        element.get("tuid", ""),
        variants,
        header_lang if srclang is None else _code(srclang),
        changed or None,
        props,
        line_of(element) + offset,
        flattened,
        _read_notes(element) if len(props) + len(variants) != len(element) else (),
    )


def _read_notes(element: _Element) -> tuple[str, ...]:
    texts = (note.text or "" for note in element.iterchildren("{*}note"))
    return tuple(text for raw in texts if (text := raw.strip()))


def _read_props(element: _Element, variants: int) -> dict[str, str]:
    """The properties by type; beside them the element holds that many variants, and perhaps notes."""
    props = {prop.get("type", ""): prop.text for prop in element.iterchildren("{*}prop")}
    if len(props) + variants == len(element) and None not in props.values():
        return cast("dict[str, str]", props)
    joined: dict[str, list[str]] = {}
    for prop in element.iterchildren("{*}prop"):
        if text := prop.text:
            joined.setdefault(prop.get("type", ""), []).append(text)
    return {kind: "\n".join(texts) for kind, texts in joined.items()}


def _read_variant(element: _Element, variants: dict[str, str]) -> int:
    """Put the text of a `tuv` into `variants`; the number of inline tags it came without."""
    tag = element.get(XML_LANG) or element.get("lang")
    if not tag:
        raise _MalformedUnitError("a variant without xml:lang")
    text, tags = _segment_text(element)
    if not (text := text.strip()):
        raise _MalformedUnitError(f"the {tag} variant has no text")
    code = _code(tag)
    if code in variants:
        code = tag.lower()
        if code in variants:
            raise _MalformedUnitError(f"two {tag} variants")
    variants[code] = text
    return tags


def _segment_text(variant: _Element) -> tuple[str, int]:
    """The text of the first `seg`, inline tags flattened, and their number; empty where there is none."""
    # Nearly always the only child, and found so in half the time.
    child = variant[0] if len(variant) == 1 else next(variant.iterchildren("{*}seg"), None)
    if child is None or local_name(child) != "seg":
        return "", 0
    return _flat(child) if len(child) else (child.text or "", 0)


def _flat(element: _Element) -> tuple[str, int]:
    """The text in an element without that of native codes, and how many elements are in it.

    The parser bounds the depth.
    """
    parts = [element.text or ""]
    count = 0
    for child in element:
        name = local_name(child)
        if not name:
            raise _MalformedUnitError(f"the entity {child.text} is declared nowhere")
        text, inner = _flat(child)
        count += 1 + inner
        if name not in _CODES:
            parts.append(text)
        parts.append(child.tail or "")
    return "".join(parts), count


@functools.cache
def _code(tag: str) -> str:
    return "" if tag == "*all*" else code_for_tag(tag) or tag.strip().lower()


def _date(element: _Element) -> str:
    stated = element.get("changedate") or element.get("creationdate")
    return _plain_date(stated) if stated else ""


@functools.lru_cache(maxsize=4096)
def _plain_date(stated: str) -> str:
    """A date as `YYYYMMDDThhmmssZ`; empty for what is none, or none of the calendar."""
    match = _DATE.match(stated)
    if match is None:
        return ""
    parts = [part or "00" for part in match.groups()]
    try:
        moment = dt.datetime.strptime("".join(parts), "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return ""
    return f"{moment:%Y%m%dT%H%M%SZ}"
