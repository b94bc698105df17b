"""Units and articles for the tests of the formats."""

from __future__ import annotations

import datetime as dt
from typing import Any

from paracorp.records import Article, Origin, Status, TranslationUnit, Variant

DAY = dt.date(2025, 2, 8)


def article(name: str, **fields: Any) -> Article:
    defaults: dict[str, Any] = {
        "id": name,
        "lang": name[:2],
        "title": f"title of {name}",
        "published": DAY,
        "url": "https://example.org/?a=1&b=2",
        "author": "",
        "publisher": "",
        "path": f"articles/{name}.md",
        "encoding": "utf-8",
        "blocks": (),
    }
    return Article(**(defaults | fields))


def variant(lang: str, text: str, **fields: Any) -> Variant:
    defaults: dict[str, Any] = {
        "lang": lang,
        "text": text,
        "english": "" if lang == "en" else "An English sentence.",
        "article_id": f"{lang}/a",
        "segment_ids": (f"{lang}/a#1.0",),
        "origin": Origin.MODEL,
        "engine": "argos translate-zh_en 1.9",
    }
    return Variant(**(defaults | fields))


def pair_unit(source: str = "总统说。", target: str = "הנשיא אמר.", **fields: Any) -> TranslationUnit:
    """A zh-he unit with the texts given."""
    return unit(variant("zh", source), variant("he", target), **fields)


def english_unit(
    source: str = "总统说。", target: str = "The president said.", **fields: Any
) -> TranslationUnit:
    """A zh-en unit from memory."""
    from_memory = {"origin": Origin.MEMORY, "engine": "zh-en.tmx"}
    return unit(
        variant("zh", source, english=target, **from_memory),
        variant("en", target, article_id="zh/a", segment_ids=("zh/a#1.0",), **from_memory),
        **({"id": "zh-en-1", "confidence": None, "link_id": ""} | fields),
    )


def unit(source: Variant, target: Variant, **fields: Any) -> TranslationUnit:
    defaults: dict[str, Any] = {
        "id": "zh-he-1",
        "source": source,
        "target": target,
        "confidence": 0.8125,
        "shape": "1:1",
        "status": Status.AUTO,
        "link_id": "l1",
        "changed": DAY,
    }
    return TranslationUnit(**(defaults | fields))
