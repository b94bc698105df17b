"""A large file from the network, kept while it grows, so that a cut download goes on where it ended.

Beside the part lies what the server said of the file: its size and its validator (`ETag` or `Last-Modified`).
A later request names them; where the server does not honour ranges, or the file is another one by now, the
download begins anew.
"""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from paracorp.corpus import cannot_write, write_text
from paracorp.errors import CannotWriteError, CorpusInUseError, InputError
from paracorp.records import digest
from paracorp.translation.fetching import CutError, Response, fetched

OnProgress = Callable[[int, int | None], None]

# Far beyond any translation package.
LARGEST_BYTES = 4 << 30
_CHUNK_BYTES = 1 << 18
# Tries in a row that brought less than this: a server that gives nothing is left.
_PROGRESS_BYTES = 1 << 16
_FRUITLESS_TRIES = 3
_PAUSE_S = 2.0
_CHECK_INDEX = "Check where ARGOS_PACKAGE_INDEX leads."
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(slots=True)
class _Stated:
    """What the server said of the file; `validator` is empty where it gave none."""

    link: str
    size: int | None = None
    validator: str = ""


class _ChangedError(Exception):
    """The server does not go on with the file that the part was begun from."""


class _Part:
    """The beginning of a file, and what was said of the whole."""

    def __init__(self, folder: Path, link: str) -> None:
        """Take up what an earlier run left, if it can be trusted."""
        self.path = folder / f"{digest(link)}.part"
        self.link = link
        self.stated = _Stated("")
        self.ranges = True
        self._about = self.path.with_suffix(".json")
        with contextlib.suppress(OSError, ValueError, TypeError):
            self.stated = _Stated(**json.loads(self._about.read_text(encoding="utf-8")))
        if self.stated.link != link or self.have > (self.stated.size or LARGEST_BYTES):
            self.reset()
        self.resumed = self.have > 0

    @property
    def have(self) -> int:
        """Bytes that are here."""
        return self.path.stat().st_size if self.path.exists() else 0

    @property
    def whole(self) -> bool:
        """Whether as many bytes are here as the server said."""
        return self.stated.size is not None and self.have == self.stated.size

    def begin(self, stated: _Stated) -> None:
        """Drop the bytes and note what is said of those to come."""
        self.reset()
        self.stated, self.resumed = stated, False
        write_text(self._about, json.dumps(asdict(stated)) + "\n")

    def reset(self) -> None:
        """Drop everything."""
        self.stated = _Stated(self.link)
        self.path.unlink(missing_ok=True)
        self._about.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is here whole; `resumed` says that it was put together from several transfers."""

    path: Path
    resumed: bool


@contextlib.contextmanager
def downloaded(
    link: str,
    folder: Path,
    *,
    on_progress: OnProgress | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Download]:
    """The whole file, for the length of the block; it lies in `folder` until the block has ended well.

    A cut transfer is tried again, going on where it ended, as long as tries bring something; then
    `CutError` is raised and the part stays for the next call. Where the block raises `InputError`, what was
    downloaded is no good and is dropped. Raises `CorpusInUseError` where another process is at this file,
    `CannotWriteError` where there is no room.
    """
    with _alone(folder, link):
        part = _Part(folder, link)
        try:
            _complete(part, on_progress, pause)
        except CutError as error:
            if not part.have:
                raise
            kept = f"{part.have:,} bytes are kept; run the command again to go on."
            raise InputError(error.reason, path=link, fix=kept) from error
        except OSError as error:
            raise cannot_write(folder, error) from error
        try:
            yield Download(part.path, part.resumed)
        except InputError:
            part.reset()
            raise
        part.reset()


@contextlib.contextmanager
def _alone(folder: Path, link: str) -> Iterator[None]:
    """Hold the lock of one download; the operating system frees it when its holder dies."""
    from filelock import FileLock, Timeout  # here: `--help` must not pay for it

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{digest(link)}.lock")
        lock.acquire(timeout=0)
    except Timeout:
        raise CorpusInUseError(
            f"{link}: another paracorp run is downloading it", fix="Wait for it to end."
        ) from None
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _complete(part: _Part, on_progress: OnProgress | None, pause: Callable[[float], None]) -> None:
    """Ask for what is missing until nothing is."""
    fruitless, most = 0, part.have
    while not part.whole:
        try:
            if _ask(part, on_progress):
                return
        except _ChangedError:
            part.reset()
            part.ranges = False
        except CutError:
            fruitless = fruitless + 1 if part.have < most + _PROGRESS_BYTES else 0
            most = max(most, part.have)
            if fruitless == _FRUITLESS_TRIES:
                raise
            pause(_PAUSE_S)


def _ask(part: _Part, on_progress: OnProgress | None) -> bool:
    """One request for the rest, or for all; True where the body came to its end.

    Raises `_ChangedError` where the rest is none of this file's, `CutError` where it ends too early.
    """
    link, asked = part.link, _range(part)
    try:
        with fetched(link, headers=asked) as response:
            _prepare(part, response, is_rest=bool(asked) and response.status == 206)
            _save(response, part, on_progress)
    except InputError as error:
        if asked and "(416 " in error.reason:
            raise _ChangedError from error
        raise
    if part.stated.size is not None and not part.whole:
        raise CutError(
            f"the download ended after {part.have:,} of {part.stated.size:,} bytes",
            path=link,
            fix="Run the command again.",
        )
    return True


def _prepare(part: _Part, response: Response, *, is_rest: bool) -> None:
    """Make the part ready for the body that comes; raise where it should not come."""
    if is_rest:
        _check_range(response.headers, part)
        part.resumed = True
    elif response.status == 200:
        part.begin(_Stated(part.link, response.length, _validator(response.headers)))
    else:
        raise InputError(f"status {response.status} was not asked for", path=part.link, fix=_CHECK_INDEX)
    _check_room(part)


def _range(part: _Part) -> dict[str, str]:
    """The headers that ask for what the part lacks; none where all is to come."""
    if not part.have or not part.ranges:
        return {}
    headers = {"Range": f"bytes={part.have}-"}
    return headers | ({"If-Range": part.stated.validator} if part.stated.validator else {})


def _validator(headers: Mapping[str, str]) -> str:
    """What tells this version of a file from another: a strong entity tag, else the date of its change."""
    tag = headers.get("ETag", "")
    return tag if tag.startswith('"') else headers.get("Last-Modified", "")


def _check_range(headers: Mapping[str, str], part: _Part) -> None:
    """Raise `_ChangedError` unless the answer goes on exactly where the part ends, in the same file."""
    match = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
    if match is None or int(match[1]) != part.have:
        raise _ChangedError
    total = None if match[2] == "*" else int(match[2])
    if total is not None and part.stated.size is not None and total != part.stated.size:
        raise _ChangedError
    if (found := _validator(headers)) and part.stated.validator and found != part.stated.validator:
        raise _ChangedError


def _check_room(part: _Part) -> None:
    size, link = part.stated.size or 0, part.link
    if size > LARGEST_BYTES:
        raise _too_large(link, f"{size:,} bytes")
    free = shutil.disk_usage(part.path.parent).free
    if size - part.have > free:
        raise CannotWriteError(
            f"{part.path.parent}: {free:,} bytes are free, {size - part.have:,} are needed for {link}",
            fix="Make room, and run the command again.",
        )


def _too_large(link: str, found: str) -> InputError:
    return InputError(f"{found}, more than any package has", path=link, fix=_CHECK_INDEX)


def _save(response: Response, part: _Part, on_progress: OnProgress | None) -> None:
    done = part.have
    with part.path.open("ab") as file:
        while chunk := response.read(_CHUNK_BYTES):
            done += len(chunk)
            if done > LARGEST_BYTES:
                raise _too_large(part.link, "it does not end")
            file.write(chunk)
            file.flush()  # a killed run keeps what came
            if on_progress is not None:
                on_progress(done, part.stated.size)
