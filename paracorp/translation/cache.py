"""What engines made for one user, kept in SQLite so that nothing is made twice."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeVar

_FORMAT = 2
# What is settled follows from outputs and may be lost. Its rows are short and lie apart: among the outputs
# 100,000 of them take 4 s of processor to write, here 1 s.
_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS outputs (
        key BLOB PRIMARY KEY,
        engine TEXT NOT NULL,
        source TEXT NOT NULL,
        output TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE TABLE IF NOT EXISTS settled (key BLOB PRIMARY KEY, output TEXT NOT NULL) WITHOUT ROWID",
)
Table = Literal["outputs", "settled"]
_WAIT_S = 30.0
_KEYS_PER_QUERY = 500
_DAMAGE = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR))

_Result = TypeVar("_Result")


class Cache:
    """Outputs, a line of text each, by engine key, language and source text.

    Several processes may use one file at the same time. It helps and never stands in the way: a damaged file
    is set aside and begun anew, and one that cannot be opened or written is done without. `on_message` hears
    of either.
    """

    def __init__(self, path: Path, on_message: Callable[[str], None]) -> None:
        """Remember the place; the file is opened or made by first use."""
        self._path = path
        self._on_message = on_message
        self._connection: sqlite3.Connection | None = None
        self._given_up = False
        self._opened_file = -1  # its inode: another process may set the file aside and begin anew

    def get(
        self, engine_key: str, lang: str, texts: Iterable[str], *, table: Table = "outputs"
    ) -> dict[str, str]:
        """The outputs known, by text; the more texts at once, the fewer reads."""
        by_key = {_key(engine_key, lang, text): text for text in texts}
        keys = sorted(by_key)  # as they lie in the file
        found: dict[str, str] = {}
        for start in range(0, len(keys), _KEYS_PER_QUERY):
            some = keys[start : start + _KEYS_PER_QUERY]
            for key, output in self._run(functools.partial(_read, table=table, keys=some)) or ():
                found[by_key[key]] = output
        return found

    def put(self, engine_key: str, name: str, lang: str, outputs: Mapping[str, str]) -> None:
        """Keep outputs by text, all or none. `name` is the engine's, for people who look into the file."""
        rows = [
            (_key(engine_key, lang, text), name, _storable(text), _storable(output))
            for text, output in outputs.items()
        ]

        self._write("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", rows)

    def settle(self, engine_key: str, lang: str, made: Mapping[str, str]) -> None:
        """Keep what was made of outputs, by text, all or none."""
        rows = sorted((_key(engine_key, lang, text), _storable(line)) for text, line in made.items())
        self._write("INSERT OR REPLACE INTO settled VALUES (?, ?)", rows)

    def _write(self, statement: str, rows: Sequence[tuple[bytes | str, ...]]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany(statement, rows)

        self._run(write)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _run(self, action: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        """What the action gives; None where the file had to be done without."""
        for attempt in (1, 2):
            if self._given_up:
                break
            try:
                return action(self._opened())
            except (sqlite3.Error, OSError) as error:
                self.close()
                if _is_damage(error) and attempt == 1:
                    self._set_aside(error)
                else:
                    self._give_up(error)
        return None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self._path, timeout=_WAIT_S)
            self._opened_file = self._path.stat().st_ino
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            found = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if found not in (0, _FORMAT):
                raise _OtherFormatError(f"it has format {found}, expected {_FORMAT}")
            for table in _SCHEMA:
                self._connection.execute(table)
            self._connection.execute(f"PRAGMA user_version={_FORMAT}")
        return self._connection

    def _set_aside(self, error: Exception) -> None:
        aside = self._path.with_name(self._path.name + ".damaged")
        try:
            if self._path.stat().st_ino != self._opened_file:
                return
            self._path.replace(aside)
            for suffix in ("-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
        except OSError as failure:
            self._give_up(failure)
            return
        self._on_message(
            f"the translation cache {self._path} is damaged ({error}); moved to {aside.name} and begun anew"
        )

    def _give_up(self, error: Exception) -> None:
        self._given_up = True
        self._on_message(f"going on without the translation cache {self._path} ({error})")


class _OtherFormatError(sqlite3.DatabaseError):
    """The file was made by another version of paracorp."""


def _is_damage(error: Exception) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, _OtherFormatError) or (code is not None and code & 0xFF in _DAMAGE)


def _read(connection: sqlite3.Connection, table: Table, keys: Sequence[bytes]) -> list[tuple[bytes, str]]:
    marks = ",".join("?" * len(keys))
    query = f"SELECT key, output FROM {table} WHERE key IN ({marks})"  # noqa: S608 - a known name, and marks
    return connection.execute(query, keys).fetchall()


def _key(engine_key: str, lang: str, text: str) -> bytes:
    parts = (part.encode("utf-8", "surrogatepass") for part in (engine_key, lang, text))
    return hashlib.sha256(b"\0".join(parts)).digest()


def _storable(text: str) -> str:
    """The text without lone surrogates, which SQLite cannot hold."""
    return text.encode("utf-8", "replace").decode()
