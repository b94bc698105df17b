"""Which units are exported, in which files, and that a file which is not valid never gets its name."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from paracorp.corpus import Corpus
from paracorp.errors import ParacorpError
from paracorp.exporting import Material, export_files, export_pair, selected
from paracorp.formats.converting import convert
from paracorp.formats.tmx_read import read_tmx
from paracorp.formats.tsv import read_tsv
from paracorp.formats.xliff_check import check_xliff
from paracorp.records import Finding, Status, TranslationUnit
from paracorp.settings import EXPORT_FORMATS, CorpusSettings, ExportSettings
from tests.formats.builders import article, english_unit, finding, pair_unit

ARTICLES = {"zh/a": article("zh/a"), "he/a": article("he/a")}


def corpus(folder: Path) -> Corpus:
    return Corpus(folder / "c", CorpusSettings())


def exported(
    folder: Path,
    units: Sequence[TranslationUnit],
    settings: ExportSettings,
    *,
    pair: tuple[str, str] = ("zh", "he"),
    findings: Sequence[Finding] = (),
) -> dict[str, bytes]:
    material = Material(units, findings, ARTICLES, {})
    export_pair(corpus(folder), pair, material, settings, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def ids(units: Sequence[TranslationUnit], **settings: Any) -> list[str]:
    return [unit.id for unit in selected(units, ExportSettings(**settings))]


UNITS = [pair_unit(id=str(status), status=status) for status in Status]


def test_rejected_units_are_in_no_export() -> None:
    assert ids(UNITS) == ["auto", "accepted", "edited", "stale"]


def test_reviewed_ones_are_those_a_person_accepted_or_edited() -> None:
    assert ids(UNITS, status="reviewed") == ["accepted", "edited"]


def test_units_of_less_confidence_are_left_out_but_not_those_from_memory() -> None:
    units = [
        pair_unit(id="low", confidence=0.49),
        pair_unit(id="high", confidence=0.5),
        english_unit(id="memory"),
    ]
    assert ids(units, min_confidence=0.5) == ["high", "memory"]
    assert ids(units, min_confidence=0.0) == ["low", "high", "memory"]


def test_what_a_person_accepted_stays_whatever_the_confidence() -> None:
    units = [
        pair_unit(id="auto", confidence=0.2),
        pair_unit(id="kept", confidence=0.2, status=Status.ACCEPTED),
    ]
    assert ids(units, min_confidence=0.5) == ["kept"]


def test_a_unit_that_xml_cannot_hold_is_in_no_file_and_named(tmp_path: Path) -> None:
    units = [pair_unit(id="good"), pair_unit(id="bad", source="\x01\x02")]
    material = Material(units, (), ARTICLES, {})
    skipped = export_pair(corpus(tmp_path), ("zh", "he"), material, ExportSettings(), tmp_path)
    assert [(item.unit_id, item.reason) for item in skipped] == [
        ("bad", "its zh text has no characters that XML can hold")
    ]
    assert [row["id"] for row in read_tsv(tmp_path / "c.zh-he.tsv")] == ["good"]
    assert [unit.tuid for unit in read_tmx(tmp_path / "c.zh-he.tmx", on_reject=None)] == ["good"]


def test_every_format_holds_the_same_units(tmp_path: Path) -> None:
    units = [pair_unit(id=f"u{number}") for number in range(3)]
    settings = ExportSettings(formats=EXPORT_FORMATS)
    found = exported(tmp_path, units, settings, findings=[finding("u1")])
    suffixes = ("csv", "he", "jsonl", "parquet", "tmx", "tsv", "xlf", "zh")
    assert list(found) == [f"c.zh-he.{suffix}" for suffix in suffixes]
    assert list(check_xliff(tmp_path / "c.zh-he.xlf")) == []
    for name in found:
        done = convert(tmp_path / name, tmp_path / "again" / "x.tsv", tags=("zh", "he"))
        assert (done.written, done.rejected) == (3, 0), name


def test_reviewer_and_findings_are_in_every_format_that_holds_properties(tmp_path: Path) -> None:
    unit = pair_unit(reviewer="דנה", status=Status.ACCEPTED)
    settings = ExportSettings(formats=("tmx", "xliff", "jsonl"))
    found = exported(tmp_path, [unit], settings, findings=[finding("zh-he-1")])
    for name, body in found.items():
        assert "דנה" in body.decode(), name
        assert "number-mismatch" in body.decode(), name


def test_packed_files_hold_what_plain_ones_do_and_the_same_every_time(tmp_path: Path) -> None:
    settings = ExportSettings(formats=EXPORT_FORMATS)
    plain = exported(tmp_path / "plain", [pair_unit()], settings)
    packed = exported(tmp_path / "packed", [pair_unit()], replace(settings, gzip=True))
    assert {name.removesuffix(".gz"): gzip.decompress(body) for name, body in packed.items()} == plain
    assert exported(tmp_path / "again", [pair_unit()], replace(settings, gzip=True)) == packed


def test_without_english_no_file_holds_any(tmp_path: Path) -> None:
    settings = ExportSettings(formats=("tsv", "tmx", "xliff", "jsonl"), english=False)
    found = exported(tmp_path, [pair_unit()], settings)
    assert all(b"An English sentence" not in body for body in found.values())
    names = [path.name for path in export_files(corpus(tmp_path), settings, tmp_path)]
    assert names == ["c.zh-he.tsv", "c.zh-he.tmx", "c.zh-he.xlf", "c.zh-he.jsonl"]


def test_one_more_tmx_holds_three_languages_and_says_so(tmp_path: Path) -> None:
    settings = ExportSettings(three_languages=True)
    found = exported(tmp_path, [pair_unit()], settings)
    assert list(found) == ["c.zh-he-en.tmx", "c.zh-he.tmx", "c.zh-he.tsv"]
    (unit,) = read_tmx(tmp_path / "c.zh-he-en.tmx", on_reject=None)
    assert list(unit.variants) == ["zh", "he", "en"]
    assert b"x-languages" in found["c.zh-he-en.tmx"]
    assert [path.name for path in export_files(corpus(tmp_path), settings, tmp_path)] == [
        *("c.zh-he.tsv", "c.zh-he.tmx", "c.zh-he-en.tmx"),
        *("c.zh-en.tsv", "c.zh-en.tmx", "c.he-en.tsv", "c.he-en.tmx"),
    ]


def test_tags_are_those_of_the_settings(tmp_path: Path) -> None:
    settings = ExportSettings(formats=("tmx", "xliff"), tags={"zh": "zh-Hans"})
    found = exported(tmp_path, [pair_unit()], settings)
    assert all(b"zh-Hans" in body and b"he-IL" in body for body in found.values())


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_a_pair_without_units_gives_valid_files(tmp_path: Path, name: str) -> None:
    assert exported(tmp_path, [], ExportSettings(formats=(name,)))


@pytest.mark.parametrize(
    ("name", "writer"), [("tmx", "exporting.write_tmx"), ("xliff", "formats.forms.write_xliff")]
)
def test_an_invalid_file_never_gets_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, writer: str
) -> None:
    settings = ExportSettings(formats=(name,))
    before = exported(tmp_path, [pair_unit()], settings)

    def broken(stream: Any, *_: object, **__: object) -> int:
        stream.write(b"<xliff/>")
        return 1

    monkeypatch.setattr(f"paracorp.{writer}", broken)
    with pytest.raises(ParacorpError):
        exported(tmp_path, [pair_unit(id="other")], settings)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
