"""The derived tables: an explicit Polars schema per record, and records to rows and back.

Every table is one Parquet file under `build/`; the same records give the same bytes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import types
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from paracorp.corpus import atomic_path
from paracorp.records import (
    Article,
    ArticlePair,
    Finding,
    Link,
    NearDuplicate,
    Segment,
    Translation,
    TranslationUnit,
)

if TYPE_CHECKING:
    import polars as pl

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Table:
    """A derived table: its file name under `build/` and the record in its rows."""

    name: str
    record: type[Any]


ARTICLES = Table("articles", Article)
DUPLICATES = Table("duplicates", NearDuplicate)
SEGMENTS = Table("segments", Segment)
RECALLED = Table("recalled", Translation)
TRANSLATIONS = Table("translations", Translation)
LIKELY = Table("likely", ArticlePair)
PAIRS = Table("pairs", ArticlePair)
LINKS = Table("links", Link)
UNITS = Table("units", TranslationUnit)
FINDINGS = Table("findings", Finding)


def schema(record: type[Any]) -> dict[str, pl.DataType]:
    """Column names and types of a record, in the order of its fields."""
    hints = _hints(record)
    return {item.name: _column(hints[item.name]) for item in dataclasses.fields(record)}


def write_table(path: Path, records: Sequence[Any], record: type[Any]) -> None:
    """Write records as Parquet, atomically; an empty list gives an empty table with its columns."""
    import polars as pl

    columns = {
        name: pl.Series(name, [_plain(getattr(item, name)) for item in records], dtype=kind, strict=True)
        for name, kind in schema(record).items()
    }
    with atomic_path(path) as temporary:
        pl.DataFrame(columns).write_parquet(temporary, compression="zstd")


def read_table(path: Path, record: type[Record]) -> list[Record]:
    """The records of a Parquet file in their order. Raises what Polars raises where it is damaged."""
    import polars as pl

    hints = _hints(record)
    rows = pl.read_parquet(path).iter_rows(named=True)
    return [record(**{name: _typed(hints[name], value) for name, value in row.items()}) for row in rows]


def as_data(records: Iterable[Any]) -> list[Any]:
    """Records as JSON-like data, for hashing and `--json`."""
    return [_jsonable(item) for item in records]


def _hints(record: Any) -> dict[str, Any]:
    return _cached_hints(record)


@functools.cache
def _cached_hints(record: Any) -> dict[str, Any]:
    return typing.get_type_hints(record)


def _column(hint: Any) -> Any:
    import polars as pl

    hint = _unwrap(hint)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return pl.List(_column(typing.get_args(hint)[0]))
    if origin is dict:
        return pl.String()
    if dataclasses.is_dataclass(hint):
        nested = schema(typing.cast("type[Any]", hint))
        return pl.Struct([pl.Field(name, kind) for name, kind in nested.items()])
    kinds: dict[Any, Any] = {str: pl.String(), int: pl.Int64(), float: pl.Float64(), bool: pl.Boolean()}
    kinds[dt.date] = pl.Date()
    kinds[dt.datetime] = pl.Datetime("us", "UTC")
    return pl.String() if issubclass(hint, Enum) else kinds[hint]


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if dataclasses.is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    return value


def _typed(hint: Any, value: Any) -> Any:
    hint = _unwrap(hint)
    origin = typing.get_origin(hint)
    if value is None:
        return None
    if origin is tuple:
        return tuple(_typed(typing.get_args(hint)[0], item) for item in value)
    if origin is dict:
        return json.loads(value)
    if dataclasses.is_dataclass(hint):
        record = typing.cast("type[Any]", hint)
        return record(**{name: _typed(_hints(record)[name], item) for name, item in value.items()})
    return hint(value) if isinstance(hint, type) and issubclass(hint, Enum) else value


def _unwrap(hint: Any) -> Any:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return hint


def _jsonable(value: Any) -> Any:
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_jsonable(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {item.name: _jsonable(getattr(value, item.name)) for item in dataclasses.fields(value)}
    return value.isoformat() if isinstance(value, dt.date) else value
