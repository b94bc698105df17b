"""A corpus is a folder: its paths, atomic writes, its lock, its manifest."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paracorp.errors import CannotWriteError, CorpusInUseError, InputError
from paracorp.settings import CorpusSettings, read_settings

CONFIG = "corpus.toml"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The folder of one corpus and its settings."""

    root: Path
    settings: CorpusSettings

    @property
    def name(self) -> str:
        """The folder's name, which exports are named after."""
        return self.root.resolve().name

    @property
    def articles(self) -> Path:
        """Where the reports lie, as collected."""
        return self.root / "articles"

    @property
    def memory(self) -> Path:
        """Where reviewed translations lie."""
        return self.root / "memory"

    @property
    def build(self) -> Path:
        """Everything derived; may be deleted at any time."""
        return self.root / "build"

    @property
    def export(self) -> Path:
        """Where the exported corpora go."""
        return self.build / "export"

    def table(self, name: str) -> Path:
        """The Parquet file of a stage."""
        return self.build / f"{name}.parquet"


def open_corpus(root: Path) -> Corpus:
    """The corpus in a folder; `InputError` where it is none."""
    if root.exists() and not root.is_dir():
        raise InputError("not a folder", path=root, fix="Name the folder that holds corpus.toml.")
    if not root.is_dir():
        raise InputError("no such folder", path=root, fix=f"Make a corpus with: paracorp init {root}")
    config = root / CONFIG
    if not config.is_file():
        raise InputError(
            f"not a corpus: it holds no {CONFIG}",
            path=root,
            fix=f"Make one with: paracorp init {root}",
        )
    return Corpus(root, read_settings(config))


@contextlib.contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A temporary path beside `path`; on success it is synced and renamed, on failure removed.

    Raises `CannotWriteError` for a full disk, a read-only folder and the like; `path` then still holds
    what it held. A link is followed; a device or pipe is written to, never replaced.
    """
    temporary: Path | None = None
    lock = -1
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if path.exists() and not path.is_file():
            yield path  # as it was named: what /dev/stdout leads to has no name of its own
            return
        path = Path(os.path.realpath(path))
        temporary, lock = _made_beside(path)
        yield temporary
        _sync(temporary)
        temporary.replace(path)
        temporary = None
        _sync(path.parent)
    except OSError as error:
        if error.errno in WRITE_ERRORS:
            raise cannot_write(path, error) from error
        raise
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        if lock >= 0:
            os.close(lock)


@contextlib.contextmanager
def atomic_paths(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """As `atomic_path` for files that belong together; what killed runs left beside them is deleted first.

    All are synced before one takes its name, and the first of older ones is deleted before another is
    replaced: a crash in between leaves files of which one is missing, never old and new ones side by side.
    """
    for path in paths:
        remove_abandoned(path)
    with contextlib.ExitStack() as stack:
        temporaries = [stack.enter_context(atomic_path(path)) for path in paths]
        yield temporaries
        if len(paths) > 1 and not set(paths) & set(temporaries):
            for temporary in temporaries:
                _sync(temporary)
            Path(os.path.realpath(paths[0])).unlink(missing_ok=True)  # a link to it stays


def remove_abandoned(path: Path) -> None:
    """Delete the temporary files that killed runs left beside `path`; one that a run is writing stays."""
    path = Path(os.path.realpath(path))
    named = re.compile(re.escape(_prefix(path)) + r"\w{8}\.tmp")
    for found in path.parent.glob("*.tmp"):
        if named.fullmatch(found.name):
            with contextlib.suppress(OSError), found.open("rb") as file:
                if _locked_by_us(file.fileno()):
                    found.unlink()


def _prefix(path: Path) -> str:
    return f".{path.name[:_NAME_CHARS]}."


def _made_beside(path: Path) -> tuple[Path, int]:
    """A new empty file in the folder of `path`, which is made where there is none, and what holds its lock.

    It gets its name once it is locked, so that `remove_abandoned` never sees it without.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=".new", dir=path.parent)
    except FileNotFoundError as error:  # a folder that is no real one, or has just been deleted
        raise cannot_write(path, error) from error
    if not _locked_by_us(handle):
        os.close(handle)
        handle = -1
    made = Path(name)
    made.chmod(0o666 & ~_umask())
    return made.replace(made.with_suffix(".tmp")), handle


