"""Comma-separated tables as spreadsheets write them: quoted cells, which may hold anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from paracorp.errors import InputError
from paracorp.formats.opening import MAX_LINE_CHARS, opened_text
from paracorp.formats.pair_table import PAIR_COLUMNS, cells_of, rows_by_column
from paracorp.formats.units import BitextUnit, whole

_DELIMITERS = ",;\t"
# What Excel begins a file with to say what stands between its cells.
_STATED = re.compile(r'"?sep=([^"\r\n])"?\r?\n?', re.IGNORECASE)


def write_csv(
    target: BinaryIO,
    units: Iterable[BitextUnit],
    *,
    pair: tuple[str, str],
    columns: Sequence[str] = PAIR_COLUMNS,
) -> int:
    """Write units as RFC 4180 has it (UTF-8, CRLF, quotes where needed), streaming; the number of rows.

    No cell is changed, so one may hold line breaks or begin with `=`. The same arguments give the same bytes.
    """
    writer = csv.writer(_Encoded(target), lineterminator="\r\n")
    writer.writerow(map(whole, columns))
    count = 0
    for unit in units:
        writer.writerow(map(whole, cells_of(unit, pair, columns)))
        count += 1
    return count


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A stream of bytes for who writes text."""

    stream: BinaryIO

    def write(self, text: str) -> int:
        return self.stream.write(text.encode())


def read_csv_rows(
    path: Path, *, on_reject: Callable[[InputError], None] | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """The line a row begins in, from 1, and its cells by column, in flat memory; empty rows are skipped.

    The header tells whether commas, semicolons or tabs stand between the cells, unless a line such as
    `sep=|` above it names another sign. A row with another number of cells than the header goes to
    `on_reject`, or is raised without it. Always raises `InputError` where the quoting is broken, for then
    nobody knows where the next row begins.
    """
    csv.field_size_limit(MAX_LINE_CHARS)  # the module's own limit is 131,072, shorter than some articles
    with opened_text(path) as text:
        first = text.readline(MAX_LINE_CHARS)
        stated = _STATED.fullmatch(first)
        delimiter = stated[1] if stated else max(_DELIMITERS, key=first.count)
        lines = text if stated else _with_first(first, text)
        rows = _records(csv.reader(lines, delimiter=delimiter, strict=True), path, 1 if stated else 0)
        fix = 'Mend the row; a cell with a comma or a line break stands in "quotes".'
        yield from rows_by_column(rows, path, fix=fix, on_reject=on_reject)


def _with_first(first: str, rest: Iterable[str]) -> Iterator[str]:
    """A line that was read ahead, then the others."""
    if first:
        yield first
    yield from rest


def _records(reader: Any, path: Path, above: int) -> Iterator[tuple[int, list[str]]]:
    """The rows with their lines, of which some stand above the first row."""
    while True:
        line = above + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"not a readable CSV ({error})",
                path=path,
                line=line,
                fix='Put cells that hold quotes, commas or line breaks in "quotes", with " doubled inside.',
            ) from None
        if cells:
            yield line, cells
