"""Sentences of a translation memory against the blocks of articles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from paracorp.ingest import find_files, read_article
from paracorp.records import Article


def compact(text: str) -> str:
    return re.sub(r"\s+", "", text)


def sources(memory: Path) -> dict[str, str]:
    """The source sentence of every unit of a TMX, by the unit's id."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    units = etree.parse(str(memory), parser).iter("tu")
    return {str(unit.get("tuid")): "".join(map(str, next(unit.iter("seg")).itertext())) for unit in units}


def articles(root: Path) -> list[Article]:
    return [read_article(path, root, ("zh", "he")) for path in find_files(root, ("zh", "he"))]


def missing(units: dict[str, str], found: Iterable[Article]) -> set[str]:
    """The ids of units whose sentence stands in no block."""
    blocks = [compact(block.text) for article in found for block in article.blocks]
    return {name for name, text in units.items() if not any(compact(text) in block for block in blocks)}


def left_over(units: dict[str, str], found: Iterable[Article]) -> list[str]:
    """What remains of the blocks once the sentences of the memory are taken out, white space aside."""
    rest = []
    longest_first = sorted({compact(text) for text in units.values()}, key=len, reverse=True)
    for article in found:
        for block in article.blocks:
            text = compact(block.text)
            for sentence in longest_first:
                text = text.replace(sentence, "")
            rest.append(text)
    return [text for text in rest if text]
