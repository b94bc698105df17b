"""The names and the map of the report."""

from __future__ import annotations

import datetime as dt

from paracorp.lexicon.termbase import Termbase
from paracorp.records import (
    Article,
    ArticlePair,
    BlockKind,
    Evidence,
    Link,
    Origin,
    Segment,
    Term,
    Translation,
)
from paracorp.review.entities import entity_rows
from paracorp.review.pairing_map import TITLE_CHARS, pairing_map

TERMS = Termbase(
    (
        Term("altman", "person", {"en": ("Sam Altman", "Altman"), "zh": ("奥尔特曼",), "he": ("אלטמן",)}),
        Term("oracle", "company", {"en": ("Oracle",), "zh": ("甲骨文",), "he": ("אורקל",)}),
        Term("idle", "company", {"en": ("Idle",), "zh": ("闲置",)}),
    )
)


def segment(name: str, text: str) -> Segment:
    return Segment(name, name.partition("#")[0], name[:2], BlockKind.PARAGRAPH, 0, 0, len(text), text)


def article(name: str, day: int | None, title: str = "") -> Article:
    published = dt.date(2025, 1, day) if day else None
    return Article(name, name[:2], title, published, "", "", "", "p", "utf-8", ())


def link(source: str, target: str, number: int) -> Link:
    return Link(f"l{number}", (f"{source}#0.{number}",), (f"{target}#0.{number}",), 0.9, Evidence())


def test_names_are_counted_by_language_and_form() -> None:
    segments = [
        segment("zh/a#0.0", "奥尔特曼见了甲骨文的人，奥尔特曼走了。"),
        segment("he/b#0.0", "לאלטמן אין תגובה."),
    ]
    english = [Translation("zh/a#0.0", "Altman met Oracle and Altman left.", Origin.MODEL, "m", 0.5)]
    first, second = entity_rows(TERMS, segments, english)
    assert (first.id, first.label, first.total) == ("altman", "Sam Altman", 3)
    assert first.forms == {"zh": (("奥尔特曼", 2),), "he": (("אלטמן", 1),), "en": (("Altman", 2),)}
    assert (second.id, second.total) == ("oracle", 1)
    assert "he" not in second.forms


def test_the_map_puts_articles_by_day_and_lines_by_links() -> None:
    articles = [article("zh/late", 9), article("zh/early", 2), article("he/x", None), article("he/y", 3)]
    pairs = [ArticlePair("zh/late", "he/y", 0.8), ArticlePair("zh/early", "he/y", 0.7)]
    links = [link("zh/late", "he/y", number) for number in range(4)] + [link("zh/early", "he/y", 9)]
    drawn = pairing_map(articles, pairs, links, ("zh", "he"))
    assert [place.label[-10:-1].rpartition("\u2068")[2] for place in drawn.places if place.lang == "he"] == [
        "he/y",
        "he/x",
    ]
    assert [place.lonely for place in drawn.places] == [False, False, False, True]
    late, early = drawn.lines
    assert late.width > early.width
    assert late.y1 > early.y1
    assert late.y2 == early.y2
    assert "4 links" in late.title


def test_long_titles_are_cut_and_kept_apart_from_the_day() -> None:
    drawn = pairing_map([article("zh/a", 1, "长" * 90)], [], [], ("zh", "he"))
    (place,) = drawn.places
    assert place.label == f"2025-01-01  \u2068{'长' * (TITLE_CHARS - 1)}…\u2069"
    assert drawn.lines == ()