def _locked_by_us(handle: int) -> bool:
    """Whether an open file could be locked; the lock goes with its holder. Never on Windows."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # another run holds it, or the file system knows no locks
        return False
    return True


# So that the temporary name fits where the final one does: names are limited to 255 bytes.
_NAME_CHARS = 40
WRITE_ERRORS = {errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EPERM, errno.EDQUOT, errno.EFBIG, errno.EIO}
WRITE_ERRORS |= {errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG}


def cannot_write(path: Path, error: OSError) -> CannotWriteError:
    """The error for a failed write, with what to do about it."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    in_the_way = "Move away the file or folder that stands where it should go."
    fix = {
        errno.ENOSPC: "Free some space and run the command again; nothing was half-written.",
        errno.EEXIST: in_the_way,
        errno.EISDIR: in_the_way,
        errno.ENOTDIR: in_the_way,
        errno.ENAMETOOLONG: "Use a shorter name.",
        errno.ENOENT: "Files cannot be made in that folder; name another one.",
    }.get(error.errno or 0, "Make the folder writable, or copy the corpus to where you may write.")
    return CannotWriteError(f"{path}: cannot write ({reason})", fix=fix)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows cannot open a folder to sync it
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Write a whole UTF-8 file, atomically, line ends as they are in `text`."""
    with atomic_path(path) as temporary:
        temporary.write_bytes(text.encode("utf-8"))


def remove_leftovers(folder: Path) -> None:
    """Delete temporary files of a killed run below a folder. Call it only while holding the lock."""
    for path in folder.rglob(".*.tmp"):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(corpus: Corpus) -> Iterator[None]:
    """Hold the build lock; `CorpusInUseError` at once where another process holds it.

    The operating system frees the lock when its holder dies, so a killed run leaves nothing to clear.
    """
    from filelock import FileLock, Timeout  # here: `--help` must not pay for it

    path = corpus.build / ".lock"
    holder = corpus.build / ".lock.json"
    lock = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
        remove_leftovers(corpus.build)
        holder.write_text(json.dumps({"pid": os.getpid()}), encoding="utf-8")
    except Timeout:
        raise CorpusInUseError(
            f"{corpus.root}: another paracorp run{_holder(holder)} is working on this corpus",
            fix="Wait for it to end, or stop it, and run the command again.",
        ) from None
    except OSError as error:
        lock.release()
        if error.errno in WRITE_ERRORS:
            raise cannot_write(path, error) from error
        raise
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _holder(path: Path) -> str:
    try:
        return f" (process {json.loads(path.read_text(encoding='utf-8'))['pid']})"
    except (OSError, ValueError, KeyError):
        return ""


def file_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def code_hash(*names: str) -> str:
    """SHA-256 of paracorp's own files with their names, or of those files and folders of it only, in hex."""
    root = Path(__file__).parent
    found = (path for name in names or (".",) for path in (root / name, *(root / name).rglob("*")))
    body = hashlib.sha256()
    for path in sorted(path for path in found if path.is_file() and path.suffix != ".pyc"):
        body.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return body.hexdigest()


def data_hash(data: Any) -> str:
    """SHA-256 of JSON-like data in canonical form, in hex."""
    body = json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class StageRecord:
    """What the manifest keeps of a finished stage.

    `key` is the hash of everything it read; `groups` the same per article or article pair, so that one
    edited article redoes only its own rows; `outputs` maps file names (relative to `build/`) to hashes.
    """

    key: str
    groups: dict[str, str]
    outputs: dict[str, str]


def read_manifest(corpus: Corpus) -> dict[str, StageRecord]:
    """Finished stages by name; empty where there is no manifest or it cannot be read."""
    try:
        data = json.loads((corpus.build / "manifest.json").read_text(encoding="utf-8"))
        return {name: StageRecord(**record) for name, record in data["stages"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def write_manifest(corpus: Corpus, stages: dict[str, StageRecord], versions: dict[str, str]) -> None:
    """Replace the manifest; `versions` names what made the stages (packages and engines)."""
    data = {
        "v": 1,
        "versions": versions,
        "stages": {
            name: {"key": record.key, "groups": record.groups, "outputs": record.outputs}
            for name, record in stages.items()
        },
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True)
    write_text(corpus.build / "manifest.json", text + "\n")
