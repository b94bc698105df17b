"""The inline tokens of one Markdown paragraph as lines of text, with what is said of each whole line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paracorp.ingest.prose import clean, visible

if TYPE_CHECKING:
    from markdown_it.token import Token

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# CommonMark leaves `**` standing between a full-width bracket and a character ("**（一）**然后").
_STRAY = re.compile(r"(?<![A-Za-z0-9])\*\*|\*\*(?![A-Za-z0-9])")
_LITERAL_BOLD = re.compile(r"\s*\*\*[^*]+\*\*\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph: cleaned text (may be empty) and what holds for all of it.

    `href` is where the line points to if the whole line is one link; `images` are its images as written.
    """

    text: str
    line: int
    bold: bool = False
    italic: bool = False
    href: str = ""
    images: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """The text of a line as it is gathered: runs of text with the marks they stand under."""

    parts: list[tuple[str, bool, bool, str]] = field(default_factory=list)
    images: list[str] = field(default_factory=list)

    def line(self, number: int) -> Line:
        raw = "".join(text for text, *_ in self.parts)
        said = [part for part in self.parts if visible(_STRAY.sub("", part[0]))]
        hrefs = {href for *_, href in said}
        return Line(
            text=clean(_STRAY.sub("", raw)),
            line=number,
            bold=bool(_LITERAL_BOLD.fullmatch(raw)) or (bool(said) and all(part[1] for part in said)),
            italic=bool(said) and all(part[2] for part in said),
            href=hrefs.pop() if len(hrefs) == 1 else "",
            images=tuple(self.images),
        )


def lines_of(tokens: Sequence[Token], first_line: int) -> list[Line]:
    """The lines of a paragraph that begins on line `first_line`; a `<br>` ends a line as well."""
    return list(_lines(tokens, first_line))


def _lines(tokens: Sequence[Token], number: int) -> Iterator[Line]:
    run, bold, italic, href = _Run(), 0, 0, ""
    for token in tokens:
        if token.type in ("softbreak", "hardbreak") or (
            token.type == "html_inline" and _BREAK.fullmatch(token.content)
        ):
            yield run.line(number)
            run, number = _Run(), number + (token.type != "html_inline")
        elif token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type in ("link_open", "link_close"):
            href = str(token.attrs.get("href", "")) if token.nesting == 1 else ""
        elif token.type == "image":
            run.images.append(f"![{clean(token.content)}]({token.attrs.get('src', '')})")
        elif token.type in ("text", "code_inline", "text_special"):
            run.parts.append((token.content, bold > 0, italic > 0, href))
    yield run.line(number)
