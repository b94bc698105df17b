"""The lists of words and characters in `words/`, one TOML file per language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(lang: str, name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_table(lang)[name].split())


@cache
def letters(lang: str, name: str) -> frozenset[str]:
    """The characters of a list."""
    return frozenset("".join(_table(lang)[name].split()))


@cache
def groups(lang: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The groups of names of a list."""
    return tuple(tuple(group) for group in _table(lang)[name])


@cache
def _table(lang: str) -> dict[str, Any]:
    text = files("paracorp.lexicon.names").joinpath("words", f"{lang}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
