"""A small corpus to judge, and decisions on it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from paracorp.cli import main
from paracorp.corpus import open_corpus
from paracorp.formats.tsv import read_tsv
from paracorp.records import Segment
from paracorp.tables import LINKS, SEGMENTS, read_table
from tests.cli.conftest import tmx

ZH = {
    "港口大桥周三通车": "Harbour bridge opens on Wednesday",
    "全长12公里的港口大桥3月5日正式通车。": "The 12-kilometre harbour bridge officially opened on March 5.",
    "工程总投资为30亿美元。": "The project cost a total of $3 billion.",
    "市民可免费通行一个月。": "Residents may cross the bridge free of charge for one month.",
    "市长陈丽华出席了典礼。": "Mayor Chen Lihua attended the ceremony.",
    "大桥由450名工人用四年建成。": "The bridge was built by 450 workers in four years.",
}
HE = {
    "גשר הנמל נפתח לתנועה": "The harbour bridge opens to traffic",
    "גשר הנמל, שאורכו 12 קילומטרים, נפתח ב־5 במרץ לתנועה.": "The harbour bridge, 12 kilometres long, "
    "opened to traffic on March 5.",
    "עלות הפרויקט הגיעה ל־3 מיליארד דולר.": "The cost of the project reached $3 billion.",
    "ראש העיר צ'ן ליהואה השתתפה בטקס.": "Mayor Chen Lihua took part in the ceremony.",
    "450 פועלים בנו את הגשר בארבע שנים.": "450 workers built the bridge in four years.",
    "הנהגים מרוצים מאוד מן הגשר.": "Drivers are very pleased with the bridge.",
}


def article(texts: Sequence[str], lang: str, date: str) -> str:
    """A report of one paragraph per sentence under its title."""
    title, *body = texts
    return f"---\ntitle: {title}\ndate: {date}\nlang: {lang}\n---\n\n" + "\n\n".join(body) + "\n"


def write_corpus(root: Path) -> Path:
    """The corpus, not built."""
    files = {
        "corpus.toml": 'title = "Bridge"\n[alignment]\nsemantic = "off"\n'
        '[translation]\nengines = ["memory"]\n',
        "articles/zh/bridge.md": article(list(ZH), "zh", "2025-03-05"),
        "articles/he/bridge.md": article(list(HE), "he", "2025-03-06"),
        "memory/zh-en.tmx": tmx("zh-CN", ZH),
        "memory/he-en.tmx": tmx("he-IL", HE),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def build(root: Path) -> int:
    return main(["build", str(root)])


def segments(root: Path) -> dict[str, Segment]:
    """Today's segments by their texts."""
    rows = read_table(open_corpus(root).table(SEGMENTS.name), Segment)
    return {row.text: row for row in rows}


def links(root: Path) -> set[tuple[str, str]]:
    """The links of the last build, as the texts of both sides."""
    texts = {row.id: row.text for row in segments(root).values()}
    rows = read_table(open_corpus(root).table(LINKS.name), LINKS.record)
    return {
        ("|".join(texts[name] for name in row.source_ids), "|".join(texts[name] for name in row.target_ids))
        for row in rows
    }


def rows(root: Path, pair: str = "zh-he") -> list[dict[str, str]]:
    """The exported pair table."""
    return list(read_tsv(root / "build" / "export" / f"{root.name}.{pair}.tsv"))


_minutes = itertools.count()


def event(
    root: Path, action: str, texts: Sequence[str], reviewer: str = "anna", **data: Any
) -> dict[str, Any]:
    """A decision on the unit with these texts, source side first, each later than the one before."""
    known = segments(root)
    minute = next(_minutes)
    return {
        "v": 1,
        "event": action,
        "unit": "",
        "content_hash": "",
        "anchors": [[known[text].id, text] for text in texts],
        "data": data,
        "reviewer": reviewer,
        "at": f"2026-01-{1 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}:00Z",
    }


def anchors(root: Path, texts: Sequence[str]) -> list[list[str]]:
    known = segments(root)
    return [[known[text].id, text] for text in texts]


def decide(root: Path, *events: dict[str, Any]) -> None:
    """Write decisions as a person's program would."""
    with (root / "decisions.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in events)
