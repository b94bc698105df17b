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
from collections.abc import Callable, Iterable, Sequence
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

    make = _maker(typing.cast("Any", record))
    return [make(row) for row in pl.read_parquet(path).iter_rows(named=True)]


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


@functools.cache
def _maker(record: Any) -> Callable[[dict[str, Any]], Any]:
    """What makes a record of a row, whose cells it replaces; types are looked at once, not for every cell."""
    found = {name: _converter(hint) for name, hint in _hints(record).items()}
    converters = [(name, convert) for name, convert in found.items() if convert is not None]

    def make(row: dict[str, Any]) -> Any:
        for name, convert in converters:
            if row.get(name) is not None:
                row[name] = convert(row[name])
        return record(**row)

    return make


def _converter(hint: Any) -> Callable[[Any], Any] | None:
    """What makes a value of a cell; None where it is one already."""
    hint = _unwrap(hint)
    origin = typing.get_origin(hint)
    if origin is tuple:
        inner = _converter(typing.get_args(hint)[0])
        return tuple if inner is None else lambda cells: tuple(map(inner, cells))
    if origin is dict:
        return json.loads
    if dataclasses.is_dataclass(hint):
        return _maker(typing.cast("Any", hint))
    return hint if isinstance(hint, type) and issubclass(hint, Enum) else None


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
