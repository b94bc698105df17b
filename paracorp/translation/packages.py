"""Offline translation packages on this machine: listed, imported from files, removed, and verified.

A package is unpacked beside Argos's folder, looked at, and moved into place whole. With it goes a list of the
hashes of its files, so that damage can be told later.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from paracorp.corpus import cannot_write, file_hash, write_text
from paracorp.errors import CorpusInUseError, InputError, UsageError
from paracorp.settings import TranslationSettings
from paracorp.translation.archives import copy_folder, installed_licence, refused, unpack
from paracorp.translation.argos import ArgosEngine
from paracorp.translation.installed import ArgosPackage, argos_settings, installed_packages, read_package
from paracorp.translation.package_index import is_named

# Beside the files of a package: what they were when they were installed.
_RECORD = "paracorp.json"
_METADATA = "metadata.json"
_WORK = ".paracorp-"
_REPLACED = "replaced"
# Another run unpacks a package in a few seconds.
_WAIT_S = 30.0
_ARCHIVES = (".argosmodel", ".zip")


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A package in Argos's folders, its size on the disk, and the licences its README names."""

    package: ArgosPackage
    size_bytes: int
    licence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a package; `recorded` is False where there is nothing to compare its files with."""

    package: ArgosPackage
    problems: tuple[str, ...]
    recorded: bool


def list_installed() -> list[InstalledPackage]:
    """The packages in Argos's folders, each with its problem where it cannot be used."""
    return [
        InstalledPackage(package, _size(package.folder), installed_licence(package.folder))
        for package in installed_packages()
    ]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def import_package(path: Path) -> ArgosPackage:
    """Install the package in an `.argosmodel` file or an unpacked folder; the same package is replaced.

    Raises `InputError` for what is no translation package or could do harm, `CannotWriteError` where there
    is no room.
    """
    return import_from(path, path)


def importable(path: Path) -> list[Path]:
    """The packages that a path stands for: a file, an unpacked package, or all of either in a folder.

    Raises `InputError` where a folder holds none.
    """
    if not path.is_dir() or (path / _METADATA).is_file():
        return [path]
    inside = sorted(item for item in path.iterdir() if not item.name.startswith("."))
    found = [item for item in inside if item.suffix.lower() in _ARCHIVES or (item / _METADATA).is_file()]
    if not found:
        raise InputError(
            "no .argosmodel file in this folder", path=path, fix="Name a folder that holds some."
        )
    return found


def import_from(path: Path, source: Path | str, *, pair: tuple[str, str] | None = None) -> ArgosPackage:
    """Install as `import_package` does what came from `source`; only a package for `pair`, if given."""
    target = Path(argos_settings().package_data_dir)
    with _work_folder() as folder:
        take = copy_folder if path.is_dir() else unpack
        copied = take(path, folder / "new", source)
        package = _checked(copied, source)
        if pair not in (None, (package.from_code, package.to_code)):
            raise refused(source, f"it holds {package.name}, which was not asked for")
        place = target / copied.name
        there = read_package(place) if place.is_dir() else None
        if there is not None and there.from_code and _pair(there) != _pair(package):
            raise refused(source, f"its folder {place.name} would replace {there.name}")
        _record(copied)
        return _move(copied, place, aside=folder / _REPLACED / place.name)


def _pair(package: ArgosPackage) -> tuple[str, str]:
    return package.from_code, package.to_code


def _checked(folder: Path, source: Path | str) -> ArgosPackage:
    """The package in a folder that is to be installed; `InputError` where it could not be used."""
    package = read_package(folder)
    if package is None:
        raise refused(source, "it is not for translation")
    if package.problem:
        raise refused(source, package.problem)
    if not is_named(str(package.from_code), str(package.to_code), package.version):
        raise refused(source, "its metadata.json names no languages and version")
    if not any((folder / "model").glob("*vocabulary.*")):
        raise refused(source, "model/ holds no vocabulary")
    return package


