"""Folding: writing variants of one letter are made equal, with the way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Invisible characters no reader sees: zero-width and joiners, bidi marks, soft hyphen, byte-order mark.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u05be"
SPACES = " \t\n\r\u00a0\u2000-\u200a\u202f\u205f\u3000"
APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u0060\u00b4\uff07\u05f3"
QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02\u05f4'


class FoldTable(dict[int, int]):
    """A table for `str.translate` that keeps every letter it does not name.

    Remembering the kept ones makes translating several times faster than raising `LookupError` for each.
    """

    def __missing__(self, key: int) -> int:
        """A letter without an entry stands for itself."""
        self[key] = key
        return key


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `positions` gives each letter's offset in the original, None where they are equal."""

    text: str
    positions: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that a span of at least one folded letter stands for."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end - 1] + 1


def fold(text: str, table: FoldTable, dropped: re.Pattern[str]) -> Folded:
    """The text without the letters `dropped` matches, the others replaced one for one by `table`."""
    if not dropped.search(text):
        return Folded(text.translate(table), None)
    gone = {index for match in dropped.finditer(text) for index in range(*match.span())}
    positions = [index for index in range(len(text)) if index not in gone]
    return Folded("".join([text[index] for index in positions]).translate(table), positions)


def letters_of(pattern: str) -> list[str]:
    """The letters in a character class as written above, such as `a-cx`; a `-` in front stands for itself."""
    letters = list(pattern[:1])
    index = 1
    while index < len(pattern):
        if pattern[index] == "-" and index + 1 < len(pattern):
            first, last = ord(pattern[index - 1]), ord(pattern[index + 1])
            letters += [chr(code) for code in range(first + 1, last + 1)]
            index += 2
        else:
            letters.append(pattern[index])
            index += 1
    return letters


def mapping(letters: Iterable[str], target: str) -> dict[int, int]:
    """Table entries that turn each of the letters into `target`."""
    return {ord(letter): ord(target) for letter in letters}


def latin_table() -> dict[int, int]:
    """Entries for Latin letters: lower case, without diacritics, full width made ordinary."""
    entries: dict[int, int] = {}
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00), *range(0xFF01, 0xFF5F)):
        plain = unicodedata.normalize("NFKD", chr(code)).lower()
        if plain and plain[0].isascii() and all(unicodedata.combining(mark) for mark in plain[1:]):
            entries[code] = ord(plain[0])
    return entries


def is_latin(letter: str) -> bool:
    """Whether a letter of folded text is a Latin letter or a digit."""
    return letter.isascii() and letter.isalnum()


def bounded(text: str, start: int, end: int) -> bool:
    """Whether a name that begins or ends in a Latin letter or digit does not go on beyond the span.

    Letters of other scripts may follow directly, as they do in `OpenAI公司`.
    """
    before = start > 0 and is_latin(text[start]) and is_latin(text[start - 1])
    after = end < len(text) and is_latin(text[end - 1]) and is_latin(text[end])
    return not before and not after
