"""Offline translation packages: what is installed, what the index offers, download and import.

The only place that opens a network connection, and only when asked to list or install.
"""

from __future__ import annotations

import contextlib
import json
import re
import stat
import tempfile
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, cast

from paracorp.corpus import cannot_write
from paracorp.errors import InputError, ModelMissingError
from paracorp.languages import LANGUAGES
from paracorp.translation.argos import (
    ArgosPackage,
    argos_settings,
    installed_packages,
    read_package,
    version_key,
)

_TIMEOUT_S = 60.0
_CHUNK_BYTES = 1 << 18
# Far beyond any translation package: what is larger is a bomb.
_LARGEST_BYTES = 4 << 30
_MOST_FILES = 2000
_UNSAFE_PART = re.compile(r"\.{0,2}|.*[\\:\0].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class AvailablePackage:
    """A package in the index; `links` are where it can be had, over HTTP."""

    from_code: str
    to_code: str
    version: str
    links: tuple[str, ...]

    @property
    def name(self) -> str:
        """Languages and version, as `zh_en 1.9`."""
        return f"{self.from_code}_{self.to_code} {self.version}"


def list_installed() -> list[ArgosPackage]:
    """The packages in Argos's folders, each with its problem where it cannot be used."""
    return installed_packages()


def list_available() -> list[AvailablePackage]:
    """The translation packages of the index, by languages, newest first.

    The address is that of argostranslate, `ARGOS_PACKAGE_INDEX` included. Raises `InputError` where it
    cannot be reached or gives something else.
    """
    address = str(argos_settings().remote_package_index)
    with _fetched(address) as response:
        body = response.read()
    try:
        packages = [_available(row) for row in json.loads(body) if row.get("type") == "translate"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"not an index of packages ({type(error).__name__}: {error})",
            path=address,
            fix="Set ARGOS_PACKAGE_INDEX to the folder of an index.json, with a slash at its end.",
        ) from error
    newest = sorted(packages, key=lambda package: version_key(package.version), reverse=True)
    return sorted(newest, key=lambda package: (package.from_code, package.to_code))


def _available(row: dict[str, Any]) -> AvailablePackage:
    links = tuple(link for link in row["links"] if link.startswith(("http://", "https://")))
    return AvailablePackage(row["from_code"], row["to_code"], str(row["package_version"]), links)


def install(
    codes: Sequence[str],
    *,
    pivot: str = "en",
    on_message: Callable[[str], None],
    on_progress: Callable[[int, int | None], None] | None = None,
) -> list[ArgosPackage]:
    """Download and install the newest package from each language (`zh`, `zt`, `he`) to the pivot.

    A package that is installed in that version is left alone. `on_progress` gets bytes so far and in all,
    where the server says it. Raises `ModelMissingError` before any download where the index lacks one.
    """
    offered = list_available()
    chosen = [_choose(offered, code, pivot) for code in codes]
    here = {package.name: package for package in installed_packages() if not package.problem}
    installed = []
    for package in chosen:
        if package.name in here:
            on_message(f"{package.name} is installed already")
            installed.append(here[package.name])
            continue
        on_message(f"downloading {package.name}")
        with _work_folder() as folder:
            path = folder / f"{package.name.replace(' ', '-')}.argosmodel"
            _download(package, path, on_progress)
            installed.append(import_package(path))
    return installed


def _choose(offered: Sequence[AvailablePackage], code: str, pivot: str) -> AvailablePackage:
    wanted = LANGUAGES[code].engine_codes if code in LANGUAGES else (code,)
    for name in wanted:
        for package in offered:
            if (package.from_code, package.to_code) == (name, pivot) and package.links:
                return package
    known = sorted({package.from_code for package in offered if package.to_code == pivot})
    raise ModelMissingError(
        f"the index offers no package from {code} to {pivot}",
        fix=f"It offers, to {pivot}: {', '.join(known) or 'nothing'}. See: paracorp models list",
    )


def _download(
    package: AvailablePackage, path: Path, on_progress: Callable[[int, int | None], None] | None
) -> None:
    """Save the package from the first link that gives it whole; raises the last link's error."""
    for position, link in enumerate(package.links, 1):
        try:
            with _fetched(link) as response:
                _save(response, path, link, on_progress)
        except InputError:
            if position == len(package.links):
                raise
        else:
            return


def _save(
    response: Any, path: Path, link: str, on_progress: Callable[[int, int | None], None] | None
) -> None:
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isdigit() else None
    done = 0
    with path.open("wb") as file:
        while chunk := response.read(_CHUNK_BYTES):
            file.write(chunk)
            done += len(chunk)
            if on_progress is not None:
                on_progress(done, total)
    if total is not None and done != total:
        raise InputError(
            f"the download ended after {done} of {total} bytes", path=link, fix="Run the command again."
        )


@contextlib.contextmanager
def _fetched(address: str) -> Iterator[Any]:
    """An HTTP response, proxies of the environment honoured; failures as `InputError`."""
    if not address.startswith(("http://", "https://")):
        raise InputError(
            "not an http address", path=address, fix="Set ARGOS_PACKAGE_INDEX to an http or https address."
        )
    request = urllib.request.Request(address, headers={"User-Agent": "paracorp"})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as response:  # noqa: S310
            yield response
    except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
        raise InputError(
            f"cannot be downloaded ({getattr(error, 'reason', error)})",
            path=address,
            fix="Check the connection, or bring the .argosmodel file and run: paracorp models import FILE",
        ) from error


def import_package(path: Path) -> ArgosPackage:
    """Install the package in an `.argosmodel` file; one of the same folder name is replaced.

    It is unpacked beside Argos's folder, checked, and moved into place whole. Raises `InputError` for
    what is no such package or reaches out of its folder, `CannotWriteError` where there is no room.
    """
    target = Path(argos_settings().package_data_dir)
    with _work_folder() as folder:
        unpacked = _unpack(path, folder / "unpacked")
        package = read_package(unpacked)
        if package is None or package.problem or not package.from_code:
            problem = package.problem if package is not None else "it is not for translation"
            raise _refused(path, problem)
        return _move(unpacked, target / unpacked.name, aside=folder / "replaced")


@contextlib.contextmanager
def _work_folder() -> Iterator[Path]:
    """A temporary folder on the file system of Argos's packages, but not among them."""
    parent = Path(argos_settings().package_data_dir).parent
    try:
        with tempfile.TemporaryDirectory(prefix=".paracorp-", dir=parent) as name:
            yield Path(name)
    except OSError as error:
        raise cannot_write(parent, error) from error


def _move(unpacked: Path, place: Path, *, aside: Path) -> ArgosPackage:
    if place.exists():
        place.rename(aside)
    try:
        unpacked.rename(place)
    except OSError:
        if aside.exists():
            aside.rename(place)
        raise
    return cast("ArgosPackage", read_package(place))


def _refused(path: Path, problem: str) -> InputError:
    return InputError(
        f"not an Argos package: {problem}", path=path, fix="Give an .argosmodel file as Argos publishes it."
    )


def _unpack(path: Path, folder: Path) -> Path:
    """Unpack into a new folder, after every entry has been looked at; the one folder inside."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})", path=path, fix="Check that the file is there."
        ) from error
    except zipfile.BadZipFile as error:
        raise _refused(path, str(error)) from error
    with archive:
        name = _checked_layout(path, archive.infolist())
        try:
            archive.extractall(folder)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise _refused(path, f"the archive is damaged ({error})") from error
    return folder / name


def _checked_layout(path: Path, entries: Sequence[zipfile.ZipInfo]) -> str:
    """The name of the one folder all entries lie in; `InputError` for an entry that could do harm."""
    if sum(entry.file_size for entry in entries) > _LARGEST_BYTES or len(entries) > _MOST_FILES:
        raise _refused(path, "it would unpack to more than any package has")
    for entry in entries:
        parts = entry.filename.rstrip("/").split("/")
        if any(_UNSAFE_PART.fullmatch(part) for part in parts):
            raise _refused(path, f"the entry {entry.filename!r} reaches out of its folder")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _refused(path, f"the entry {entry.filename!r} is a link")
    tops = {entry.filename.split("/")[0] for entry in entries}
    top = min(tops, default=".")
    if len(tops) != 1 or top.startswith("."):
        raise _refused(path, f"expected one folder in it, found {len(tops)}")
    return top
