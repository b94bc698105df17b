"""Text scraped from a page: one paragraph a line, or lines wrapped at some width."""

from __future__ import annotations

from itertools import groupby

from paracorp.ingest.draft import Draft, Piece
from paracorp.ingest.prose import clean
from paracorp.ingest.wrapping import unwrap, width_of


def parse(text: str) -> Draft:
    """The draft of a plain text: a piece for every line, or every paragraph of wrapped lines."""
    lines = [Piece(clean(line), number) for number, line in enumerate(text.split("\n"), 1)]
    width = width_of([line.text for line in lines])
    groups = groupby(lines, key=lambda line: bool(line.text))
    return Draft(tuple(piece for filled, group in groups if filled for piece in unwrap(list(group), width)))
