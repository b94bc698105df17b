"""`build/report.html`: one self-contained page with the pairs, their evidence, findings and counts."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from paracorp.corpus import Corpus
from paracorp.languages import LANGUAGES
from paracorp.lexicon.termbase import Termbase
from paracorp.records import (
    SEVERITIES,
    Article,
    ArticlePair,
    Finding,
    Link,
    NearDuplicate,
    Origin,
    Segment,
    Status,
    Translation,
    TranslationUnit,
    Variant,
)
from paracorp.review.describing import isolated
from paracorp.review.entities import entity_rows
from paracorp.review.pairing_map import pairing_map

# More pairs than this are not all shown: a page of that size no longer opens at once.
MOST_PAIRS = 1000
# Shown of the best and of the most doubtful pairs, and of the names.
FEW_PAIRS = 10
MOST_NAMES = 60


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything the report shows, in the order of the build."""

    articles: Sequence[Article]
    duplicates: Sequence[NearDuplicate]
    segments: Sequence[Segment]
    translations: Sequence[Translation]
    pairs: Sequence[ArticlePair]
    links: Sequence[Link]
    units: Sequence[TranslationUnit]
    findings: Sequence[Finding]
    termbase: Termbase = field(default_factory=lambda: Termbase(()))


def render_report(corpus: Corpus, data: ReportData) -> str:
    """The page as HTML. It loads nothing and holds no time, so the same corpus gives the same bytes."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("paracorp.review"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["isolated"] = isolated
    page = environment.get_template("report.html").render(_view(corpus, data))
    return page.rstrip("\n") + "\n"


def _view(corpus: Corpus, data: ReportData) -> dict[str, Any]:
    articles = {article.id: article for article in data.articles}
    linked = [unit for unit in data.units if unit.link_id]
    found: dict[str, list[Finding]] = {}
    for finding in data.findings:
        found.setdefault(finding.unit_id, []).append(finding)
    links = {link.id: link for link in data.links}
    shown = linked if len(linked) <= MOST_PAIRS else []
    rows = [_pair_row(unit, links[unit.link_id], found.get(unit.id, ())) for unit in shown]
    names = entity_rows(data.termbase, data.segments, data.translations)
    return {
        "title": corpus.settings.title or corpus.name,
        "languages": LANGUAGES,
        "counts": _counts(corpus, data),
        "article_rows": [_article_row(article, data) for article in data.articles],
        "pairings": [
            {
                "source": articles[pair.source_id],
                "target": articles[pair.target_id],
                "score": f"{pair.score:.2f}",
                "rows": [row for row in rows if row["articles"] == (pair.source_id, pair.target_id)],
            }
            for pair in data.pairs
        ],
        "left_out": len(linked) - len(shown),
        "map": pairing_map(data.articles, data.pairs, data.links, corpus.settings.languages),
        "names": names[:MOST_NAMES],
        "more_names": max(0, len(names) - MOST_NAMES),
        "name_langs": [LANGUAGES[code] for code in (*corpus.settings.languages, corpus.settings.pivot)],
        "best": [_brief(unit) for unit in _by_confidence(linked)[:FEW_PAIRS]],
        "doubtful": [_brief(unit) for unit in _by_doubt(linked)[:FEW_PAIRS]],
        "histogram": _histogram([unit.confidence or 0.0 for unit in linked]),
        "rules": _rules(data.findings),
        "duplicates": data.duplicates,
        "untranslated": _untranslated(data),
        "other_findings": _other_findings(data, found),
    }


def _counts(corpus: Corpus, data: ReportData) -> list[tuple[str, int]]:
    origins = Counter(row.origin for row in data.translations)
    return [
        *(
            (f"{LANGUAGES[code].name} articles", sum(row.lang == code for row in data.articles))
            for code in corpus.settings.languages
        ),
        ("segments", len(data.segments)),
        *(
            (f"English from {origin}" if origin != "none" else "untranslated", origins[origin])
            for origin in Origin
        ),
        ("article pairs", len(data.pairs)),
        ("links", len(data.links)),
        *(
            (f"{status} pairs", count)
            for status in Status
            if status is not Status.AUTO
            and (count := sum(bool(unit.link_id) and unit.status is status for unit in data.units))
        ),
        ("findings", len(data.findings)),
    ]


def _by_confidence(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    judged = [unit for unit in units if unit.confidence is not None]
    return sorted(judged, key=lambda unit: (-(unit.confidence or 0.0), unit.id))


def _by_doubt(units: Sequence[TranslationUnit]) -> list[TranslationUnit]:
    """Those nobody has reviewed, the ones nearest to even odds first."""
    open_ones = [unit for unit in units if unit.status is Status.AUTO and unit.confidence is not None]
    return sorted(open_ones, key=lambda unit: (abs((unit.confidence or 0.0) - 0.5), unit.id))


def _brief(unit: TranslationUnit) -> dict[str, Any]:
    sides = [(LANGUAGES[side.lang], side.text) for side in (unit.source, unit.target)]
    return {"percent": _percent(unit.confidence), "sides": sides}


def _article_row(article: Article, data: ReportData) -> dict[str, Any]:
    partners = [
        other
        for pair in data.pairs
        for one, other in ((pair.source_id, pair.target_id), (pair.target_id, pair.source_id))
        if one == article.id
    ]
    return {
        "article": article,
        "segments": sum(row.article_id == article.id for row in data.segments),
        "partners": partners,
        "cuts": len(article.cuts),
    }


def _pair_row(unit: TranslationUnit, link: Link, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "articles": (unit.source.article_id, unit.target.article_id),
        "unit": unit,
        "percent": _percent(unit.confidence),
        "evidence": link.evidence,
        "similarity": [(name, f"{value:.2f}") for name, value in sorted(link.evidence.similarity.items())],
        "sides": [_side(unit.source, "source", findings), _side(unit.target, "target", findings)],
        "findings": findings,
    }


def _side(variant: Variant, name: str, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "lang": LANGUAGES[variant.lang],
        "text": marked(variant.text, [item for item in findings if item.field == name]),
        "english": marked(variant.english, [item for item in findings if item.field == f"{name}_english"]),
        "ids": " ".join(variant.segment_ids),
    }


def marked(text: str, findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """A text cut into (piece, what was found there) in order; overlapping findings share their pieces."""
    spans = [item for item in findings if 0 <= item.start < item.end <= len(text)]
    borders = sorted({0, len(text), *(edge for item in spans for edge in (item.start, item.end))})
    pieces = []
    for start, end in itertools.pairwise(borders):
        here = [item for item in spans if item.start <= start and end <= item.end]
        notes = dict.fromkeys(f"{item.rule}: {isolated(item.message)}" for item in here)
        pieces.append((text[start:end], "; ".join(notes)))
    return pieces


def _percent(confidence: float | None) -> int:
    """As the review page has it: never 100 for what is not certain."""
    return int(100 * (confidence or 0.0) + 1e-9)


def _histogram(confidences: Sequence[float]) -> list[dict[str, Any]]:
    """Ten bars of the confidence histogram, with heights in percent of the tallest."""
    counts = Counter(min(int(value * 10), 9) for value in confidences)
    tallest = max(counts.values(), default=1)
    return [
        {
            "label": f"{bar / 10:.1f}-{(bar + 1) / 10:.1f}",
            "count": counts[bar],
            "height": 100 * counts[bar] / tallest,
        }
        for bar in range(10)
    ]


def _rules(findings: Sequence[Finding]) -> list[tuple[str, str, int]]:
    counted = Counter((item.severity, item.rule) for item in findings)
    order = {severity: -place for place, severity in enumerate(SEVERITIES)}
    rows = sorted(counted.items(), key=lambda item: (order[item[0][0]], -item[1], item[0][1]))
    return [(str(severity), rule, count) for (severity, rule), count in rows]


def _untranslated(data: ReportData) -> list[Segment]:
    missing = {row.segment_id for row in data.translations if row.origin is Origin.NONE}
    return [row for row in data.segments if row.id in missing]


def _other_findings(data: ReportData, found: Mapping[str, Sequence[Finding]]) -> list[dict[str, Any]]:
    return [
        {
            "unit": unit,
            "findings": found[unit.id],
            "sides": [
                _side(unit.source, "source", found[unit.id]),
                _side(unit.target, "target", found[unit.id]),
            ],
        }
        for unit in data.units
        if not unit.link_id and unit.id in found
    ]
