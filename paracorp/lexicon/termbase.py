"""The termbase: concepts with their names in each language, read from and written to CSV or unquoted TSV.

Columns: `id,kind,en,zh,he,status,note`. A cell holds variants separated by `|`, the preferred one first; any
listed variant satisfies. `status` is preferred (also where empty), admitted or forbidden. An id may come
again in another row of another status: that is how a concept gets forbidden variants.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from paracorp.corpus import write_text
from paracorp.errors import InputError
from paracorp.languages import LANGUAGES
from paracorp.lexicon.scanning import STATUSES, RowScan
from paracorp.records import Term

# What an entry may be; any other word is allowed, and `glossary check` asks about it.
KINDS = (
    *("person", "company", "organisation", "fund", "office", "place", "product", "project", "law", "event"),
    *("work", "term"),
)
_LEADING = ("id", "kind")
_TRAILING = ("status", "note")
_SHOWN_ERRORS = 5


@dataclass(frozen=True)
class Termbase:
    """Terms in the order of their files; an id comes more than once only with different statuses."""

    terms: tuple[Term, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, list[Term]]:
        by_id: dict[str, list[Term]] = {}
        for term in sorted(self.terms, key=lambda term: STATUSES.index(term.status)):
            by_id.setdefault(term.id, []).append(term)
        return by_id

    def __len__(self) -> int:
        """The number of entries."""
        return len(self.terms)

    def __iter__(self) -> Iterator[Term]:
        """The entries in order."""
        return iter(self.terms)

    def get(self, term_id: str) -> Term | None:
        """The preferred entry of a concept, else its admitted, else its forbidden one."""
        return next(iter(self._by_id.get(term_id, ())), None)

    def approved(self, term_id: str, lang: str) -> tuple[str, ...]:
        """The variants that may be used for a concept in a language, preferred one first."""
        entries = (term for term in self._by_id.get(term_id, ()) if term.status != "forbidden")
        return tuple(variant for term in entries for variant in term.variants.get(lang, ()))


def read_termbase(path: Path) -> Termbase:
    """The termbase in a CSV file; `InputError` naming every bad row where there is one."""
    termbase, errors = scan_termbase(path)
    if not errors:
        return termbase
    if len(errors) == 1:
        raise errors[0]
    reasons = [f"line {error.line}: {error.reason}" for error in errors[:_SHOWN_ERRORS]]
    if len(errors) > _SHOWN_ERRORS:
        reasons.append(f"and {len(errors) - _SHOWN_ERRORS} more")
    raise InputError(
        f"{len(errors)} bad rows: " + "; ".join(reasons),
        path=path,
        line=errors[0].line,
        fix="Mend these rows.",
    )


def scan_termbase(path: Path) -> tuple[Termbase, list[InputError]]:
    """The good rows of a CSV or TSV file as a termbase, and an error for every bad one, by lines."""
    rows = csv.reader(io.StringIO(_read(path), newline=""), strict=True, **_dialect(tsv=_is_tsv(path)))
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise InputError(f"not valid CSV: {error}", path=path, line=1, fix="Quote the cell.") from None
    columns = _columns(path, header)
    scan = RowScan(path, columns)
    line = rows.line_num + 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            scan.fail(line, f"not valid CSV: {error}", 'Double the quotation marks inside a quoted cell: "".')
            break
        if row is None:
            break
        if any(cell.strip() for cell in row):
            scan.add(line, row)
        line = rows.line_num + 1
    return Termbase(tuple(scan.terms)), scan.errors


def merge(termbases: Iterable[Termbase]) -> Termbase:
    """Several termbases as one; an entry that an earlier one has in the same status gives way to it."""
    kept: dict[tuple[str, str], Term] = {}
    for termbase in termbases:
        for term in termbase:
            kept.setdefault((term.id, term.status), term)
    return Termbase(tuple(kept.values()))


def write_termbase(termbase: Termbase, path: Path) -> None:
    """Write a termbase as CSV, or TSV by its suffix, that `read_termbase` reads back as it was.

    Raises `ValueError` for a tab or a line break that a TSV would have to hold.
    """
    write_text(path, table_text(termbase, tsv=_is_tsv(path)))


def table_text(termbase: Termbase, *, tsv: bool = False) -> str:
    """A termbase as the text of a CSV file, or of a TSV; a `ValueError` as for `write_termbase`."""
    langs = _languages_of(termbase)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", **_dialect(tsv=tsv))
    writer.writerow([*_LEADING, *langs, *_TRAILING])
    for term in termbase:
        cells = ["|".join(term.variants.get(lang, ())) for lang in langs]
        cells = [term.id, term.kind, *cells, term.status, term.note]
        if tsv and re.search("[\t\r\n]", "".join(cells)):
            raise ValueError(f"entry {term.id} holds a tab or a line break")
        writer.writerow(cells)
    return out.getvalue()


def _is_tsv(path: Path) -> bool:
    return path.suffix.lower() == ".tsv"


def _dialect(*, tsv: bool) -> dict[str, Any]:
    """What the csv module must know of a file: a TSV has no quoting."""
    return {"delimiter": "\t", "quoting": csv.QUOTE_NONE, "quotechar": None} if tsv else {}


def _languages_of(termbase: Termbase) -> list[str]:
    used = {lang for term in termbase for lang in term.variants}
    return ["en", *(code for code in LANGUAGES if code != "en"), *sorted(used - set(LANGUAGES))]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError(
            f"not UTF-8 ({error.reason})", path=path, line=line, fix="Save the file as UTF-8."
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"cannot read ({reason})", path=path, fix="Check the path of the glossary."
        ) from None


def _columns(path: Path, header: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in header]
    known = {*_LEADING, *_TRAILING, *LANGUAGES}
    wrong = [name for name in columns if name not in known]
    twice = [name for name in columns if columns.count(name) > 1]
    missing = [name for name in _LEADING if name not in columns]
    if not wrong and not twice and not missing and any(name in LANGUAGES for name in columns):
        return columns
    found = ",".join(header) or "nothing"
    raise InputError(
        f"the first line must name the columns, found {found}",
        path=path,
        line=1,
        fix="Write: id,kind,en,zh,he,status,note",
    )
