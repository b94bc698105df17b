"""Whole documents: `golden/NAME` is read to what `golden/NAME.json` says.

The documents were written for this test, in the manner of news sites and scrapers. After a change, read the
difference the test shows and correct the JSON by hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from paracorp.ingest import classify, read_article

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".md", ".txt", ".html"))
LANGUAGES = ("zh", "he")


def expected(document: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(document.with_name(document.name + ".json").read_text(encoding="utf-8"))
    return data


def test_there_are_documents_of_every_kind_in_every_language() -> None:
    kinds = {(path.name[:2], path.suffix) for path in DOCUMENTS}
    assert kinds == {(lang, suffix) for lang in LANGUAGES for suffix in (".md", ".txt", ".html")}
    assert len(DOCUMENTS) >= 20


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_blocks_are_as_expected(document: Path) -> None:
    article = read_article(document, GOLDEN, LANGUAGES)
    assert [[block.kind, block.text] for block in article.blocks] == expected(document)["blocks"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_cuts_are_as_expected(document: Path) -> None:
    article = read_article(document, GOLDEN, LANGUAGES)
    assert [[cut.rule, cut.line, cut.text] for cut in article.cuts] == expected(document)["cuts"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_facts_are_as_expected(document: Path) -> None:
    article = read_article(document, GOLDEN, LANGUAGES)
    facts = {
        "lang": article.lang,
        "encoding": article.encoding,
        "title": article.title,
        "published": article.published and article.published.isoformat(),
        "url": article.url,
        "author": article.author,
        "publisher": article.publisher,
    }
    assert facts == {name: expected(document)[name] for name in facts}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_language_and_kind_are_told_by_the_content(document: Path, tmp_path: Path) -> None:
    wanted = (expected(document)["lang"], expected(document)["suffix"])
    for suffix in (".txt", document.suffix):
        loose = tmp_path / f"loose{suffix}"
        loose.write_bytes(document.read_bytes())
        assert classify(loose, LANGUAGES) == wanted
