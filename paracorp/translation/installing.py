"""Packages of the index: what an installation would download, and doing it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from paracorp.errors import InputError
from paracorp.translation.downloading import Download, OnProgress, downloaded
from paracorp.translation.installed import ArgosPackage, argos_settings, installed_packages
from paracorp.translation.package_index import AvailablePackage, choose, list_available
from paracorp.translation.packages import import_from
from paracorp.translation.remote_archive import remote_licence, remote_size


@dataclass(frozen=True, slots=True)
class PlannedInstall:
    """What an installation would do for one package of the index.

    `installed` is the package where that version is here already. `link` is the first address that answers;
    `size_bytes` is None where it does not say it, `licence` empty where neither index nor package name one.
    """

    offer: AvailablePackage
    link: str
    installed: ArgosPackage | None
    size_bytes: int | None
    licence: str


def plan_install(
    wanted: Sequence[str], *, pivot: str = "en", on_reject: Callable[[InputError], None] | None = None
) -> list[PlannedInstall]:
    """What to download for languages (`zh`, `zt`, `he`: to the pivot) or pairs (`en-ar`); nothing is yet.

    `on_reject` hears of entries of the index that cannot be used. Raises `ModelMissingError` where the index
    lacks a package, `InputError` where there is no index.
    """
    offered = list_available(on_reject)
    here = {package.name: package for package in installed_packages() if not package.problem}
    chosen = dict.fromkeys(choose(offered, name, pivot) for name in wanted)
    return [_plan(offer, here.get(offer.name)) for offer in chosen]


def _plan(offer: AvailablePackage, installed: ArgosPackage | None) -> PlannedInstall:
    if installed is not None:
        return PlannedInstall(offer, offer.links[0], installed, None, offer.licence)
    for link in offer.links:
        size = remote_size(link)
        if size is not None:
            return PlannedInstall(offer, link, None, size, offer.licence or remote_licence(link, size))
    return PlannedInstall(offer, offer.links[0], None, None, offer.licence)


def install(
    offer: AvailablePackage,
    *,
    on_message: Callable[[str], None],
    on_progress: OnProgress | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> ArgosPackage:
    """Download a package and install it, from the first link that gives it whole; the last one's error else.

    `on_progress` gets bytes so far and in all, None where the server does not say it.
    """
    folder = Path(argos_settings().downloads_dir) / "paracorp"

    def fetch(link: str) -> AbstractContextManager[Download]:
        return downloaded(link, folder, on_progress=on_progress, pause=pause)

    for link in offer.links[:-1]:
        try:
            return _install_from(link, offer, fetch, on_message)
        except InputError as error:
            on_message(f"{error.message}; trying the next address")
    return _install_from(offer.links[-1], offer, fetch, on_message)


def _install_from(
    link: str,
    offer: AvailablePackage,
    fetch: Callable[[str], AbstractContextManager[Download]],
    on_message: Callable[[str], None],
) -> ArgosPackage:
    """Install what a link gives; what came in several transfers and is no good is fetched anew."""
    resumed, pair = False, (offer.from_code, offer.to_code)
    try:
        with fetch(link) as file:
            resumed = file.resumed
            return import_from(file.path, link, pair=pair)
    except InputError as error:
        if not resumed:
            raise
        on_message(f"{error.message}; downloading it again from the start")
    with fetch(link) as file:
        return import_from(file.path, link, pair=pair)
