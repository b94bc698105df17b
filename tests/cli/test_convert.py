"""`paracorp convert` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paracorp.cli import main
from tests.cli.conftest import HE, tmx

BAD = '<tu><tuv xml:lang="he-IL"><seg>לבד</seg></tuv></tu>\n'


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    path = tmp_path / "memory.tmx"
    path.write_text(tmx("he-IL", HE), encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_files_are_named_on_stdout_and_the_rest_is_told_on_stderr(
    memory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = memory.with_name("out.he")
    code, out, err = run(capsys, "convert", memory, target)
    assert code == 0
    assert out.split() == [str(target), str(target.with_suffix(".en"))]
    assert "3 units found, 3 written (he-en), 0 rejected" in err


def test_losses_are_told_with_how_many_units_have_them(
    memory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    memory.write_text(
        memory.read_text(encoding="utf-8").replace("<tu>", '<tu tuid="a">', 1), encoding="utf-8"
    )
    _, _, err = run(capsys, "convert", memory, memory.with_name("out.he"))
    assert "lost in 1 units: ids, properties and notes" in err


def test_a_rejected_unit_is_exit_code_three_and_the_rest_is_written(
    memory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = memory.read_text(encoding="utf-8").replace("</body>", BAD + "</body>")
    memory.write_text(text, encoding="utf-8")
    target = memory.with_name("out.tsv")
    code, _, err = run(capsys, "convert", memory, target)
    assert code == 3
    assert f"{memory}:6" in err
    assert "no text in en, found he" in err
    assert "4 units found, 3 written (he-en), 1 rejected" in err
    target.unlink()
    code, out, _ = run(capsys, "convert", memory, target, "--strict")
    assert (code, out) == (3, "")
    assert not target.exists()


def test_many_rejected_units_do_not_flood_the_terminal(
    memory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = memory.read_text(encoding="utf-8").replace("</body>", BAD * 50 + "</body>")
    memory.write_text(text, encoding="utf-8")
    code, _, err = run(capsys, "convert", memory, memory.with_name("out.tsv"))
    assert code == 3
    assert err.count("no text in en") == 20
    assert "and 30 more" in err


def test_the_result_as_json(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = memory.read_text(encoding="utf-8").replace("</body>", BAD + "</body>")
    memory.write_text(text, encoding="utf-8")
    target = memory.with_name("out.jsonl")
    code, out, err = run(
        capsys, "convert", memory, target, "--json", "--source-lang", "en", "--target-lang", "he"
    )
    data = json.loads(out)
    assert (code, err) == (3, "")
    assert data["files"] == [str(target)]
    assert (data["source_lang"], data["target_lang"]) == ("en", "he")
    assert (data["units"], data["written"], data["rejected"]) == (4, 3, 1)
    assert [problem["line"] for problem in data["problems"]] == [6]


@pytest.mark.parametrize("target", ["out.docx", "out", "out.tbx", "memory.tmx"])
def test_a_target_that_cannot_be_is_a_slip_of_the_command_line(
    memory: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    before = memory.read_bytes()
    code, out, err = run(capsys, "convert", memory, memory.with_name(target))
    assert (code, out) == (2, "")
    assert len(err.strip().split("\n")) == 2
    assert memory.read_bytes() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("suffix", ["tmx", "tsv", "xlf", "jsonl", "parquet", "csv"])
def test_a_full_disk_is_exit_code_six(memory: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    target = memory.with_name(f"out.{suffix}")
    target.symlink_to("/dev/full")
    code, _, err = run(capsys, "convert", memory, target)
    assert code == 6
    assert "cannot write" in err


def test_inline_tags_that_became_text_are_counted(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = memory.read_text(encoding="utf-8")
    memory.write_text(text.replace("<seg>", '<seg><ph x="1">%s</ph>'), encoding="utf-8")
    err = run(capsys, "convert", memory, memory.with_name("out.tsv"))[2]
    assert "lost in 3 units: inline tags in texts\n" in err
    assert "inline tags flattened to text: 6\n" in err
    data = json.loads(run(capsys, "convert", memory, memory.with_name("out.tsv"), "--json")[1])
    assert data["inline_tags"] == 6
