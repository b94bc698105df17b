"""Wall time and peak memory of a build, and the time to `--help`. Run by hand:

    uv run python tests/benchmarks/bench_build.py [CORPUS]

Without CORPUS: the shipped corpus, and one made from ../shared/seeds where that is present.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 5


def measured(*argv: str) -> tuple[float, float]:
    """Seconds and peak resident MiB of one paracorp command in a process of its own."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "paracorp", *argv], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    assert process.stderr
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status):
        sys.exit(errors.decode())
    return seconds, usage.ru_maxrss / 1024


def build(corpus: Path) -> None:
    """Time a build from scratch, and one with nothing to do."""
    shutil.rmtree(corpus / "build", ignore_errors=True)
    for label in ("from scratch", "nothing to do"):
        seconds, peak = measured("build", str(corpus))
        print(f"build {corpus.name}, {label}: {seconds:.1f} s, peak {peak:.0f} MiB")


def seeds(folder: Path) -> Path:
    """A corpus made from the seed reports and their memory."""
    corpus = folder / "seeds"
    shared = ROOT.parent / "shared" / "seeds"
    files = [*sorted(shared.glob("*.txt")), *sorted((shared / "memory").glob("*.tmx"))]
    glossary = ROOT / "glossaries" / "ai-politics.csv"
    measured("init", str(corpus), "--glossary", str(glossary))
    measured("add", str(corpus), *map(str, files))
    return corpus


def main() -> None:
    """Print the figures."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform()}")
    times = [measured("--help")[0] for _ in range(RUNS)]
    print(f"--help: median {statistics.median(times):.2f} s of {RUNS}")
    if len(sys.argv) > 1:
        build(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(ROOT / "glossaries", Path(name) / "glossaries")
        stargate = Path(name) / "corpora" / "stargate"
        shutil.copytree(ROOT / "corpora" / "stargate", stargate, ignore=shutil.ignore_patterns("build"))
        build(stargate)
        if (ROOT.parent / "shared" / "seeds").is_dir():
            build(seeds(Path(name)))


if __name__ == "__main__":
    main()
