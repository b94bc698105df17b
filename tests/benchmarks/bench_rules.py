"""Precision and recall per rule, of terms, and per kind of quantity on the golden sets. Run by hand:

uv run python tests/benchmarks/bench_rules.py
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.golden.scoring import Counts

_SETS = {
    "first set": "",
    "second set": "_2",
    "third set": "_3",
}


def show(title: str, counts: Counts, *, by_name: bool) -> None:
    """Print a table: a line per name, or one for all."""
    print(f"\n{title}")
    names = sorted(counts.right | counts.wrong | counts.missed) if by_name else []
    for name in (*names, None):
        right = counts.right.total() if name is None else counts.right[name]
        missed = counts.missed.total() if name is None else counts.missed[name]
        figures = f"precision {counts.precision(name):.4f}  recall {counts.recall(name):.4f}"
        print(f"  {name or 'all':22} {figures}  of {right + missed}")


def main() -> None:
    """Print the figures of every set."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "golden"))
    scoring: Any = import_module("scoring")
    for title, suffix in _SETS.items():
        if suffix:
            show(f"rules, {title}", scoring.score_rules(f"checks{suffix}"), by_name=True)
        for lang in ("zh", "he"):
            show(f"terms {lang}, {title}", scoring.score_terms(f"entities_{lang}{suffix}"), by_name=False)
        for lang in ("zh", "he", "en"):
            show(
                f"quantities {lang}, {title}", scoring.score_numbers(f"numbers_{lang}{suffix}"), by_name=True
            )


if __name__ == "__main__":
    main()
