"""From units to files: exported corpora, English articles, the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paracorp import tables
from paracorp.corpus import data_hash, write_text
from paracorp.english import GlossaryNames, english_markdown
from paracorp.exporting import export_files, export_pairs
from paracorp.pipeline.exported import content_hashes, is_requested, requested_files, write_units
from paracorp.pipeline.linking import read_glossaries
from paracorp.pipeline.made import Made, grouped
from paracorp.pipeline.workspace import Workspace, code_fingerprint
from paracorp.records import Article
from paracorp.review.applying import DECIDED
from paracorp.review.report import ReportData, render_report


def export(work: Workspace, made: Made) -> None:
    """TSV and TMX of every language pair, English articles, and the report."""
    settings = work.corpus.settings
    others = (tables.TRANSLATIONS, tables.PAIRS, tables.DUPLICATES)
    content = [*content_hashes(work), *(work.output_hash(table) for table in others)]
    names = [work.corpus.name, list(settings.languages), settings.title, repr(settings.export)]
    terms = tables.as_data(read_glossaries(work))
    groups = {"all": data_hash([content, names, terms, code_fingerprint()])}
    record = work.manifest.get("export")
    if record is not None and work.is_current("export", groups):
        work.reporter.start("export", 0)
        made.files = _planned(work, made)
        return
    if work.dry:
        work.changed.append("export")
        return
    pairs = export_pairs(work.corpus, settings.export)
    work.reporter.start("export", len(pairs) + len(made.articles) + 1)
    files = write_units(work, made, settings.export, work.corpus.export)
    files += _english_articles(work, made)
    report = work.corpus.build / "report.html"
    write_text(report, render_report(work.corpus, _report_data(work, made)))
    work.reporter.advance(1)
    made.files = [*files, report]
    _remove_stale(work, made.files)
    work.finish("export", groups, made.files)


def _planned(work: Workspace, made: Made) -> list[Path]:
    """The files an export writes, in the order it writes them."""
    return [
        *export_files(work.corpus, work.corpus.settings.export, work.corpus.export),
        *(_english_path(work, article) for article in made.articles),
        work.corpus.build / "report.html",
    ]


def _english_path(work: Workspace, article: Article) -> Path:
    return work.corpus.build / "english" / f"{article.id}.md"


def _english_articles(work: Workspace, made: Made) -> list[Path]:
    translations = {row.segment_id: row for row in made.translations}
    by_article = grouped(made.segments, lambda row: row.article_id)
    names = GlossaryNames(read_glossaries(work))
    files = []
    for article in made.articles:
        path = _english_path(work, article)
        segments = by_article.get(article.id, [])
        write_text(path, english_markdown(article, segments, translations, names, final=DECIDED))
        files.append(path)
        work.reporter.advance(1)
    return files


def _report_data(work: Workspace, made: Made) -> ReportData:
    return ReportData(
        articles=made.articles,
        duplicates=made.duplicates,
        segments=made.segments,
        translations=made.translations,
        pairs=made.pairs,
        links=made.links,
        units=made.units,
        findings=made.findings,
        termbase=read_glossaries(work),
    )


def _remove_stale(work: Workspace, current: Sequence[Path]) -> None:
    """Delete what an earlier run, perhaps a killed one, exported and this one does not.

    What a person asked for stays until the corpus it was made from has changed.
    """
    kept = {*current, *requested_files(work)}
    for folder in (work.corpus.export, work.corpus.build / "english"):
        for path in folder.rglob("*"):
            if path.is_file() and path not in kept:
                if is_requested(work, path):
                    work.reporter.note(
                        f"note: {path} is removed: the corpus has changed since it was exported"
                    )
                path.unlink()
