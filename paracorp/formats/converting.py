"""From any format of translation units to any other: what goes over, what is rejected, what is lost."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from paracorp.errors import InputError, UsageError
from paracorp.formats.forms import CSV, MOSES, TMX, TSV, XLIFF, Header, Reading
from paracorp.formats.holding import losses
from paracorp.formats.opening import encoding_of
from paracorp.formats.pair_table import columns_for
from paracorp.formats.places import (
    Place,
    moses_pair,
    place_of,
    require_named,
    require_writable,
    source_place,
)
from paracorp.formats.publishing import publish
from paracorp.formats.safe_xml import legal
from paracorp.formats.units import BitextUnit, current_tag, is_tag, language_code, turned
from paracorp.languages import LANGUAGES

_DEFAULT_TAGS = {code: facts.bcp47 for code, facts in LANGUAGES.items()}
_TABLES = (TSV, CSV)
_PLAIN = (*_TABLES, MOSES)


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of a file: `found` units are `written` and `rejected` ones.

    `losses` maps what the target could not hold to the number of units that had it; `inline_tags` counts
    those that texts came without; `encoding` is that of a plain text file, empty for the others.
    """

    files: tuple[Path, ...]
    pair: tuple[str, str]
    found: int
    written: int
    rejected: int
    losses: dict[str, int]
    inline_tags: int
    encoding: str


def convert(
    source: Path,
    target: Path,
    *,
    tags: tuple[str, str] = ("", ""),
    on_reject: Callable[[InputError], None] | None = None,
) -> Conversion:
    """Write the units of one file as another, in flat memory, checked and atomic; formats by the suffixes.

    `tags` are the source and the target language as the person names them (`zh`, `zh-Hant`), empty for
    those of the first unit that has two. A unit that cannot be read, or has no text in one of them, goes to
    `on_reject` and the rest is converted; without `on_reject` it is raised and nothing is written. Raises
    `UsageError` for names that say nothing and for a target that is the source. Where all units are rejected,
    `InputError` is raised and nothing is written.
    """
    langs = _named_languages(tags)
    given, wanted = source_place(source, langs=langs), place_of(target, langs=langs)
    require_writable(wanted)
    if wanted.form is MOSES and len(wanted.langs) == 2 and not any(langs):
        langs = (wanted.langs[0], wanted.langs[1])
    job = _Job(given, langs, on_reject)
    header = _header(job, wanted, tags)
    files = wanted.files(header.pair)
    _check_files(job.files, files)
    losing: Counter[str] = Counter()
    named = {lang: tag for lang, tag in zip(header.pair, tags, strict=True) if tag}

    def fitted() -> Iterator[BitextUnit]:
        for found in job.units(header.pair):
            unit = replace(found, tags=found.tags | named) if named else found
            losing.update(losses(unit, wanted.form, header))
            yield unit
        if job.rejected and not job.passed:
            raise _nothing_left(job)

    written = publish(wanted.form, files, fitted(), header, gzip=wanted.packed)
    if job.flattened:
        losing["inline tags in texts"] = job.flattened
    return Conversion(
        files,
        header.pair,
        written + job.rejected,
        written,
        job.rejected,
        dict(losing),
        job.inline_tags,
        _encoding(job.files[0]) if given.form in _PLAIN else "",
    )


def _named_languages(tags: tuple[str, str]) -> tuple[str, str]:
    """The languages that a person names by tags; `UsageError` for what is none, and for one named twice."""
    langs = (language_code(tags[0]), language_code(tags[1]))
    for tag, lang in zip(tags, langs, strict=True):
        if tag and not is_tag(lang):
            raise UsageError(f"{tag!r} is no language", fix="Write a code or a tag such as zh or zh-Hant.")
    if langs[0] and langs[0] == langs[1]:
        raise UsageError(f"{tags[0]} and {tags[1]} are one language", fix="Name two languages.")
    return langs


def _nothing_left(job: _Job) -> InputError:
    """The error for a file of which nothing can be written: it should replace no other file."""
    return InputError(
        f"none of its {job.rejected} units can be converted; nothing was written",
        path=job.files[0],
        fix="Mend the file, or name other languages with --source-lang and --target-lang.",
    )


def _encoding(path: Path) -> str:
    """The encoding of a file under the name a person knows."""
    codec = encoding_of(path)
    return {"cp1255": "windows-1255", "utf-8-sig": "utf-8"}.get(codec, codec)


