"""Words that reports use for the same thing, from a list that comes with the package."""

from __future__ import annotations

import functools
import math
from importlib import resources

from paracorp.alignment.background import rarity
from paracorp.alignment.terms import stem


@functools.cache
def _groups() -> tuple[dict[str, tuple[str, ...]], dict[str, float]]:
    """Stem to the concepts it stands in, and the rarity of each concept."""
    body = resources.files("paracorp.alignment").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in body.split("\n") if line and not line.startswith("#")]
    concepts: dict[str, list[str]] = {}
    common: dict[str, float] = {}
    for number, words in enumerate(lines):
        stems = sorted({stem(word) for word in words})
        name = f"~{number}"
        common[name] = -math.log10(sum(10.0 ** -rarity(part) for part in stems))
        for part in stems:
            concepts.setdefault(part, []).append(name)
    return {part: tuple(names) for part, names in concepts.items()}, common


def concepts(part: str) -> tuple[str, ...]:
    """The concepts of a stem, as names that no stem equals; empty for most stems."""
    return _groups()[0].get(part, ())


def concept_rarity(name: str) -> float:
    """How rare it is at large that any word of the concept is used, on the scale of `rarity`."""
    return _groups()[1][name]
