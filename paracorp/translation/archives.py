"""`.argosmodel` archives: every entry is looked at before any is unpacked; and the licence they state."""

from __future__ import annotations

import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from paracorp.errors import InputError

# Far beyond any translation package: what is larger is a bomb.
_LARGEST_BYTES = 4 << 30
_MOST_FILES = 2000
# Weights hardly shrink; vocabularies by four to eight. Only from this size on is a ratio looked at.
_MOST_RATIO = 50
_SMALL_BYTES = 64 << 20
_UNSAFE_PART = re.compile(r"\.{0,2}|.*[\\:\0].*", re.DOTALL)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError)
# Names of licences as READMEs of packages write them.
_LICENCE = re.compile(
    r"CC[ -]?0(?:[ -]1\.0)?|CC[ -]BY(?:[ -](?:NC|ND|SA))*(?:[ -]\d\.\d)?"
    r"|Apache(?:[ -]Licen[cs]e)?[ ,-]*(?:version )?2\.0|\bMIT\b(?: Licen[cs]e)?"
    r"|\b[AL]?GPL[ -]?v?\d(?:\.\d)?|BSD[ -]\d[ -]Clause",
    re.IGNORECASE,
)
_READMES = ("readme.md", "readme", "readme.txt", "license", "licence")
_README_BYTES = 100_000
_SHOWN_LICENCES = 4


def unpack(path: Path, folder: Path, source: Path | str) -> Path:
    """Unpack an archive into a new folder, once every entry has been looked at; the one folder inside.

    `source` is where it came from, for messages. Raises `InputError` for a file that cannot be read, and for
    entries that reach out of the folder, are links, stand twice, or unpack to more than any package has.
    """
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", path=source, fix="Check that the file is there."
        ) from error
    except (*_DAMAGE, ValueError) as error:
        raise refused(source, str(error)) from error
    with archive:
        name = _checked_layout(source, archive.infolist())
        try:
            archive.extractall(folder)
        except _DAMAGE as error:
            raise refused(source, f"the archive is damaged ({error})") from error
    return folder / name


def copy_folder(path: Path, folder: Path, source: Path | str) -> Path:
    """Copy an unpacked package into a new folder; the copy. Raises `InputError` as `unpack` does."""
    entries = list(path.rglob("*"))
    for entry in entries:
        if entry.is_symlink():
            raise refused(source, f"{entry.relative_to(path)} is a link")
    _check_size(source, [entry.stat().st_size for entry in entries if entry.is_file()])
    copy = folder / path.resolve().name
    shutil.copytree(path, copy)
    return copy


def refused(path: Path | str, problem: str) -> InputError:
    """The error for what is no package that can be installed."""
    return InputError(
        f"not an Argos package: {problem}", path=path, fix="Give an .argosmodel file as Argos publishes it."
    )


def _checked_layout(path: Path | str, entries: Sequence[zipfile.ZipInfo]) -> str:
    """The name of the one folder all entries lie in; `InputError` for an entry that could do harm."""
    _check_size(path, [entry.file_size for entry in entries])
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > max(_SMALL_BYTES, packed * _MOST_RATIO):
        raise refused(path, f"{packed:,} bytes would unpack to {unpacked:,}, which no package does")
    seen: set[str] = set()
    for entry in entries:
        parts = entry.filename.rstrip("/").split("/")
        if any(_UNSAFE_PART.fullmatch(part) for part in parts):
            raise refused(path, f"the entry {entry.filename!r} reaches out of its folder")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise refused(path, f"the entry {entry.filename!r} is a link")
        if "/".join(parts) in seen:
            raise refused(path, f"the entry {entry.filename!r} stands twice")
        seen.add("/".join(parts))
    return _one_folder(path, entries)


def _check_size(path: Path | str, sizes: Sequence[int]) -> None:
    if sum(sizes) > _LARGEST_BYTES or len(sizes) > _MOST_FILES:
        raise refused(path, "it would unpack to more than any package has")


def _one_folder(path: Path | str, entries: Sequence[zipfile.ZipInfo]) -> str:
    tops = {entry.filename.split("/")[0] for entry in entries}
    top = min(tops, default=".")
    if len(tops) != 1 or top.startswith("."):
        raise refused(path, f"expected one folder in it, found {len(tops)}")
    return top


def archived_licence(archive: zipfile.ZipFile) -> str:
    """The licences that the README of a package names; empty where it names none."""
    texts = []
    for entry in archive.infolist():
        folder, _, name = entry.filename.partition("/")
        if folder and name.lower() in _READMES:
            with archive.open(entry) as file:
                texts.append(file.read(_README_BYTES))
    return _licences(texts)


def installed_licence(folder: Path) -> str:
    """The licences that the README of an installed package names; empty where it names none."""
    paths = [path for path in sorted(folder.iterdir()) if path.name.lower() in _READMES and path.is_file()]
    return _licences([path.read_bytes()[:_README_BYTES] for path in paths])


def _licences(texts: Sequence[bytes]) -> str:
    """The names of licences in texts, each once, in the order they stand there."""
    names: dict[str, str] = {}
    for text in texts:
        for name in _LICENCE.findall(text.decode("utf-8", "replace")):
            names.setdefault(name.casefold(), " ".join(name.split()))
    return ", ".join(list(names.values())[:_SHOWN_LICENCES])
