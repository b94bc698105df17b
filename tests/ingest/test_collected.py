"""The corpus shipped with paracorp, and three documents as they were collected, where they are at hand."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from paracorp.ingest import read_article
from paracorp.records import Article, BlockKind
from tests.ingest.memories import articles, left_over, missing, sources

STARGATE = Path(__file__).parents[2] / "corpora" / "stargate"


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_the_shipped_articles_are_their_memory_no_more_and_no_less(lang: str) -> None:
    units = sources(STARGATE / "memory" / f"{lang}-en.tmx")
    found = [article for article in articles(STARGATE) if article.lang == lang]
    assert len(found) == 4
    assert missing(units, found) == set()
    assert left_over(units, found) == []


def test_the_shipped_articles_state_their_day_and_the_pages_their_title() -> None:
    for article in articles(STARGATE):
        assert article.published is not None, article.id
        assert article.title or article.path.endswith(".txt"), article.id


@pytest.fixture
def collected(shared: Path, tmp_path: Path) -> dict[str, Article]:
    """The collected documents by the number they begin with, read as loose files of a corpus."""
    (tmp_path / "articles").mkdir()
    for path in (shared / "seeds").glob("*.txt"):
        shutil.copyfile(path, tmp_path / "articles" / path.name)
    return {article.id.split("/")[1][:3]: article for article in articles(tmp_path)}


# Lines of the pages that the memory holds too: signature, navigation, path, byline, and captions with credit.
NO_TEXT = {"zh_000-30-1", "zh_002-1-1", "zh_002-2-1", "zh_002-4-1"}
WITH_CREDIT = {"he_001-26-2", "he_001-39-2", "he_001-53-2"}


def test_every_sentence_of_the_collected_documents_is_kept(
    shared: Path, collected: dict[str, Article]
) -> None:
    units = sources(shared / "seeds" / "memory" / "zh-en.tmx")
    units |= sources(shared / "seeds" / "memory" / "he-en.tmx")
    assert missing(units, collected.values()) == NO_TEXT | WITH_CREDIT
    without_credit = {name: text.split(" / ")[0] for name, text in units.items()}
    assert missing(without_credit, collected.values()) == NO_TEXT
    assert left_over(without_credit, collected.values()) == []


def test_all_boilerplate_of_the_collected_documents_is_cut(collected: dict[str, Article]) -> None:
    rules = {number: [cut.rule for cut in article.cuts] for number, article in collected.items()}
    assert rules == {
        "000": ["front-matter-summary", "image", "image", "image", "signature", "source-link"],
        "001": ["label", "related-bullet", "related-bullet", "photo-credit", "photo-credit", "photo-credit"],
        "002": ["navigation", "breadcrumb", "byline", "repeated-abstract", "image-file"],
    }


def test_the_facts_of_the_collected_documents_are_kept(collected: dict[str, Article]) -> None:
    published = {number: article.published for number, article in collected.items()}
    assert published == {
        "000": dt.date(2025, 2, 8),
        "001": dt.date(2025, 8, 28),
        "002": dt.date(2025, 12, 18),
    }
    assert collected["000"].url.startswith("https://new.qq.com/")
    assert bool(collected["000"].title)
    assert collected["001"].title == ""
    assert collected["002"].title.endswith("?")
    assert len(collected["002"].author) == 3


def test_title_headings_and_captions_of_the_collected_documents_are_marked(
    collected: dict[str, Article],
) -> None:
    kinds = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION)
    counts = {
        number: [sum(block.kind is kind for block in article.blocks) for kind in kinds]
        for number, article in collected.items()
    }
    assert counts == {"000": [1, 2, 0], "001": [0, 3, 3], "002": [1, 5, 0]}


def test_a_document_is_read_alike_twice(shared: Path) -> None:
    path = next((shared / "seeds").glob("001*.txt"))
    assert read_article(path, path.parent, ("zh", "he")) == read_article(path, path.parent, ("zh", "he"))
