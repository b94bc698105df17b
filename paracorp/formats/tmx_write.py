"""TMX 1.4b written: streaming, the same bytes for the same units, and checked before anyone sees it.

The lines are put together as text, which is five times as fast as building elements; what makes that safe
is that the file is then parsed and validated by `tmx_validate`, which shares no code with this module.
"""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from paracorp.errors import UsageError
from paracorp.formats.problems import require_valid
from paracorp.formats.safe_xml import legal
from paracorp.formats.tmx_document import MARK, header_attributes
from paracorp.formats.tmx_props import (
    Clean,
    Details,
    english_of,
    escaped,
    legal_stripped,
    prop_lines,
    quoted,
    utc,
)
from paracorp.formats.tmx_validate import validate_tmx
from paracorp.formats.written import Skipped, Written
from paracorp.records import Article, TranslationUnit

_BATCH_UNITS = 64
_TAG = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SPACES = re.compile(r"\s")
# What UTF-8 can hold and XML cannot.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())


def write_tmx(  # noqa: PLR0913 - a header, a unit and its properties need that much
    target: Path | BinaryIO,
    units: Iterable[TranslationUnit],
    *,
    source_lang: str,
    target_lang: str,
    tags: Mapping[str, str],
    findings: Mapping[str, Sequence[str]],
    articles: Mapping[str, Article],
    english: bool = True,
    three_languages: bool = False,
) -> Written:
    """Write units of one language pair as TMX 1.4b, streaming; what was written and what was not.

    `tags` maps language codes to the tags to write, `findings` unit ids to rule names. What XML cannot
    hold is removed from texts; a unit for which `reason_to_skip` gives a reason then is skipped.
    `english=False` leaves out the English of both sides and where it comes from. With `three_languages`
    a unit has an `en` variant too, the English of its source (or else of its target), and the header
    says so in the property `x-languages`.

    A file given by its path is validated; `ParacorpError` means that paracorp wrote something invalid. A
    stream is not: validate what comes of it. The same arguments give the same bytes.
    """
    if three_languages and not english:
        raise UsageError("three languages without the English", fix="Leave out one of the two options.")
    codes = (source_lang, target_lang, *(("en",) if three_languages else ()))
    sheet = _Sheet(
        (source_lang, target_lang),
        {code: _checked_tag(tags[code]) for code in codes},
        Details(findings, articles, english=english, three_languages=three_languages),
    )
    skipped: list[Skipped] = []
    count = 0
    with _writable(target) as stream:
        stream.write(_head([sheet.tags[code] for code in codes]).encode())
        units = iter(units)
        while batch := list(itertools.islice(units, _BATCH_UNITS)):
            body, left_out = sheet.batch(batch)
            stream.write(body)
            count += len(batch) - len(left_out)
            skipped += left_out
        stream.write(b"</body>\n</tmx>\n")
    if isinstance(target, Path) and target.is_file():
        require_valid(target, validate_tmx(target))
    return Written(count, tuple(skipped))


def reason_to_skip(unit: TranslationUnit) -> str:
    """Why XML cannot hold a unit: a side of it that is empty then. Empty where it can."""
    for side in (unit.source, unit.target):
        if not legal(side.text).strip():
            why = "has no characters that XML can hold" if side.text.strip() else "is empty"
            return f"its {side.lang} text {why}"
    return ""


def _checked_tag(tag: str) -> str:
    if not _TAG.fullmatch(tag):
        raise UsageError(f"{tag!r} is no language tag", fix="Write one such as zh-CN, he-IL or en.")
    return tag


def _writable(target: Path | BinaryIO) -> contextlib.AbstractContextManager[BinaryIO]:
    """The target as a stream; one we open we close."""
    return target.open("wb") if isinstance(target, Path) else contextlib.nullcontext(target)


def _head(tags: Sequence[str]) -> str:
    """All above the units; `tags` are those of the file's languages, source first."""
    attributes = " ".join(f'{name}="{value}"' for name, value in header_attributes(tags[0]).items())
    marked = f'><prop type="{MARK}">{" ".join(tags)}</prop></header>' if len(tags) > 2 else "/>"
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n"
        f'<tmx version="1.4">\n<header {attributes}{marked}\n<body>\n'
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is the same for all units of a file."""

    pair: tuple[str, str]
    tags: dict[str, str]
    details: Details

    def batch(self, units: Sequence[TranslationUnit]) -> tuple[bytes, list[Skipped]]:
        """The lines of some units, and those that cannot be held.

        Illegal characters are rare: all lines are looked through at once, and made again with every text
        cleaned where one is found.
        """
        with contextlib.suppress(UnicodeEncodeError):  # a surrogate
            body, skipped = self._lines(units, str.strip)
            encoded = body.encode()
            if len(encoded.translate(None, _CONTROLS)) == len(encoded) and not any(
                bad in encoded for bad in _NONCHARACTERS
            ):
                return encoded, skipped
        body, skipped = self._lines(units, legal_stripped)
        return body.encode(), skipped

    def _lines(self, units: Sequence[TranslationUnit], clean: Clean) -> tuple[str, list[Skipped]]:
        lines: list[str] = []
        skipped = []
        for unit in units:
            if (unit.source.lang, unit.target.lang) != self.pair:
                raise ValueError(f"{unit.id} is not a {'-'.join(self.pair)} unit")
            texts = {side.lang: clean(side.text) for side in (unit.source, unit.target)}
            if all(texts.values()):
                lines += self._tu(unit, texts, clean)
            else:
                skipped.append(Skipped(unit.id, reason_to_skip(unit)))
        return "".join(lines), skipped

    def _tu(self, unit: TranslationUnit, texts: dict[str, str], clean: Clean) -> Iterator[str]:
        if self.details.three_languages and (english := english_of(unit, clean)):
            texts["en"] = english
        yield f"<tu{_attributes(unit, clean)}>\n"
        yield from prop_lines(unit, self.details, clean)
        for lang, text in texts.items():
            yield f'<tuv xml:lang="{self.tags[lang]}"><seg>{escaped(text)}</seg></tuv>\n'
        yield "</tu>\n"


def _attributes(unit: TranslationUnit, clean: Clean) -> str:
    """The attributes of a `tu`, each after a space. A review, being the last change, dates the unit."""
    written = f' tuid="{quoted(tuid)}"' if (tuid := _SPACES.sub("_", clean(unit.id))) else ""
    if unit.reviewed is not None:
        written += f' changedate="{utc(unit.reviewed)}"'
    elif unit.changed is not None:
        written += f' changedate="{unit.changed.isoformat().replace("-", "")}T000000Z"'
    if reviewer := clean(unit.reviewer):
        written += f' changeid="{quoted(reviewer)}"'
    return written if unit.shape == "1:1" else f'{written} segtype="paragraph"'
