"""How rare an English word is at large, from a table that comes with the package."""

from __future__ import annotations

import functools
import math
from importlib import resources

# Rate per running word below which the table keeps nothing: what is not in it counts as this rare.
FLOOR = 1e-6


@functools.cache
def _rates() -> dict[str, float]:
    """Stem to its rate per running word; see `english.tsv` for where the counts come from."""
    body = resources.files("paracorp.alignment").joinpath("english.tsv").read_text(encoding="utf-8")
    rates: dict[str, float] = {}
    for line in body.split("\n"):
        if line and not line.startswith("#"):
            level, _, stems = line.partition("\t")
            rates.update(dict.fromkeys(stems.split(" "), 10.0 ** (-int(level) / 4)))
    return rates


def rarity(stem: str) -> float:
    """Minus the decimal logarithm of the stem's rate: about 1.5 for `the`, 6 for what nobody says."""
    return -math.log10(_rates().get(stem, FLOOR))
