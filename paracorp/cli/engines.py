"""The engines and the cache of a run, from what this user has installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paracorp.corpus import Corpus
    from paracorp.pipeline.made import Machine


def load_machine(corpus: Corpus, say: Callable[[str], None]) -> Machine:
    """The installed Argos packages for the languages of a corpus, and the user's translation cache."""
    from paracorp.pipeline.made import Machine
    from paracorp.translation import Cache
    from paracorp.translation.argos import argos_engines

    settings = corpus.settings
    engines = argos_engines(settings.languages, settings.pivot, settings.translation)
    return Machine(engines, Cache(cache_folder() / "translations.sqlite", say) if engines else None)


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
