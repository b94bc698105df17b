"""Tables: every record survives its Parquet file, and equal records give equal bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from paracorp import tables
from paracorp.records import (
    Article,
    ArticlePair,
    Block,
    BlockKind,
    Cut,
    Evidence,
    Finding,
    Link,
    NearDuplicate,
    Origin,
    Segment,
    Severity,
    Status,
    Translation,
    TranslationUnit,
    Variant,
)

ARTICLE = Article(
    id="zh/a",
    lang="zh",
    title="标题",
    published=dt.date(2025, 1, 21),
    url="",
    author="",
    publisher="",
    path="articles/zh/a.md",
    encoding="utf-8",
    blocks=(Block(BlockKind.TITLE, "标题"), Block(BlockKind.PARAGRAPH, "一\u2028二")),
    cuts=(Cut("image", "![x](y)", 3),),
)
SIDE = Variant("he", 'ארה"ב', "the US", "he/b", ("he/b#0.0",), Origin.FUZZY, "m.tmx")
EXAMPLES: list[tuple[tables.Table, Any]] = [
    (tables.ARTICLES, ARTICLE),
    (tables.DUPLICATES, NearDuplicate("zh/a", "zh/b", 0.75)),
    (tables.SEGMENTS, Segment("zh/a#1.0", "zh/a", "zh", BlockKind.PARAGRAPH, 1, 0, 3, "一\u2028二")),
    (tables.TRANSLATIONS, Translation("zh/a#1.0", "One two", Origin.MEMORY, "m.tmx", 1.0)),
    (tables.PAIRS, ArticlePair("zh/a", "he/b", 0.5)),
    (
        tables.LINKS,
        Link("l1", ("zh/a#1.0",), ("he/b#0.0", "he/b#0.1"), 0.9, Evidence({"words": 0.5}, names=("OpenAI",))),
    ),
    (tables.UNITS, TranslationUnit("u", SIDE, SIDE, None, "1:1", Status.AUTO, "", None)),
    (tables.FINDINGS, Finding("term-missing", Severity.WARNING, "u", "source", 0, 2, "…")),
]


@pytest.mark.parametrize(("table", "record"), EXAMPLES, ids=lambda item: getattr(item, "name", ""))
def test_a_record_survives_its_table(tmp_path: Path, table: tables.Table, record: Any) -> None:
    path = tmp_path / "t.parquet"
    tables.write_table(path, [record, record], table.record)
    assert tables.read_table(path, table.record) == [record, record]


@pytest.mark.parametrize(("table", "record"), EXAMPLES, ids=lambda item: getattr(item, "name", ""))
def test_equal_records_give_equal_bytes(tmp_path: Path, table: tables.Table, record: Any) -> None:
    paths = [tmp_path / name for name in ("a.parquet", "b.parquet")]
    for path in paths:
        tables.write_table(path, [record] * 1000, table.record)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("table", [table for table, _ in EXAMPLES], ids=lambda table: table.name)
def test_an_empty_table_keeps_its_columns(tmp_path: Path, table: tables.Table) -> None:
    path = tmp_path / "t.parquet"
    tables.write_table(path, [], table.record)
    assert tables.read_table(path, table.record) == []


def test_records_become_json_data() -> None:
    data = tables.as_data([ARTICLE])[0]
    assert data["published"] == "2025-01-21"
    assert data["blocks"][0] == {"kind": "title", "text": "标题"}
