"""Glossary files of every form: `.csv`, `.tsv` and `.tbx` both ways, OmegaT's `.txt` out only."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from paracorp.errors import InputError, UsageError
from paracorp.formats.omegat_glossary import unheld_by_omegat, write_omegat
from paracorp.formats.tbx import read_tbx, unheld_by_xml, write_tbx
from paracorp.languages import LANGUAGES
from paracorp.lexicon.termbase import Termbase, scan_termbase, write_termbase
from paracorp.records import Term

TABLES = (".csv", ".tsv")
READABLE = (*TABLES, ".tbx")
# The pairs of an OmegaT glossary: source and target of the exports.
_PIVOT = "en"
_OTHERS = [code for code in LANGUAGES if code != _PIVOT]
PAIRS = (*((code, _PIVOT) for code in _OTHERS), *itertools.combinations(_OTHERS, 2))
_BREAKS = re.compile(r"\s*[\t\r\n]\s*")


def scan_glossary(path: Path) -> tuple[list[Term], list[InputError]]:
    """The good rows of a glossary, and an error for every bad one with its line."""
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise UsageError(
            f"{path}: a glossary of this form cannot be read", fix=f"Give one ending in {_either(READABLE)}."
        )
    if suffix in TABLES:
        termbase, errors = scan_termbase(path)
        return list(termbase), errors
    errors = []
    return list(read_tbx(path, on_reject=errors.append)), errors


def check_target(path: Path) -> None:
    """Raise `UsageError` unless a glossary can be written in the form that the suffix names."""
    if path.suffix.lower() not in (*READABLE, ".txt"):
        raise UsageError(
            f"{path}: a glossary of this form cannot be written",
            fix=f"Name a file ending in {_either((*READABLE, '.txt'))}.",
        )


def write_glossary(path: Path, terms: Sequence[Term], *, tbx_version: Literal[2, 3] = 3) -> list[str]:
    """Write `.csv`, `.tsv` or `.tbx`, by the suffix; a sentence for all that the form cannot hold."""
    check_target(path)
    if path.suffix.lower() == ".tbx":
        write_tbx(path, terms, version=tbx_version)
        return unheld_by_xml(terms)
    lost: list[str] = []
    held = [fitted for term in terms if (fitted := _fitted(term, path.suffix.lower(), lost)) is not None]
    write_termbase(Termbase(tuple(held)), path)
    return lost


def write_omegat_pairs(
    path: Path, terms: Sequence[Term], pairs: Iterable[tuple[str, str]]
) -> dict[Path, list[str]]:
    """Write an OmegaT glossary per pair of languages; the files, each with what it cannot hold.

    One pair goes into `path`, several into files named after it: `terms.txt` into `terms.zh-en.txt`.
    """
    chosen = list(pairs)
    written: dict[Path, list[str]] = {}
    for source, target in chosen:
        file = path if len(chosen) == 1 else path.with_name(f"{path.stem}.{source}-{target}{path.suffix}")
        write_omegat(file, terms, source_lang=source, target_lang=target)
        written[file] = unheld_by_omegat(terms, source_lang=source, target_lang=target)
    return written


def _fitted(term: Term, suffix: str, lost: list[str]) -> Term | None:
    """The row as a table can hold it, or None where nothing is left; what is lost goes to `lost`."""
    variants: dict[str, tuple[str, ...]] = {}
    for lang, names in term.variants.items():
        unheld = names if lang not in LANGUAGES else [name for name in names if "|" in name]
        if unheld:
            why = "| separates variants" if lang in LANGUAGES else "the table has no such column"
            lost.append(f"entry {term.id}: {lang} {', '.join(unheld)} left out ({why})")
        kept = tuple(name for name in names if name not in unheld)
        if kept:
            variants[lang] = kept
    if not variants:
        return None
    fitted = dataclasses.replace(term, variants=variants)
    if suffix == ".tsv" and any(map(_BREAKS.search, _texts(fitted))):
        lost.append(f"entry {term.id}: tabs and line breaks become spaces")
        return _without_breaks(fitted)
    return fitted


def _texts(term: Term) -> list[str]:
    return [term.kind, term.note, *(name for names in term.variants.values() for name in names)]


def _without_breaks(term: Term) -> Term:
    return Term(
        id=term.id,
        kind=_BREAKS.sub(" ", term.kind),
        variants={
            lang: tuple(_BREAKS.sub(" ", name) for name in names) for lang, names in term.variants.items()
        },
        status=term.status,
        note=_BREAKS.sub(" ", term.note),
    )


def _either(suffixes: Sequence[str]) -> str:
    return f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