def _record(folder: Path) -> None:
    """Note what the files of a package are, in a file beside them."""
    (folder / _RECORD).unlink(missing_ok=True)
    files = {path.relative_to(folder).as_posix(): file_hash(path) for path in _files(folder)}
    write_text(folder / _RECORD, json.dumps({"v": 1, "files": files}, indent=1) + "\n")


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _move(new: Path, place: Path, *, aside: Path) -> ArgosPackage:
    if place.exists():
        aside.parent.mkdir()
        place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        if aside.exists():
            aside.rename(place)
        raise
    return cast("ArgosPackage", read_package(place))


@contextlib.contextmanager
def _work_folder() -> Iterator[Path]:
    """A temporary folder on the file system of Argos's packages, but not among them; one run at a time.

    What a killed run left is cleared first: a package it had moved aside goes back.
    """
    from filelock import FileLock, Timeout  # here: `--help` must not pay for it

    packages = Path(argos_settings().package_data_dir)
    lock = FileLock(Path(argos_settings().downloads_dir) / ".paracorp.lock")
    try:
        lock.acquire(timeout=_WAIT_S)
        _clear(packages)
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=packages.parent) as name:
            yield Path(name)
    except Timeout:
        raise CorpusInUseError(
            f"{packages}: another paracorp run is changing the packages", fix="Wait for it to end."
        ) from None
    except OSError as error:
        raise cannot_write(packages.parent, error) from error
    finally:
        lock.release()


def _clear(packages: Path) -> None:
    for left in packages.parent.glob(f"{_WORK}*"):
        for folder in (left / _REPLACED).glob("*"):
            if not (packages / folder.name).exists():
                folder.rename(packages / folder.name)
        shutil.rmtree(left)


def find_installed(name: str) -> ArgosPackage:
    """The installed package of a name, as `zh_en`, `zh_en 1.9` or its folder's.

    Raises `UsageError` unless it is just one.
    """
    here = installed_packages()
    wanted = _plain(name.strip())
    exact = [item for item in here if wanted in (_plain(item.name), _plain(item.folder.name))]
    found = exact or [item for item in here if wanted == _plain("_".join(_pair(item)))]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(f"{item.name!r}" for item in found or here)) or "nothing"
    if found:
        raise UsageError(f"{name!r} could be any of {len(found)} packages", fix=f"Name one of: {names}.")
    raise UsageError(f"no package {name!r} is installed", fix=f"Installed: {names}.")


def _plain(name: str) -> str:
    return name.replace("-", "_").replace(" ", "_").casefold()


def remove_package(package: ArgosPackage) -> None:
    """Take a package away, whole; `UsageError` for one that does not lie in Argos's own folder."""
    home = Path(argos_settings().package_data_dir).resolve()
    if package.folder.is_symlink() or package.folder.resolve().parent != home:
        raise UsageError(
            f"{package.folder} does not lie in {home}", fix="Remove it by the program that put it there."
        )
    with _work_folder() as folder:
        package.folder.rename(folder / package.folder.name)


def verify_package(package: ArgosPackage) -> Verdict:
    """Look at every file of a package, whether it is what was installed, and load the model."""
    if package.problem:
        return Verdict(package, (package.problem,), recorded=False)
    problems, recorded = _differences(package.folder)
    return Verdict(package, tuple(problems or _faults_in_use(package)), recorded=recorded)


def _differences(folder: Path) -> tuple[list[str], bool]:
    """How the files of a package differ from what was installed, and whether that is known."""
    try:
        files = json.loads((folder / _RECORD).read_text(encoding="utf-8"))["files"]
        found = [_difference(folder, name, known) for name, known in sorted(files.items())]
    except FileNotFoundError:
        return [], False
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"{_RECORD} cannot be used ({error})"], False
    return list(filter(None, found)), True


def _difference(folder: Path, name: str, known: str) -> str:
    path = folder / name
    if not path.is_file():
        return f"{name} is missing"
    return "" if file_hash(path) == known else f"{name} is not what was installed"


def _faults_in_use(package: ArgosPackage) -> list[str]:
    """What keeps a package from translating a word."""
    settings = TranslationSettings(device="cpu", beam=1)
    engine = ArgosEngine(package, package.from_code, settings, own_script_only=False)
    try:
        list(engine.translate([["1"]], package.from_code))
    except InputError as error:
        return [error.reason]
    return []
