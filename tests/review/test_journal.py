"""Nothing decided is lost: two programs at once, one killed in the middle, a disk that is full."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from paracorp.corpus import Corpus
from paracorp.errors import CannotWriteError, InputError
from paracorp.review.journal import append_rows, read_decisions, read_on
from paracorp.settings import CorpusSettings


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path, CorpusSettings())


def row(number: int = 0, text: str = "句子", **changes: Any) -> dict[str, Any]:
    return {
        "v": 1,
        "id": f"event-{number}",
        "event": "note",
        "unit": "u",
        "content_hash": "",
        "anchors": [["zh/a#0.0", text]],
        "data": {"text": "n"},
        "reviewer": "anna",
        "at": "2026-01-01T00:00:00Z",
        **changes,
    }


def ids(corpus: Corpus) -> list[str]:
    return [event.id for event in read_decisions(corpus).events]


WRITER = """
import sys
from pathlib import Path
from paracorp.corpus import Corpus
from paracorp.review.journal import append_rows
from paracorp.settings import CorpusSettings
corpus = Corpus(Path(sys.argv[1]), CorpusSettings())
for number in range(int(sys.argv[3])):
    name = f"{sys.argv[2]}-{number}"
    append_rows(corpus, [{"v": 1, "id": name, "event": "note", "unit": "u", "content_hash": "",
        "anchors": [["zh/a#0.0", "x" * 5000]], "data": {"text": name}, "reviewer": "r",
        "at": "2026-01-01T00:00:00Z"}])
    print(name, flush=True)
