"""`paracorp export` with options: only what is asked for, and a build leaves it alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.formats.tmx_read import read_tmx
from paracorp.formats.tsv import read_tsv
from tests.tiny_package import argos_folders, build_package, unpack


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def change(corpus: Path) -> None:
    path = corpus / "articles" / "zh" / "bridge.md"
    path.write_text(path.read_text(encoding="utf-8").replace("一个月", "两个月"), encoding="utf-8")


STANDARD = [f"small.{pair}.{suffix}" for pair in ("he-en", "zh-en", "zh-he") for suffix in ("tmx", "tsv")]


def test_without_options_it_does_what_a_build_does(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "export", small)
    assert names(small / "build" / "export") == STANDARD
    assert (small / "build" / "report.html").is_file()


def test_files_asked_for_stand_beside_those_of_a_build_until_the_corpus_changes(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = small / "build" / "export"
    run(capsys, "build", small)
    code, out, _ = run(capsys, "export", small, "--format", "xliff", "--format", "jsonl,moses", "--gzip")
    assert code == 4  # one sentence has no English, as in a build
    assert [line.strip() for line in out.split("\n") if line.endswith(".gz")] == [
        str(folder / f"small.{pair}.{suffix}.gz")
        for pair in ("zh-he", "zh-en", "he-en")
        for suffix in ("xlf", "jsonl", *pair.split("-"))
    ]
    asked = [name for name in names(folder) if name.endswith(".gz")]
    assert len(asked) == 12
    assert "nothing to do" in run(capsys, "build", small)[2]
    (small / "corpus.toml").write_text(
        (small / "corpus.toml").read_text(encoding="utf-8").replace("Small", "Other"), encoding="utf-8"
    )
    run(capsys, "build", small)
    assert names(folder) == sorted([*STANDARD, *asked])
    change(small)
    err = run(capsys, "build", small)[2]
    assert names(folder) == STANDARD
    assert err.count("is removed: the corpus has changed") == 12


def test_options_hold_for_one_run_and_the_next_build_puts_its_own_files_back(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = small / "build" / "export" / "small.zh-he.tsv"
    run(capsys, "build", small)
    before = table.read_bytes()
    run(capsys, "export", small, "--status", "reviewed", "--format", "tsv")
    assert list(read_tsv(table)) == []
    run(capsys, "build", small)
    assert table.read_bytes() == before


def test_another_folder_gets_the_files_and_nothing_is_deleted_there(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    arguments = ("--output", folder, "--no-english", "--tag", "zh=zh-Hans", "--min-confidence", "0", "--json")
    _, out, _ = run(capsys, "export", small, *arguments)
    assert [Path(name).name for name in json.loads(out)["files"]] == ["small.zh-he.tsv", "small.zh-he.tmx"]
    assert names(folder) == ["mine.txt", "small.zh-he.tmx", "small.zh-he.tsv"]
    assert "zh-Hans" in (folder / "small.zh-he.tmx").read_text(encoding="utf-8")
    first = (folder / "small.zh-he.tmx").read_bytes()
    run(capsys, "export", small, *arguments)
    assert (folder / "small.zh-he.tmx").read_bytes() == first
    assert not (small / "build" / "export").exists()


def test_what_corpus_toml_says_is_what_a_build_exports(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = small / "corpus.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        f'{text}[export]\nformats = ["parquet"]\ngzip = true\nenglish = false\n', encoding="utf-8"
    )
    run(capsys, "build", small)
    assert names(small / "build" / "export") == ["small.zh-he.parquet.gz"]
    config.write_text(f"{text}[export]\nthree_languages = true\n", encoding="utf-8")
    run(capsys, "build", small)
    assert names(small / "build" / "export") == sorted([*STANDARD, "small.zh-he-en.tmx"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "docx"), "unknown format 'docx'"),
        (("--format", "tsv,tsv"), "twice"),
        (("--status", "good"), "status is 'good'"),
        (("--no-english", "--three-languages"), "three languages without English"),
        (("--tag", "zh"), "no tag of a language"),
        (("--tag", "fr=fr-FR"), "no language of this corpus"),
        (("--gzip", "--fail-on", "loud"), "unknown severity"),
    ],
)
def test_options_that_cannot_be_are_told_before_any_work(
    small: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = run(capsys, "export", small, *arguments)
    assert code == 2
    assert said in err
    assert not (small / "build" / "articles.parquet").exists()


@pytest.mark.parametrize("name", ["articles/zh", "memory", "gold"])
def test_a_folder_that_a_build_reads_gets_no_exports(
    small: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    code, _, err = run(capsys, "export", small, "--format", "tmx", "--output", small / name)
    assert code == 2
    assert "which a build reads" in err
    assert not list(small.rglob("small.*.tmx"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('formats = ["docx"]', "unknown format 'docx'"),
        ('formats = "tsv"', "must be a list of strings"),
        ("gzip = 1", "must be true or false"),
        ("min_confidence = 2", "must lie in [0, 1]"),
        ('status = "good"', "status is 'good'"),
        ("english = false\nthree_languages = true", "three languages without English"),
    ],
)
def test_what_corpus_toml_may_not_say_of_exports_is_named_with_its_line(
    small: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    config = small / "corpus.toml"
    config.write_text(f'title = "Small"\n[export]\n{line}\n', encoding="utf-8")
    code, _, err = run(capsys, "build", small)
    assert code == 3
    assert said in err
    assert f"corpus.toml:{2 + len(line.split(chr(10)))}" in err


def test_a_memory_says_all_there_is_to_say_of_a_unit(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    memory = small / "memory" / "zh-en.tmx"
    memory.write_text(memory.read_text(encoding="utf-8").replace("大桥3月", "大桥于3月"), encoding="utf-8")
    with argos_folders(tmp_path / "argos", monkeypatch) as packages:
        unpack(build_package(tmp_path / "built", "he"), packages)
        run(capsys, "export", small, "--format", "xliff", "-o", tmp_path)
        edited = tmp_path / "small.zh-he.xlf"
        text = edited.read_text(encoding="utf-8")
        edited.write_text(
            text.replace('state="translated" subState="paracorp:auto"', 'state="final"'), "utf-8"
        )
        assert run(capsys, "review", small, "--apply", edited, "--reviewer", "דנה")[0] == 0
        run(capsys, "build", small)
    folder = small / "build" / "export"
    pairs = [unit.props for unit in read_tmx(folder / "small.zh-he.tmx", on_reject=None)]
    (bridge,) = (props for props in pairs if props["x-source-ids"] == "zh/bridge#1.0")
    assert bridge["x-reviewer"] == "דנה"
    assert re.fullmatch(r"[0-9]{8}T[0-9]{6}Z", bridge["x-reviewed"])
    assert (bridge["x-status"], bridge["x-shape"]) == ("accepted", "1:1")
    assert 0 < float(bridge["x-confidence"]) <= 1
    assert bridge["x-source-article"] == "zh/bridge"
    assert (bridge["x-source-title"], bridge["x-source-date"]) == ("港口大桥周三通车", "2025-03-05")
    assert (bridge["x-source-origin"], bridge["x-target-origin"]) == ("fuzzy", "memory")
    rendered = {
        unit.props["x-origin"]: unit.props for unit in read_tmx(folder / "small.he-en.tmx", on_reject=None)
    }
    assert rendered["memory"]["x-engine"] == "he-en.tmx"
    assert rendered["model"]["x-engine"] == "argos he_en 1.0"
    assert "translation-unsure" in rendered["model"]["x-findings"].split(";")
