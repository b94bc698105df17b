"""The report: self-contained, and safe whatever the texts hold."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from paracorp.corpus import Corpus
from paracorp.records import (
    Article,
    ArticlePair,
    Block,
    BlockKind,
    Evidence,
    Finding,
    Link,
    Origin,
    Segment,
    Severity,
    Status,
    Translation,
    TranslationUnit,
    Variant,
)
from paracorp.review.report import ReportData, marked, render_report
from paracorp.settings import CorpusSettings

HOSTILE = '<script>alert(1)</script> \u202eoverride & "quotes" \' </section>'


def article(name: str) -> Article:
    blocks = (Block(BlockKind.TITLE, HOSTILE),)
    return Article(name, name[:2], HOSTILE, dt.date(2025, 1, 2), "", "", "", "p", "utf-8", blocks)


def finding(start: int, end: int, field: str = "source") -> Finding:
    return Finding("number-mismatch", Severity.WARNING, "u", field, start, end, HOSTILE)


@pytest.fixture
def data() -> ReportData:
    names = ("zh/a", "he/b")
    segments = [
        Segment(f"{name}#0.0", name, name[:2], BlockKind.TITLE, 0, 0, len(HOSTILE), HOSTILE) for name in names
    ]
    sides = [
        Variant(row.lang, row.text, HOSTILE, row.article_id, (row.id,), Origin.MODEL, "m") for row in segments
    ]
    link = Link("l", ("zh/a#0.0",), ("he/b#0.0",), 0.5, Evidence({"words": 0.5}, words=(HOSTILE,)))
    unit = TranslationUnit("u", sides[0], sides[1], 0.5, "1:1", Status.AUTO, "l", None)
    return ReportData(
        articles=[article(name) for name in names],
        duplicates=[],
        segments=segments,
        translations=[Translation(row.id, "", Origin.NONE, "", 0.0) for row in segments],
        pairs=[ArticlePair("zh/a", "he/b", 0.9)],
        links=[link],
        units=[unit],
        findings=[finding(0, 8), finding(4, 12)],
    )


def test_hostile_texts_stay_text(data: ReportData) -> None:
    page = render_report(Corpus(Path("x"), CorpusSettings(title=HOSTILE)), data)
    tree: Any = html.fromstring(page)
    assert not tree.xpath("//script")
    assert tree.xpath("string(//h1)") == HOSTILE
    texts = [" ".join(node.text_content().split()) for node in tree.xpath("//p[@class='text']")]
    assert texts == [" ".join(HOSTILE.split())] * 2


def test_the_page_loads_nothing(data: ReportData) -> None:
    page = render_report(Corpus(Path("x"), CorpusSettings()), data)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=|url\(|@import|https?://", page.replace("http-equiv", ""))


def test_each_side_has_its_language_and_direction(data: ReportData) -> None:
    tree: Any = html.fromstring(render_report(Corpus(Path("x"), CorpusSettings()), data))
    sides = tree.xpath("//section[@id='u']//p[@class='text']")
    assert [(side.get("lang"), side.get("dir")) for side in sides] == [("zh-CN", "ltr"), ("he-IL", "rtl")]


def test_spans_are_marked_and_overlapping_ones_share_their_pieces() -> None:
    pieces = marked("0123456789", [finding(2, 6), finding(4, 8)])
    assert [piece for piece, _ in pieces] == ["01", "23", "45", "67", "89"]
    assert [bool(note) for _, note in pieces] == [False, True, True, True, False]
    assert "".join(piece for piece, _ in pieces) == "0123456789"


@pytest.mark.parametrize(("start", "end"), [(5, 5), (8, 99), (-1, 2)])
def test_a_span_outside_the_text_marks_nothing(start: int, end: int) -> None:
    assert marked("0123456789", [finding(start, end)]) == [("0123456789", "")]


def test_an_empty_corpus_has_a_report() -> None:
    empty = ReportData([], [], [], [], [], [], [], [])
    page = render_report(Corpus(Path("x"), CorpusSettings()), empty)
    assert "No article has a partner." in page
    assert "No findings." in page
