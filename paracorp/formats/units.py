"""The neutral record that every format is read into and written from, and the properties paracorp knows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from paracorp.languages import LANGUAGES, code_for_tag
from paracorp.records import Article, Evidence, Finding, Link, TranslationUnit, Variant

# Properties by the name they have in tables, in the order they are written; the other fields of a pair
# table are the id, the languages and the texts. `source_` and `target_` say which side they are about.
PROPERTIES: tuple[str, ...] = (
    "source_english",
    "target_english",
    "confidence",
    "shape",
    "status",
    "findings",
    "source_article",
    "target_article",
    "source_ids",
    "target_ids",
    "link",
    "changed",
    "reviewer",
    "reviewed",
    "origin",
    "engine",
    *(
        f"{side}_{name}"
        for side in ("source", "target")
        for name in ("title", "date", "url", "origin", "engine")
    ),
)
# What is more than a text: numbers, moments in UTC, days, and lists by what separates their items.
NUMBERS = frozenset({"confidence"})
MOMENTS = frozenset({"changed", "reviewed"})
DAYS = frozenset({"source_date", "target_date"})
LISTS: Mapping[str, str] = {"findings": ";", "source_ids": " ", "target_ids": " "}
# Names a property of another program may not take: they mean something else in a table.
RESERVED = frozenset({"id", "source_lang", "target_lang", "source", "target", *PROPERTIES})

_TAG = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class UnitNote:
    """A remark on a unit.

    `category` is `finding`, `evidence`, `translation` or another program's; `about` names the text it is
    about as `Finding.field` does, with the half-open span `start` to `end` (0, 0 for the whole).
    """

    category: str
    text: str
    about: str = ""
    severity: str = ""
    start: int = 0
    end: int = 0
    author: str = ""


@dataclass(frozen=True, slots=True)
class BitextUnit:
    """A translation unit of any file.

    `variants` maps language codes (or, where paracorp does not know the language, its tag in lower case) to
    texts, the source first. `props` maps names to values that are never empty: those of `PROPERTIES`, and
    another program's under the names it gave them. `tags` holds the tags of the languages as the file has
    them; `line` counts from 1 and is 0 where the format has no lines.
    """

    id: str
    variants: dict[str, str]
    props: dict[str, str] = field(default_factory=dict)
    notes: tuple[UnitNote, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a unit of a corpus is described from: findings by unit id, articles and links by their ids."""

    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    articles: Mapping[str, Article] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)


def describe(unit: TranslationUnit, around: Surroundings, *, english: bool = True) -> BitextUnit:
    """A unit of a corpus with all that is known of it; without `english`, nothing of its renderings."""
    findings = around.findings.get(unit.id, ())
    link = around.links.get(unit.link_id)
    notes = [*_finding_notes(findings), *(_evidence_notes(link.evidence) if link else ())]
    for side, variant in (("source", unit.source), ("target", unit.target)):
        notes += [UnitNote("translation", text, f"{side}_english") for text in variant.notes]
    if not english:
        notes = [note for note in notes if not note.about.endswith("_english")]
    return BitextUnit(
        id=unit.id,
        variants={unit.source.lang: unit.source.text, unit.target.lang: unit.target.text},
        props={name: value for name, value in _props(unit, around, english=english) if value},
        notes=tuple(notes),
    )


def _props(unit: TranslationUnit, around: Surroundings, *, english: bool) -> Iterator[tuple[str, str]]:
    rules = sorted({finding.rule for finding in around.findings.get(unit.id, ())})
    rendered = unit.source.article_id == unit.target.article_id
    if english:
        yield "source_english", unit.source.english
        yield "target_english", unit.target.english
    yield "confidence", "" if unit.confidence is None else f"{unit.confidence:.4f}"
    yield "shape", unit.shape
    yield "status", str(unit.status)
    yield "findings", ";".join(rules)
    yield "link", unit.link_id
    yield "changed", unit.changed.isoformat() if unit.changed else ""
    yield "reviewer", unit.reviewer
    yield "reviewed", moment_text(unit.reviewed) if unit.reviewed else ""
    if rendered:
        yield "origin", str(unit.target.origin)
        yield "engine", unit.target.engine
    for side, variant in (("source", unit.source), ("target", unit.target)):
        yield from _side_props(side, variant, around.articles)
        if english and not rendered:
            yield f"{side}_origin", str(variant.origin)
            yield f"{side}_engine", variant.engine


def _side_props(side: str, variant: Variant, articles: Mapping[str, Article]) -> Iterator[tuple[str, str]]:
    yield f"{side}_article", variant.article_id
    yield f"{side}_ids", " ".join(variant.segment_ids)
    if article := articles.get(variant.article_id):
        yield f"{side}_title", article.title
        yield f"{side}_date", article.published.isoformat() if article.published else ""
        yield f"{side}_url", article.url


