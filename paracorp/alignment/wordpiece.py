"""English text as the word pieces that BERT models read (Devlin et al., 2019; the uncased kind)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
# Longer words count as unknown.
_LONGEST_WORD = 100
_CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as pieces: `numbers` with start and end mark, and in `owners` the number of the word of each.

    The marks are part of no word: -1.
    """

    words: tuple[str, ...]
    numbers: list[int]
    owners: list[int]


class WordPieces:
    """Cuts texts into the pieces of one vocabulary, and numbers them."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the pieces in the order of their numbers; those inside a word begin with `##`."""
        self._number = {piece: number for number, piece in enumerate(vocabulary)}

    def read(self, text: str, longest: int) -> Pieces:
        """The pieces of a text between start and end mark, cut to `longest` with both marks."""
        words = tuple(split_words(text))
        pieces = [(piece, owner) for owner, word in enumerate(words) for piece in self._pieces(word)]
        kept = [(START, -1), *pieces[: longest - 2], (END, -1)]
        return Pieces(words, [self._number[piece] for piece, _ in kept], [owner for _, owner in kept])

    def _pieces(self, word: str) -> list[str]:
        """The longest known piece, then the longest that goes on; unknown where nothing does."""
        found: list[str] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            prefix = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._number), None)
            if end is None:
                return [UNKNOWN]
            found.append(prefix + word[start:end])
            start = end
        return found or [UNKNOWN]


def split_words(text: str) -> Iterator[str]:
    """Lower-case words without accents; every mark and every Chinese character stands alone."""
    for word in "".join(_spaced(char) for char in text).split():
        plain = (char for char in unicodedata.normalize("NFD", word) if unicodedata.category(char) != "Mn")
        spaced = "".join(f" {char} " if _is_mark(char) else char for char in plain)
        yield from spaced.lower().split()


def _spaced(char: str) -> str:
    if char in "\t\n\r" or unicodedata.category(char) == "Zs":
        return " "
    if char == "\ufffd" or unicodedata.category(char)[0] == "C":
        return ""
    return f" {char} " if any(low <= ord(char) <= high for low, high in _CHINESE) else char


def _is_mark(char: str) -> bool:
    return (char.isascii() and char.isprintable() and not char.isalnum() and char != " ") or (
        unicodedata.category(char)[0] == "P"
    )
