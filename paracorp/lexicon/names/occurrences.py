"""Where candidates for names stand, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


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
