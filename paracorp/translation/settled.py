"""Renderings that need nothing more, kept beside the outputs they were made from.

Judging an output and finding the names in it takes longer than reading it. Where the plain output of a text
is sound and has its names, the outcome is kept, too, with a stamp of all that it follows from: the glossary,
the code that judges and mends, and the packages it uses. One with another stamp is made anew and replaced.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from paracorp.corpus import code_hash
from paracorp.records import digest
from paracorp.translation.cache import Cache
from paracorp.translation.engine import Engine
from paracorp.translation.names import Draft, Names

_PACKAGES = ("ahocorasick-rs", "opencc", "rapidfuzz", "rjieba")
_CODE = ("languages.py", "lexicon", "records.py", "translation")
_READ_AT_ONCE = 20_000
_WRITTEN_AT_ONCE = 10_000


class Settled:
    """The settled renderings of one engine for one language and one glossary."""

    def __init__(self, engine: Engine, lang: str, *, cache: Cache | None, names: Names | None) -> None:
        """Nothing is read yet; without a cache nothing is known and nothing kept."""
        self._engine = engine
        self._lang = lang
        self._cache = cache
        self._names = names
        self._new: dict[str, str] = {}

    def known(self, texts: Sequence[str]) -> Iterator[tuple[str, Draft]]:
        """The texts whose rendering is known, each with it."""
        if self._cache is None:
            return
        for start in range(0, len(texts), _READ_AT_ONCE):
            some = texts[start : start + _READ_AT_ONCE]
            for text, line in self._cache.get(self._key, self._lang, some, table="settled").items():
                try:
                    stamp, english, score, notes = json.loads(line)
                except (TypeError, ValueError):
                    continue  # damaged: made anew
                if stamp == self._stamp:
                    yield text, Draft(english, score, tuple(notes))

    def keep(self, text: str, draft: Draft) -> None:
        """Note a rendering, to be written with others; a run that is killed may lose it."""
        if self._cache is None:
            return
        self._new[text] = json.dumps([self._stamp, draft.text, draft.score, draft.notes])
        if len(self._new) == _WRITTEN_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what was noted."""
        if self._cache is not None and self._new:
            self._cache.settle(self._key, self._lang, self._new)
            self._new = {}

    @functools.cached_property
    def _key(self) -> str:
        return self._engine.key

    @functools.cached_property
    def _stamp(self) -> str:
        return digest(_code(), self._names.key if self._names is not None else "")


@functools.cache
def _code() -> str:
    """A hash of the code and the word lists that judge and mend, and of the packages they use."""
    return digest(code_hash(*_CODE), *(f"{name} {version(name)}" for name in _PACKAGES))
