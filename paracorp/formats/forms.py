"""The formats of translation units: how each is read, written and checked, and what it can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from paracorp.errors import InputError
from paracorp.formats.csv_table import read_csv_rows, write_csv
from paracorp.formats.jsonl import read_jsonl, write_jsonl
from paracorp.formats.moses import read_moses, write_moses
from paracorp.formats.pair_table import PAIR_COLUMNS, TableReader
from paracorp.formats.parquet import read_parquet, write_parquet
from paracorp.formats.problems import Problem
from paracorp.formats.tmx_units import read_tmx_units, write_tmx_units
from paracorp.formats.tmx_validate import validate_tmx
from paracorp.formats.tsv import read_rows, write_tsv
from paracorp.formats.typed_fields import NOTE_FIELDS
from paracorp.formats.units import BitextUnit
from paracorp.formats.xliff_check import check_xliff
from paracorp.formats.xliff_read import as_bitext, read_xliff
from paracorp.formats.xliff_write import write_xliff
from paracorp.records import Severity


@dataclass(frozen=True, slots=True)
class Header:
    """What a whole file is about: its languages, source first, their tags, and the columns of a table.

    `others` are languages beside the pair, where the format has room for them.
    """

    pair: tuple[str, str]
    tags: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = PAIR_COLUMNS
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read.

    `langs` are the languages of a file that does not state them. A malformed unit goes to `on_reject` (and is
    raised where it is None), the number of inline elements a text came without to `on_flattened`.
    """

    langs: tuple[str, str] = ("", "")
    on_reject: Callable[[InputError], None] | None = None
    on_flattened: Callable[[int], None] = lambda _: None


class Read(Protocol):
    """Reads the files of one format, one or (Moses) two."""

    def __call__(self, paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
        """The units in order, in flat memory; `InputError` for what is no such file."""


class Write(Protocol):
    """Writes the files of one format."""

    def __call__(self, streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
        """The number of units written; the same arguments give the same bytes."""


class Check(Protocol):
    """Says what is wrong with files just written."""

    def __call__(self, paths: Sequence[Path], header: Header, count: int) -> Iterable[Problem]:
        """The problems, none for files that hold as many units as were written and may be published."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A format.

    `suffixes` are those it is known by, the first the one it is written with. Those in `foreign` are of
    another program's kind of it, which is only read.

    What it can hold: `languages` beyond two, `notes` and what of them (fields of `UnitNote`), `breaks` in
    texts, `controls` (what XML cannot hold) and white space at the `edges` of texts.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read
    write: Write
    check: Check
    foreign: tuple[str, ...] = ()
    languages: bool = False
    notes: frozenset[str] = frozenset()
    breaks: bool = True
    controls: bool = True
    edges: bool = True


def _read_tmx(paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
    return read_tmx_units(paths[0], on_reject=reading.on_reject, on_flattened=reading.on_flattened)


def _write_tmx(streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
    langs = (*header.pair, *header.others)
    return write_tmx_units(streams[0], units, langs=langs, tags=header.tags)


def _check_tmx(paths: Sequence[Path], header: Header, count: int) -> Iterable[Problem]:  # noqa: ARG001
    return validate_tmx(paths[0])


def _read_xliff(paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
    for unit in read_xliff(paths[0], reading.on_reject):
        if unit.flattened:
            reading.on_flattened(unit.flattened)
        yield as_bitext(unit)


def _write_xliff(streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
    return write_xliff(streams[0], units, pair=header.pair, tags=header.tags)


def _check_xliff(paths: Sequence[Path], header: Header, count: int) -> Iterable[Problem]:  # noqa: ARG001
    return check_xliff(paths[0])


def _read_tsv(paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
    return _read_table(paths[0], read_rows(paths[0], on_reject=reading.on_reject), reading)


def _read_csv(paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
    return _read_table(paths[0], read_csv_rows(paths[0], on_reject=reading.on_reject), reading)


def _read_table(
    path: Path, rows: Iterator[tuple[int, dict[str, str]]], reading: Reading
) -> Iterator[BitextUnit]:
    table: TableReader | None = None
    for line, row in rows:
        table = table or TableReader(list(row), path, 1, reading.langs)
        try:
            unit = table.unit(row, line)
        except InputError as error:
            if reading.on_reject is None:
                raise
            reading.on_reject(error)
        else:
            yield unit


def _write_tsv(streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
    return write_tsv(streams[0], units, pair=header.pair, columns=header.columns)


def _write_csv(streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
    return write_csv(streams[0], units, pair=header.pair, columns=header.columns)


def _read_jsonl(paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
    return read_jsonl(paths[0], langs=reading.langs, on_reject=reading.on_reject)


def _write_jsonl(streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
    return write_jsonl(streams[0], units, pair=header.pair)


def _read_parquet(paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
    return read_parquet(paths[0], langs=reading.langs, on_reject=reading.on_reject)


def _write_parquet(streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
    return write_parquet(streams[0], units, pair=header.pair)


def _read_moses(paths: Sequence[Path], reading: Reading) -> Iterator[BitextUnit]:
    return read_moses(paths[0], paths[1], pair=reading.langs, on_reject=reading.on_reject)


def _write_moses(streams: Sequence[BinaryIO], units: Iterable[BitextUnit], header: Header) -> int:
    return write_moses(streams[0], streams[1], units, pair=header.pair)


def _reread(read: Read) -> Check:
    """A check for formats without a grammar: as many units as were written must read from the file again."""

    def check(paths: Sequence[Path], header: Header, count: int) -> Iterator[Problem]:
        try:
            found = sum(1 for _ in read(paths, Reading(header.pair)))
        except InputError as error:
            yield Problem(error.line or 1, Severity.ERROR, "readable", error.reason)
        else:
            if found != count:
                yield Problem(1, Severity.ERROR, "count", f"{found} units in it, {count} were written")

    return check


TMX = Form(
    "tmx",
    (".tmx",),
    _read_tmx,
    _write_tmx,
    _check_tmx,
    languages=True,
    notes=frozenset({"text"}),
    controls=False,
    edges=False,
)
TSV = Form("tsv", (".tsv",), _read_tsv, _write_tsv, _reread(_read_tsv), breaks=False)
CSV = Form("csv", (".csv",), _read_csv, _write_csv, _reread(_read_csv))
XLIFF = Form(
    "xliff",
    (".xlf", ".xliff"),
    _read_xliff,
    _write_xliff,
    _check_xliff,
    foreign=(".sdlxliff", ".mqxliff"),
    notes=frozenset({"text", "category", "about", "severity"}),
)
JSONL = Form(
    "jsonl",
    (".jsonl", ".ndjson"),
    _read_jsonl,
    _write_jsonl,
    _reread(_read_jsonl),
    notes=frozenset(NOTE_FIELDS),
)
PARQUET = Form(
    "parquet",
    (".parquet", ".pq"),
    _read_parquet,
    _write_parquet,
    _reread(_read_parquet),
    notes=frozenset(NOTE_FIELDS),
)
MOSES = Form("moses", (), _read_moses, _write_moses, _reread(_read_moses), breaks=False)
FORMS: Mapping[str, Form] = {form.name: form for form in (TSV, TMX, CSV, XLIFF, JSONL, PARQUET, MOSES)}
