"""From English to checked units: align, check."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from paracorp import tables
from paracorp.alignment import Encoder, Passage, Report, align_pair, likely_pairs, score_pair
from paracorp.alignment.decided import Ends
from paracorp.alignment.semantic import OFFER
from paracorp.checks import RULES, check_units, rule_hint
from paracorp.corpus import CONFIG, Corpus, data_hash
from paracorp.errors import InputError, UsageError
from paracorp.lexicon.termbase import Termbase, merge
from paracorp.pipeline.made import Made, article_of, texts_of
from paracorp.pipeline.workspace import Reporter, Workspace
from paracorp.records import ArticlePair, Finding, Link, Origin, TranslationUnit
from paracorp.review.applying import (
    fixed_links,
    link_data,
    read_review,
    rejected_links,
    reviewed_translations,
    reviewed_units,
    unit_data,
)
from paracorp.settings import line_of_key
from paracorp.terminology.files import scan_glossary
from paracorp.translation import Missing
from paracorp.units import english_units, linked_units

# Between the ids of a pair of articles; no id holds white space.
_AND = " "
# From about here on the time that processes save is more than the time they take to start.
MANY_UNITS = 20_000
MOST_WORKERS = 4


def take_decisions(work: Workspace, made: Made) -> None:
    """What was decided in review, against the segments of today; English a person wrote takes its place."""
    made.review = read_review(work.corpus, made.segments)
    made.rendered, made.translations = (
        made.translations,
        reviewed_translations(made.translations, made.review),
    )
    for problem in made.review.journal.problems:
        work.reject(problem)
    if made.review.journal.torn:
        work.reporter.note("note: the last line of decisions.jsonl is unfinished and does not count")


def _still_missing(made: Made) -> tuple[Missing, ...]:
    """What neither memory nor model nor a person has English for."""
    open_ids = {row.segment_id for row in made.translations if row.origin is Origin.NONE}
    left = (
        replace(item, segment_ids=tuple(name for name in item.segment_ids if name in open_ids))
        for item in made.missing
    )
    return tuple(item for item in left if item.segment_ids)


def align(work: Workspace, made: Made, encoder: Encoder | None) -> None:
    """Article pairs, and the links inside each; those a person decided about are as decided."""
    aligning = _Aligning.of(work, made, encoder)
    likely = _with_decided(_likely(work, made, aligning.reports), aligning.fixed)
    keys = {_name(pair): aligning.pair_key(pair) for pair in likely}
    made.pairs = work.run_grouped(
        tables.PAIRS, keys, group_of=_name, compute=aligning.score, own_progress=True
    )
    keys = {_name(pair): aligning.link_key(pair) for pair in made.pairs}
    made.links = work.run_grouped(
        tables.LINKS, keys, group_of=_pair_of, compute=aligning.link, own_progress=True
    )


@dataclass(frozen=True, slots=True)
class _Aligning:
    """What both steps of the alignment need: articles as the aligner sees them, and what a person decided.

    `content` holds the hash of each report; `said` gives what was decided about a pair, as data.
    """

    work: Workspace
    encoder: Encoder | None
    reports: Mapping[str, Report]
    content: Mapping[str, str]
    fixed: Mapping[tuple[str, str], Sequence[Ends]]
    rejected: Mapping[tuple[str, str], Sequence[Ends]]
    said: Callable[[tuple[str, str]], object]

    @classmethod
    def of(cls, work: Workspace, made: Made, encoder: Encoder | None) -> _Aligning:
        passages = _passages(made)
        reports = {row.id: Report(row.id, row.published, passages[row.id]) for row in made.articles}
        content = {name: data_hash(tables.as_data([report])) for name, report in reports.items()}
        decided = fixed_links(made.review), rejected_links(made.review), link_data(made.review)
        return cls(work, encoder, reports, content, *decided)

    def pair_key(self, pair: ArticlePair) -> str:
        """What the score of a pair depends on."""
        return self._key(pair, True if _ends(pair) in self.fixed else None)

    def link_key(self, pair: ArticlePair) -> str:
        """What the links of a pair depend on."""
        return self._key(pair, self.said(_ends(pair)))

    def _key(self, pair: ArticlePair, decided: object) -> str:
        model = self.encoder.identity if self.encoder is not None else "none"
        settings = repr(self.work.corpus.settings.alignment)
        parts = [self.content[pair.source_id], self.content[pair.target_id], settings, model]
        return data_hash(parts if decided is None else [*parts, decided])

    def score(self, names: Sequence[str]) -> dict[str, list[ArticlePair]]:
        """The scored pair of each name, or none where too few links are expected."""
        reporter = self.work.reporter
        if self.encoder is not None:
            articles = dict.fromkeys(side for name in names for side in name.split(_AND))
            texts = [passage.english for name in articles for passage in self.reports[name].passages]
            _prepare(self.work, self.encoder, texts)
        elif self.work.corpus.settings.alignment.semantic == "auto":
            reporter.note(OFFER)
        done = {}
        for name, told in self._steps("comparing", names):
            source, target = name.split(_AND)
            one, other = self.reports[source], self.reports[target]
            pair = score_pair(one, other, encoder=self.encoder, on_progress=told)
            if pair is None and (source, target) in self.fixed:
                pair = ArticlePair(source, target, 1.0)  # a person linked them
            done[name] = [pair] if pair is not None else []
        return done

    def link(self, names: Sequence[str]) -> dict[str, list[Link]]:
        """The links of each pair."""
        done = {}
        for name, told in self._steps("linking", names):
            source, target = name.split(_AND)
            done[name] = align_pair(
                self.reports[source].passages,
                self.reports[target].passages,
                min_confidence=self.work.corpus.settings.alignment.min_confidence,
                encoder=self.encoder,
                fixed=self.fixed.get((source, target), ()),
                forbidden=self.rejected.get((source, target), ()),
                on_progress=told,
            )
        return done

    def _steps(self, stage: str, names: Sequence[str]) -> Iterator[tuple[str, Callable[[int, int], None]]]:
        """Each pair with what is to be told how far it is; the reporter counts sentences of the source."""
        sizes = {name: len(self.reports[name.split(_AND)[0]].passages) for name in names}
        self.work.reporter.start(stage, sum(sizes.values()))
        for name, size in sizes.items():
            counting = _Counting(self.work.reporter, size)
            yield name, counting.told
            counting.told(1, 1)


@dataclass(slots=True)
class _Counting:
    """Tells a reporter of `size` units, as far as they are done."""

    reporter: Reporter
    size: int
    seen: int = 0

    def told(self, done: int, of: int) -> None:
        """So much of the whole is done."""
        now = self.size * done // of
        self.reporter.advance(now - self.seen)
        self.seen = now


def _prepare(work: Workspace, encoder: Encoder, texts: Iterable[str]) -> None:
    """Read the English of many sentences before they are compared; the reporter counts those that are new."""
    seen = 0

    def told(done: int, total: int) -> None:
        nonlocal seen
        if not seen:
            work.reporter.start("meaning", total)
        work.reporter.advance(done - seen)
        seen = done

    encoder.prepare(texts, told)


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
    written = [new for old, new in zip(made.rendered, made.translations, strict=True) if new != old]
    parts = [content, list(settings.languages), repr(settings.alignment)]
    key = data_hash([*parts, tables.as_data(written)] if written else parts)
    return work.run_whole(tables.LIKELY, key, find)


def _with_decided(likely: Sequence[ArticlePair], fixed: Iterable[tuple[str, str]]) -> list[ArticlePair]:
    """The likely pairs, and those in which a person has made or accepted a link."""
    known = {_ends(pair) for pair in likely}
    return [*likely, *(ArticlePair(*ends, 0.0) for ends in sorted(set(fixed) - known))]


def _ends(pair: ArticlePair) -> tuple[str, str]:
    return pair.source_id, pair.target_id


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
        units = [*linked_units(made.links, texts), *english_units(made.segments, texts, settings.pivot)]
        return list(reviewed_units(units, made.review, {row.segment_id: row for row in made.rendered}))

    names = (tables.ARTICLES, tables.SEGMENTS, tables.TRANSLATIONS, tables.LINKS)
    key = data_hash([[work.output_hash(table) for table in names], settings.pivot, unit_data(made.review)])
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
    """All glossaries of the corpus as one termbase, read once a run; bad rows are reported and left out."""
    if work.termbase is not None:
        return work.termbase
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
    work.termbase = merge(read)
    return work.termbase


def _pair_of(row: Link) -> str:
    return _AND.join(article_of(ids[0]) for ids in (row.source_ids, row.target_ids))
