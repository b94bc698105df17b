"""TMX, the exchange format of translation memories: read 1.1 to 1.4, write 1.4b."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from paracorp import __version__
from paracorp.errors import InputError
from paracorp.formats.safe_xml import legal, line_of, local_name, read_root, stream
from paracorp.languages import code_for_tag
from paracorp.records import Article, TranslationUnit, Variant

if TYPE_CHECKING:
    from lxml.etree import _Element

_DTD = re.compile(r"(?:.*[/\\])?tmx\d*\w*\.dtd", re.IGNORECASE)
_VERSIONS = re.compile(r"1\.[1-4][ab]?")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d))?")
# Their content is the native code of another program, not text.
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))


@dataclass(frozen=True, slots=True)
class TmxUnit:
    """A `tu` as read. `variants` maps language codes to texts, never empty, without white space at the edges.

    A language paracorp does not know stays under its tag in lower case, and so does a second variant of
    one language (`zh-tw` beside `zh`). `srclang` is empty for `*all*`. `changed` is the latest date on
    the unit and its variants as `YYYYMMDDThhmmssZ`. Properties of one type are joined by line feeds.
    """

    tuid: str
    variants: dict[str, str]
    srclang: str
    changed: str | None
    props: dict[str, str]
    line: int


def read_tmx(path: Path, *, on_reject: Callable[[InputError], None] | None) -> Iterator[TmxUnit]:
    """The units of a TMX file (UTF-8, UTF-16, gzip) in order, in flat memory; inline tags become text.

    A malformed unit goes to `on_reject` with its line and the rest is read; without `on_reject` it is
    raised. Always raises `InputError` for what is no well-formed TMX or tries to reach outside itself.
    """
    version = read_root(path, "tmx", _DTD).get("version", "1.4")
    if not _VERSIONS.fullmatch(version):
        raise InputError(
            f"TMX version {version}, expected 1.1 to 1.4",
            path=path,
            fix="Export it as TMX 1.4 from the program that made it.",
        )
    header_lang = ""
    for element in stream(path, ("header", "tu")):
        if local_name(element) == "header":
            header_lang = _code(element.get("srclang", ""))
            continue
        try:
            unit = _read_unit(element, header_lang)
        except _MalformedUnitError as error:
            rejected = _rejection(element, str(error), path)
            if on_reject is None:
                raise rejected from None
            on_reject(rejected)
        else:
            yield unit


class _MalformedUnitError(ValueError):
    """Why one unit cannot be read; the others can."""


def _rejection(element: _Element, reason: str, path: Path) -> InputError:
    tuid = element.get("tuid")
    return InputError(
        f"unit {tuid}: {reason}" if tuid else f"unit: {reason}",
        path=path,
        line=line_of(element),
        fix="Mend or delete this unit.",
    )


def _read_unit(element: _Element, header_lang: str) -> TmxUnit:
    variants: dict[str, str] = {}
    props: dict[str, str] = {}
    dates = [_date(element)]
    for child in element:
        name = local_name(child)
        if name == "tuv":
            code, text = _read_variant(child, variants)
            variants[code] = text
            dates.append(_date(child))
        elif name == "prop" and child.text:
            kind = child.get("type", "")
            props[kind] = f"{props[kind]}\n{child.text}" if kind in props else child.text
    if not variants:
        raise _MalformedUnitError("no variant (tuv) in it")
    srclang = element.get("srclang")
    return TmxUnit(
        tuid=element.get("tuid", ""),
        variants=variants,
        srclang=header_lang if srclang is None else _code(srclang),
        changed=max(filter(None, dates), default=None),
        props=props,
        line=line_of(element),
    )


def _read_variant(element: _Element, others: Collection[str]) -> tuple[str, str]:
    """Under what a `tuv` is kept beside the `others`, and its text."""
    tag = element.get(_XML_LANG) or element.get("lang")
    if not tag:
        raise _MalformedUnitError("a variant without xml:lang")
    text = _segment_text(element)
    if not text:
        raise _MalformedUnitError(f"the {tag} variant has no text")
    code = _code(tag)
    code = tag.lower() if code in others else code
    if code in others:
        raise _MalformedUnitError(f"two {tag} variants")
    return code, text


def _segment_text(variant: _Element) -> str:
    """The text of the first `seg`, inline tags flattened; empty where there is none."""
    for child in variant:
        if local_name(child) == "seg":
            return (_flat(child) if len(child) else child.text or "").strip()
    return ""


def _flat(element: _Element) -> str:
    """The text in an element without that of native codes. The parser bounds the depth."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if not name:
            raise _MalformedUnitError(f"the entity {child.text} is declared nowhere")
        if name not in _CODES:
            parts.append(_flat(child))
        parts.append(child.tail or "")
    return "".join(parts)


