"""The corpus folder: opening, atomic writes, the lock, the manifest."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from paracorp.corpus import (
    Corpus,
    StageRecord,
    atomic_path,
    locked,
    open_corpus,
    read_manifest,
    remove_abandoned,
    write_manifest,
    write_text,
)
from paracorp.errors import CannotWriteError, CorpusInUseError, InputError
from paracorp.settings import CorpusSettings


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path, CorpusSettings())


def test_a_missing_folder_and_one_without_corpus_toml_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        open_corpus(tmp_path / "absent")
    with pytest.raises(InputError, match=r"not a corpus: it holds no corpus\.toml") as caught:
        open_corpus(tmp_path)
    assert "paracorp init" in caught.value.fix


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    write_text(path, "old")
    with pytest.raises(ZeroDivisionError), atomic_path(path) as temporary:
        temporary.write_text("half of the new")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_read_only_disk_is_a_write_error(tmp_path: Path, code: int) -> None:
    path = tmp_path / "out.txt"
    with pytest.raises(CannotWriteError, match="cannot write") as caught, atomic_path(path):
        raise OSError(code, os.strerror(code))
    assert caught.value.exit_code == 6
    assert list(tmp_path.iterdir()) == []


def test_a_write_below_a_file_is_a_write_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWriteError):
        write_text(tmp_path / "file" / "out.txt", "y")


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which no file can be made")
@pytest.mark.parametrize("name", ["file.tsv", "missing/file.tsv"])
def test_a_folder_that_takes_no_files_is_a_write_error(name: str) -> None:
    with pytest.raises(CannotWriteError, match="cannot write") as caught, atomic_path(Path("/proc") / name):
        raise AssertionError("nothing is to be written")
    assert "folder" in caught.value.fix


def test_a_file_missing_while_another_is_written_is_no_write_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_path(tmp_path / "out.txt"):
        (tmp_path / "missing.txt").read_text()


def test_a_link_to_a_pipe_without_a_name_is_written_through(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    link = tmp_path / "link"
    link.symlink_to(f"/dev/fd/{writer}")
    if not link.exists():
        pytest.skip("no /dev/fd here")
    write_text(link, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    os.close(writer)


def test_a_link_to_itself_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    write_text(tmp_path / "loop", "text")
    assert (tmp_path / "loop").read_text() == "text"


def test_a_device_is_written_to_and_stays_a_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_text(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_text(tmp_path / "link", "text")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "text"


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("长" * 84)
    write_text(path, "text")
    assert path.read_text() == "text"


HOLDER = """
import sys
from pathlib import Path
from paracorp.corpus import Corpus, locked
from paracorp.settings import CorpusSettings
with locked(Corpus(Path(sys.argv[1]), CorpusSettings())):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(corpus: Corpus) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the corpus until its stdin is closed."""
    command = [sys.executable, "-c", HOLDER, str(corpus.root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_told_who_holds_the_corpus(corpus: Corpus, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(CorpusInUseError, match=rf"\(process {holder.pid}\)"), locked(corpus):
        pass
    holder.communicate()
    with locked(corpus):
        pass


def test_a_killed_holder_leaves_the_corpus_free(corpus: Corpus, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with locked(corpus):
        pass


def test_what_a_killed_run_left_is_deleted_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with atomic_path(path) as living:
        abandoned = tmp_path / ".out.txt.a1b2c3d4.tmp"
        abandoned.write_text("half")
        remove_abandoned(path)
        assert not abandoned.exists()
        assert living.exists()
        living.write_text("whole")
    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_leftover_that_cannot_be_deleted_keeps_no_other_from_going(tmp_path: Path) -> None:
    left = [tmp_path / f".out.txt.{letter * 8}.tmp" for letter in "abcdefgh"]
    left[0].mkdir()
    for file in left[1:]:
        file.write_text("half")
    remove_abandoned(tmp_path / "out.txt")
    assert list(tmp_path.iterdir()) == left[:1]


def test_leftovers_where_there_is_no_folder_are_none(tmp_path: Path) -> None:
    remove_abandoned(tmp_path / "missing" / "out.txt")


def test_the_lock_clears_leftovers_of_a_killed_run(corpus: Corpus) -> None:
    corpus.export.mkdir(parents=True)
    leftover = corpus.export / ".x.tsv.abc.tmp"
    leftover.write_text("half")
    with locked(corpus):
        assert not leftover.exists()


def test_the_manifest_comes_back_as_it_was(corpus: Corpus) -> None:
    stages = {"articles": StageRecord("k", {"zh/a": "1"}, {"articles.parquet": "2"})}
    write_manifest(corpus, stages, {"paracorp": "0"})
    assert read_manifest(corpus) == stages


@pytest.mark.parametrize("text", ["", "{", "[]", '{"stages": {"a": 1}}', '{"stages": {"a": {"key": 1}}}'])
def test_a_damaged_manifest_counts_as_none(corpus: Corpus, text: str) -> None:
    write_text(corpus.build / "manifest.json", text)
    assert read_manifest(corpus) == {}