"""


def start(corpus: Corpus, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(corpus.root), name, str(count)], stdout=subprocess.PIPE, text=True
    )


def test_no_file_is_no_decision(corpus: Corpus) -> None:
    assert read_decisions(corpus).events == ()


def test_decisions_are_one_line_each_in_utf_8(corpus: Corpus) -> None:
    append_rows(corpus, [row(1), row(2, text="עברית \u2028 \U0001f600")])
    lines = (corpus.root / "decisions.jsonl").read_bytes().split(b"\n")
    assert [json.loads(line)["id"] for line in lines[:-1]] == ["event-1", "event-2"]
    assert lines[-1] == b""
    assert read_decisions(corpus).events[1].anchors[0][1] == "עברית \u2028 \U0001f600"


def test_two_processes_append_without_losing_a_line(corpus: Corpus) -> None:
    writers = [start(corpus, name, 40) for name in ("one", "two")]
    for writer in writers:
        assert writer.wait(timeout=120) == 0
    found = read_decisions(corpus)
    assert found.problems == ()
    assert sorted(ids(corpus)) == sorted(
        f"{name}-{number}" for name in ("one", "two") for number in range(40)
    )


def test_what_a_killed_process_said_was_saved_is_there(corpus: Corpus) -> None:
    chance = random.Random(7)
    said = []
    for turn in range(5):
        writer = start(corpus, f"turn{turn}", 10_000)
        assert writer.stdout is not None
        said.append(writer.stdout.readline().strip())
        time.sleep(chance.uniform(0, 0.15))
        writer.send_signal(signal.SIGKILL)
        said += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.wait()
    append_rows(corpus, [row(1)])
    found = read_decisions(corpus)
    assert found.problems == ()
    assert not found.torn
    assert set(said) | {"event-1"} <= set(ids(corpus))


def test_a_torn_last_line_is_put_aside_and_the_next_decision_is_whole(corpus: Corpus) -> None:
    append_rows(corpus, [row(1)])
    path = corpus.root / "decisions.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"v":1,"event":"acc')
    assert read_decisions(corpus).torn
    assert ids(corpus) == ["event-1"]
    assert append_rows(corpus, [row(2)])
    assert ids(corpus) == ["event-1", "event-2"]
    assert read_decisions(corpus).problems == ()
    assert (corpus.root / "decisions.torn").read_bytes() == b'{"v":1,"event":"acc\n'


def test_a_whole_last_line_without_its_line_end_counts_and_stays(corpus: Corpus) -> None:
    path = corpus.root / "decisions.jsonl"
    path.write_text(json.dumps(row(1)), encoding="utf-8")
    assert ids(corpus) == ["event-1"]
    assert not append_rows(corpus, [row(2)])
    assert ids(corpus) == ["event-1", "event-2"]


def test_a_line_that_is_no_event_is_reported_by_number_and_kept(corpus: Corpus) -> None:
    append_rows(corpus, [row(1)])
    path = corpus.root / "decisions.jsonl"
    with path.open("ab") as file:
        file.write(b'{"v":1}\n\xff\xfe\n\n[]\n')
    append_rows(corpus, [row(2)])
    found = read_decisions(corpus)
    assert [problem.line for problem in found.problems] == [2, 3, 5]
    assert ids(corpus) == ["event-1", "event-2"]
    assert b'{"v":1}\n\xff\xfe\n' in path.read_bytes()


def test_a_line_of_a_newer_version_is_kept_and_named_as_such(corpus: Corpus) -> None:
    append_rows(corpus, [row(1)])
    path = corpus.root / "decisions.jsonl"
    newer = b'{"v":2,"id":"event-9","event":"bless"}'
    with path.open("ab") as file:
        file.write(newer)  # without its line end
    (problem,) = read_decisions(corpus).problems
    assert (problem.line, "newer paracorp" in str(problem)) == (2, True)
    assert "update paracorp" in problem.fix
    assert not append_rows(corpus, [row(2)])
    assert path.read_bytes().split(b"\n")[1] == newer
    assert ids(corpus) == ["event-1", "event-2"]
    assert not path.with_name("decisions.torn").exists()


def test_reading_on_gives_only_what_is_new(corpus: Corpus) -> None:
    append_rows(corpus, [row(1)])
    first = read_decisions(corpus)
    append_rows(corpus, [row(2)])
    more = read_on(corpus.root / "decisions.jsonl", first)
    assert more is not None
    assert [event.id for event in more.events] == ["event-2"]
    assert more.lines == 2


def test_a_file_that_was_written_anew_is_not_read_on(corpus: Corpus) -> None:
    append_rows(corpus, [row(1)])
    path, first = corpus.root / "decisions.jsonl", read_decisions(corpus)
    path.write_bytes(path.read_bytes().replace(b"event-1", b"event-3") + b"{}\n")
    assert read_on(path, first) is None
    path.write_bytes(b"")
    assert read_on(path, first) is None


def test_a_full_disk_leaves_the_file_as_it_was(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    append_rows(corpus, [row(1)])
    path = corpus.root / "decisions.jsonl"
    before, write = path.read_bytes(), os.write

    def half(handle: int, body: bytes) -> int:
        if len(body) < 10:
            raise OSError(errno.ENOSPC, "full")
        return write(handle, body[: len(body) // 2])

    monkeypatch.setattr(os, "write", half)
    with pytest.raises(CannotWriteError):
        append_rows(corpus, [row(2)])
    monkeypatch.undo()
    assert path.read_bytes() == before


def test_a_folder_that_may_not_be_written_is_an_error_with_a_way_out(corpus: Corpus) -> None:
    (corpus.root / "decisions.jsonl").mkdir()
    with pytest.raises(CannotWriteError):
        append_rows(corpus, [row(1)])
    with pytest.raises(InputError):
        read_decisions(corpus)


def test_an_event_read_twice_counts_once(corpus: Corpus) -> None:
    append_rows(corpus, [row(1), row(1)])
    assert ids(corpus) == ["event-1"]


def test_a_text_of_a_hundred_thousand_characters_comes_back_whole(corpus: Corpus) -> None:
    append_rows(corpus, [row(1, text="长" * 100_000)])
    assert read_decisions(corpus).events[0].anchors[0][1] == "长" * 100_000
