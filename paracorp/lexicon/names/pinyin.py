"""How the characters of names sound: pinyin without tones, for those that spell foreign and Chinese names."""

from __future__ import annotations

from functools import cache

from paracorp.lexicon.chinese import simplified
from paracorp.lexicon.names.wordlists import letters, words


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in words("zh", "pinyin"):
        syllable = "".join(letter for letter in entry if letter.isascii())
        for character in entry[len(syllable) :]:
            table.setdefault(character, syllable)
    return table


def pinyin(text: str) -> list[str]:
    """The syllable of each character, empty for one that is not in the table; separators are left out."""
    table = _table()
    simple = text.translate(simplified())
    return [table.get(character, "") for character in simple if character not in "·•・ -"]


def spells_sounds(text: str) -> float:
    """The share of characters that are used to spell foreign names, in [0, 1]; 0 for an empty text."""
    usual = letters("zh", "transliteration")
    return sum(character in usual for character in text.translate(simplified())) / max(1, len(text))
