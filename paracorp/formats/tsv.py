"""Tab-separated tables without quoting: one row a line, always."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from paracorp.errors import InputError
from paracorp.formats.opening import lines_of
from paracorp.formats.pair_table import PAIR_COLUMNS, cells_of, rows_by_column
from paracorp.formats.units import BitextUnit, whole

# What some reader takes for the end of a cell or of a line.
BREAKS = re.compile("\r\n|[\t\n\v\f\r\x85\u2028\u2029]")


def write_tsv(
    target: BinaryIO,
    units: Iterable[BitextUnit],
    *,
    pair: tuple[str, str],
    columns: Sequence[str] = PAIR_COLUMNS,
) -> int:
    """Write units as a pair table, streaming; the number of rows written.

    `columns` are properties besides the fields of a pair table. A tab or line break in a cell becomes a
    space; nothing else is changed, so a cell may begin with `=`. The same arguments give the same bytes.
    """
    target.write(_line(columns))
    count = 0
    for unit in units:
        target.write(_line(cells_of(unit, pair, columns)))
        count += 1
    return count


def _line(cells: Iterable[str]) -> bytes:
    return (whole("\t".join(BREAKS.sub(" ", cell) for cell in cells)) + "\n").encode()


def read_tsv(path: Path, *, required: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """The rows of a table with a header, as column name to cell, in flat memory.

    As `read_rows`, without the lines, and a bad row is raised.
    """
    return (row for _, row in read_rows(path, required=required))


def read_rows(
    path: Path,
    *,
    required: Sequence[str] = (),
    on_reject: Callable[[InputError], None] | None = None,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number from 1 and cells by column of every row that is not empty, in flat memory.

    The encoding is told by `opening.encoding_of`, and gzip by content; only LF and CRLF end a line. A row
    with another number of cells than the header goes to `on_reject`, or is raised without it. Always raises
    `InputError` for a file without a header, and for one that lacks a `required` column or has one twice.
    """
    rows = ((line, text.split("\t")) for line, text in lines_of(path) if text)
    fix = "Mend the line; a cell can hold neither a tab nor a line break."
    return rows_by_column(rows, path, fix=fix, required=required, on_reject=on_reject)
