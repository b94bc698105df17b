"""`paracorp translate` with a model: its options, its findings, and what a second run does again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.records import Origin
from paracorp.tables import TRANSLATIONS, read_table
from tests.tiny_package import argos_folders, build_package, unpack

GLOSSARY = "id,kind,en,zh,he\nbridge,project,{},港口大桥,גשר הנמל\n"


@pytest.fixture
def modelled(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The small corpus without its memory, and tiny packages for both of its languages."""
    for path in (small / "memory").iterdir():
        path.unlink()
    with argos_folders(tmp_path / "argos", monkeypatch) as packages:
        for lang in ("zh", "he"):
            unpack(build_package(tmp_path / "built", lang), packages)
        yield small


def translations(corpus: Path) -> list[tuple[str, str]]:
    rows = read_table(corpus / "build" / "translations.parquet", TRANSLATIONS.record)
    assert all(row.origin is Origin.MODEL for row in rows)
    return [(row.segment_id, row.text) for row in rows]


def changed(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    """The tables a run wrote."""
    capsys.readouterr()
    assert main([*argv, "--json"]) == 0
    found: list[str] = json.loads(capsys.readouterr().out)["changed"]
    return found


def test_every_segment_gets_english_from_the_models(modelled: Path) -> None:
    assert main(["translate", str(modelled)]) == 0
    assert len(translations(modelled)) == 8


@pytest.mark.parametrize(
    "options",
    [
        ["--beam", "2"],
        ["--batch-tokens", "64"],
        ["--compute-type", "float32"],
        ["--no-repair-names"],
    ],
)
def test_an_option_translates_again_and_without_it_all_is_as_before(
    modelled: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "translations" in changed(capsys, "translate", str(modelled))
    first = translations(modelled)
    assert "translations" in changed(capsys, "translate", str(modelled), *options)
    assert "translations" not in changed(capsys, "translate", str(modelled), *options)
    assert "translations" in changed(capsys, "translate", str(modelled))
    assert translations(modelled) == first


def test_the_device_cpu_is_the_one_taken_where_there_is_no_other(modelled: Path) -> None:
    assert main(["translate", str(modelled)]) == 0
    first = translations(modelled)
    assert main(["translate", str(modelled), "--device", "cpu"]) == 0
    assert translations(modelled) == first


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--beam", "0"], "beam must be 1 or more, found 0"),
        (["--device", "tpu"], "device is 'tpu'"),
        (["--device", "cuda"], "device cuda is asked for"),
        (["--compute-type", "int3"], "compute_type is 'int3'"),
        (["--compute-type", "float16"], "does not work on cpu"),
    ],
)
def test_an_option_that_cannot_be_met_is_a_usage_error(
    modelled: Path, options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["translate", str(modelled), *options]) == 2
    assert message in capsys.readouterr().err


def test_options_in_the_settings_are_used_and_named_by_line_where_they_are_wrong(
    modelled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = modelled / "corpus.toml"
    before = config.read_text(encoding="utf-8")
    config.write_text(before + '[translation]\nbeam = 2\ncompute_type = "float32"\nrepair_names = false\n')
    assert main(["translate", str(modelled)]) == 0
    for line, message in (
        ('device = "gpu"', "device is 'gpu'"),
        ("repair_names = 1", "repair_names must be true or false"),
        ("beam = true", "beam must be int"),
    ):
        config.write_text(before + f"[translation]\n{line}\n")
        assert main(["translate", str(modelled)]) == 3
        error = capsys.readouterr().err
        assert message in error
        assert f"corpus.toml:{before.count(chr(10)) + 2}" in error


def test_names_mended_by_the_glossary_are_findings_and_a_new_glossary_is_noticed(
    modelled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glossary = modelled / "glossary.csv"
    glossary.write_text(GLOSSARY.format("Harbour Bridge"), encoding="utf-8")
    config = modelled / "corpus.toml"
    config.write_text(
        'glossaries = ["glossary.csv"]\n' + config.read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert main(["build", str(modelled)]) == 0
    first = translations(modelled)
    exported = (modelled / "build" / "export").glob("small.*-en.tsv")
    rows = "\n".join(path.read_text(encoding="utf-8") for path in exported).split("\n")
    repaired = [row for row in rows if "name-repaired" in row]
    assert repaired
    assert all("Harbour Bridge" in row for row in repaired)
    glossary.write_text(GLOSSARY.format("Port Bridge"), encoding="utf-8")
    assert "translations" in changed(capsys, "build", str(modelled))
    assert translations(modelled) != first
    assert main(["build", str(modelled), "--no-repair-names"]) == 0
    assert not any("Bridge" in text for _, text in translations(modelled))
