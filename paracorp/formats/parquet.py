"""Parquet: a table with typed columns."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from paracorp.errors import InputError
from paracorp.formats.opening import is_packed, opened
from paracorp.formats.typed_fields import FIXED, LANGS, fields_of, unit_of
from paracorp.formats.units import DAYS, LISTS, MOMENTS, NUMBERS, PROPERTIES, BitextUnit

if TYPE_CHECKING:
    import polars as pl

# Rows held in memory at a time, and rows of a row group.
_BATCH_ROWS = 10_000
_GROUP_ROWS = 50_000


def parquet_schema() -> dict[str, Any]:
    """The columns with their Polars types: lists of ids and rules, days, moments in UTC, a nullable float."""
    import polars as pl  # here: `--help` must not pay for it

    kinds: dict[str, Any] = dict.fromkeys((*FIXED, *PROPERTIES), pl.String())
    kinds |= dict.fromkeys(NUMBERS, pl.Float64()) | dict.fromkeys(LISTS, pl.List(pl.String()))
    kinds |= dict.fromkeys(MOMENTS, pl.Datetime("us", "UTC")) | dict.fromkeys(DAYS, pl.Date())
    note: dict[str, Any] = dict.fromkeys(("category", "text", "about", "severity"), pl.String())
    note |= {"start": pl.Int64(), "end": pl.Int64(), "author": pl.String()}
    kinds["notes"] = pl.List(pl.Struct(note))
    kinds["properties"] = pl.List(pl.Struct({"name": pl.String(), "value": pl.String()}))
    return kinds


def write_parquet(target: BinaryIO, units: Iterable[BitextUnit], *, pair: tuple[str, str]) -> int:
    """Write units as one table, streaming; the number of rows. The same arguments give the same bytes."""
    import polars as pl
    from polars.io.plugins import register_io_source

    schema = parquet_schema()
    source, sink = _Source(units, pair, schema), _Sink(target)
    frame = register_io_source(source.frames, schema=schema)
    try:
        frame.sink_parquet(
            cast("BinaryIO", sink), compression="zstd", row_group_size=_GROUP_ROWS, engine="streaming"
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        raise source.failure or sink.failure or error from None
    if source.failure is not None:
        raise source.failure
    return source.count


class _Sink:
    """A stream for Polars that keeps what goes wrong, such as a full disk, for Polars would disguise it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.failure: OSError | None = None

    def write(self, body: bytes) -> int:
        try:
            return self._stream.write(body)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Nothing is held back here; who opened the stream closes it."""


class _Source:
    """Frames of units for Polars; what goes wrong with a unit is kept too."""

    def __init__(self, units: Iterable[BitextUnit], pair: tuple[str, str], schema: dict[str, Any]) -> None:
        self._units = iter(units)
        self._pair = pair
        self._schema = schema
        self.count = 0
        self.failure: BaseException | None = None

    def frames(self, *_: Any) -> Iterator[pl.DataFrame]:
        """As `register_io_source` asks for them; nothing is selected or filtered here."""
        import polars as pl

        try:
            while batch := list(itertools.islice(self._units, _BATCH_ROWS)):
                rows = [fields_of(unit, self._pair) for unit in batch]
                self.count += len(rows)
                yield pl.DataFrame(rows, schema=self._schema, strict=True)
        except GeneratorExit:
            raise
        except BaseException as error:
            self.failure = error


def read_parquet(
    path: Path,
    *,
    langs: tuple[str, str] = ("", ""),
    on_reject: Callable[[InputError], None] | None = None,
) -> Iterator[BitextUnit]:
    """The units in order, in flat memory; `line` is the row, from 1. `langs` are those of rows without.

    A row that holds no unit goes to `on_reject`, or is raised without it. Raises `InputError` for what is no
    Parquet file.
    """
    needed = [name for name in FIXED[1:] if not (name in LANGS and langs[LANGS.index(name)])]
    for row, fields in enumerate(_rows(path, needed), 1):
        try:
            yield unit_of(fields, row, langs)
        except ValueError as reason:
            error = InputError(str(reason), path=path, line=row, fix="Mend or delete this row.")
            if on_reject is None:
                raise error from None
            on_reject(error)


def _rows(path: Path, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    import polars as pl

    start = 0
    try:
        with _unpacked(path) as file:
            table = pl.scan_parquet(file, glob=False)
            _check_columns(table.collect_schema().names(), needed, path)
            while len(frame := table.slice(start, _BATCH_ROWS).collect()):
                start += len(frame)
                yield from frame.iter_rows(named=True)
    except pl.exceptions.PolarsError as error:
        reason = str(error).split("\n", 1)[0]
        raise InputError(
            f"not readable as Parquet ({reason})", path=path, fix="Export it again, or give another format."
        ) from None


@contextlib.contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """The file itself or, where it is gzip, a copy of what is in it: Parquet is read in any order."""
    with opened(path) as file:
        if not is_packed(path):
            yield path
            return
        with tempfile.NamedTemporaryFile(suffix=".parquet") as copy:
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield Path(copy.name)


def _check_columns(names: Collection[str], needed: Sequence[str], path: Path) -> None:
    missing = [name for name in needed if name not in names]
    if missing:
        raise InputError(
            f"no column {missing[0]!r}; found {', '.join(names)}",
            path=path,
            fix=f"The table needs {', '.join(FIXED[1:])}; languages can also be said with --source-lang and "
            "--target-lang.",
        )
