"""How fast a review answers on a large corpus: 20,000 pairs in 400 pairs of articles.

    python tests/benchmarks/bench_review.py [PAIRS]

Prints the time of opening, of what the page asks for, and of every kind of decision (with its fsync): the
median of several, and the slowest. The corpus is made up of the words below, in a folder that is removed.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from paracorp import tables
from paracorp.corpus import Corpus, StageRecord, file_hash, open_corpus, write_manifest
from paracorp.records import (
    Article,
    ArticlePair,
    BlockKind,
    Evidence,
    Finding,
    Link,
    Origin,
    Segment,
    Severity,
    Translation,
    digest,
)
from paracorp.review.office import Office
from paracorp.units import Texts, english_units, linked_units

PER_PAIR = 50
WORDS = {
    "zh": [
        "大桥",
        "工程",
        "市长",
        "总投资",
        "30亿美元",
        "通车",
        "工人",
        "OpenAI",
        "典礼",
        "公司",
        "宣布",
        "2025年",
    ],
    "he": [
        "הגשר",
        "הפרויקט",
        "ראש העיר",
        "3 מיליארד דולר",
        "נפתח",
        "פועלים",
        "OpenAI",
        "הטקס",
        "החברה",
        "2025",
    ],
    "en": [
        "bridge",
        "project",
        "mayor",
        "$3 billion",
        "opened",
        "workers",
        "OpenAI",
        "ceremony",
        "company",
        "2025",
    ],
}


def write_corpus(root: Path, pairs: int) -> None:
    """A built corpus of so many pairs, tables only."""
    root.mkdir()
    (root / "corpus.toml").write_text('title = "Large"\n', encoding="utf-8")
    chance = random.Random(1)
    made: dict[str, list[Any]] = {
        name: [] for name in ("articles", "segments", "translations", "pairs", "links")
    }
    for number in range(max(1, pairs // PER_PAIR)):
        ids = {lang: f"{lang}/a{number:05}" for lang in ("zh", "he")}
        for lang, name in ids.items():
            day = dt.date(2025, 1, 1)
            made["articles"].append(
                Article(name, lang, f"T {number}", day, "", "", "", f"{name}.md", "utf-8", ())
            )
            for block in range(PER_PAIR + 10):
                text = " ".join(chance.choices(WORDS[lang], k=12)) + f" {number}.{block}"
                english = " ".join(chance.choices(WORDS["en"], k=14))
                segment = Segment(
                    f"{name}#{block}.0", name, lang, BlockKind.PARAGRAPH, block, 0, len(text), text
                )
                made["segments"].append(segment)
                made["translations"].append(Translation(segment.id, english, Origin.MODEL, "model", 0.5))
        made["pairs"].append(ArticlePair(ids["zh"], ids["he"], 0.9))
        for block in range(PER_PAIR):
            source, target = (f"{ids[lang]}#{block}.0" for lang in ("zh", "he"))
            evidence = Evidence({"words": 0.5}, ("OpenAI",), ("2025",), (), ("bridge",))
            confidence = round(chance.uniform(0.5, 1), 4)
            made["links"].append(
                Link(digest("link", source, target), (source,), (target,), confidence, evidence)
            )
    _finish(open_corpus(root), made, chance)


def _finish(corpus: Corpus, made: dict[str, list[Any]], chance: random.Random) -> None:
    texts = Texts(
        {row.id: row for row in made["articles"]},
        {row.id: row for row in made["segments"]},
        {row.segment_id: row for row in made["translations"]},
    )
    made["units"] = [*linked_units(made["links"], texts), *english_units(made["segments"], texts, "en")]
    some = [unit for unit in made["units"] if chance.random() < 0.3]
    made["findings"] = [
        Finding("term-missing", Severity.WARNING, unit.id, "source", 0, 2, "made up") for unit in some
    ]
    stages = {}
    for table in vars(tables).values():
        if isinstance(table, tables.Table) and table.name in made:
            path = corpus.table(table.name)
            tables.write_table(path, made[table.name], table.record)
            stages[table.name] = StageRecord("", {}, {path.name: file_hash(path)})
    write_manifest(corpus, stages, {})


def event(unit: dict[str, Any], action: str, **data: Any) -> dict[str, Any]:
    segments = [*unit["source"]["segments"], *unit["target"]["segments"]]
    anchors = [[row["id"], row["text"]] for row in segments]
    return {"v": 1, "event": action, "unit": unit["id"], "anchors": anchors, "data": data}


def measure(label: str, calls: list[Callable[[], Any]]) -> None:
    times = []
    for call in calls:
        start = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - start))
    print(f"{label:<28} {statistics.median(times):8.1f} ms   slowest {max(times):8.1f} ms   of {len(times)}")


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "large"
        write_corpus(root, pairs)
        start = time.perf_counter()
        office = Office(
            open_corpus(root), reviewer="bench", clock=lambda: dt.datetime.now(dt.UTC), say=lambda _: None
        )
        print(f"opening {pairs} pairs {time.perf_counter() - start:.1f} s")
        measure("list and search prepared", [office.prepare])
        measure("list", [lambda: office.index("links")] * 3)
        ids = [row[0] for row in office.index("links")["rows"]]
        measure("40 units, first", [lambda: office.units(ids[:40])])
        measure("40 units", [lambda at=at: office.units(ids[at : at + 40]) for at in range(40, 400, 40)])  # type: ignore[misc]
        measure("search", [lambda word=word: office.search(word, "links") for word in WORDS["he"]])  # type: ignore[misc]
        units = iter(office.units(ids[500:600])["units"])

        def decide(action: str, **data: Any) -> Callable[[], Any]:
            row = event(next(units), action, **data)
            return lambda: office.decide([row])

        for action in ("accept", "reject", "needs_work"):
            measure(action, [decide(action) for _ in range(20)])
        measure("edit", [decide("edit", source_english=f"Words {number}.") for number in range(20)])
        meta = office.meta()
        measure("changes", [lambda: office.changes(meta["cursor"], meta["build"])] * 20)
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
