"""From English to checked units: align, check."""

from __future__ import annotations

from collections.abc import Sequence

from paracorp import tables
from paracorp.alignment import Passage, Report, align_pair, pair_articles
from paracorp.checks import check_units
from paracorp.corpus import data_hash
from paracorp.errors import InputError
from paracorp.lexicon.termbase import Termbase, merge, scan_termbase
from paracorp.pipeline.made import Made, texts_of
from paracorp.pipeline.workspace import Workspace
from paracorp.records import ArticlePair, Link, TranslationUnit
from paracorp.units import english_units, linked_units


def align(work: Workspace, made: Made) -> None:
    """Article pairs, and the links inside each."""
    first, second = work.corpus.settings.languages[:2]
    settings = work.corpus.settings.alignment
    passages = _passages(made)

    def pair() -> list[ArticlePair]:
        sides = [
            [
                Report(article.id, article.published, passages[article.id])
                for article in made.articles
                if article.lang == lang
            ]
            for lang in (first, second)
        ]
        return pair_articles(sides[0], sides[1], settings)

    content = [work.output_hash(table) for table in (tables.ARTICLES, tables.SEGMENTS, tables.TRANSLATIONS)]
    made.pairs = work.run_whole(tables.PAIRS, data_hash([content, repr(settings)]), pair)
    by_name = {f"{item.source_id}|{item.target_id}": item for item in made.pairs}

    def link(names: Sequence[str]) -> dict[str, list[Link]]:
        done = {}
        for name in names:
            source, target = passages[by_name[name].source_id], passages[by_name[name].target_id]
            done[name] = align_pair(source, target, min_confidence=settings.min_confidence)
            work.reporter.advance(1)
        return done

    keys = {
        name: data_hash(
            [*(tables.as_data(passages[side]) for side in (item.source_id, item.target_id)), repr(settings)]
        )
        for name, item in by_name.items()
    }
    made.links = work.run_grouped(tables.LINKS, keys, group_of=_pair_of, compute=link)


def _passages(made: Made) -> dict[str, list[Passage]]:
    """The aligner's view of every article: its sentences with English, kind, paragraph and date."""
    english = {row.segment_id: row.text for row in made.translations}
    dates = {article.id: article.published for article in made.articles}
    grouped: dict[str, list[Passage]] = {article.id: [] for article in made.articles}
    for row in made.segments:
        grouped[row.article_id].append(
            Passage(
                id=row.id,
                text=row.text,
                english=english.get(row.id, ""),
                kind=row.kind,
                paragraph=row.block,
                date=dates[row.article_id],
                article=row.article_id,
            )
        )
    return grouped


def check(work: Workspace, made: Made) -> None:
    """Translation units of every language pair, and what the rules find in them."""
    settings = work.corpus.settings
    termbase = read_glossaries(work)

    def unite() -> list[TranslationUnit]:
        texts = texts_of(made)
        linked = linked_units(made.links, texts)
        return [*linked, *english_units(made.segments, texts, settings.pivot)]

    names = (tables.ARTICLES, tables.SEGMENTS, tables.TRANSLATIONS, tables.LINKS)
    key = data_hash([[work.output_hash(table) for table in names], settings.pivot])
    made.units = work.run_whole(tables.UNITS, key, unite)

    key = data_hash([work.output_hash(tables.UNITS), tables.as_data(termbase), settings.checks.rules])
    made.findings = work.run_whole(
        tables.FINDINGS, key, lambda: list(check_units(made.units, termbase, settings.checks))
    )


def read_glossaries(work: Workspace) -> Termbase:
    """All glossaries of the corpus as one termbase; bad rows are reported and left out."""
    paths = [work.corpus.root / name for name in work.corpus.settings.glossaries]
    read = []
    for path in paths:
        try:
            termbase, bad_rows = scan_termbase(path)
        except InputError as error:
            work.reject(error)
            continue
        read.append(termbase)
        for bad_row in bad_rows:
            work.reject(bad_row)
    return merge(read)


def _pair_of(row: Link) -> str:
    return "|".join(ids[0].partition("#")[0] for ids in (row.source_ids, row.target_ids))
