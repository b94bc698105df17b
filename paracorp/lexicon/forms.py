"""What a language's matching rules are made of: forms of a variant, hits, the protocol of a rule set."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from paracorp.lexicon.folding import Folded, FoldTable
from paracorp.records import Term


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a variant, in folded letters.

    A `case_sensitive` one must be written with the variant's capitals; a `weak` one (a surname alone) counts
    only once the whole name is known; a `contracted` one has lost its article to the preposition before it.
    """

    text: str
    term_id: str
    kind: str
    variant: str
    case_sensitive: bool = False
    weak: bool = False
    contracted: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found in folded text, before the language's rules have judged it."""

    original: str
    folded: Folded
    start: int
    end: int
    form: Form

    def letter(self, index: int) -> str:
        """The original letter that a folded one stands for; empty outside the text."""
        if not 0 <= index < len(self.folded.text):
            return ""
        positions = self.folded.positions
        return self.original[index if positions is None else positions[index]]

    @property
    def written(self) -> str:
        """The name as it stands in the original."""
        start, end = self.folded.span(self.start, self.end)
        return self.original[start:end]


class Rules(Protocol):
    """How one language writes names."""

    table: FoldTable
    dropped: re.Pattern[str]

    def forms(self, term: Term, variant: str) -> Iterable[Form]:
        """All forms of a variant, the plainest first."""
        ...

    def accept(self, hit: Hit) -> tuple[int, int] | None:
        """Where the mention begins with its proclitics and ends, in folded text; None for no mention."""
        ...
