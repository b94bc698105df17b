"""Units and articles for the tests of the formats."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from paracorp.formats.units import BitextUnit, Surroundings, describe
from paracorp.records import (
    Article,
    Evidence,
    Finding,
    Link,
    Origin,
    Severity,
    Status,
    TranslationUnit,
    Variant,
)

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


def finding(unit_id: str, rule: str = "number-mismatch", **fields: Any) -> Finding:
    defaults: dict[str, Any] = {
        "rule": rule,
        "severity": Severity.WARNING,
        "unit_id": unit_id,
        "field": "target",
        "start": 1,
        "end": 3,
        "message": "7 is not 8",
    }
    return Finding(**(defaults | fields))


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


def full_unit(
    variants: dict[str, str] | None = None, props: dict[str, str] | None = None, **fields: Any
) -> BitextUnit:
    """A reviewed zh-he unit of a corpus with a finding and evidence, as the neutral record.

    `props` are put over its own; an empty dict takes all away.
    """
    made = pair_unit(reviewer="דנה", reviewed=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC), **fields)
    around = Surroundings(
        {made.id: [finding(made.id)]},
        {"zh/a": article("zh/a"), "he/a": article("he/a")},
        {"l1": Link("l1", ("zh/a#1.0",), ("he/a#1.0",), 0.8125, Evidence({"words": 0.5}, ("OpenAI",)))},
    )
    described = describe(made, around)
    return replace(
        described,
        variants=variants or described.variants,
        props={} if props == {} else described.props | (props or {}),
    )
