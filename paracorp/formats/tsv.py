"""Tab-separated tables without quoting: one row a line, always."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from paracorp.errors import InputError
from paracorp.records import TranslationUnit

PAIR_COLUMNS = (
    "id",
    "source_lang",
    "target_lang",
    "source",
    "target",
    "source_english",
    "target_english",
    "confidence",
    "shape",
    "status",
    "findings",
    "source_article",
    "target_article",
    "source_ids",
    "target_ids",
)

# What some reader takes for the end of a cell or of a line.
_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def write_tsv(
    target: Path | BinaryIO,
    units: Iterable[TranslationUnit],
    *,
    findings: Mapping[str, Sequence[str]],
) -> int:
    """Write units as a pair table, streaming; the number of rows written.

    `findings` maps unit ids to rule names. A tab or line break in a cell becomes a space; nothing else
    is changed, so a cell may begin with `=`. The same arguments give the same bytes.
    """
    if isinstance(target, Path):
        with target.open("wb") as file:
            return write_tsv(file, units, findings=findings)
    target.write(_line(PAIR_COLUMNS))
    count = 0
    for unit in units:
        target.write(_line(_cells(unit, findings.get(unit.id, ()))))
        count += 1
    return count


def _cells(unit: TranslationUnit, rules: Sequence[str]) -> tuple[str, ...]:
    source, target = unit.source, unit.target
    return (
        unit.id,
        source.lang,
        target.lang,
        source.text,
        target.text,
        source.english,
        target.english,
        "" if unit.confidence is None else f"{unit.confidence:.4f}",
        unit.shape,
        str(unit.status),
        ";".join(rules),
        source.article_id,
        target.article_id,
        " ".join(source.segment_ids),
        " ".join(target.segment_ids),
    )


def _line(cells: Iterable[str]) -> bytes:
    return ("\t".join(map(_cell, cells)) + "\n").encode()


def _cell(text: str) -> str:
    return _SURROGATES.sub("\ufffd", _BREAKS.sub(" ", text))


def read_tsv(path: Path, *, required: Sequence[str] = ()) -> Iterator[dict[str, str]]:
    """The rows of a UTF-8 table with a header, as column name to cell, in flat memory.

    Only LF and CRLF end a line; empty lines are skipped. Raises `InputError` with the line for bytes
    that are not UTF-8, a row with another number of cells than the header, a header without one of
    `required` or with a name twice, and a file without a header.
    """
    rows = _rows(path)
    try:
        line, header = next(rows)
    except StopIteration:
        raise InputError(
            "the table is empty", path=path, fix="Give a table whose first line names the columns."
        ) from None
    _check_header(header, required, path, line)
    for line, cells in rows:
        if len(cells) != len(header):
            raise InputError(
                f"{len(cells)} cells, expected {len(header)} as in the header",
                path=path,
                line=line,
                fix="Mend the line; a cell can hold neither a tab nor a line break.",
            )
        yield dict(zip(header, cells, strict=True))


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number from 1 and cells of every line that is not empty."""
    try:
        with path.open("rb") as file:
            for line, raw in enumerate(file, 1):
                body = raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw
                text = body.decode().removesuffix("\n").removesuffix("\r")
                if text:
                    yield line, text.split("\t")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 ({error.reason})", path=path, line=line, fix="Save the file as UTF-8."
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})",
            path=path,
            fix="Check that the file is there and that you may read it.",
        ) from None


def _check_header(header: Sequence[str], required: Sequence[str], path: Path, line: int) -> None:
    missing = [name for name in required if name not in header]
    if missing:
        raise InputError(
            f"no column {missing[0]!r}; found {', '.join(header)}",
            path=path,
            line=line,
            fix=f"Name the columns in the first line; needed: {', '.join(required)}.",
        )
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise InputError(f"two columns {twice[0]!r}", path=path, line=line, fix="Rename one of them.")
