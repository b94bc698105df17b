"""`paracorp evaluate translations`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from paracorp.cli import main
from tests.tiny_package import argos_folders, build_package

LINES = ["The president spoke on Tuesday.", "SoftBank will invest a lot.", "Nobody knows the price."]


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(item) for item in argv])
    out, err = capsys.readouterr()
    return code, out, err


def lines(path: Path, rows: list[str]) -> Path:
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def ref(tmp_path: Path) -> Path:
    return lines(tmp_path / "ref.txt", LINES)


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with argos_folders(tmp_path / "argos", monkeypatch) as folder:
        yield folder


def test_two_plain_files_are_scored_with_signatures(
    ref: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "evaluate", "translations", ref, ref)
    assert code == 0
    assert "BLEU   100.00" in out
    assert "TER      0.00" in out
    assert "tok:13a" in out
    worse = lines(tmp_path / "hyp.txt", ["The president talks.", "", "Nobody knows the price."])
    [result] = json.loads(run(capsys, "evaluate", "translations", worse, ref, "--json")[1])["results"]
    assert (result["sentences"], result["empty"]) == (3, 1)
    assert 0 < result["scores"]["BLEU"]["score"] < 100
    assert "nrefs:1" in result["scores"]["chrF2"]["signature"]


def test_a_baseline_is_compared_by_paired_bootstrap(
    ref: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = lines(tmp_path / "other.txt", ["x", "y", "z"])
    out = run(capsys, "evaluate", "translations", ref, ref, "--baseline", other)[1]
    assert "baseline" in out.split("\n")[1]
    assert "bs:1000" in out


def test_names_are_scored_with_the_sources_and_a_glossary(
    ref: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    glossary = tmp_path / "g.csv"
    glossary.write_text(
        "id,kind,en,zh,he,status,note\nsb,company,SoftBank,软银,,preferred,\n", encoding="utf-8"
    )
    source = lines(tmp_path / "zh.txt", ["总统周二讲话。", "软银将大举投资。", "没人知道价格。"])
    argv = ("evaluate", "translations", ref, ref, "--glossary", glossary, "--source", source)
    assert re.search(r"names +100\.00  1 of 1\n", run(capsys, *argv)[1])
    hyp = lines(tmp_path / "hyp.txt", [LINES[0], "Soft Silver invests.", LINES[2]])
    out = run(capsys, "evaluate", "translations", hyp, *argv[3:], "--show")[1]
    assert re.search(r"names +0\.00  0 of 1\n", out)
    assert "missed  软银 (sb): SoftBank" in out
    assert "should  SoftBank will invest a lot." in out
    assert run(capsys, "evaluate", "translations", ref, ref, "--glossary", glossary)[0] == 2


def test_files_that_do_not_fit_are_two_lines_that_say_why(
    ref: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = lines(tmp_path / "short.txt", LINES[:2])
    empty = lines(tmp_path / "empty.txt", [])
    for argv, code, message in (
        ((short, ref), 3, "ref.txt:3: 3 lines, and"),
        ((empty, ref), 3, "empty.txt: no sentences"),
        ((tmp_path / "none.txt", ref), 3, "none.txt: no such file"),
        ((ref, tmp_path / "none.txt"), 3, "none.txt: cannot be read"),
        ((ref,), 2, "no reference named"),
        ((ref, ref, "--engine", "argos"), 2, "--engine and --save are for corpora"),
        ((tmp_path,), 3, "not a corpus"),
    ):
        done, out, err = run(capsys, "evaluate", "translations", *argv)
        assert (done, out) == (code, "")
        assert message in err
        assert len(err.strip().split("\n")) == 2


def test_a_build_is_scored_against_the_gold(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = small / "gold" / "translations.tsv"
    gold.parent.mkdir()
    rows = [
        "lang\ttext\tenglish",
        "zh\t工程总投资为30亿美元。\tThe project cost a total of $3 billion.",
        "he\tעלות הפרויקט הגיעה ל־3 מיליארד דולר.\tThe project came to $3 billion.",
    ]
    lines(gold, rows)
    code, _, err = run(capsys, "evaluate", "translations", small)
    assert code == 3
    assert "not built yet" in err
    run(capsys, "build", small)
    code, out, _ = run(capsys, "evaluate", "translations", small, "--json")
    assert code == 0
    by_lang = {row["lang"]: row["scores"]["chrF2"]["score"] for row in json.loads(out)["results"]}
    assert by_lang["zh"] == pytest.approx(100)
    assert by_lang["he"] < 100
    lines(gold, [*rows, "zh\t不在文章里的句子。\tNot in any article."])
    code, _, err = run(capsys, "evaluate", "translations", small)
    assert code == 3
    assert "translations.tsv: no zh article holds this text" in err


def test_without_gold_the_packages_are_scored_against_the_memory_they_do_not_see(
    small: Path, packages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "evaluate", "translations", small)
    assert (code, out) == (4, "")
    assert "paracorp models install zh he" in err
    run(capsys, "models", "import", build_package(tmp_path, "zh"))
    saved = tmp_path / "out.tsv"
    code, out, err = run(capsys, "evaluate", "translations", small, "--json", "--save", saved)
    assert code == 4
    assert "no package is installed for he" in err
    [result] = json.loads(out)["results"]
    assert (result["lang"], result["sentences"]) == ("zh", 4)
    assert result["scores"]["chrF2"]["score"] < 60
    run(capsys, "models", "import", build_package(tmp_path, "he"))
    code, out, _ = run(capsys, "evaluate", "translations", small, "--json", "--most", "2")
    assert code == 0
    assert [row["sentences"] for row in json.loads(out)["results"]] == [2, 2]
    gold = small / "gold" / "translations.tsv"
    gold.parent.mkdir()
    lines(gold, ["lang\ttext\tenglish", "zh\t今天天气很好。\tThe weather is nice today."])
    code, out, _ = run(capsys, "evaluate", "translations", small, "--engine", "argos", "--json")
    assert (code, json.loads(out)["results"][0]["sentences"]) == (0, 1)
    gold.unlink()
    code, _, err = run(capsys, "evaluate", "translations", small, "--baseline", saved)
    assert code == 3
    assert "out.tsv: nothing for the he text" in err


def test_an_unknown_engine_and_an_empty_memory_are_named(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "evaluate", "translations", small, "--engine", "google")[0] == 2
    for path in (small / "memory").iterdir():
        path.unlink()
    code, _, err = run(capsys, "evaluate", "translations", small)
    assert code == 3
    assert "no reviewed units to score against" in err
