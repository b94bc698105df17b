"""Units: what goes into a pair, and what does not."""

from __future__ import annotations

import datetime as dt

import pytest

from paracorp.records import Article, Block, BlockKind, Evidence, Link, Origin, Segment, Translation
from paracorp.units import Texts, english_units, language_pairs, linked_units


def article(name: str, day: int | None) -> Article:
    published = dt.date(2025, 1, day) if day else None
    block = Block(BlockKind.PARAGRAPH, "x")
    return Article(name, name[:2], "", published, "", "", "", f"articles/{name}.txt", "utf-8", (block,))


def segment(name: str, text: str) -> Segment:
    article_id = name.partition("#")[0]
    return Segment(name, article_id, name[:2], BlockKind.PARAGRAPH, 0, 0, len(text), text)


@pytest.fixture
def texts() -> Texts:
    segments = [
        segment("zh/a#0.0", "甲。"),
        segment("zh/a#0.1", "乙。"),
        segment("he/b#0.0", "אחד."),
        segment("he/b#0.1", "שניים."),
    ]
    renderings = [
        Translation("zh/a#0.0", "A.", Origin.MEMORY, "m.tmx", 1.0),
        Translation("zh/a#0.1", "B.", Origin.MODEL, "zh_en 1.0", 0.5),
        Translation("he/b#0.0", "One.", Origin.MEMORY, "m.tmx", 1.0),
        Translation("he/b#0.1", "", Origin.NONE, "", 0.0),
    ]
    return Texts(
        articles={"zh/a": article("zh/a", 21), "he/b": article("he/b", 23)},
        segments={row.id: row for row in segments},
        translations={row.segment_id: row for row in renderings},
    )


def link(source: str, target: str) -> Link:
    return Link("l", tuple(source.split()), tuple(target.split()), 0.8, Evidence())


def test_a_link_of_several_sentences_joins_them_as_its_language_does(texts: Texts) -> None:
    unit = next(linked_units([link("zh/a#0.0 zh/a#0.1", "he/b#0.0")], texts))
    assert (unit.source.text, unit.source.english, unit.shape) == ("甲。乙。", "A. B.", "2:1")
    assert unit.source.origin is Origin.MODEL
    assert unit.source.engine == "m.tmx; zh_en 1.0"
    assert unit.changed == dt.date(2025, 1, 23)
    assert unit.id.startswith("zh-he-")
    assert not set(unit.id) & set(" \t\n")


def test_a_side_with_an_untranslated_sentence_has_no_english(texts: Texts) -> None:
    unit = next(linked_units([link("zh/a#0.0", "he/b#0.0 he/b#0.1")], texts))
    assert (unit.target.text, unit.target.english, unit.target.origin) == ("אחד. שניים.", "", Origin.NONE)


def test_every_translated_segment_gives_an_english_unit(texts: Texts) -> None:
    units = list(english_units(texts.segments.values(), texts, "en"))
    assert [unit.source.segment_ids[0] for unit in units] == ["zh/a#0.0", "zh/a#0.1", "he/b#0.0"]
    assert [unit.confidence for unit in units] == [None, 0.5, None]
    assert units[0].target.text == "A."
    assert units[0].target.english == ""


def test_the_content_hash_ignores_the_english(texts: Texts) -> None:
    before = next(english_units([texts.segments["zh/a#0.1"]], texts, "en"))
    other = dict(texts.translations) | {"zh/a#0.1": Translation("zh/a#0.1", "Bee.", Origin.MODEL, "", 0.9)}
    after = next(
        english_units([texts.segments["zh/a#0.1"]], Texts(texts.articles, texts.segments, other), "en")
    )
    assert before.content_hash == after.content_hash
    assert before.content_hash != next(linked_units([link("zh/a#0.1", "he/b#0.0")], texts)).content_hash


def test_a_corpus_exports_its_languages_with_each_other_and_with_english() -> None:
    assert language_pairs(("zh", "he"), "en") == [("zh", "he"), ("zh", "en"), ("he", "en")]
