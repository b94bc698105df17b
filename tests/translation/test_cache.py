"""The cache of machine translations: it gives back what it got, and never stands in the way."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from paracorp.translation.cache import Cache

HELLO = {"你好": "Hello"}


@pytest.fixture
def messages() -> list[str]:
    return []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "translations.sqlite"


def test_outputs_come_back_for_their_engine_and_language_only(path: Path, messages: list[str]) -> None:
    cache = Cache(path, messages.append)
    assert cache.get("k", "zh", ["你好"]) == {}
    cache.put("k", "engine", "zh", HELLO)
    assert cache.get("k", "zh", ["你好", "再见"]) == HELLO
    assert cache.get("k2", "zh", ["你好"]) == cache.get("k", "he", ["你好"]) == {}
    assert messages == []


def test_two_caches_share_a_file(path: Path, messages: list[str]) -> None:
    first, second = Cache(path, messages.append), Cache(path, messages.append)
    first.put("k", "engine", "zh", HELLO)
    second.put("k", "engine", "zh", {"再见": "Bye"})
    assert set(first.get("k", "zh", ["你好", "再见"])) == {"你好", "再见"}
    assert messages == []


def test_it_outlives_its_process(path: Path, messages: list[str]) -> None:
    cache = Cache(path, messages.append)
    cache.put("k", "engine", "zh", HELLO)
    cache.close()
    assert Cache(path, messages.append).get("k", "zh", ["你好"]) == HELLO


def test_thousands_of_texts_are_looked_up_at_once(path: Path, messages: list[str]) -> None:
    outputs = {f"{n}。": str(n) for n in range(2345)}
    cache = Cache(path, messages.append)
    cache.put("k", "engine", "zh", outputs)
    assert cache.get("k", "zh", list(outputs)) == outputs


def test_a_lone_surrogate_is_no_obstacle(path: Path, messages: list[str]) -> None:
    cache = Cache(path, messages.append)
    cache.put("k", "engine", "zh", {"a\ud800": "b\ud800"})
    assert cache.get("k", "zh", ["a\ud800"]) == {"a\ud800": "b?"}
    assert messages == []


def test_a_damaged_file_is_set_aside_and_begun_anew(path: Path, messages: list[str]) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database " * 1000)
    cache = Cache(path, messages.append)
    assert cache.get("k", "zh", ["你好"]) == {}
    cache.put("k", "engine", "zh", HELLO)
    assert cache.get("k", "zh", ["你好"]) == HELLO
    assert path.with_name(path.name + ".damaged").read_bytes().startswith(b"no database")
    [message] = messages
    assert "damaged" in message


def test_damage_inside_the_file_is_met_at_use(path: Path, messages: list[str]) -> None:
    outputs = {f"{n}。" * 50: "x" * 100 for n in range(2000)}
    cache = Cache(path, messages.append)
    cache.put("k", "engine", "zh", outputs)
    cache.close()
    body = bytearray(path.read_bytes())
    body[4096:] = b"\xff" * (len(body) - 4096)
    path.write_bytes(body)
    assert Cache(path, messages.append).get("k", "zh", list(outputs)) == {}
    assert "damaged" in messages[0]


def test_a_file_of_another_format_is_set_aside(path: Path, messages: list[str]) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    assert Cache(path, messages.append).get("k", "zh", ["你好"]) == {}
    assert "format 99" in messages[0]


def test_without_a_place_to_write_it_is_done_without_and_said_once(
    tmp_path: Path, messages: list[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = Cache(tmp_path / "file" / "cache.sqlite", messages.append)
    cache.put("k", "engine", "zh", HELLO)
    assert cache.get("k", "zh", ["你好"]) == {}
    [message] = messages
    assert "going on without" in message


def test_what_another_process_set_aside_meanwhile_is_not_set_aside_again(
    path: Path, messages: list[str]
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database " * 1000)
    first, second = Cache(path, messages.append), Cache(path, messages.append)
    first.put("k", "engine", "zh", HELLO)
    assert second.get("k", "zh", ["你好"]) == HELLO
    assert len(messages) == 1


_WRITER = """
import sys
from pathlib import Path
from paracorp.translation.cache import Cache
cache = Cache(Path(sys.argv[1]), lambda text: sys.exit(text))
for batch in range(int(sys.argv[3])):
    cache.put("k", "engine", "zh", {f"{sys.argv[2]} {batch} {n}": "x" * 50 for n in range(20)})
    print(batch, flush=True)
"""


def test_processes_that_write_at_the_same_time_lose_nothing(path: Path, messages: list[str]) -> None:
    argv = [sys.executable, "-c", _WRITER, str(path)]
    writers = [subprocess.Popen([*argv, name, "30"], stdout=subprocess.DEVNULL) for name in "abc"]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    texts = [f"{name} {batch} {n}" for name in "abc" for batch in range(30) for n in range(20)]
    assert len(Cache(path, messages.append).get("k", "zh", texts)) == len(texts)
    assert messages == []


def test_a_killed_writer_leaves_whole_batches_and_a_sound_file(path: Path, messages: list[str]) -> None:
    done = -1
    for _ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(path), "a", "100000"], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(20):
            done = max(done, int(writer.stdout.readline()))
        writer.send_signal(signal.SIGKILL)
        writer.wait(60)
    found = Cache(path, messages.append).get(
        "k", "zh", [f"a {batch} {n}" for batch in range(done + 1) for n in range(20)]
    )
    assert len(found) == 20 * (done + 1)
    assert messages == []
