"""What a run holds while it works: the corpus, its manifest, what was reused and what went wrong.

A stage runs again only for what changed. Every group of rows (an article, a pair of articles) is keyed by
the hash of what it was made from, the settings and the code; rows whose key stands in the manifest, in a
table whose bytes are those the manifest names, are taken as they are.
"""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from paracorp.corpus import Corpus, StageRecord, code_hash, data_hash, file_hash, write_manifest
from paracorp.errors import InputError
from paracorp.lexicon.termbase import Termbase
from paracorp.tables import Table, read_table, write_table

Record = TypeVar("Record")

# Packages whose version can change a derived byte.
_MAKERS = (
    "ahocorasick-rs",
    "argostranslate",
    "courlan",
    "ctranslate2",
    "htmldate",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "numpy",
    "opencc",
    "polars",
    "pyyaml",
    "rapidfuzz",
    "rjieba",
    "scipy",
    "sentencepiece",
    "sentencex",
    "trafilatura",
)


# How the manifest keeps a group made while bad input was reported: it is made, and told, again.
_INCOMPLETE = "incomplete"


class Reporter(Protocol):
    """Where a run tells how far it is. Implementations show it; nothing here prints."""

    def start(self, stage: str, total: int) -> None:
        """A stage begins; `total` units of work are to be done, 0 where all is up to date."""

    def advance(self, count: int) -> None:
        """So many more units of work are done."""

    def problem(self, error: InputError) -> None:
        """Some input was bad and is left out; the run goes on."""

    def note(self, text: str) -> None:
        """Something the person should know."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What a run finds of a stage: its keys by group, its rows, and those of the groups to keep, by group."""

    known: Mapping[str, str]
    stored: list[Any]
    rows: dict[str, list[Any]]

    def differs(self, full: Mapping[str, str], todo: Sequence[str]) -> bool:
        """Whether a run would change something: make a group that did not fail before, or drop one."""
        new = [name for name in todo if self.known.get(name) not in (_failed(full[name]), _INCOMPLETE)]
        return bool(new) or bool(set(self.known) - set(full))


@dataclass(slots=True)
class Workspace:
    """One run over one corpus.

    `changed` names the stages that wrote something; in a `dry` run, which computes and writes nothing,
    those that would.
    """

    corpus: Corpus
    manifest: dict[str, StageRecord]
    reporter: Reporter
    dry: bool = False
    problems: list[InputError] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    termbase: Termbase | None = None  # the glossaries, once they are read

    def reject(self, error: InputError) -> None:
        """Record bad input and go on."""
        self.problems.append(error)
        self.reporter.problem(error)

    def output_hash(self, table: Table) -> str:
        """The hash of a table as the manifest has it; empty where its stage has not run."""
        record = self.manifest.get(table.name)
        return record.outputs.get(f"{table.name}.parquet", "") if record else ""

    def finish(self, name: str, groups: dict[str, str], outputs: Iterable[Path]) -> None:
        """Enter a finished stage into the manifest on disk."""
        hashes = {path.relative_to(self.corpus.build).as_posix(): file_hash(path) for path in outputs}
        self.manifest[name] = StageRecord(data_hash(groups), groups, hashes)
        write_manifest(self.corpus, self.manifest, code_versions())
        self.changed.append(name)

    def is_current(self, name: str, groups: Mapping[str, str]) -> bool:
        """Whether a stage ran with exactly these keys and its files are those it wrote."""
        record = self.manifest.get(name)
        return record is not None and record.groups == groups and self._intact(record)

    def _intact(self, record: StageRecord) -> bool:
        paths = {self.corpus.build / name: value for name, value in record.outputs.items()}
        return all(path.is_file() and file_hash(path) == value for path, value in paths.items())

    def stored(self, table: Table) -> list[Any]:
        """The rows of a table, if its bytes are those the manifest names; else none."""
        record = self.manifest.get(table.name)
        if record is None or not record.outputs or not self._intact(record):
            return []
        return read_table(self.corpus.table(table.name), table.record)

    def run_grouped(  # noqa: PLR0913 -- what a stage is, and two switches
        self,
        table: Table,
        keys: Mapping[str, str],
        *,
        group_of: Callable[[Any], str],
        compute: Callable[[Sequence[str]], Mapping[str, Sequence[Any]]],
        again_after_problem: bool = False,
        own_progress: bool = False,
    ) -> list[Any]:
        """The rows of a stage in the order of `keys` (group to key), computing only changed groups.

        `compute` gets the names of the groups to make and returns rows per group; a group it leaves
        out failed, is entered as such, and is tried again next time. With `again_after_problem` so is a
        group that was made while bad input was reported, so that the report comes again. With
        `own_progress` it is `compute` that tells the reporter of its start.
        """
        full = {name: data_hash([key, code_fingerprint()]) for name, key in keys.items()}
        before = self._before(table, full, group_of)
        rows = before.rows
        todo = [name for name in full if name not in rows]
        if self.dry:
            if before.differs(full, todo):
                self.changed.append(table.name)
            return before.stored
        if not own_progress:
            self.reporter.start(table.name, len(todo))
        problems = len(self.problems)
        if todo:
            rows.update({name: list(made) for name, made in compute(todo).items()})
        if again_after_problem and len(self.problems) > problems:
            full.update(dict.fromkeys(todo, _INCOMPLETE))
        groups = {name: full[name] if name in rows else _failed(full[name]) for name in full}
        ordered = [row for name in full for row in rows.get(name, ())]
        if table.name not in self.manifest or groups != before.known or ordered != before.stored:
            write_table(self.corpus.table(table.name), ordered, table.record)
            self.finish(table.name, groups, [self.corpus.table(table.name)])
        return ordered

    def _before(self, table: Table, full: Mapping[str, str], group_of: Callable[[Any], str]) -> _Before:
        """What the last run left of a stage, and which of it has the keys that this run wants."""
        record = self.manifest.get(table.name)
        stored = self.stored(table)
        known = record.groups if record and (stored or self._intact(record)) else {}
        rows: dict[str, list[Any]] = {name: [] for name in full if known.get(name) == full[name]}
        for row in stored:
            if group_of(row) in rows:
                rows[group_of(row)].append(row)
        return _Before(known, stored, rows)

    def run_whole(self, table: Table, key: str, compute: Callable[[], Sequence[Any]]) -> list[Any]:
        """The rows of a stage that is made in one piece."""

        def made(_: Sequence[str]) -> dict[str, Sequence[Any]]:
            rows = compute()
            self.reporter.advance(1)
            return {"all": rows}

        return self.run_grouped(table, {"all": key}, group_of=lambda _: "all", compute=made)


def _failed(key: str) -> str:
    """How the manifest keeps a group that could not be made: it is tried again, but is no news."""
    return f"failed {key}"


@functools.cache
def code_fingerprint() -> str:
    """A hash of paracorp's own files and of the versions of the packages that shape the output."""
    return data_hash([code_hash(), code_versions()])


@functools.cache
def code_versions() -> dict[str, str]:
    """Versions of paracorp and of what shapes its output."""
    return {name: importlib.metadata.version(name) for name in ("paracorp", *_MAKERS)}
