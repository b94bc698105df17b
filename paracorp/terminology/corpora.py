"""What a built corpus holds of names: its sentences with their English, its links, its glossaries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from paracorp.corpus import open_corpus
from paracorp.errors import InputError
from paracorp.lexicon.termbase import Termbase, merge
from paracorp.records import Link, Segment, Term, Translation
from paracorp.tables import LINKS, SEGMENTS, TRANSLATIONS, read_table
from paracorp.terminology.files import scan_glossary
from paracorp.terminology.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences in the order of the corpus, links as ids of both sides, entries; `problems` are bad rows."""

    sentences: list[Sentence]
    links: list[tuple[tuple[str, ...], tuple[str, ...]]]
    terms: tuple[Term, ...]
    problems: tuple[InputError, ...]


def read_material(root: Path) -> Material:
    """What a built corpus holds; `InputError` where it is not built."""
    corpus = open_corpus(root)
    tables = [corpus.table(table.name) for table in (SEGMENTS, TRANSLATIONS, LINKS)]
    for path in tables:
        if not path.is_file():
            raise InputError("the corpus is not built", path=path, fix=f"Run: paracorp build {root}")
    segments = read_table(tables[0], Segment)
    english = {item.segment_id: item.text for item in read_table(tables[1], Translation)}
    links = [(link.source_ids, link.target_ids) for link in read_table(tables[2], Link)]
    termbases, problems = [], []
    for name in corpus.settings.glossaries:
        terms, errors = scan_glossary(corpus.root / name)
        termbases.append(Termbase(tuple(terms)))
        problems += errors
    return Material(
        [
            Sentence(item.id, item.article_id, item.lang, item.text, english.get(item.id, ""))
            for item in segments
        ],
        links,
        merge(termbases).terms,
        tuple(problems),
    )
