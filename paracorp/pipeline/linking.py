"""From English to checked units: align, check."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from paracorp import tables
from paracorp.alignment import Encoder, Passage, Report, align_pair, likely_pairs, score_pair
from paracorp.alignment.semantic import OFFER
from paracorp.checks import RULES, check_units, rule_hint
from paracorp.corpus import CONFIG, Corpus, data_hash
from paracorp.errors import InputError, UsageError
from paracorp.lexicon.termbase import Termbase, merge
from paracorp.pipeline.made import Made, article_of, texts_of
from paracorp.pipeline.workspace import Workspace
from paracorp.records import ArticlePair, Finding, Link, TranslationUnit
from paracorp.settings import line_of_key
from paracorp.terminology.files import scan_glossary
from paracorp.units import english_units, linked_units

# Between the ids of a pair of articles; no id holds white space.
_AND = " "
# From about here on the time that processes save is more than the time they take to start.
MANY_UNITS = 20_000
MOST_WORKERS = 4


def align(work: Workspace, made: Made, encoder: Encoder | None) -> None:
    """Article pairs, and the links inside each."""
    settings = work.corpus.settings.alignment
    passages = _passages(made)
    reports = {row.id: Report(row.id, row.published, passages[row.id]) for row in made.articles}
    content = {name: data_hash(tables.as_data([report])) for name, report in reports.items()}
    likely = _likely(work, made, reports)
    model = encoder.identity if encoder is not None else "none"

    def key(pair: ArticlePair) -> str:
        return data_hash([content[pair.source_id], content[pair.target_id], repr(settings), model])

    def score(names: Sequence[str]) -> dict[str, list[ArticlePair]]:
        if encoder is not None:
            articles = dict.fromkeys(side for name in names for side in name.split(_AND))
            encoder.prepare(passage.english for name in articles for passage in passages[name])
        elif settings.semantic == "auto":
            work.reporter.note(OFFER)
        done = {}
        for name in names:
            source, target = name.split(_AND)
            pair = score_pair(reports[source], reports[target], encoder=encoder)
            done[name] = [pair] if pair is not None else []
            work.reporter.advance(1)
        return done

    keys = {_name(pair): key(pair) for pair in likely}
    made.pairs = work.run_grouped(tables.PAIRS, keys, group_of=_name, compute=score)

    def link(names: Sequence[str]) -> dict[str, list[Link]]:
        done = {}
        for name in names:
            source, target = name.split(_AND)
            done[name] = align_pair(
                passages[source],
                passages[target],
                min_confidence=settings.min_confidence,
                encoder=encoder,
            )
            work.reporter.advance(1)
        return done

    keys = {_name(pair): key(pair) for pair in made.pairs}
    made.links = work.run_grouped(tables.LINKS, keys, group_of=_pair_of, compute=link)


def _likely(work: Workspace, made: Made, reports: Mapping[str, Report]) -> list[ArticlePair]:
    """The article pairs worth comparing, without a score."""
    settings = work.corpus.settings
    first, second = (
        [reports[row.id] for row in made.articles if row.lang == lang] for lang in settings.languages
    )

    def find() -> list[ArticlePair]:
        found = likely_pairs(first, second, settings.alignment)
        return [ArticlePair(one.id, other.id, 0.0) for one, other in found]

    names = (tables.ARTICLES, tables.SEGMENTS, tables.TRANSLATIONS)
    content = [work.output_hash(table) for table in names]
    key = data_hash([content, list(settings.languages), repr(settings.alignment)])
    return work.run_whole(tables.LIKELY, key, find)


def _name(pair: ArticlePair) -> str:
    return f"{pair.source_id}{_AND}{pair.target_id}"


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


def check_rule_names(corpus: Corpus) -> None:
    """Raise `InputError` for a rule in corpus.toml that does not exist."""
    path = corpus.root / CONFIG
    for name in corpus.settings.checks.rules:
        if name not in RULES:
            line = line_of_key(path.read_text(encoding="utf-8-sig"), name)
            raise InputError(f"unknown check rule {name}", path=path, line=line, fix=rule_hint(name))


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

    published = {article.id: article.published for article in made.articles}

    def find() -> list[Finding]:
        workers = min(os.cpu_count() or 1, MOST_WORKERS) if len(made.units) >= MANY_UNITS else 1
        found = check_units(made.units, termbase, settings.checks, published=published, workers=workers)
        return list(found)

    contents = [work.output_hash(table) for table in (tables.ARTICLES, tables.UNITS)]
    key = data_hash([contents, tables.as_data(termbase), settings.checks.rules])
    made.findings = work.run_whole(tables.FINDINGS, key, find)


def read_glossaries(work: Workspace) -> Termbase:
    """All glossaries of the corpus as one termbase; bad rows are reported and left out."""
    read = []
    for name in work.corpus.settings.glossaries:
        path = work.corpus.root / name
        try:
            terms, bad_rows = scan_glossary(path)
        except InputError as error:
            work.reject(error)
            continue
        except UsageError as error:
            work.reject(InputError("no glossary form that can be read", path=path, fix=error.fix))
            continue
        read.append(Termbase(tuple(terms)))
        for bad_row in bad_rows:
            work.reject(bad_row)
    return merge(read)


def _pair_of(row: Link) -> str:
    return _AND.join(article_of(ids[0]) for ids in (row.source_ids, row.target_ids))
