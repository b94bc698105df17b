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
from paracorp.records import Term

STATUSES = ("preferred", "admitted", "forbidden")
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
    scan = _Scan(path, columns)
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


class _Scan:
    """Gathers terms and errors row by row."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self.path = path
        self.columns = columns
        self.terms: list[Term] = []
        self.errors: list[InputError] = []
        self._entries: dict[tuple[str, str], int] = {}
        self._kinds: dict[str, tuple[str, int]] = {}
        self._owners: dict[tuple[str, str], tuple[str, str, int]] = {}

    def fail(self, line: int, message: str, fix: str) -> None:
        self.errors.append(InputError(message, path=self.path, line=line, fix=fix))

    def add(self, line: int, row: list[str]) -> None:
        before = len(self.errors)
        if len(row) != len(self.columns):
            self.fail(
                line,
                f"{len(row)} cells where the header names {len(self.columns)}",
                "Put a cell with a comma between double quotation marks.",
            )
            return
        cells = {name: cell.strip() for name, cell in zip(self.columns, row, strict=True)}
        term = self._term(line, cells)
        self._check_id(line, term)
        self._check_variants(line, term)
        if len(self.errors) == before:
            self._keep(line, term)

    def _term(self, line: int, cells: dict[str, str]) -> Term:
        variants: dict[str, tuple[str, ...]] = {}
        for lang in LANGUAGES:
            cell = cells.get(lang, "")
            names = tuple(name.strip() for name in cell.split("|")) if cell else ()
            if "" in names:
                self.fail(line, f"an empty variant in column {lang}: {cell!r}", "Take out the extra |.")
            if names:
                variants[lang] = names
        status = cells.get("status", "") or "preferred"
        if status not in STATUSES:
            self.fail(line, f"unknown status {status!r}", f"Use one of: {', '.join(STATUSES)}.")
            status = "preferred"
        return Term(cells["id"], cells["kind"], variants, status, cells.get("note", ""))

    def _check_id(self, line: int, term: Term) -> None:
        if not term.id or any(letter.isspace() for letter in term.id):
            self.fail(line, f"id must be one word, found {term.id!r}", "Write an id such as sam-altman.")
        if not term.kind:
            self.fail(line, f"entry {term.id} has no kind", "Write a kind such as person or company.")
        if not term.variants:
            self.fail(line, f"entry {term.id} has no variant", "Fill a language's column.")
        if (first := self._entries.get((term.id, term.status))) is not None:
            self.fail(
                line,
                f"{term.status} entry {term.id} stands already in line {first}",
                "Put the variants into one row.",
            )
        kind, first = self._kinds.get(term.id, (term.kind, line))
        if kind != term.kind:
            self.fail(line, f"{term.id} is {term.kind} here and {kind} in line {first}", "Use one kind.")

    def _check_variants(self, line: int, term: Term) -> None:
        for lang, names in term.variants.items():
            for name in dict.fromkeys(names):
                if names.count(name) > 1:
                    self.fail(line, f"{lang} variant {name!r} is listed twice", "Keep it once.")
                owner = self._owners.get((lang, name))
                if owner is not None and owner[:2] != (term.id, term.status):
                    whose = f"{owner[1]} variant of {owner[0]}"
                    self.fail(
                        line,
                        f"{lang} variant {name!r} of {term.id} is {whose} in line {owner[2]}",
                        "Keep it in one entry.",
                    )

    def _keep(self, line: int, term: Term) -> None:
        self.terms.append(term)
        self._entries[term.id, term.status] = line
        self._kinds.setdefault(term.id, (term.kind, line))
        for lang, names in term.variants.items():
            for name in names:
                self._owners[lang, name] = (term.id, term.status, line)
