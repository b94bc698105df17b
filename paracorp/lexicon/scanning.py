"""Checks the rows of a glossary one by one: what is wrong with a row, and what contradicts an earlier one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from paracorp.errors import InputError
from paracorp.languages import LANGUAGES
from paracorp.lexicon.english import fits_case, is_noted_case_sensitive
from paracorp.lexicon.matching import folded_form
from paracorp.records import Term

STATUSES = ("preferred", "admitted", "forbidden")


@dataclass(frozen=True, slots=True)
class _Owner:
    """Where a variant stands."""

    term: Term
    name: str
    line: int


class RowScan:
    """Gathers terms and errors row by row; a bad row with an id is remembered too, for the rows after it."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        """Start without rows."""
        self.path = path
        self.columns = columns
        self.terms: list[Term] = []
        self.errors: list[InputError] = []
        self._entries: dict[tuple[str, str], int] = {}
        self._kinds: dict[str, tuple[str, int]] = {}
        self._owners: dict[tuple[str, str], list[_Owner]] = {}

    def fail(self, line: int, message: str, fix: str) -> None:
        """Add an error."""
        self.errors.append(InputError(message, path=self.path, line=line, fix=fix))

    def add(self, line: int, row: list[str]) -> None:
        """Check a row, and keep it if nothing is wrong with it."""
        if len(row) != len(self.columns):
            self.fail(
                line, f"{len(row)} cells where the header names {len(self.columns)}", self._fix_cells(row)
            )
            return
        before = len(self.errors)
        cells = {name: cell.strip() for name, cell in zip(self.columns, row, strict=True)}
        term = self._term(line, cells)
        self._check_id(line, term)
        self._check_variants(line, term)
        if len(self.errors) == before:
            self.terms.append(term)
        self._remember(line, term)

    def _fix_cells(self, row: list[str]) -> str:
        tsv = self.path.suffix.lower() == ".tsv"
        if len(row) < len(self.columns):
            return f"Add the {'tabs' if tsv else 'commas'} that are missing; an empty cell has one, too."
        return "Take out the extra tab." if tsv else "Put a cell with a comma between double quotation marks."

    def _term(self, line: int, cells: dict[str, str]) -> Term:
        variants: dict[str, tuple[str, ...]] = {}
        for lang in LANGUAGES:
            cell = cells.get(lang, "")
            names = tuple(name.strip() for name in cell.split("|")) if cell else ()
            if "" in names:
                self.fail(line, f"an empty variant in column {lang}: {cell!r}", "Take out the extra |.")
            if kept := tuple(filter(None, names)):
                variants[lang] = kept
        status = cells.get("status", "") or "preferred"
        if status not in STATUSES:
            self.fail(line, f"unknown status {status!r}", f"Use one of: {', '.join(STATUSES)}.")
        return Term(cells["id"], cells["kind"], variants, status, cells.get("note", ""))

    def _check_id(self, line: int, term: Term) -> None:
        if not _is_id(term.id):
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
        if term.kind and kind != term.kind:
            self.fail(line, f"{term.id} is {term.kind} here and {kind} in line {first}", "Use one kind.")

    def _check_variants(self, line: int, term: Term) -> None:
        for lang, names in term.variants.items():
            for name in dict.fromkeys(names):
                if names.count(name) > 1:
                    self.fail(line, f"{lang} variant {name!r} is listed twice", "Keep it once.")
                for owner in self._owners.get((lang, folded_form(name, lang)), ()):
                    self._check_owner(line, lang, name, term, owner)

    def _check_owner(self, line: int, lang: str, name: str, term: Term, owner: _Owner) -> None:
        """Fail where a name stands in another entry, if only in another case, width or script."""
        entry = (owner.term.id, owner.term.status)
        if (
            entry == (term.id, term.status)
            or term.status not in STATUSES
            or not alike(name, term, owner.name, owner.term)
        ):
            return
        there = "" if owner.name == name else f" as {owner.name!r}, which matching cannot tell from it"
        whose = f"{owner.term.status} variant of {owner.term.id}"
        self.fail(
            line,
            f"{lang} variant {name!r} of {term.id} is {whose} in line {owner.line}{there}",
            "Keep it in one entry.",
        )

    def _remember(self, line: int, term: Term) -> None:
        if term.kind:
            self._kinds.setdefault(term.id, (term.kind, line))
        if term.status not in STATUSES or not _is_id(term.id):
            return
        self._entries.setdefault((term.id, term.status), line)
        for lang, names in term.variants.items():
            for name in names:
                owners = self._owners.setdefault((lang, folded_form(name, lang)), [])
                owners.append(_Owner(term, name, line))


def _is_id(text: str) -> bool:
    return bool(text) and not any(letter.isspace() for letter in text)


def alike(name: str, term: Term, other: str, owner: Term) -> bool:
    """Whether two names of one folded form match the same texts: equal, or their capitals tell nothing."""
    if name == other:
        return True
    if is_noted_case_sensitive(term) or is_noted_case_sensitive(owner):
        return name.lower() != other.lower()
    return fits_case(name, other) or fits_case(other, name)
