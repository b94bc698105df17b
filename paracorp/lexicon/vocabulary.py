"""The words around figures, one TOML file per language in `words/`: units, currencies, precision."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from paracorp.lexicon.quantities import Precision


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded spellings to the unit, ISO 4217 code (`USD_cent`: a hundredth) or precision they stand for.

    `labels` are words whose number names something (Boeing 747, form 106), `idioms` words with a numeral that
    count nothing.
    """

    units: dict[str, str]
    currencies: dict[str, str]
    precisions: dict[str, Precision]
    labels: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()


@cache
def vocabulary(lang: str) -> Vocabulary:
    """The vocabulary of a language."""
    text = files("paracorp.lexicon").joinpath("words", f"{lang}.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    lists = {
        name: tuple(word.replace("_", " ") for line in lines for word in line.split())
        for name, lines in tables.pop("words", {}).items()
    }
    named = {
        name: {spelling: meaning for meaning, spellings in table.items() for spelling in spellings}
        for name, table in tables.items()
    }
    precisions = {spelling: Precision(meaning) for spelling, meaning in named["precision"].items()}
    return Vocabulary(named["units"], named["currencies"], precisions, **lists)


def either(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longer ones tried first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def starts(words: Iterable[str]) -> str:
    """A regular expression for the first two letters of any of the words, which rules most places out."""
    seconds: dict[str, set[str]] = {}
    for word in words:
        seconds.setdefault(word[0], set()).add(word[1:2])
    return "|".join(
        re.escape(first) + ("" if "" in letters else f"[{''.join(map(re.escape, sorted(letters)))}]")
        for first, letters in sorted(seconds.items())
    )