@functools.cache
def _code(tag: str) -> str:
    return "" if tag == "*all*" else code_for_tag(tag) or tag.strip().lower()


def _date(element: _Element) -> str:
    stated = element.get("changedate") or element.get("creationdate")
    match = _DATE.match(stated) if stated else None
    if match is None:
        return ""
    year, month, day, *time = match.groups()
    return f"{year}{month}{day}T{''.join(part or '00' for part in time)}Z"


def write_tmx(  # noqa: PLR0913 - a header, a unit and its properties need that much
    target: Path | BinaryIO,
    units: Iterable[TranslationUnit],
    *,
    source_lang: str,
    target_lang: str,
    tags: Mapping[str, str],
    findings: Mapping[str, Sequence[str]],
    articles: Mapping[str, Article],
) -> int:
    """Write units of one language pair as TMX 1.4b, streaming; the number of units written.

    `tags` maps language codes to the tags to write, `findings` unit ids to rule names. What XML cannot
    hold is removed from texts; a unit with a side that is empty then is left out of file and count.
    The same arguments give the same bytes.
    """
    from lxml import etree  # here: `--help` must not pay for it

    count = 0
    with _writable(target) as stream_out, etree.xmlfile(stream_out, encoding="UTF-8") as file:
        file.write_declaration()
        file.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with file.element("tmx", {"version": "1.4"}):
            file.write("\n", _header(tags[source_lang]), "\n")
            with file.element("body"):
                file.write("\n")
                for unit in units:
                    if (unit.source.lang, unit.target.lang) != (source_lang, target_lang):
                        raise ValueError(f"{unit.id} is not a {source_lang}-{target_lang} unit")
                    element = _tu(unit, tags, _props(unit, findings, articles))
                    if element is not None:
                        file.write(element, pretty_print=True)
                        count += 1
            file.write("\n")
    return count


def _writable(target: Path | BinaryIO) -> contextlib.AbstractContextManager[BinaryIO]:
    """The target as a stream; one we open we close. Given a path, lxml would hide a full disk's OSError."""
    return target.open("wb") if isinstance(target, Path) else contextlib.nullcontext(target)


def _header(source_tag: str) -> _Element:
    from lxml import etree

    return etree.Element(
        "header",
        {
            "creationtool": "paracorp",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "paracorp",
            "adminlang": "en",
            "srclang": source_tag,
            "datatype": "plaintext",
        },
    )


def _tu(unit: TranslationUnit, tags: Mapping[str, str], props: Iterable[tuple[str, str]]) -> _Element | None:
    from lxml import etree

    texts = {side.lang: legal(side.text).strip() for side in (unit.source, unit.target)}
    if not all(texts.values()):
        return None
    tu = etree.Element("tu", {"tuid": re.sub(r"\s+", "_", legal(unit.id))})
    if unit.changed is not None:
        tu.set("changedate", unit.changed.isoformat().replace("-", "") + "T000000Z")
    if unit.shape != "1:1":
        tu.set("segtype", "paragraph")
    for name, value in props:
        if kept := legal(value).strip():
            etree.SubElement(tu, "prop", {"type": name}).text = kept
    for lang, text in texts.items():
        tuv = etree.SubElement(tu, "tuv", {_XML_LANG: tags[lang]})
        etree.SubElement(tuv, "seg").text = text
    return tu


def _props(
    unit: TranslationUnit, findings: Mapping[str, Sequence[str]], articles: Mapping[str, Article]
) -> Iterator[tuple[str, str]]:
    """Names and values of a unit's properties, values possibly empty.

    Where the target is the rendering of the source, both come from one article: it is named once.
    """
    rendered = unit.source.article_id == unit.target.article_id
    if unit.confidence is not None:
        yield "x-confidence", f"{unit.confidence:.4f}"
    yield "x-shape", unit.shape
    if rendered:
        yield "x-origin", str(unit.target.origin)
        yield "x-engine", unit.target.engine
    yield "x-status", str(unit.status)
    yield "x-findings", ";".join(findings.get(unit.id, ()))
    yield from _side_props("source", unit.source, articles)
    if not rendered:
        yield from _side_props("target", unit.target, articles)
        for name, side in (("source", unit.source), ("target", unit.target)):
            yield f"x-{name}-origin", str(side.origin)
            yield f"x-{name}-engine", side.engine


def _side_props(name: str, side: Variant, articles: Mapping[str, Article]) -> Iterator[tuple[str, str]]:
    yield f"x-{name}-article", side.article_id
    if article := articles.get(side.article_id):
        yield f"x-{name}-title", article.title
        yield f"x-{name}-date", article.published.isoformat() if article.published else ""
        yield f"x-{name}-url", article.url
    yield f"x-{name}-ids", " ".join(side.segment_ids)
