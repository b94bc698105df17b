"""From units to files: exported corpora, English articles, the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paracorp import tables
from paracorp.corpus import data_hash, write_text
from paracorp.exporting import english_markdown, export_pair, pair_paths
from paracorp.pipeline.made import Made, grouped
from paracorp.pipeline.workspace import Workspace, code_fingerprint
from paracorp.records import Article
from paracorp.review.report import ReportData, render_report
from paracorp.units import language_pairs


def export(work: Workspace, made: Made) -> None:
    """TSV and TMX of every language pair, English articles, and the report."""
    settings = work.corpus.settings
    inputs = (tables.ARTICLES, tables.PAIRS, tables.UNITS, tables.FINDINGS, tables.DUPLICATES)
    content = [work.output_hash(table) for table in inputs]
    names = [work.corpus.name, list(settings.languages), settings.title, settings.export.tags]
    groups = {"all": data_hash([content, names, code_fingerprint()])}
    record = work.manifest.get("export")
    if record is not None and work.is_current("export", groups):
        work.reporter.start("export", 0)
        made.files = _planned(work, made)
        return
    if work.dry:
        work.changed.append("export")
        return
    pairs = language_pairs(settings.languages, settings.pivot)
    work.reporter.start("export", len(pairs) + len(made.articles) + 1)
    files: list[Path] = []
    articles = {row.id: row for row in made.articles}
    for pair in pairs:
        units = [unit for unit in made.units if (unit.source.lang, unit.target.lang) == pair]
        found = [item for item in made.findings if item.unit_id.startswith("-".join(pair))]
        files += export_pair(work.corpus, pair, units, findings=found, articles=articles)
        work.reporter.advance(1)
    files += _english_articles(work, made)
    report = work.corpus.build / "report.html"
    write_text(report, render_report(work.corpus, _report_data(made)))
    work.reporter.advance(1)
    made.files = [*files, report]
    _remove_stale(work, made.files)
    work.finish("export", groups, made.files)


def _planned(work: Workspace, made: Made) -> list[Path]:
    """The files an export writes, in the order it writes them."""
    settings = work.corpus.settings
    pairs = language_pairs(settings.languages, settings.pivot)
    return [
        *(path for pair in pairs for path in pair_paths(work.corpus, pair)),
        *(_english_path(work, article) for article in made.articles),
        work.corpus.build / "report.html",
    ]


def _english_path(work: Workspace, article: Article) -> Path:
    return work.corpus.build / "english" / f"{article.id}.md"


def _english_articles(work: Workspace, made: Made) -> list[Path]:
    translations = {row.segment_id: row for row in made.translations}
    by_article = grouped(made.segments, lambda row: row.article_id)
    files = []
    for article in made.articles:
        path = _english_path(work, article)
        write_text(path, english_markdown(article, by_article.get(article.id, []), translations))
        files.append(path)
        work.reporter.advance(1)
    return files


def _report_data(made: Made) -> ReportData:
    return ReportData(
        articles=made.articles,
        duplicates=made.duplicates,
        segments=made.segments,
        translations=made.translations,
        pairs=made.pairs,
        links=made.links,
        units=made.units,
        findings=made.findings,
    )


def _remove_stale(work: Workspace, current: Sequence[Path]) -> None:
    """Delete what an earlier run, perhaps a killed one, exported and this one does not."""
    for folder in (work.corpus.export, work.corpus.build / "english"):
        for path in folder.rglob("*"):
            if path.is_file() and path not in current:
                path.unlink()
