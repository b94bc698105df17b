"""What our TMX says of a unit beside its texts: the properties of a `tu`, as lines.

`Clean` makes a value fit to be written, as far as its caller knows that to be needed.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paracorp.formats.safe_xml import legal
from paracorp.records import Article, Origin, TranslationUnit, Variant

Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Details:
    """What the properties of a file's units are taken from; see `write_tmx`."""

    findings: Mapping[str, Sequence[str]]
    articles: Mapping[str, Article]
    english: bool
    three_languages: bool


def escaped(text: str) -> str:
    """Text as it stands in an element. A bare carriage return would be read as a line feed."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def quoted(text: str) -> str:
    """Text as it stands in an attribute."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def legal_stripped(text: str) -> str:
    """The text without what XML cannot hold and without white space at its edges."""
    return legal(text).strip()


def utc(moment: dt.datetime) -> str:
    """A moment as TMX writes it; one without a time zone is in UTC."""
    aware = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return f"{aware.date().isoformat().replace('-', '')}T{aware:%H%M%S}Z"


def prop_lines(unit: TranslationUnit, details: Details, clean: Clean) -> Iterator[str]:
    """The properties of a unit, those without a value left out.

    Where the target is the rendering of the source, both come from one article: it is named once.
    """
    source, target = unit.source, unit.target
    if unit.confidence is not None:
        yield f'<prop type="x-confidence">{unit.confidence:.4f}</prop>\n'
    yield _repeated("x-shape", unit.shape, clean)
    yield _repeated("x-status", unit.status.value, clean)
    if unit.reviewer:
        yield _repeated("x-reviewer", unit.reviewer, clean)
    if unit.reviewed is not None:
        yield _line("x-reviewed", utc(unit.reviewed), clean)
    if rules := details.findings.get(unit.id):
        yield _repeated("x-findings", ";".join(rules), clean)
    if source.article_id == target.article_id:
        yield _origin("x-", target.origin, target.engine, clean)
        yield from _side_lines("x-source-", source, details, clean)
        return
    as_variant = _english_variant(unit, clean) if details.three_languages else None
    for prefix, side in (("x-source-", source), ("x-target-", target)):
        yield from _side_lines(prefix, side, details, clean)
        if details.english:
            yield _origin(prefix, side.origin, side.engine, clean)
            if side.english and side is not as_variant:
                yield _line(f"{prefix}english", side.english, clean)


def english_of(unit: TranslationUnit, clean: Clean) -> str:
    """The English that stands for a unit: that of its source, or else of its target; perhaps none."""
    return clean(_english_variant(unit, clean).english)


def _english_variant(unit: TranslationUnit, clean: Clean) -> Variant:
    return unit.source if clean(unit.source.english) else unit.target


def _side_lines(prefix: str, side: Variant, details: Details, clean: Clean) -> Iterator[str]:
    article = details.articles.get(side.article_id)
    if article is None:
        yield _repeated(f"{prefix}article", side.article_id, clean)
    else:
        yield _article(prefix, article.id, article.title, article.published, article.url, clean)
    yield _line(f"{prefix}ids", " ".join(side.segment_ids), clean)


def _line(name: str, value: str, clean: Clean) -> str:
    value = clean(value)
    return f'<prop type="{name}">{escaped(value)}</prop>\n' if value else ""


# What many units share is put together once; the caches are far larger than what one article needs.
_repeated = functools.lru_cache(maxsize=4096)(_line)


@functools.lru_cache(maxsize=4096)
def _origin(prefix: str, origin: Origin, engine: str, clean: Clean) -> str:
    """Where the English comes from: memory, fuzzy or model; and which, with its version."""
    return _line(f"{prefix}origin", origin.value, clean) + _line(f"{prefix}engine", engine, clean)


@functools.lru_cache(maxsize=4096)
def _article(  # noqa: PLR0913, PLR0917 - what an article is cited by
    prefix: str, article_id: str, title: str, published: dt.date | None, url: str, clean: Clean
) -> str:
    date = published.isoformat() if published else ""
    values = {"article": article_id, "title": title, "date": date, "url": url}
    return "".join(_line(prefix + name, value, clean) for name, value in values.items())
