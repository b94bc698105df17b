"""English that says a term in other words than the glossary: `Muskian`, `restrictions on chip exports`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paracorp.lexicon.english import english_table

# Kinds that are one thing with one name; offices, laws, events and terms are paraphrased in good English.
_FIXED_NAMES = frozenset({"person", "company", "product", "project", "fund", "place"})
_DERIVED = r"(?:ian|ean|n|an|esque|ism|ist|ite|ites|like|style|onomics|world|mania)s?"
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "on", "in", "to", "a", "an", "at", "by", "with"])
_NEAR = 8  # words within which those of a paraphrase must stand
_WORD = re.compile(r"[a-z0-9]+(?:'s)?")
_SUFFIX = re.compile(r"(?:'s|ies|es|s|y|ed|ing|ion|ions|al|ment|or|er|e)$")


def paraphrased(kind: str, variants: Iterable[str], english: str) -> bool:
    """Whether English has a word derived from a term's name, or the words of a variant in another order."""
    text = english.translate(english_table())
    return any(
        _derived(variant, text) if kind in _FIXED_NAMES else _reordered(variant, text) for variant in variants
    )


def _derived(variant: str, text: str) -> bool:
    """Whether a word of the text is made of a one-word name: Trumpism, Muskian."""
    name = variant.translate(english_table())
    if len(name) < 4 or " " in name:
        return False
    stem = re.escape(name.rstrip("aeo"))
    return re.search(rf"\b{stem}[aeo]?[ -]?{_DERIVED}\b", text) is not None


def _reordered(variant: str, text: str) -> bool:
    """Whether all words of a variant of several stand near each other, whatever their endings."""
    wanted = {_stem(word) for word in _WORD.findall(variant.translate(english_table()))} - _SMALL_WORDS
    if len(wanted) < 2:
        return False
    words = [_stem(word) for word in _WORD.findall(text)]
    places = [index for index, word in enumerate(words) if word in wanted]
    return any(wanted <= set(words[place : place + _NEAR]) for place in places)


def _stem(word: str) -> str:
    """A word without its ending, as long as four letters are left."""
    stem = _SUFFIX.sub("", word)
    return stem if len(stem) >= 4 else word
