"""Markdown with YAML front matter to a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.ingest.draft import Draft, Piece
from paracorp.ingest.frontmatter import has_front_matter, read_front_matter
from paracorp.ingest.inline import Line, lines_of
from paracorp.ingest.prose import clean, is_heading_like
from paracorp.ingest.webpage import fragment
from paracorp.ingest.wrapping import unwrap, width_of
from paracorp.records import BlockKind, Cut

if TYPE_CHECKING:
    from markdown_it.token import Token

# One of these and the file is Markdown: an image, a link to the web, a heading, a line all in bold.
_MARKUP = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]+\)|\[[^\]\n]+\]\(https?://[^)\n]+\)|^#{1,6} \S|^\*\*[^*\n]+\*\*$", re.MULTILINE
)
# A year at the start of a line is no list number.
_LIST_MAX = 99
# A link of more words leads on, it does not name the source.
_LABEL_WORDS = 3


def looks_like_markdown(text: str) -> bool:
    """Whether the text has front matter or Markdown's own marks."""
    return has_front_matter(text) or bool(_MARKUP.search(text))


def parse(text: str, path: Path) -> Draft:
    """The draft of a Markdown file; a title of the front matter comes first, as a piece of its own.

    A short paragraph all in bold is a heading; one that follows an image in italics, its caption. Images
    and code are cut; a last paragraph that is one link gives the URL (and the publisher, where none is
    named). `InputError` for front matter that does not parse.
    """
    front = read_front_matter(text, path)
    walk = _Walk(front.body_line, width_of([clean(line) for line in front.body.split("\n")]))
    walk.run(_tokens(front.body))
    title = (Piece(front.facts.title, front.title_line, BlockKind.TITLE),) if front.facts.title else ()
    draft = Draft((*title, *walk.pieces), front.facts, (*front.cuts, *walk.cuts), front.claims, walk.laid_out)
    return _source_link(draft, walk.hrefs)


def _tokens(body: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    # No underlined headings, no indented code: scraped text has lines of --- and indented paragraphs.
    return MarkdownIt("commonmark").enable("table").disable(["lheading", "code"]).parse(body)


class _Walk:
    """One pass over the tokens of a body from line `first_line` on, wrapped at `width` (0: not)."""

    def __init__(self, first_line: int, width: int) -> None:
        self.first_line, self.width = first_line, width
        self.pieces: list[Piece] = []
        self.cuts: list[Cut] = []
        self.hrefs: dict[int, str] = {}  # by line: where a piece that is one link points to
        self.laid_out = False
        self._containers: list[Token] = []
        self._after_image = False

    def run(self, tokens: Sequence[Token]) -> None:
        for place, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token, tokens[place - 1])
            elif token.type in ("fence", "code_block"):
                self._cut("code", token.content.strip(), self._line(token))
            elif token.type == "html_block":
                self._html(token)
            elif token.nesting == 1 and token.type.endswith("_open"):
                self._containers.append(token)
            elif token.nesting == -1:
                self._containers.pop()

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _cut(self, rule: str, text: str, line: int) -> None:
        if text:
            self.cuts.append(Cut(rule, text, line))

    def _inline(self, token: Token, opening: Token) -> None:
        lines = lines_of(token.children or [], self._line(token) if token.map else self._outer_line())
        for line in lines:
            for image in line.images:
                self._cut("image", image, line.line)
        with_text = [line for line in lines if line.text]
        kind = self._kind(opening)
        if kind is BlockKind.HEADING:
            self.laid_out = True
            with_text = [_joined(with_text)] if with_text else []
        for line in unwrap(with_text, self.width):
            self._add(line, kind, alone=len(with_text) == 1)
        self._after_image = bool(lines) and not with_text

    def _outer_line(self) -> int:
        return next((self._line(token) for token in reversed(self._containers) if token.map), self.first_line)

    def _kind(self, opening: Token) -> BlockKind | None:
        if opening.type == "heading_open":
            return BlockKind.HEADING
        if opening.type in ("td_open", "th_open"):
            return BlockKind.LIST_ITEM
        return BlockKind.LIST_ITEM if any(t.type == "list_item_open" for t in self._containers) else None

    def _add(self, line: Line, kind: BlockKind | None, *, alone: bool) -> None:
        if kind is None and line.italic and (self._after_image or line.images):
            kind = BlockKind.CAPTION
        elif kind is None and line.bold and alone and is_heading_like(line.text):
            kind, self.laid_out = BlockKind.HEADING, True
        number = self._number() if kind is BlockKind.LIST_ITEM else ""
        if line.href:
            self.hrefs[line.line] = line.href
        self.pieces.append(Piece(number + line.text, line.line, kind, linked=bool(line.href)))

    def _number(self) -> str:
        """The number of an ordered item where it is part of the text (`2025. ...`), else nothing."""
        item = next((t for t in reversed(self._containers) if t.type == "list_item_open"), None)
        number = item.info if item else ""
        return f"{number}. " if number.isdecimal() and int(number) > _LIST_MAX else ""

    def _html(self, token: Token) -> None:
        for piece in fragment(token.content, self._line(token)):
            self.laid_out |= piece.kind is BlockKind.HEADING
            self.pieces.append(piece)


def _joined(lines: Sequence[Line]) -> Line:
    return replace(lines[0], text=" ".join(line.text for line in lines))


def _source_link(draft: Draft, hrefs: dict[int, str]) -> Draft:
    """Cut a last paragraph that is one link: it gives the URL, its text the publisher where none is named."""
    if not draft.pieces:
        return draft
    last = draft.pieces[-1]
    href = hrefs.get(last.line, "") if last.linked and last.kind is None else ""
    if not href.startswith(("http://", "https://")) or len(last.text.split()) > _LABEL_WORDS:
        return draft
    label = "" if last.text.lower() in ("source", "link", "原文", "来源", "原文链接", "מקור") else last.text
    facts = replace(draft.facts, url=draft.facts.url or href, publisher=draft.facts.publisher or label)
    cut = Cut("source-link", f"[{last.text}]({href})", last.line)
    return replace(draft, pieces=draft.pieces[:-1], facts=facts, cuts=(*draft.cuts, cut))
