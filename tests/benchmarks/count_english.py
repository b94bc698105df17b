"""Count how common English stems are: makes `paracorp/alignment/english.tsv`.

    python tests/benchmarks/count_english.py TABLE.tsv.xz... [--write]

Each table holds openly licensed parallel text: source, English and the name of the collection, separated by
tabs. Sentences under 25 characters and repetitions are left out. Each kind of text is counted apart and the
rates are averaged with the weights below, because the collections are mostly about software.
"""

from __future__ import annotations

import argparse
import lzma
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from paracorp.alignment import background
from paracorp.alignment.terms import stems

KINDS = {
    "general": (3.0, ("hebnli_valtest", "ud_chinese_pud", "learn_words_sentences")),
    "press": (3.0, ("lctt_linuxcn",)),
    "lectures": (2.0, ("3b1b_captions_mt",)),
    "courses": (0.5, ("ms_beginners_curricula_mt",)),
    "manuals": (0.5, ("odoo", "msdocs_project_operations", "msdocs_customer_insights")),
    "web": (0.1, ("mozilla_www", "creativecommons")),
}
SHORTEST = 25
# Stems seen less often say nothing yet; those of the last level are as rare as words that were never seen.
FEWEST = 4
LAST_LEVEL = 23
HEAD = """\
# How common English stems are: level, tab, stems. The rate per running word is 10 ** (-level / 4).
# Counted over openly licensed English (technology press, lectures, inference sentences, documentation),
# each kind weighted so that none sets the tone; the stems are those of paracorp.alignment.terms.
"""


def sentences(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Kind and English of every sentence that counts, each sentence once."""
    kind_of = {name: kind for kind, (_, names) in KINDS.items() for name in names}
    seen: set[str] = set()
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                cells = line.rstrip("\n").split("\t")
                if len(cells) == 3 and cells[2] in kind_of and len(cells[1]) >= SHORTEST:
                    if cells[1] not in seen:
                        yield kind_of[cells[2]], cells[1]
                    seen.add(cells[1])


def levels(paths: list[Path]) -> dict[int, list[str]]:
    """The stems of each level, sorted."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, english in sentences(paths):
        counts[kind].update(set(stems(english)))
    sizes = {kind: counts[kind].total() for kind in counts}
    weights = {kind: KINDS[kind][0] for kind in counts}
    found = defaultdict(list)
    for stem in sorted(set().union(*counts.values())):
        if not stem.isalpha() or len(stem) > 18 or sum(counts[kind][stem] for kind in counts) < FEWEST:
            continue
        rate = sum(weights[kind] * counts[kind][stem] / sizes[kind] for kind in counts) / sum(
            weights.values()
        )
        level = round(-4 * math.log10(rate))
        if level <= LAST_LEVEL:
            found[level].append(stem)
    return found


def main() -> None:
    """Print how many stems there are, or write the table."""
    parser = argparse.ArgumentParser(description="Count how common English stems are.")
    parser.add_argument("tables", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = levels(asked.tables)
    print(f"{sum(map(len, found.values()))} stems on {len(found)} levels")
    if asked.write:
        path = Path(background.__file__).with_name("english.tsv")
        rows = "".join(f"{level}\t{' '.join(found[level])}\n" for level in sorted(found))
        path.write_text(HEAD + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
