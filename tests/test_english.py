"""English articles as Markdown."""

from __future__ import annotations

import datetime as dt

import yaml
from markdown_it import MarkdownIt

from paracorp.english import GlossaryNames, english_markdown
from paracorp.lexicon.termbase import Termbase
from paracorp.records import (
    Article,
    Block,
    BlockKind,
    Origin,
    Segment,
    Term,
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


def test_a_sentence_that_looks_like_markup_stays_text() -> None:
    article, segments, rendered = made()
    for text in ("2025. A year of chips", "1) One", "R&amp;D ~~~ costs", "# not a heading", "=== x"):
        rendered["he/a#1.0"] = Translation("he/a#1.0", text, Origin.MEMORY, "m", 1.0)
        html = MarkdownIt().render(english_markdown(article, segments, rendered).partition("\n---\n")[2])
        assert f"<p>{text.replace('&', '&amp;')}</p>" in html


def test_a_sentence_that_is_unsure_has_a_footnote_with_reason_and_score() -> None:
    article, segments, rendered = made()
    notes = ("translation-unsure: it repeats itself: *plan*", "name-repaired: Altman for 奥尔特曼: kept")
    rendered["he/a#1.0"] = Translation("he/a#1.0", "A plan.", Origin.MODEL, "m", 0.254, notes)
    rendered["he/a#4.0"] = Translation("he/a#4.0", "An item", Origin.FUZZY, "he-en.tmx", 0.9)
    text = english_markdown(article, segments, rendered)
    assert "\n\nA plan.[^1]\n\n" in text
    assert "- An item[^2]\n" in text
    assert text.endswith(
        "[^1]: Unsure: it repeats itself: \\*plan\\* (score 0.25)\n"
        "[^2]: Unsure: from a sentence in he-en.tmx that is nearly the same (score 0.90)\n"
    )


def test_a_name_that_was_mended_has_no_footnote() -> None:
    article, segments, rendered = made()
    notes = ("name-repaired: Altman for 奥尔特曼: kept by a placeholder",)
    rendered["he/a#1.0"] = Translation("he/a#1.0", "Altman spoke.", Origin.MODEL, "m", 0.9, notes)
    assert "[^" not in english_markdown(article, segments, rendered)


def test_names_are_written_as_the_glossary_lists_them_in_the_title_too() -> None:
    names = GlossaryNames(
        Termbase(
            (
                Term("openai", "company", {"en": ("OpenAI",)}),
                Term("altman", "person", {"en": ("Sam Altman", "Altman")}),
                Term("altman.forbidden", "person", {"en": ("Oltman",)}, status="forbidden"),
            )
        )
    )
    article, segments, rendered = made()
    rendered["he/a#0.0"] = Translation("he/a#0.0", "Openai grows", Origin.MODEL, "m", 0.9)
    rendered["he/a#1.0"] = Translation("he/a#1.0", "Oltman's OPENAI grew.", Origin.MODEL, "m", 0.9)
    text = english_markdown(article, segments, rendered, names)
    assert 'title: "OpenAI grows"' in text
    assert "# OpenAI grows" in text
    assert "Sam Altman's OpenAI grew." in text


def test_right_english_is_not_touched() -> None:
    names = GlossaryNames(
        Termbase(
            (
                Term("doe", "organisation", {"en": ("Department of Energy", "DOE")}),
                Term("us", "place", {"en": ("U.S. Congress", "US Congress")}),
                Term("campus", "project", {"en": ("UAE\u2013U.S. AI Campus", "UAE-U.S. AI campus")}),
            )
        )
    )
    for text in ("What does it mean?", "The US Congress met.", "At the UAE-U.S. AI campus."):
        assert names.normalised(text) == text


def test_english_that_a_person_wrote_stands_as_it_was_written() -> None:
    names = GlossaryNames(Termbase((Term("openai", "company", {"en": ("OpenAI",)}),)))
    article, segments, rendered = made()
    rendered["he/a#1.0"] = Translation("he/a#1.0", "Openai, she wrote.", Origin.MEMORY, "decided", 1.0)
    rendered["he/a#4.0"] = Translation("he/a#4.0", "Openai grew.", Origin.MEMORY, "he-en.tmx", 1.0)
    text = english_markdown(article, segments, rendered, names, final="decided")
    assert "Openai, she wrote." in text
    assert "OpenAI grew." in text