@dataclass(slots=True)
class _Job:
    """Reads the units of a file, as often as asked, and counts what passed and what not the last time."""

    place: Place
    langs: tuple[str, str]
    on_reject: Callable[[InputError], None] | None
    files: tuple[Path, ...] = ()
    passed: int = 0
    rejected: int = 0
    flattened: int = 0
    inline_tags: int = 0
    quiet: bool = False

    def __post_init__(self) -> None:
        if self.place.form is MOSES:
            self.langs = moses_pair(self.place, self.langs)
        self.files = self.place.files(self.langs)

    def raw(self) -> Iterator[BitextUnit]:
        """The units as they stand in the file."""
        self.passed = self.rejected = self.flattened = self.inline_tags = 0
        reading = Reading(self.langs, self._reject, self._flatten)
        return self.place.form.read(self.files, reading)

    def units(self, pair: tuple[str, str]) -> Iterator[BitextUnit]:
        """The units that have text in both languages, those two first."""
        for unit in self.raw():
            lacking = next((lang for lang in pair if not legal(unit.variants.get(lang, "")).strip()), None)
            if lacking is None:
                self.passed += 1
                yield turned(unit, *pair)
            else:
                self._reject(self._without(unit, lacking))

    def _without(self, unit: BitextUnit, lang: str) -> InputError:
        found = " and ".join(code for code, text in unit.variants.items() if text.strip()) or "none"
        return InputError(
            f"{f'unit {unit.id}' if unit.id else 'a unit'}: no text in {lang}, found {found}",
            path=self.files[0],
            line=unit.line or None,
            fix="Translate it, or name the languages with --source-lang and --target-lang.",
        )

    def _reject(self, error: InputError) -> None:
        self.rejected += 1
        if self.quiet:
            return
        if self.on_reject is None:
            raise error
        self.on_reject(error)

    def _flatten(self, count: int) -> None:
        self.flattened += bool(count)
        self.inline_tags += count


def _header(job: _Job, wanted: Place, tags: tuple[str, str]) -> Header:
    """The languages, tags and columns of the target, from what the person says and what the source holds."""
    job.quiet = True
    first = _first_with(job)
    pair = _pair(first, job.langs)
    if not all(pair):
        job.quiet = False
        held = sum(1 for _ in job.raw())  # says what is wrong with units that cannot be read
        if held or job.rejected or wanted.form in (TMX, XLIFF, MOSES):
            raise _no_pair(job)
        pair = (pair[0] or "und", pair[1] or "und")
    for lang in pair:
        if not is_tag(lang):
            raise InputError(
                f"{lang!r} is no language tag",
                path=job.files[0],
                line=first.line if first else None,
                fix="Write a tag such as zh-CN there, or name the languages of other units.",
            )
    if wanted.form is MOSES:
        require_named(wanted, pair)
    written = {
        lang: _tag(lang, tag, first.tags.get(lang, "") if first else "")
        for lang, tag in zip(pair, tags, strict=True)
    }
    names: set[str] = set()
    found = dict.fromkeys(pair)
    many = job.place.form.languages or (first is not None and len(first.variants) > 2)
    if wanted.form in _TABLES or (wanted.form.languages and many):
        for unit in job.units(pair):
            names.update(unit.props)
            found.update(dict.fromkeys(filter(is_tag, unit.variants)))
    job.quiet = False
    return Header(pair, _DEFAULT_TAGS | written, columns_for(names), tuple(found)[2:])


def _no_pair(job: _Job) -> InputError:
    """The error for a file that does not say what languages the target is to hold."""
    named = " and ".join(filter(None, job.langs))
    return InputError(
        f"no unit in it has a text in {named} and another" if named else "no unit in it has two texts",
        path=job.files[0],
        fix="Look at what the file holds, or name both languages to get an empty file.",
    )


def _tag(lang: str, given: str, stated: str) -> str:
    """The tag to write for a language: as the person has it, else the file, else the usual one.

    An older name of a language, such as iw, is never written.
    """
    known = (current_tag(lang, tag) for tag in (given, stated) if tag)
    return next((tag for tag in known if "-" in tag), _DEFAULT_TAGS.get(lang, lang))


def _first_with(job: _Job) -> BitextUnit | None:
    """The first unit that has two languages and those the person named."""
    named = set(filter(None, job.langs))
    return next((unit for unit in job.raw() if len(unit.variants) > 1 and named <= set(unit.variants)), None)


def _pair(first: BitextUnit | None, langs: tuple[str, str]) -> tuple[str, str]:
    """The two languages: those named, and for one that is not the first other one of the unit."""
    source, target = langs
    for lang in first.variants if first else ():
        if not source and lang != target:
            source = lang
        elif not target and lang != source:
            target = lang
    return source, target


def _check_files(given: tuple[Path, ...], wanted: tuple[Path, ...]) -> None:
    for old, new in itertools.product(given, wanted):
        if old.exists() and new.exists() and old.samefile(new):
            raise UsageError(f"{new} is the file to convert", fix="Name another file to write.")
