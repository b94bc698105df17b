"""What reaches the terminal: progress that fits, output that may end early, stages by names people know."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.cli.terminal import TerminalReporter, columns, width


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2


def shell(command: str) -> tuple[int, str]:
    """The exit code of the first command of a pipe, and what came out at its end."""
    paracorp = f"{sys.executable} -m paracorp"
    script = f"{command.replace('paracorp', paracorp, 1)}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout


@pytest.fixture
def bad(small: Path) -> Path:
    """A corpus with an article that cannot be read."""
    (small / "articles" / "zh" / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    return small


@pytest.mark.parametrize(
    "command", ["paracorp build {} 2>&1 | head -1", "paracorp ingest {} --explain | head -1"]
)
def test_a_reader_that_goes_away_hides_no_bad_input(bad: Path, command: str) -> None:
    code, out = shell(command.format(bad))
    assert code == 3
    assert out.count("\n") == 1


def test_a_reader_that_goes_away_does_not_stop_a_build(bad: Path) -> None:
    shell(f"paracorp build {bad} 2>&1 | head -1")
    assert (bad / "build" / "report.html").is_file()


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", ">&- 2>&-"])
def test_a_build_needs_no_place_for_its_messages(bad: Path, closed: str) -> None:
    code, out = shell(f"paracorp build {bad} {closed}")
    assert code == 3
    assert "error" not in out.replace("findings       error 0", "")


def test_a_full_disk_under_the_output_is_told(bad: Path) -> None:
    assert shell(f"paracorp build {bad} >/dev/full 2>/dev/null")[0] == 6


def test_progress_in_a_file_has_no_spaces_at_the_end_and_each_stage_once(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["build", str(small)])
    lines = capsys.readouterr().err.split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert sum(line.startswith("memory ") for line in lines) == 1
    assert sum(line.startswith("recalled ") for line in lines) == 0


@pytest.mark.parametrize("room", [30, 60, 200])
def test_progress_keeps_to_one_line_of_a_terminal(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    terminal = Terminal()
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((room, 24)))
    monkeypatch.setattr(sys, "stderr", terminal)
    reporter = TerminalReporter()
    reporter.start("translations", 4000)
    reporter.note("note")
    reporter.advance(4000)
    reporter.close()
    lines = [part for part in terminal.getvalue().replace("\n", "\r").split("\r") if part]
    assert any(line.startswith("English") for line in lines)
    assert max(map(len, lines)) < room


def test_columns_measure_wide_and_right_to_left_text() -> None:
    rows = [("里兰港", "a"), ("נמל לירן", "b"), ("port", "c")]
    lines = columns(rows).split("\n")
    assert {width(line) for line in lines} == {len("נמל לירן") + 3}


def test_status_tells_of_files_that_were_left_out(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", str(bad)])
    capsys.readouterr()
    main(["status", str(bad)])
    assert "left out       1 of 3 files; a build says why" in capsys.readouterr().out


def test_status_asks_for_no_other_build_where_no_file_can_be_read(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (bad / "articles").glob("*/*.md"):
        path.unlink()
    main(["status", str(bad)])
    assert "1 files in" in capsys.readouterr().out
    main(["build", str(bad)])
    capsys.readouterr()
    main(["status", str(bad)])
    out = capsys.readouterr().out
    assert "left out       1 of 1 files; a build says why" in out
    assert out.endswith("up to date\n")


def test_a_corpus_with_one_language_says_why_nothing_is_paired(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (small / "articles" / "he").iterdir():
        path.unlink()
    main(["build", str(small)])
    assert "note: no article in Hebrew, so nothing can be paired" in capsys.readouterr().err
