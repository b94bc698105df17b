"""Where candidates for names stand, sentence by sentence, and how what is covered is blotted out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class Occurrences:
    """In which sentences (by position) candidates stand, and how often in all."""

    places: dict[str, set[int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, place: int) -> None:
        """One more mention of a name."""
        self.places.setdefault(name, set()).add(place)
        self.counts[name] += 1

    def keep(self, names: Iterable[str]) -> Occurrences:
        """The occurrences of some of the names."""
        chosen = [name for name in names if name in self.places]
        return Occurrences(
            {name: self.places[name] for name in chosen},
            Counter({name: self.counts[name] for name in chosen}),
        )


def blot(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spans overwritten, at its old length."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = BLOT * (end - start)
    return "".join(letters)
