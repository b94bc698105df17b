"""The long answers: `ingest --explain`, `align --explain`, `check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from paracorp.cli.terminal import columns, emit, emit_json, isolated, left_to_right
from paracorp.errors import UsageError
from paracorp.records import SEVERITIES, Finding, Link, TranslationUnit
from paracorp.tables import as_data

if TYPE_CHECKING:
    from paracorp.pipeline import BuildResult

WORST = 20
WORST_OF_RULE = 5
# The text to read beside the one a finding is in.
_BESIDE = {"source": "target", "target": "source", "source_english": "source", "target_english": "target"}


def show_ingest(result: BuildResult, *, json: bool) -> None:
    """Every article with its facts, then its blocks and cuts in the order of the file, with their lines."""
    if json:
        emit_json(as_data(result.made.articles))
        return
    from paracorp.ingest import explain

    for article in result.made.articles:
        facts = {
            "title": article.title,
            "published": article.published.isoformat() if article.published else "",
            "author": article.author,
            "publisher": isolated(article.publisher),
            "url": article.url,
            "encoding": article.encoding,
        }
        emit(f"== {article.id}  ({article.path})")
        emit(columns([(name, value) for name, value in facts.items() if value]))
        for item in explain(article, result.corpus.root):
            state = "keep" if item.kept else "cut "
            emit(f"{item.line:>5}  {state} {item.what:<16} {isolated(item.text)}")
        emit("")


def show_links(result: BuildResult, wanted: str, *, json: bool) -> None:
    """One link (by its id, or the id of its unit), or all: its texts, confidence and evidence."""
    named = wanted.rpartition("-")[2]
    links = [link for link in result.made.links if wanted == "all" or link.id == named]
    if not links:
        raise UsageError(
            f"no link {wanted!r} in {result.corpus.root}",
            fix=f"List them with: paracorp align {result.corpus.root} --explain all",
        )
    if json:
        emit_json(as_data(links))
        return
    segments = {row.id: row for row in result.made.segments}
    english = {row.segment_id: row.text for row in result.made.translations}
    for link in links:
        emit(f"== {link.id}  {link.shape}  confidence {link.confidence:.2f}")
        rows = [(name, segments[name].text, english[name]) for name in (*link.source_ids, *link.target_ids)]
        for name, text, rendering in rows:
            emit(f"{name}  {isolated(text)}\n    {rendering}")
        emit(_evidence(link))


def _evidence(link: Link) -> str:
    evidence = link.evidence
    rows: list[tuple[str, str]] = []
    for label, items in (
        ("similarity", [f"{name} {value:.2f}" for name, value in sorted(evidence.similarity.items())]),
        ("names", evidence.names),
        ("numbers", evidence.numbers),
        ("quotes", evidence.quotes),
        ("words", evidence.words),
        ("against", evidence.contradictions),
    ):
        if items:
            rows.append((label, ", ".join(items)))
    if evidence.runner_up:
        rows.append(("runner-up", f"{evidence.runner_up} ({evidence.runner_up_score:.2f})"))
    return columns(rows) + "\n" if rows else "a person made this link\n"


def show_findings(result: BuildResult, *, json: bool) -> None:
    """A table by rule, then the worst cases with their spans marked."""
    findings = sorted(result.made.findings, key=lambda item: -SEVERITIES.index(item.severity))
    units = {unit.id: unit for unit in result.made.units}
    if json:
        emit_json(as_data(findings))
        return
    counted = Counter((item.severity, item.rule) for item in findings)
    rows = [("severity", "rule", "count")]
    order = sorted(counted, key=lambda key: (-SEVERITIES.index(key[0]), -counted[key], key[1]))
    rows += [(str(severity), rule, str(counted[severity, rule])) for severity, rule in order]
    emit(columns(rows, right=(2,)))
    worst = worst_cases(findings)
    for finding in worst:
        unit = units[finding.unit_id]
        emit(f"\n{finding.severity} {finding.rule}  {finding.unit_id}\n  {left_to_right(finding.message)}")
        emit(f"  {isolated(marked(_text(unit, finding.field), finding))}")
        if beside := _text(unit, _BESIDE[finding.field]):
            emit(f"  {isolated(beside)}")
    if len(findings) > len(worst):
        emit(f"\n{len(findings) - len(worst)} more: see --json or build/report.html")


def worst_cases(findings: Sequence[Finding]) -> list[Finding]:
    """The first findings of each rule, so that no frequent one hides the others; in the order given."""
    shown: Counter[str] = Counter()
    worst = []
    for finding in findings:
        shown[finding.rule] += 1
        if shown[finding.rule] <= WORST_OF_RULE:
            worst.append(finding)
    return worst[:WORST]


def _text(unit: TranslationUnit, field: str) -> str:
    texts: dict[str, Any] = {
        "source": unit.source.text,
        "target": unit.target.text,
        "source_english": unit.source.english,
        "target_english": unit.target.english,
    }
    return str(texts[field])


def marked(text: str, finding: Finding) -> str:
    """The text with the span of a finding between ⟦ and ⟧."""
    if finding.start >= finding.end:
        return text
    return f"{text[: finding.start]}⟦{text[finding.start : finding.end]}⟧{text[finding.end :]}"
