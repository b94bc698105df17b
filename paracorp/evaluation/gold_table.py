"""Tab-separated files that people write by hand: gold, and what systems gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from paracorp.errors import InputError
from paracorp.formats.opening import lines_of


def rows_of(
    path: Path, columns: Sequence[str], *, may_be_empty: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line, and cells by column without white space at their edges, of each row that is not empty.

    Cells may be left out at the end of a row: they are empty. Raises `InputError` with the line where one of
    the `columns` is missing or has an empty cell, and for a row with more cells than columns.
    """
    lines = lines_of(path)
    head = next(lines, (1, ""))[1].split("\t")
    missing = [name for name in columns if name not in head]
    if missing:
        fix = f"The first line needs {', '.join(columns)}, separated by tabs."
        raise InputError(f"column {', '.join(missing)} is missing", path=path, line=1, fix=fix)
    for number, line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells):
            continue
        if len(cells) > len(head):
            reason = f"{len(cells)} cells, expected {len(head)}"
            raise InputError(reason, path=path, line=number, fix="Take tabs out of the texts.")
        row = dict.fromkeys(head, "") | dict(zip(head, cells, strict=False))
        empty = [name for name in columns if not row[name] and name not in may_be_empty]
        if empty:
            raise InputError(f"{', '.join(empty)} is empty", path=path, line=number, fix="Mend the line.")
        yield number, row
