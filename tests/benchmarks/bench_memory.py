"""Speed of the translation memory: loading, exact and near matches, export. Run by hand:

    uv run python tests/benchmarks/bench_memory.py [UNITS]

Half of the units (100,000 unless told) are Chinese, half Hebrew: the reviewed memories of the shipped corpus
with other digits and words (or characters) moved about, so that no text comes twice and neighbours are near.
"""

from __future__ import annotations

import platform
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from paracorp.formats.tmx import TmxUnit, read_tmx
from paracorp.formats.tmx_memory import write_units
from paracorp.translation import load_memory

MEMORIES = Path(__file__).parents[2] / "corpora" / "stargate" / "memory"
UNITS = 100_000
LOOKUPS = 1000
LANGS = ("zh", "he")
GOALS_S = {"load": 5.0, "near": 3.0}


def varied(chance: random.Random, text: str) -> str:
    """The text with other digits, and a fifth of its words, or characters where it has no spaces, moved."""
    text = re.sub(r"\d", lambda _: str(chance.randint(1, 9)), text)
    joiner = " " if " " in text else ""
    parts = text.split(" ") if joiner else list(text)
    for _ in range(max(1, len(parts) // 5)):
        parts.insert(chance.randrange(len(parts) + 1), parts.pop(chance.randrange(len(parts))))
    return joiner.join(parts)


def units(lang: str, count: int) -> Iterator[TmxUnit]:
    """So many different units from a language into English."""
    chance = random.Random(lang)
    known = [
        (unit.variants[lang], unit.variants["en"])
        for unit in read_tmx(MEMORIES / f"{lang}-en.tmx", on_reject=None)
    ]
    seen: set[str] = set()
    while len(seen) < count:
        text, english = chance.choice(known)
        text = varied(chance, text)
        if text not in seen:
            seen.add(text)
            yield TmxUnit(f"{lang}{len(seen)}", {lang: text, "en": english}, lang, "20250101T000000Z", {}, 0)


def queries(texts: list[str], chance: random.Random) -> list[str]:
    """Texts of the memory with one word, or one character, left out."""
    found = []
    for text in chance.sample(texts, LOOKUPS):
        parts = text.split(" ") if " " in text else list(text)
        parts.pop(chance.randrange(len(parts)))
        found.append((" " if " " in text else "").join(parts))
    return found


def measure(folder: Path, count: int) -> None:
    """Print what loading a memory and looking things up take."""
    paths = []
    for lang in LANGS:
        paths.append(folder / f"{lang}.tmx")
        write_units(paths[-1], units(lang, count // 2), langs=(lang, "en"), tags={})
    start = time.perf_counter()
    memory = load_memory(paths, LANGS)
    report("load", time.perf_counter() - start, f"{len(memory)} units")
    by_lang = {lang: [entry.text for code, entry in memory.entries() if code == lang] for lang in LANGS}
    chance = random.Random(0)
    for lang, texts in by_lang.items():
        start = time.perf_counter()
        hits = sum(memory.lookup(text, lang) is not None for text in texts)
        report("exact", time.perf_counter() - start, f"{lang}, {hits} of {len(texts)} found")
        asked = queries(texts, chance)
        start = time.perf_counter()
        memory.lookup(asked[0], lang)
        report("index", time.perf_counter() - start, f"{lang}, made by the first near lookup")
        start = time.perf_counter()
        hits = sum(memory.lookup(text, lang) is not None for text in asked)
        report("near", time.perf_counter() - start, f"{lang}, {hits} of {len(asked)} found")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def report(name: str, seconds: float, what: str) -> None:
    """Print a figure beside its goal."""
    goal = f"  (goal: under {GOALS_S[name]:.0f} s)" if name in GOALS_S else ""
    print(f"{name:<6} {seconds:6.2f} s  {what}{goal}")


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), int(sys.argv[1]) if len(sys.argv) > 1 else UNITS)
