"""English articles as Markdown."""

from __future__ import annotations

import datetime as dt

import yaml
from markdown_it import MarkdownIt

from paracorp.exporting import english_markdown, rules_by_unit
from paracorp.records import (
    Article,
    Block,
    BlockKind,
    Finding,
    Origin,
    Segment,
    Severity,
    Translation,
)

KINDS = (BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.LIST_ITEM)
ENGLISH = ("The title", "First *one*. Second <b>.", "A heading", "A caption", "An item")


def made() -> tuple[Article, list[Segment], dict[str, Translation]]:
    blocks = tuple(Block(kind, f"文{place}") for place, kind in enumerate(KINDS))
    article = Article(
        'he/a"b',
        "he",
        "כותרת",
        dt.date(2025, 1, 23),
        "https://example.org/a",
        "",
        "",
        "a.md",
        "utf-8",
        blocks,
    )
    segments = [
        Segment(f"he/a#{place}.0", article.id, "he", block.kind, place, 0, 2, block.text)
        for place, block in enumerate(blocks)
    ]
    rendered = {
        row.id: Translation(row.id, text, Origin.MEMORY, "m", 1.0)
        for row, text in zip(segments, ENGLISH, strict=True)
    }
    return article, segments, rendered


def test_headings_paragraphs_captions_and_items_keep_their_kind() -> None:
    article, segments, rendered = made()
    text = english_markdown(article, segments, rendered)
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    assert yaml.safe_load(front) == {
        "title": "The title",
        "original_title": "כותרת",
        "lang": "he",
        "date": "2025-01-23",
        "url": "https://example.org/a",
        "source_file": "a.md",
    }
    html = MarkdownIt().render(body)
    assert "<h1>The title</h1>" in html
    assert "<p>First *one*. Second &lt;b&gt;.</p>" in html
    assert "<h2>A heading</h2>" in html
    assert "<p><em>A caption</em></p>" in html
    assert "<li>An item</li>" in html


def test_a_sentence_without_english_stands_in_the_original_and_is_marked() -> None:
    article, segments, rendered = made()
    rendered["he/a#1.0"] = Translation("he/a#1.0", "", Origin.NONE, "", 0.0)
    assert "⟦文1⟧" in english_markdown(article, segments, rendered)


def test_the_rules_of_a_unit_are_named_once_and_sorted() -> None:
    found = [
        Finding(rule, Severity.INFO, unit, "source", 0, 0, "")
        for unit, rule in (("u", "b"), ("u", "a"), ("u", "b"), ("v", "c"))
    ]
    assert rules_by_unit(found) == {"u": ["a", "b"], "v": ["c"]}


def test_a_sentence_that_looks_like_markup_stays_text() -> None:
    article, segments, rendered = made()
    for text in ("2025. A year of chips", "1) One", "R&amp;D ~~~ costs", "# not a heading", "=== x"):
        rendered["he/a#1.0"] = Translation("he/a#1.0", text, Origin.MEMORY, "m", 1.0)
        html = MarkdownIt().render(english_markdown(article, segments, rendered).partition("\n---\n")[2])
        assert f"<p>{text.replace('&', '&amp;')}</p>" in html
