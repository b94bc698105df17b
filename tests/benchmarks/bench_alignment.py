"""Quality, wall time and peak memory of `mine` on the development benchmarks, and on synthetic rows.

    python tests/benchmarks/bench_alignment.py BENCH [--semantic]
    python tests/benchmarks/bench_alignment.py --rows 50000

BENCH is a folder with `news`, `articles` and `mining`. Each set runs in a process of its own, so that the
peak memory is its own. With `--semantic` the model of `paracorp[semantic]` counts too, from a cold start.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import resource
import time
from pathlib import Path

from paracorp.alignment import Encoder, Passage, mine_tables, model_folder, read_table
from paracorp.evaluation.alignment import score
from paracorp.evaluation.links import read_gold

SETS = ("news", "articles", "mining")


def run_set(folder: Path, model: Path | None) -> None:
    """Print the figures of one benchmark; `model` is the folder of the model of meaning."""
    start = time.perf_counter()
    encoder = Encoder(model, cache=None, on_message=print) if model else None
    links = mine_tables(read_table(folder / "zh.tsv"), read_table(folder / "he.tsv"), encoder=encoder)
    wall_s = time.perf_counter() - start
    scores = score([(link.source_ids, link.target_ids) for link in links], read_gold(folder / "gold.tsv"))
    print(f"{folder.name:9} strict {scores.strict.line()} | lax {scores.lax.line()} | {cost(wall_s)}")


def cost(wall_s: float) -> str:
    """Wall time and the peak memory of this process."""
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{wall_s:.1f} s, {peak_mb:.0f} MB"


def synthetic(rows: int, *, seed: int) -> tuple[list[Passage], list[Passage], int]:
    """Two heaps of made-up sentences, and how many of the second repeat most words of one of the first.

    Word frequencies fall off as in real text (Zipf), so that the cost of common words shows.
    """
    chance = random.Random(seed)
    size = 60_000
    vocabulary = [f"{chance.choice('bcdfglmnprst')}{number:x}".translate(_LETTERS) for number in range(size)]
    weights = list(itertools.accumulate(1.0 / (rank + 2.7) for rank in range(size)))

    def sentence() -> list[str]:
        return chance.choices(vocabulary, cum_weights=weights, k=chance.randint(10, 30))

    sentences = [sentence() for _ in range(rows)]
    others = []
    for number in range(rows):
        fresh = sentence()
        if number % 10 == 0:
            fresh = [word for word in sentences[number] if chance.random() < 0.7] + fresh[:5]
        others.append(fresh)
    source, target = (
        [Passage(f"{name}{number}", "", " ".join(words)) for number, words in enumerate(side)]
        for name, side in (("s", sentences), ("t", others))
    )
    return source, target, len(range(0, rows, 10))


_LETTERS = str.maketrans("0123456789", "aeiouhkvwz")


def run_rows(rows: int) -> None:
    """Print what it costs to mine `rows` x `rows` synthetic sentences."""
    source, target, hidden = synthetic(rows, seed=1)
    start = time.perf_counter()
    links = mine_tables(
        source, target, on_progress=lambda _, done, of: print(f"\r{done}/{of}", end="", flush=True)
    )
    right = sum(link.source_ids[0][1:] == link.target_ids[0][1:] for link in links)
    print(f"\r{rows} x {rows}: {len(links)} links, {right} of {hidden} hidden pairs | ", end="")
    print(cost(time.perf_counter() - start))


def main() -> None:
    """Run what the command line asks for, each part in a fresh process."""
    parser = argparse.ArgumentParser(description="Measure the alignment.")
    parser.add_argument("bench", type=Path, nargs="?")
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--semantic", action="store_true")
    asked = parser.parse_args()
    model = model_folder() if asked.semantic else None
    if asked.semantic and model is None:
        parser.error("needs paracorp[semantic]")
    context = multiprocessing.get_context("spawn")
    for name in SETS if asked.bench else ():
        process = context.Process(target=run_set, args=(asked.bench / name, model))
        process.start()
        process.join()
    if asked.rows:
        run_rows(asked.rows)


if __name__ == "__main__":
    main()
