"""Small things as the page gets them: languages, articles, findings, what was said of a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from paracorp.languages import language
from paracorp.records import Article, Finding
from paracorp.review.events import Event, row_of, timestamp
from paracorp.review.judging import Standing, State

# Words that are read from the right, with figures before and between them.
_FROM_THE_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RUN = re.compile(rf"(?:\d[\d.,:/]*\s+)?[{_FROM_THE_RIGHT}](?:[\s\d\"'.,:/%-]*[{_FROM_THE_RIGHT}])*")


def isolated(message: str) -> str:
    """An English message in which words read from the right cannot reorder the rest."""
    return _RUN.sub("\u2068\\g<0>\u2069", message)


def language_data(code: str) -> dict[str, str]:
    """What the page must know of a language to show its texts."""
    facts = language(code)
    return {
        "code": code,
        "name": facts.name,
        "endonym": facts.endonym,
        "tag": facts.bcp47,
        "dir": facts.direction,
    }


def article_data(article: Article) -> dict[str, Any]:
    """The facts of an article; an address that is none of the web is left out, for it becomes a link."""
    safe = article.url.startswith(("http://", "https://"))
    return {
        "id": article.id,
        "lang": article.lang,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url if safe else "",
        "author": article.author,
        "publisher": article.publisher,
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding, without the unit it is in."""
    return {
        "field": finding.field,
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": isolated(finding.message),
    }


def state_data(state: State, standing: Standing, stale: Iterable[Event]) -> dict[str, Any]:
    """Who said what of a unit, and what counts; verdicts that were overruled are in the history only."""
    counted = [verdict for verdict in state.verdicts if verdict.event.id not in state.settled]
    return {
        "status": str(standing),
        "conflict": standing is Standing.CONFLICT,
        "reviewer": state.reviewer,
        "reviewed": timestamp(state.reviewed),
        "edits": dict(state.edits),
        "history": [_said(event, state) for event in state.history],
        "verdicts": [
            {
                "id": verdict.event.id,
                "reviewer": verdict.event.reviewer,
                "at": timestamp(verdict.event.at),
                "event": str(verdict.event.action),
                "edits": dict(verdict.edits),
            }
            for verdict in counted
        ],
        "notes": [
            {"id": row.id, "reviewer": row.reviewer, "at": timestamp(row.at), "text": row.note}
            for row in state.history
            if row.note
        ],
        "stale": [row_of(event) for event in stale],
    }


def _said(event: Event, state: State) -> dict[str, Any]:
    row = row_of(event)
    names = ("id", "event", "reviewer", "at", "data")
    return {name: row[name] for name in names} | {"settled": event.id in state.settled}
