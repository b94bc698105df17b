"""The index of packages: what it offers, and which of it a person asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from paracorp.errors import InputError, ModelMissingError
from paracorp.languages import LANGUAGES
from paracorp.translation.fetching import Response, fetched, is_http
from paracorp.translation.installed import argos_settings, version_key

# The index of 2026 has some 100 kB.
_LARGEST_INDEX_BYTES = 32 << 20
_CHUNK_BYTES = 1 << 20
# Codes and versions become parts of names, of files too.
_CODE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{0,40}")
_PAIR = re.compile(r"([A-Za-z]{2,8})[-_:>]([A-Za-z]{2,8})")


@dataclass(frozen=True, slots=True)
class AvailablePackage:
    """A package in the index; `links` are where it can be had, over HTTP. `licence` is mostly empty there."""

    from_code: str
    to_code: str
    version: str
    links: tuple[str, ...]
    licence: str = ""

    @property
    def name(self) -> str:
        """Languages and version, as `zh_en 1.9`."""
        return f"{self.from_code}_{self.to_code} {self.version}"


def is_named(from_code: str, to_code: str, release: str) -> bool:
    """Whether these are codes of languages and a version, which become parts of names."""
    return bool(_CODE.fullmatch(from_code) and _CODE.fullmatch(to_code) and _VERSION.fullmatch(release))


def index_address() -> str:
    """Where the index is: argostranslate's own address, or `ARGOS_PACKAGE_INDEX`, a folder or a .json."""
    stated = str(argos_settings().package_index)
    return stated if stated.endswith(".json") else stated.rstrip("/") + "/index.json"


def list_available(on_reject: Callable[[InputError], None] | None = None) -> list[AvailablePackage]:
    """The translation packages of the index, by languages, newest first.

    An entry that cannot be used goes to `on_reject`, and is raised without it. Always raises `InputError`
    where the index cannot be reached or is something else.
    """
    address = index_address()
    with fetched(address) as response:
        body = _body(response, address)
    packages = []
    for number, row in enumerate(_entries(body, address), 1):
        try:
            packages += [_available(row)] if row.get("type", "translate") == "translate" else []
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problem = InputError(
                f"entry {number} cannot be used ({type(error).__name__}: {error})",
                path=address,
                fix="The others can; tell whoever keeps this index.",
            )
            if on_reject is None:
                raise problem from error
            on_reject(problem)
    newest = sorted(packages, key=lambda package: version_key(package.version), reverse=True)
    return sorted(newest, key=lambda package: (package.from_code, package.to_code))


def _entries(body: bytes, address: str) -> list[Any]:
    try:
        entries = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _no_index(address, f"{type(error).__name__}: {error}") from error
    if not isinstance(entries, list):
        raise _no_index(address, f"expected a list, found {type(entries).__name__}")
    return entries


def _body(response: Response, address: str) -> bytes:
    body = bytearray()
    while chunk := response.read(_CHUNK_BYTES):
        body += chunk
        if len(body) > _LARGEST_INDEX_BYTES:
            raise _no_index(address, "it is far too large")
    return bytes(body)


def _no_index(address: str, reason: str) -> InputError:
    return InputError(
        f"not an index of packages ({reason})",
        path=address,
        fix="Set ARGOS_PACKAGE_INDEX to the folder of an index.json.",
    )


def _available(row: dict[str, Any]) -> AvailablePackage:
    links = tuple(link for link in row["links"] if is_http(link))
    licence = row.get("license") or row.get("licence") or ""
    codes, release = (row["from_code"], row["to_code"]), str(row["package_version"])
    if not is_named(*codes, release):
        raise ValueError(f"{codes[0]!r}, {codes[1]!r}, {release!r} are no languages and version")
    return AvailablePackage(*codes, release, links, " ".join(str(licence).split()))


def choose(offered: Sequence[AvailablePackage], wanted: str, pivot: str) -> AvailablePackage:
    """The newest package from a language (`zh`, `zt`) to the pivot, or for a pair as `en-ar`.

    Raises `ModelMissingError` where the index has none that can be downloaded.
    """
    pair = _PAIR.fullmatch(wanted)
    source, target = (pair[1], pair[2]) if pair else (wanted, pivot)
    names = LANGUAGES[source].engine_codes if source in LANGUAGES else (source,)
    fits = [item for name in names for item in offered if (item.from_code, item.to_code) == (name, target)]
    for package in fits:
        if package.links:
            return package
    if fits:
        raise ModelMissingError(
            f"the index gives no http address for {fits[0].name}",
            fix="Bring the file by other means, and run: paracorp models import FILE",
        )
    known = sorted({item.from_code for item in offered if item.to_code == target})
    raise ModelMissingError(
        f"the index offers no package from {source} to {target}",
        fix=f"It offers, to {target}: {', '.join(known) or 'nothing'}. See: paracorp models list --available",
    )
