"""Sentence tables in, link tables out: the files of `paracorp mine`."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from paracorp.alignment.passages import Passage
from paracorp.corpus import write_text
from paracorp.errors import InputError
from paracorp.formats.opening import lines_of
from paracorp.formats.tsv import read_rows
from paracorp.languages import detect_by_script, language
from paracorp.records import BlockKind, Evidence, Link

REQUIRED = ("id", "text", "english")
OPTIONAL = ("article", "kind", "paragraph", "date")
LINK_COLUMNS = ("source_ids", "target_ids", "confidence", "evidence")

_Row = dict[str, Any]


def read_table(path: Path, lang: str | None = None) -> list[Passage]:
    """The passages of a TSV (quoting off), Parquet or JSONL file, by its suffix, in the order of the file.

    Other columns are left alone. `lang` is checked against the script of the texts. Raises `InputError`
    with the line for a missing column, an empty or repeated id, an id with white space, an unknown kind, a
    paragraph that is no number or a date that is not YYYY-MM-DD.
    """
    rows = list(_reader(path)(path))
    seen: dict[str, int] = {}
    passages = [_passage(row, line, path, seen) for line, row in rows]
    if lang is not None:
        _check_language(passages, path, lang)
    return passages


def table_language(passages: Iterable[Passage], codes: Iterable[str]) -> str | None:
    """Which of the languages the texts are written in, by their script."""
    return detect_by_script(" ".join(passage.text for passage in passages), codes)


def write_links(links: Iterable[Link], path: Path) -> None:
    """Write LINKS as `paracorp mine` promises: one row per link, evidence as JSON; atomic, UTF-8."""
    write_text(path, "".join(f"{line}\n" for line in _lines(links)))


def evidence_data(evidence: Evidence) -> dict[str, Any]:
    """Evidence as JSON-ready data, empty parts left out."""
    data: dict[str, Any] = {
        "similarity": evidence.similarity,
        "names": list(evidence.names),
        "numbers": list(evidence.numbers),
        "quotes": list(evidence.quotes),
        "words": list(evidence.words),
        "contradictions": list(evidence.contradictions),
        "runner_up": evidence.runner_up,
        "runner_up_score": evidence.runner_up_score,
    }
    return {name: value for name, value in data.items() if value}


def _lines(links: Iterable[Link]) -> Iterator[str]:
    yield "\t".join(LINK_COLUMNS)
    for link in links:
        evidence = json.dumps(evidence_data(link.evidence), ensure_ascii=False)
        yield "\t".join(
            [" ".join(link.source_ids), " ".join(link.target_ids), f"{link.confidence:.4f}", evidence]
        )


def _reader(path: Path) -> Callable[[Path], Iterator[tuple[int, _Row]]]:
    readers = {".tsv": _tsv, ".jsonl": _jsonl, ".ndjson": _jsonl, ".parquet": _parquet, ".pq": _parquet}
    try:
        return readers[path.suffix.lower()]
    except KeyError:
        raise InputError(
            f"unknown kind of table {path.suffix!r}",
            path=path,
            fix="Give a .tsv, .jsonl or .parquet file.",
        ) from None


def _tsv(path: Path) -> Iterator[tuple[int, _Row]]:
    yield from read_rows(path, required=REQUIRED)


def _jsonl(path: Path) -> Iterator[tuple[int, _Row]]:
    for number, line in lines_of(path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise InputError("not a JSON object", path=path, line=number, fix="Write one object per line.")
        _check_columns(row, path, number)
        yield number, row


def _parquet(path: Path) -> Iterator[tuple[int, _Row]]:
    import polars as pl  # here: reading a TSV must not pay for it

    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        reason = str(error).split("\n")[0]
        raise InputError(f"not readable as Parquet ({reason})", path=path, fix="Check the file.") from None
    _check_columns(frame.columns, path)
    yield from enumerate(frame.iter_rows(named=True), 1)


def _check_columns(found: Iterable[str], path: Path, line: int | None = 1) -> None:
    names = list(found)
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise InputError(
            f"column {', '.join(missing)} is missing; found {', '.join(names) or 'none'}",
            path=path,
            line=line,
            fix=f"The table needs {', '.join(REQUIRED)}, and may have {', '.join(OPTIONAL)}.",
        )


def _passage(row: _Row, line: int, path: Path, seen: dict[str, int]) -> Passage:
    def fail(message: str, fix: str) -> InputError:
        return InputError(message, path=path, line=line, fix=fix)

    def cell(name: str) -> str:
        value = row.get(name)
        return "" if value is None else str(value)

    identity = cell("id")
    if not identity or identity.split() != [identity]:
        raise fail(f"id {identity!r} is empty or holds white space", "Give every row an id without spaces.")
    if identity in seen:
        raise fail(f"id {identity} stands in line {seen[identity]} too", "Give every row its own id.")
    seen[identity] = line
    kinds = [kind.value for kind in BlockKind]
    if cell("kind") and cell("kind") not in kinds:
        raise fail(f"unknown kind {cell('kind')!r}", f"Use one of {', '.join(kinds)}, or leave it empty.")
    paragraph = cell("paragraph")
    if paragraph and not paragraph.removeprefix("-").isdecimal():
        raise fail(f"paragraph {paragraph!r} is not a number", "Number the paragraphs, or leave it empty.")
    try:
        date = dt.date.fromisoformat(cell("date")[:10]) if cell("date") else None
    except ValueError:
        raise fail(
            f"date {cell('date')!r} is no date", "Write dates as YYYY-MM-DD, or leave them empty."
        ) from None
    return Passage(
        id=identity,
        text=cell("text"),
        english=cell("english"),
        kind=BlockKind(cell("kind") or "paragraph"),
        paragraph=int(paragraph) if paragraph else None,
        date=date,
        article=cell("article") or None,
    )


def _check_language(passages: list[Passage], path: Path, lang: str) -> None:
    expected = language(lang)
    seen = table_language(passages, (lang, *(code for code in ("zh", "he", "en") if code != lang)))
    if seen is not None and seen != lang:
        raise InputError(
            f"said to be {expected.name}, but its text is written in the script of {language(seen).name}",
            path=path,
            fix="Swap the tables or correct the language.",
        )
