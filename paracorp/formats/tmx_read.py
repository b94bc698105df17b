"""TMX read: versions 1.1 to 1.4, unit by unit."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from paracorp.errors import InputError
from paracorp.formats.safe_xml import line_of, local_name
from paracorp.formats.tmx_pieces import XML_LANG, IllFormed, Run, TmxPieces
from paracorp.languages import code_for_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_VERSIONS = re.compile(r"1\.[1-4][ab]?")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d))?")
# Their content is the native code of another program, not text.
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))


class TmxUnit(NamedTuple):
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
        else:
            yield from _run_units(run, srclang, path, on_reject)
        del run  # so that the next tree is built where this one was, while that is in the processor's cache


def _run_units(
    run: Run, srclang: str, path: Path, on_reject: Callable[[InputError], None] | None
) -> Iterator[TmxUnit]:
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
    props, tuvs, notes = _parts(element)
    if not tuvs:
        raise _MalformedUnitError("no variant (tuv) in it")
    variants: dict[str, str] = {}
    changed = _date(element)
    flattened = 0
    for tuv in tuvs:
        flattened += _read_variant(tuv, variants)
        if len(tuv.attrib) > 1:
            changed = max(changed, _date(tuv))
    srclang = element.get("srclang")
    return TmxUnit(
        element.get("tuid", ""),
        variants,
        header_lang if srclang is None else _code(srclang),
        changed or None,
        props,
        line_of(element) + offset,
        flattened,
        notes,
    )


def _parts(element: _Element) -> tuple[dict[str, str], list[_Element], tuple[str, ...]]:
    """The properties of a unit by type, its variants (`tuv`), and its notes."""
    # A slice takes two thirds of the time of a list made by walking; the stubs lack it.
    children: list[_Element] = cast("Any", element)[:]
    split = len(children)
    while split and children[split - 1].tag == "tuv":
        split -= 1
    # Nearly always nothing stands before the variants but properties, each with a type of its own.
    props = {child.get("type"): child.text for child in children[:split] if child.tag == "prop"}
    if len(props) == split and None not in props and None not in props.values():
        return cast("dict[str, str]", props), children[split:], ()
    named: dict[str, list[_Element]] = {"prop": [], "tuv": [], "note": []}
    for child in children:
        named.setdefault(local_name(child), []).append(child)
    notes = ((note.text or "").strip() for note in named["note"])
    return _joined(named["prop"]), named["tuv"], tuple(note for note in notes if note)


def _joined(elements: Iterable[_Element]) -> dict[str, str]:
    """The texts of properties by type; those of one type are joined, those without a text left out."""
    texts: dict[str, list[str]] = {}
    for element in elements:
        if element.text:
            texts.setdefault(element.get("type", ""), []).append(element.text)
    return {kind: "\n".join(found) for kind, found in texts.items()}


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
    if child is None or (child.tag != "seg" and local_name(child) != "seg"):
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
