"""`paracorp validate`: lines, counts, exit codes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from paracorp.cli import main
from tests.cli.conftest import ZH, tmx

GOOD = tmx("zh-CN", ZH)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.tmx"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_valid_file_exits_with_0_and_says_so(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(good)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{good}: valid\n"


def test_an_error_is_a_line_with_its_place_and_exits_with_3(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.tmx.gz"
    bad.write_bytes(gzip.compress(GOOD.replace("<seg>H", "<seg> H", 1).encode()))
    assert main(["validate", str(good), str(bad)]) == 3
    out, err = capsys.readouterr()
    [line] = out.rstrip("\n").split("\n")
    assert line.startswith(f"{bad}:3: error: edge-space: white space at the edge of a segment")
    assert err == f"{good}: valid\n{bad}: not valid; errors 1, warnings 0\n"


def test_warnings_alone_exit_with_0(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good.write_text(GOOD.replace("Harbour", "x" * 2000, 1), encoding="utf-8")
    assert main(["validate", str(good)]) == 0
    out, err = capsys.readouterr()
    assert ":3: warning: length: " in out
    assert err == f"{good}: valid; errors 0, warnings 1\n"


def test_json_is_one_list_with_all_files(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.tmx"
    bad.write_text("<tmx", encoding="utf-8")
    assert main(["validate", "--json", str(good), str(bad)]) == 3
    first, second = json.loads(capsys.readouterr().out)
    assert first == {"file": str(good), "errors": 0, "warnings": 0, "problems": []}
    assert (second["file"], second["errors"]) == (str(bad), 1)
    [problem] = second["problems"]
    assert (problem["line"], problem["severity"], problem["rule"]) == (1, "error", "xml")


def test_a_tmx_under_another_name_is_known_by_its_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "memory.xml"
    path.write_text(GOOD.replace("<seg>H", "<seg> H", 1), encoding="utf-16")
    assert main(["validate", str(path)]) == 3
    assert f"{path}:" in capsys.readouterr().out


def test_a_table_is_checked_by_reading_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("id\tsource_lang\ttarget_lang\tsource\ttarget\n1\tzh\the\t好\n", encoding="utf-8")
    assert main(["validate", str(path)]) == 3
    assert f"{path}:2: error: unreadable: " in capsys.readouterr().out


def test_a_missing_file_does_not_hide_the_others(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", str(tmp_path / "none.tmx"), str(good)]) == 3
    err = capsys.readouterr().err
    assert "cannot be read" in err
    assert f"{good}: valid" in err


def test_an_unknown_suffix_is_a_usage_error(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_text("text", encoding="utf-8")
    assert main(["validate", str(path)]) == 2


def test_a_moses_pair_is_named_by_a_file_by_both_or_by_its_stem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("x", "y.zh-he"):
        (tmp_path / f"{name}.zh").write_text("一\n二\n", encoding="utf-8")
        (tmp_path / f"{name}.he").write_text("א\n\n", encoding="utf-8")
    for name in ("x", "x.zh", "y.zh-he"):
        assert main(["validate", str(tmp_path / name)]) == 3
        out = capsys.readouterr().out
        assert out.startswith(f"{tmp_path / name}:2: error: unreadable: ")
        assert ".he: an empty line" in out
    assert main(["validate", str(tmp_path / "x.he")]) == 3
    assert capsys.readouterr().out == f"{tmp_path / 'x.he'}:2: error: unreadable: an empty line\n"
    assert main(["validate", str(tmp_path / "z.zh-he")]) == 3
    assert "cannot be read" in capsys.readouterr().err
