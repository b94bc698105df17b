"""Units of a corpus to files: every language pair in every format asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from paracorp.corpus import Corpus
from paracorp.formats.forms import FORMS, MOSES, TMX, Header
from paracorp.formats.publishing import publish, publish_written
from paracorp.formats.tmx import reason_to_skip, validate_tmx, write_tmx
from paracorp.formats.units import Surroundings, describe
from paracorp.formats.written import Skipped
from paracorp.languages import language
from paracorp.records import Article, Finding, Link, Status, TranslationUnit
from paracorp.settings import ExportSettings
from paracorp.units import language_pairs

REVIEWED = frozenset({Status.ACCEPTED, Status.EDITED})


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What a person asks for besides what corpus.toml says: other settings, and another folder."""

    options: Mapping[str, object] = field(default_factory=dict)
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is exported of a corpus."""

    units: Sequence[TranslationUnit]
    findings: Sequence[Finding]
    articles: Mapping[str, Article]
    links: Mapping[str, Link]


def export_pair(
    corpus: Corpus, pair: tuple[str, str], material: Material, settings: ExportSettings, folder: Path
) -> list[Skipped]:
    """Write the files of one language pair, each checked and atomic; the units that are in none of them.

    A unit that XML cannot hold is in no file, so that all of them hold the same units.
    """
    mine = [unit for unit in material.units if (unit.source.lang, unit.target.lang) == pair]
    chosen = list(selected(mine, settings))
    skipped = [Skipped(unit.id, reason) for unit in chosen if (reason := reason_to_skip(unit))]
    left_out = {item.unit_id for item in skipped}
    units = [unit for unit in chosen if unit.id not in left_out]
    found = findings_by_unit(material.findings, {unit.id for unit in units})
    around = Surroundings(found, material.articles, material.links)
    header = Header(pair, _tags(corpus, settings))
    for name in settings.formats:
        files = _files(corpus, pair, name, settings, folder)
        if FORMS[name] is TMX:
            _write_tmx(files[0], units, around, header, settings)
        else:
            described = (describe(unit, around, english=settings.english) for unit in units)
            publish(FORMS[name], files, described, header, gzip=settings.gzip)
    if settings.three_languages and pair == corpus.settings.languages:
        file = _three_languages_file(corpus, settings, folder)
        _write_tmx(file, units, around, header, settings, three_languages=True)
    return skipped


def selected(units: Iterable[TranslationUnit], settings: ExportSettings) -> Iterator[TranslationUnit]:
    """The units to export: never a rejected one, and only reviewed and sure ones where that is asked.

    A unit that a person has reviewed, or one without a confidence (its English comes from memory), is kept
    whatever the confidence asked for.
    """
    for unit in units:
        reviewed = unit.status in REVIEWED
        if unit.status is Status.REJECTED or (settings.status == "reviewed" and not reviewed):
            continue
        if reviewed or unit.confidence is None or unit.confidence >= (settings.min_confidence or 0.0):
            yield unit


def export_pairs(corpus: Corpus, settings: ExportSettings) -> list[tuple[str, str]]:
    """The language pairs to export, those with the pivot last, or not at all without English."""
    pairs = language_pairs(corpus.settings.languages, corpus.settings.pivot)
    return [pair for pair in pairs if settings.english or corpus.settings.pivot not in pair]


def export_files(corpus: Corpus, settings: ExportSettings, folder: Path) -> list[Path]:
    """The files an export writes, in the order it writes them."""
    files: list[Path] = []
    for pair in export_pairs(corpus, settings):
        for name in settings.formats:
            files += _files(corpus, pair, name, settings, folder)
        if settings.three_languages and pair == corpus.settings.languages:
            files.append(_three_languages_file(corpus, settings, folder))
    return files


def _files(
    corpus: Corpus, pair: tuple[str, str], name: str, settings: ExportSettings, folder: Path
) -> list[Path]:
    form, end = FORMS[name], ".gz" if settings.gzip else ""
    suffixes = [f".{lang}" for lang in pair] if form is MOSES else [form.suffixes[0]]
    return [folder / f"{corpus.name}.{'-'.join(pair)}{suffix}{end}" for suffix in suffixes]


def _three_languages_file(corpus: Corpus, settings: ExportSettings, folder: Path) -> Path:
    languages = "-".join((*corpus.settings.languages, corpus.settings.pivot))
    return folder / f"{corpus.name}.{languages}.tmx{'.gz' if settings.gzip else ''}"


def _tags(corpus: Corpus, settings: ExportSettings) -> dict[str, str]:
    codes = (*corpus.settings.languages, corpus.settings.pivot)
    return {code: settings.tags.get(code, language(code).bcp47) for code in codes}


def _write_tmx(  # noqa: PLR0913 -- a file, what is in it, and which of two kinds
    file: Path,
    units: Sequence[TranslationUnit],
    around: Surroundings,
    header: Header,
    settings: ExportSettings,
    *,
    three_languages: bool = False,
) -> None:
    rules = {name: sorted({item.rule for item in found}) for name, found in around.findings.items()}

    def write(streams: Sequence[BinaryIO]) -> int:
        write_tmx(
            streams[0],
            units,
            source_lang=header.pair[0],
            target_lang=header.pair[1],
            tags=header.tags,
            findings=rules,
            articles=around.articles,
            english=settings.english,
            three_languages=three_languages,
        )
        return len(units)

    publish_written([file], write, lambda paths, _: validate_tmx(paths[0]), gzip=settings.gzip)


def findings_by_unit(findings: Iterable[Finding], unit_ids: set[str]) -> dict[str, list[Finding]]:
    """The findings of these units, in their order."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.unit_id in unit_ids:
            found.setdefault(finding.unit_id, []).append(finding)
    return found
