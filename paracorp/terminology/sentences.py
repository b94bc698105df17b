"""The sentences of a corpus that names are looked for in, and how what is covered is blotted out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Stands for what the glossary covers: no name runs across it.
BLOT = "\n"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a corpus with its English, empty where it has none (or is English)."""

    id: str
    article_id: str
    lang: str
    text: str
    english: str


def blot(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spans overwritten, at its old length."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = BLOT * (end - start)
    return "".join(letters)
