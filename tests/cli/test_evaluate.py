"""`paracorp evaluate links`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paracorp.cli import main


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(item) for item in argv])
    out, err = capsys.readouterr()
    return code, out, err


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(row.replace("|", "\t") for row in rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def pred(tmp_path: Path) -> Path:
    return write(tmp_path / "p.tsv", "source_ids|target_ids|confidence", "a b|x|0.9", "c|y|0.8", "d|z|0.4")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "g.tsv", "source_ids|target_ids|strength", "a b|x|S", "c|y|P", "e|w|S")


def test_possible_links_are_no_error_and_no_miss(
    pred: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "evaluate", "links", pred, gold, "--json")
    result = json.loads(out)
    assert code == 0
    assert result["strict"] == pytest.approx({"precision": 2 / 3, "recall": 1 / 2, "f1": 4 / 7})
    assert result["lax"]["precision"] == pytest.approx(3 / 4)
    assert result["lax"]["recall"] == pytest.approx(2 / 3)
    assert result["missed"] == [["e", "w"]]
    assert result["wrong"] == [["d", "z"]]
    assert "nulls:no" in result["signature"]


def test_show_lists_the_errors_with_their_texts(
    pred: Path, gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "zh.tsv", "id|text|english", "d|丁|D", "e|戊|E")
    target = write(tmp_path / "he.tsv", "id|text|english", "z|זין|Z", "w|וו|W")
    out = run(capsys, "evaluate", "links", pred, gold, "--show", "--texts", source, "--texts", target)[1]
    assert "missed: 1 sentence pairs" in out
    assert "  e  戊" in out
    assert "    z  \u2068זין\u2069" in out


def test_a_sparse_text_gets_no_credit_for_its_sentences_without_links(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of 25 links 5 are right; counted with 600 right null links this would look like F1 0.94."""
    pred = write(
        tmp_path / "p.tsv",
        "source_ids|target_ids",
        *(f"s{n}|t{n}" for n in range(5)),
        *(f"s{n}|t{n + 1}" for n in range(100, 120)),
    )
    gold = write(tmp_path / "g.tsv", "source_ids|target_ids", *(f"s{n}|t{n}" for n in range(25)))
    out = run(capsys, "evaluate", "links", pred, gold, "--json")[1]
    assert json.loads(out)["lax"]["f1"] == pytest.approx(0.2)


def test_a_built_corpus_is_scored_against_its_gold(
    stargate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "evaluate", "links", stargate)
    assert code == 3
    assert "not built yet" in err
    run(capsys, "align", stargate)
    lax = json.loads(run(capsys, "evaluate", "links", stargate, "--json")[1])["lax"]
    assert lax["precision"] >= 0.85
    assert lax["recall"] >= 0.85


def test_gold_must_be_named_and_well_formed(
    pred: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "evaluate", "links", pred)[0] == 2
    bad = write(tmp_path / "bad.tsv", "source|target", "a|x")
    code, _, err = run(capsys, "evaluate", "links", pred, bad)
    assert code == 3
    assert "bad.tsv:1" in err
    odd = write(tmp_path / "odd.tsv", "source_ids|target_ids|strength", "a|x|maybe")
    assert "odd.tsv:2" in run(capsys, "evaluate", "links", pred, odd)[2]
