"""A report on its way from file to article: pieces of text with their lines, facts, cuts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace

from paracorp.records import BlockKind, Cut


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of cleaned text of a file, never empty; `line` counts from 1.

    `kind` is None as long as only the layout of a plain text could tell it. `linked` says that the whole
    piece is a link to another page.
    """

    text: str
    line: int
    kind: BlockKind | None = None
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document says of itself; empty or None where it says nothing."""

    title: str = ""
    published: dt.date | None = None
    url: str = ""
    author: str = ""
    publisher: str = ""

    def or_else(self, other: Facts) -> Facts:
        """These facts, with gaps filled from `other`."""
        return Facts(*(getattr(self, item.name) or getattr(other, item.name) for item in fields(Facts)))


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says the language is: `tags` as written, in order.

    A claim that is not `binding` counts only where it names a language of the corpus: page templates
    often say `lang="en"` whatever the text is.
    """

    source: str
    tags: tuple[str, ...]
    line: int | None = None
    binding: bool = True


@dataclass(frozen=True, slots=True)
class Draft:
    """A report between two steps of reading; nothing visible is ever in neither `pieces` nor `cuts`.

    `laid_out` says that the file itself marked its headings, so that none need be guessed.
    """

    pieces: tuple[Piece, ...]
    facts: Facts = Facts()
    cuts: tuple[Cut, ...] = ()
    claims: tuple[Claim, ...] = ()
    laid_out: bool = False


@dataclass(slots=True)
class Sorting:
    """What one step of reading keeps, cuts and learns; `done` is the draft after it."""

    draft: Draft
    kept: list[Piece]
    cuts: list[Cut]
    facts: Facts

    @classmethod
    def of(cls, draft: Draft) -> Sorting:
        """Nothing kept yet; the cuts and facts the draft has."""
        return cls(draft, [], list(draft.cuts), draft.facts)

    def cut(self, rule: str, piece: Piece, text: str | None = None) -> None:
        """Note a cut of a piece, or of `text` in it."""
        self.cuts.append(Cut(rule, piece.text if text is None else text, piece.line))

    def done(self) -> Draft:
        """The draft after this step."""
        return replace(self.draft, pieces=tuple(self.kept), cuts=tuple(self.cuts), facts=self.facts)
