"""What the review shows of a build: its tables, read together, and its glossaries."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from paracorp import tables
from paracorp.corpus import Corpus, data_hash, file_hash, read_manifest
from paracorp.errors import InputError, UsageError
from paracorp.lexicon.termbase import Termbase, merge
from paracorp.records import Article, ArticlePair, Finding, Link, Segment, Translation, TranslationUnit
from paracorp.terminology.files import scan_glossary

_SHOWN = (
    tables.ARTICLES,
    tables.SEGMENTS,
    tables.TRANSLATIONS,
    tables.PAIRS,
    tables.LINKS,
    tables.UNITS,
    tables.FINDINGS,
)


@dataclass(frozen=True, slots=True)
class Built:
    """One build of a corpus. `identity` tells it from other builds."""

    corpus: Corpus
    identity: str
    articles: list[Article]
    segments: list[Segment]
    translations: list[Translation]
    pairs: list[ArticlePair]
    links: list[Link]
    units: list[TranslationUnit]
    findings: list[Finding]
    termbase: Termbase


def identity(corpus: Corpus) -> str:
    """What a finished build is known by; empty where there is none, or not all of it yet."""
    manifest = read_manifest(corpus)
    if any(table.name not in manifest for table in _SHOWN):
        return ""
    return data_hash([manifest[table.name].outputs for table in _SHOWN])[:16]


def load_build(corpus: Corpus) -> Built:
    """The tables of the last build; `InputError` where there is none or a build has just changed a part."""
    before = identity(corpus)
    if not before:
        raise _not_built(corpus, "not built yet")
    if not _intact(corpus):
        raise _not_built(corpus, "a build is at work on it, or its tables are damaged")
    with _uncollected():
        read: dict[str, Any] = {
            table.name: tables.read_table(corpus.table(table.name), table.record) for table in _SHOWN
        }
    built = Built(corpus, before, termbase=_termbase(corpus), **read)
    if identity(corpus) != before or not _hangs_together(built):
        raise _not_built(corpus, "a build is at work on it, or was cut short")
    return built


def _intact(corpus: Corpus) -> bool:
    """Whether the tables are those that the manifest names."""
    manifest = read_manifest(corpus)
    paths = [(table.name, corpus.table(table.name)) for table in _SHOWN]
    return all(
        name in manifest and path.is_file() and file_hash(path) == manifest[name].outputs.get(path.name)
        for name, path in paths
    )


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage among the records again and again.

    They hold no cycles; with a million of them every look takes a second, during which no page is answered.
    """
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


def _not_built(corpus: Corpus, what: str) -> InputError:
    return InputError(what, path=corpus.root, fix=f"Run: paracorp build {corpus.root}")


def _hangs_together(built: Built) -> bool:
    """Whether the tables are of one build: every id they name is there."""
    segments = {row.id for row in built.segments}
    units = {row.id for row in built.units}
    linked = {row.link_id for row in built.units if row.link_id}
    articles = {row.id for row in built.articles}
    return (
        segments == {row.segment_id for row in built.translations}
        and all(segments.issuperset((*row.source_ids, *row.target_ids)) for row in built.links)
        and linked == {row.id for row in built.links}
        and all(segments.issuperset(row.source.segment_ids) for row in built.units)
        and all(row.unit_id in units for row in built.findings)
        and all({row.source_id, row.target_id} <= articles for row in built.pairs)
    )


def _termbase(corpus: Corpus) -> Termbase:
    """The good rows of all glossaries; a build reports the bad ones."""
    read = []
    for name in corpus.settings.glossaries:
        try:
            terms, _ = scan_glossary(corpus.root / name)
        except (InputError, UsageError):
            continue
        read.append(Termbase(tuple(terms)))
    return merge(read)
