"""`paracorp memory`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paracorp.cli import main
from tests.cli.conftest import tmx


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(item) for item in argv])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A memory that renders one text of `small` otherwise, and one more text."""
    path = tmp_path / "other.tmx"
    text = tmx(
        "zh-CN", {"港口大桥周三通车": "The port bridge opened on Wednesday", "他很高兴地来了。": "He came."}
    )
    path.write_text(text, encoding="utf-8")
    return path


def test_import_adds_a_file_and_says_what_contradicts(
    small: Path, other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "memory", "import", small, other)
    assert code == 0
    assert "other.tmx  added  2 units" in out
    assert "1 texts had another English" in err
    assert "added" not in run(capsys, "memory", "import", small, other)[1]


def test_what_was_imported_is_used_by_the_next_build(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "translate", small)[0] == 4
    rest = tmp_path / "rest.tmx"
    rest.write_text(
        tmx("he-IL", {"הנהגים מרוצים מאוד מן הגשר החדש.": "Drivers are pleased."}), encoding="utf-8"
    )
    run(capsys, "memory", "import", small, rest)
    code, out, _ = run(capsys, "translate", small, "--json")
    assert code == 0
    assert json.loads(out)["untranslated"] == {}


def test_a_build_says_how_many_texts_the_memory_contradicts_itself_on(
    small: Path, other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "memory", "import", small, other)
    err = run(capsys, "translate", small)[2]
    assert f"1 texts have more than one English in the memory; see: paracorp memory stats {small}" in err


def test_import_of_something_else_changes_nothing(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in (small / "memory").iterdir())
    (tmp_path / "a.tmx").write_text("no xml", encoding="utf-8")
    code, out, err = run(capsys, "memory", "import", small, tmp_path / "a.tmx", tmp_path / "none.tmx")
    assert (code, out) == (3, "")
    assert "a.tmx:1" in err
    assert "none.tmx: no such file" in err
    assert sorted(path.name for path in (small / "memory").iterdir()) == before
    assert run(capsys, "memory", "import", tmp_path / "nowhere", tmp_path / "a.tmx")[0] == 3


def test_export_writes_one_file_and_replaces_none_unasked(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "all.tmx"
    code, out, err = run(capsys, "memory", "export", small, path)
    assert code == 0
    assert "zh-en  4 units" in out
    assert "he-en  3 units" in out
    assert "use --lang" in err
    code, _, err = run(capsys, "memory", "export", small, path)
    assert code == 2
    assert "is there already" in err
    assert run(capsys, "memory", "export", small, path, "--force", "--lang", "he")[0] == 0
    assert "zh-CN" not in path.read_text(encoding="utf-8")
    for wrong in (tmp_path / "x.csv", small / "memory" / "x.tmx"):
        assert run(capsys, "memory", "export", small, wrong)[0] == 2
    assert run(capsys, "memory", "export", small, tmp_path / "x.tmx", "--lang", "fr")[0] == 2


def test_stats_show_counts_and_conflicts(
    small: Path, other: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "memory", "import", small, other)
    code, out, _ = run(capsys, "memory", "stats", small)
    assert code == 0
    assert "1 texts with more than one English" in out
    assert "  港口大桥周三通车" in out
    assert "other.tmx:" in out
    data = json.loads(run(capsys, "memory", "stats", small, "--json")[1])
    assert data["files"] == {"he-en.tmx": 3, "other.tmx": 2, "zh-en.tmx": 4}
    assert data["pairs"]["zh-en"]["conflicts"] == 1
    assert data["conflicts"][0]["kept"]["file"] == "other.tmx"


def test_stats_of_an_empty_memory_say_how_to_fill_it(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (small / "memory").iterdir():
        path.unlink()
    code, out, err = run(capsys, "memory", "stats", small)
    assert (code, out) == (0, "")
    assert "paracorp memory import" in err


def test_stats_name_a_damaged_file_and_count_the_rest(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small / "memory" / "bad.tmx").write_text("<tmx", encoding="utf-8")
    code, out, err = run(capsys, "memory", "stats", small)
    assert code == 3
    assert "bad.tmx:1" in err
    assert "zh-en" in out