def _finding_notes(findings: Iterable[Finding]) -> Iterator[UnitNote]:
    for item in findings:
        text = f"{item.rule}: {item.message}"
        yield UnitNote("finding", text, item.field, str(item.severity), item.start, item.end)


def _evidence_notes(evidence: Evidence) -> Iterator[UnitNote]:
    """What speaks for and against a link, one note for each kind of evidence there is."""
    parts = {
        # A table gives the parts back in another order than they were made in.
        "similarity": ", ".join(f"{name} {value:.2f}" for name, value in sorted(evidence.similarity.items())),
        "names": ", ".join(evidence.names),
        "numbers": ", ".join(evidence.numbers),
        "quotes": ", ".join(evidence.quotes),
        "words": ", ".join(evidence.words),
        "contradictions": ", ".join(evidence.contradictions),
        "runner-up": evidence.runner_up and f"{evidence.runner_up} ({evidence.runner_up_score:.2f})",
    }
    for name, text in parts.items():
        if text:
            yield UnitNote("evidence", f"{name}: {text}")


def moment_text(moment: dt.datetime) -> str:
    """A moment in UTC as `2026-01-31T12:00:00Z`."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def parse_moment(text: str) -> dt.datetime | None:
    """The moment in UTC that a text states; a day is its first moment. None where it states none."""
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):  # the latter where UTC would be in the year 0 or 10000
        return None


def language_code(tag: str) -> str:
    """The code of a language tag, or the tag in lower case where paracorp does not know the language."""
    return code_for_tag(tag) or tag.strip().lower()


def language_codes(tags: Iterable[str]) -> list[str]:
    """The codes of the languages of one unit; another form of a language before stays under its tag."""
    codes: list[str] = []
    for tag in tags:
        code = language_code(tag)
        codes.append(current_tag(code, tag).lower() if code in codes else code)
    return codes


def current_tag(lang: str, stated: str) -> str:
    """The tag of a language as it is written today: `zh-Hant` for zh_Hant and cmn-Hant, `he-IL` for iw-IL."""
    primary, _, rest = stated.strip().replace("_", "-").partition("-")
    tag = "-".join(filter(None, (lang if lang in LANGUAGES else primary, rest)))
    return tag if is_tag(tag) else lang


def tag_of(unit: BitextUnit, lang: str) -> str:
    """The code of a language of a unit, or its tag where that says more than the usual one."""
    tag = current_tag(lang, unit.tags.get(lang) or lang)
    usual = LANGUAGES[lang].bcp47 if lang in LANGUAGES else lang
    return lang if tag.lower() == usual.lower() else tag


def is_tag(text: str) -> bool:
    """Whether a text has the form of a language tag, so that XML may hold it as one."""
    return _TAG.fullmatch(text) is not None


def free_name(name: str) -> str:
    """What another program's property is kept under: its own name, unless that means something else here.

    A table has columns of languages too, and its names hold no line breaks.
    """
    name = " ".join(name.split())
    return f"x-{name}" if not name or name in RESERVED or code_for_tag(name) else name


def turned(unit: BitextUnit, source: str, target: str) -> BitextUnit:
    """The unit with these two languages first, and the properties of its sides where they now belong.

    Properties and notes about a side that is neither of the two are dropped.
    """
    roles = dict(zip(unit.variants, ("source", "target"), strict=False))
    if (roles.get(source), roles.get(target)) == ("source", "target"):
        return unit
    moved = {roles[lang]: side for lang, side in ((source, "source"), (target, "target")) if lang in roles}
    props = {}
    for name, value in unit.props.items():
        if (renamed := _moved(name, moved)) and (name != "shape" or len(moved) == 2):
            props[renamed] = ":".join(reversed(value.split(":"))) if name == "shape" else value
    notes = [replace(note, about=_moved(note.about, moved)) for note in unit.notes if _stays(note, moved)]
    first = {lang: unit.variants[lang] for lang in (source, target)}
    return replace(unit, variants=first | unit.variants, props=props, notes=tuple(notes))


def _moved(name: str, moved: Mapping[str, str]) -> str:
    """A name that begins with a side, for where that side is now; empty where it is nowhere."""
    side, separator, rest = name.partition("_")
    if side not in ("source", "target") or (name not in RESERVED):
        return name
    return f"{moved[side]}{separator}{rest}" if side in moved else ""


def _stays(note: UnitNote, moved: Mapping[str, str]) -> bool:
    return not note.about or bool(_moved(note.about, moved))


def whole(text: str) -> str:
    """The text with U+FFFD for every half of a surrogate pair, which no encoding of a file can hold."""
    return _SURROGATES.sub("\ufffd", text)
