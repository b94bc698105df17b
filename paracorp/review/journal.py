"""`decisions.jsonl`: appended to, never rewritten. One line, one event, on the disk before anyone is told.

A line cut short by a crash or a full disk is put aside in `decisions.torn` when the next one is appended;
a whole line that is no event stays where it is and is reported by its number.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paracorp.corpus import WRITE_ERRORS, Corpus, cannot_write
from paracorp.errors import CorpusInUseError, InputError
from paracorp.review.events import Event, MalformedEventError, NewerEventError, parse_line

LOCK_TIMEOUT_S = 10.0
_TAIL_BYTES = 4096  # more than a line, whose id and time tell it from any other
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Journal:
    """The events of a file in its order, each once, and the lines that are none.

    `size` is how many bytes were read, up to the end of the last whole line, `lines` how many lines those
    are, `tail` the last of these bytes; `torn` says that more followed.
    """

    events: tuple[Event, ...] = ()
    problems: tuple[InputError, ...] = ()
    size: int = 0
    lines: int = 0
    torn: bool = False
    tail: bytes = b""


def decisions_path(corpus: Corpus) -> Path:
    """Where the decisions of a corpus are."""
    return corpus.root / "decisions.jsonl"


def read_decisions(corpus: Corpus) -> Journal:
    """All decisions of a corpus; empty where there is no file yet."""
    return read_journal(decisions_path(corpus))


def read_journal(path: Path) -> Journal:
    """All events of a file; none where there is no file.

    A last line without its line end counts where it is a whole event, as in a file made by hand.
    """
    return _read(_bytes(path, 0), path, Journal())


def read_on(path: Path, before: Journal) -> Journal | None:
    """The events after those of `before`; None where the file is not the one that was read, or is shorter.

    The end of what was read tells: one written anew up to the same last lines is taken for the same.
    """
    start = before.size - len(before.tail)
    body = _bytes(path, start)
    if not body.startswith(before.tail):
        return None
    return _read(body[len(before.tail) :], path, before)


def _bytes(path: Path, start: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", path=path, fix="Make it a file you may read."
        ) from error


def _read(body: bytes, path: Path, before: Journal) -> Journal:
    line = before.lines
    events: dict[str, Event] = {}
    problems = []
    *whole, last = body.split(b"\n")
    for row in whole:
        line += 1
        text = row.removeprefix(_BOM).strip()
        if not text:
            continue
        try:
            event = parse_line(text)
            events.setdefault(event.id, event)
        except MalformedEventError as error:
            problems.append(_problem(path, line, error))
    torn = False
    if last.strip():
        try:
            event = parse_line(last.strip())
            events.setdefault(event.id, event)
        except MalformedEventError as error:
            torn = not _is_whole(last)
            if not torn:
                problems.append(_problem(path, line + 1, error))
    end = len(body) - len(last)
    return Journal(
        tuple(events.values()),
        tuple(problems),
        size=before.size + end,
        lines=line,
        torn=torn,
        tail=(before.tail + body[:end])[-_TAIL_BYTES:],
    )


def _is_whole(line: bytes) -> bool:
    """Whether nothing is cut off a line, be it a decision or not."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _problem(path: Path, line: int, reason: MalformedEventError) -> InputError:
    if isinstance(reason, NewerEventError):
        fix = "Leave the line as it is and update paracorp to use it; the others count."
        return InputError(f"a decision of a newer paracorp: {reason}", path=path, line=line, fix=fix)
    fix = "Mend the line or delete it; the others count."
    return InputError(f"no decision: {reason}", path=path, line=line, fix=fix)


def append_rows(corpus: Corpus, rows: Sequence[dict[str, Any]]) -> bool:
    """Append events (see `events.parse`) with one write and wait until the disk has them.

    Whether a torn line was put aside before. Raises `CannotWriteError` for a full disk and the like; the
    file then is as it was.
    """
    if not rows:
        return False
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows]
    body = "".join(f"{line}\n" for line in lines).encode("utf-8")
    path = decisions_path(corpus)
    with _appending(corpus):
        try:
            return _append(path, body)
        except OSError as error:
            if error.errno in WRITE_ERRORS:
                raise cannot_write(path, error) from error
            raise


@contextlib.contextmanager
def _appending(corpus: Corpus) -> Iterator[None]:
    """Hold the lock of the decisions, which is not that of the build; waits for others who append."""
    from filelock import FileLock, Timeout  # here: `--help` must not pay for it

    path = corpus.root / ".decisions.lock"
    lock = FileLock(path)
    try:
        lock.acquire(timeout=LOCK_TIMEOUT_S)
    except Timeout:
        raise CorpusInUseError(
            f"{corpus.root}: another process holds the decisions for {LOCK_TIMEOUT_S:.0f} seconds",
            fix="End it and decide again.",
        ) from None
    except OSError as error:
        if error.errno in WRITE_ERRORS:
            raise cannot_write(path, error) from error
        raise
    try:
        yield
    finally:
        lock.release()


def _append(path: Path, body: bytes) -> bool:
    new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
    try:
        torn = _last_line(handle)
        if _is_whole(torn):
            body, torn = b"\n" + body, b""  # but for its line end
        elif torn:
            _put_aside(path.with_name("decisions.torn"), torn)
            os.ftruncate(handle, os.fstat(handle).st_size - len(torn))
        _write_whole(handle, body)
    finally:
        os.close(handle)
    if new:
        _sync_folder(path.parent)
    return bool(torn)


def _sync_folder(folder: Path) -> None:
    """Wait until the disk has the name of a new file, too."""
    if os.name == "nt":
        return  # Windows cannot open a folder to sync it
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _last_line(handle: int) -> bytes:
    """What follows the last line end of a file."""
    found = b""
    end = os.fstat(handle).st_size
    while end > 0 and b"\n" not in found:
        start = max(0, end - 65_536)
        os.lseek(handle, start, os.SEEK_SET)
        found = os.read(handle, end - start) + found
        end = start
    return found.rpartition(b"\n")[2]


def _put_aside(path: Path, torn: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    try:
        _write_whole(handle, torn + b"\n")
    finally:
        os.close(handle)


def _write_whole(handle: int, body: bytes) -> None:
    """All of the body, synced, or nothing."""
    before = os.fstat(handle).st_size
    try:
        written = os.write(handle, body)
        while written < len(body):
            written += os.write(handle, body[written:])
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, before)
        raise
