"""Speed and memory of the checks and the matcher, and how right both are. Run by hand:

    uv run python tests/benchmarks/bench_checks.py [UNITS]

The units (100,000 unless told) are a third each zh-en, he-en and zh-he: the reviewed memories of the shipped
corpus, and FLORES sentences from ../shared/bench where that is present, with words and digits changed so that
no text comes twice.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
import os
import platform
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from paracorp.checks import check_units
from paracorp.lexicon.matching import Matcher
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.termbase import Termbase, read_termbase
from paracorp.records import Origin, Status, Term, TranslationUnit, Variant
from paracorp.settings import CheckSettings

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
FLORES = ROOT.parent / "shared" / "bench" / "flores-argos" / "pairs.tsv"
UNITS = 100_000
TERMS = 10_000
CHARACTERS = 1_000_000
LETTERS = {
    "zh": "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏",
    "he": "אבגדהוזחטיכלמנסעפצקרשת",
    "en": "abcdefghijklmnop",
}
Texts = tuple[str, str, str, str]  # a text and its English, another text and its English; empty where none


def glossary() -> Termbase:
    """The glossary of the shipped corpus."""
    return read_termbase(ROOT / "glossaries" / "ai-politics.csv")


def memory(lang: str) -> list[tuple[str, str]]:
    """The reviewed pairs of a language."""
    path = ROOT / "corpora" / "stargate" / "memory" / f"{lang}-en.tmx"
    segments = [segment.text or "" for segment in etree.parse(path).iter("seg")]
    return list(zip(segments[::2], segments[1::2], strict=True))


def bases() -> dict[tuple[str, str], list[Texts]]:
    """Texts to make units of, by language pair."""
    zh, he = memory("zh"), memory("he")
    pairs: dict[tuple[str, str], list[Texts]] = {
        ("zh", "en"): [(text, "", english, "") for text, english in zh],
        ("he", "en"): [(text, "", english, "") for text, english in he],
        ("zh", "he"): [(*one, *other) for one, other in zip(zh, he, strict=False)],
    }
    if FLORES.exists():
        with FLORES.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        for lang in ("zh", "he"):
            pairs[lang, "en"] += [(row[lang], "", row["english"], "") for row in rows]
        pairs["zh", "he"] = [(row["zh"], row["zh_en_argos"], row["he"], row["he_en_argos"]) for row in rows]
    return pairs


def varied(rng: random.Random, text: str) -> str:
    """The text with other digits and two neighbouring words (or characters, without spaces) swapped."""
    text = re.sub(r"\d", lambda _: str(rng.randint(1, 9)), text) if rng.random() < 0.5 else text
    joiner = " " if " " in text else ""
    parts = text.split(" ") if joiner else list(text)
    if len(parts) > 3:
        at = rng.randrange(1, len(parts) - 1)
        parts[at - 1 : at + 1] = parts[at], parts[at - 1]
    return joiner.join(parts)


def made(count: int) -> Iterator[TranslationUnit]:
    """So many units, made one by one; 30 to an article."""
    rng = random.Random(1)
    for number, (langs, texts) in enumerate(bases().items()):
        for index in range(count * number // 3, count * (number + 1) // 3):
            one, english, other, other_english = (varied(rng, text) for text in texts[index % len(texts)])
            article = f"a{index // 30}"
            sides = (
                Variant(lang, text, rendering, f"{lang}/{article}", (), Origin.MODEL, "")
                for lang, text, rendering in zip(langs, (one, other), (english, other_english), strict=True)
            )
            source, target = sides
            yield TranslationUnit(
                f"u{index}", source, target, None, "1:1", Status.AUTO, "", dt.date(2025, 5, 16)
            )


def one_run(count: int, workers: int) -> None:
    """Time the checks of `count` units, the making of which is left out, in this process."""
    started, cpu = time.perf_counter(), cpu_s()
    made_only = sum(1 for _ in made(count))
    making_s, making_cpu_s = time.perf_counter() - started, cpu_s() - cpu
    started, cpu = time.perf_counter(), cpu_s()
    findings = sum(1 for _ in check_units(made(count), glossary(), CheckSettings(), workers=workers))
    wall = time.perf_counter() - started - making_s
    cpu = cpu_s() - cpu - making_cpu_s
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(
        f"{made_only:,} units, {workers} workers: "
        f"{wall:.1f} s wall, {cpu:.1f} s CPU, {made_only / wall:,.0f} units/s, "
        f"peak {peak / 1024:.0f} MiB (this process and its largest child), {findings:,} findings",
        flush=True,
    )


def cpu_s() -> float:
    """CPU seconds of this process and its ended children."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def matcher_speed() -> None:
    """Time 10,000 terms over 1,000,000 characters of each language."""
    rng = random.Random(1)
    listed = list(glossary())
    while len(listed) < TERMS:
        names: dict[str, tuple[str, ...]] = {
            lang: ("".join(rng.choices(letters, k=rng.randint(3, 7))).title(),)
            for lang, letters in LETTERS.items()
        }
        listed.append(Term(f"t{len(listed)}", "company", names))
    for lang, texts in (
        ("zh", [text for text, _ in memory("zh")]),
        ("he", [text for text, _ in memory("he")]),
        ("en", [english for _, english in memory("zh")]),
    ):
        started = time.process_time()
        matcher = Matcher(listed, lang)
        built = time.process_time() - started
        text = "\n".join(itertools.islice(itertools.cycle(texts), CHARACTERS // 20))[:CHARACTERS]
        started = time.process_time()
        mentions = len(matcher.find(text))
        print(
            f"{lang}: {TERMS:,} terms built in {built:.2f} s, found {mentions:,} mentions in {len(text):,} "
            f"characters in {time.process_time() - started:.2f} s"
        )


def cases(name: str) -> list[dict[str, Any]]:
    """The lines of a golden file."""
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def score(label: str, hits: int, found: int, expected: int) -> None:
    """Print precision and recall."""
    precision, recall = hits / max(found, 1), hits / max(expected, 1)
    print(f"{label:24} precision {precision:.4f}  recall {recall:.4f}  of {expected}")


def terms_score(lang: str) -> None:
    """Score the matcher on the golden sentences; homographs count neither way."""
    matcher = Matcher([term for term in glossary() if term.status != "forbidden"], lang)
    hits = found = expected = 0
    for case in cases(f"entities_{lang}"):
        either, marked = (
            {(mark["id"], mark["start"], mark["end"]) for mark in case.get(name, [])}
            for name in ("homograph", "terms")
        )
        got = {(m.term_id, m.start, m.end) for m in matcher.find(str(case["text"]))} - either
        hits, found, expected = hits + len(got & marked), found + len(got), expected + len(marked)
    score(f"terms {lang}", hits, found, expected)


def numbers_score(lang: str) -> None:
    """Score the number reader on the golden sentences, by kind: span and all values must be right."""
    hits, found, expected = Counter[str](), Counter[str](), Counter[str]()
    for case in cases(f"numbers_{lang}"):
        published = dt.date.fromisoformat(str(case["published"]))
        got = {
            (q.kind.value, q.start, q.end, q.date or round(q.value, 9), q.unit, q.currency, q.precision.value)
            for q in find_quantities(str(case["text"]), lang, published)
        }
        marked = {
            (
                q["kind"],
                q["start"],
                q["end"],
                q["date"] or round(q["value"], 9),
                q["unit"] or "",
                q["currency"] or "",
                q["precision"],
            )
            for q in case["quantities"]
        }
        for counter, items in ((hits, got & marked), (found, got), (expected, marked)):
            counter.update(item[0] for item in items)
    for kind in sorted(expected):
        score(f"{kind} {lang}", hits[kind], found[kind], expected[kind])
    score(f"all quantities {lang}", hits.total(), found.total(), expected.total())


def false_alarms(lang: str) -> None:
    """Findings on the reviewed memory, which is right."""
    units = [
        TranslationUnit(
            f"u{index}",
            Variant(lang, text, "", "", (), Origin.MEMORY, ""),
            Variant("en", english, "", "", (), Origin.MEMORY, ""),
            None,
            "1:1",
            Status.AUTO,
            "",
            None,
        )
        for index, (text, english) in enumerate(memory(lang))
    ]
    rules = Counter(finding.rule for finding in check_units(units, glossary(), CheckSettings()))
    rate = 100 * rules.total() / len(units)
    print(f"memory {lang}: {rate:.2f} false alarms per 100 of {len(units)} units {dict(rules)}")


def main() -> None:
    """Print the figures; each timed run has a process of its own, for the sake of its peak."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else UNITS
    if len(sys.argv) > 2:
        one_run(count, int(sys.argv[2]))
        return
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform()}", flush=True)
    for size, workers in ((count // 10, 1), (count, 1), (count, 2)):
        subprocess.run([sys.executable, __file__, str(size), str(workers)], check=True)
    matcher_speed()
    for lang in ("zh", "he"):
        terms_score(lang)
    for lang in ("zh", "he", "en"):
        numbers_score(lang)
    for lang in ("zh", "he"):
        false_alarms(lang)


if __name__ == "__main__":
    main()
