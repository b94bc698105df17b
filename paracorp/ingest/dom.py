"""The runs of text of a web page in reading order, with what the page says each of them is."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from paracorp.ingest.prose import clean, visible
from paracorp.records import BlockKind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot"
    " th thead tr ul"
)
_SILENT = _words(
    "head script style noscript template svg math iframe object canvas audio video select option textarea"
)
_HEADINGS = _words("h1 h2 h3 h4 h5 h6")
_ASIDE_TAGS = _words("nav aside footer form menu dialog button")
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|crumbs?|sidebar|side|related|recommend(?:ed|ations?)?"
    r"|more-?news|share|sharing|social|comments?|footer|foot|toolbar|tools|promo|advert(?:isement)?|ads?|banner"
    r"|newsletter|subscribe|popup|cookie|copyright|pagination|pager)(?:$|[\s_-])",
    re.IGNORECASE,
)

_CAPTION_NAMES = re.compile(
    r"(?:^|[\s_-])(?:(?:fig|photo|image|img|pic)?[_-]?caption|(?:photo|image|img|pic)[_-]?(?:desc\w*|info|text)|cutline)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A run of text between two block borders or line breaks, cleaned, never empty.

    `tag` is the innermost block element that says what the text is; `kind` follows from it and its
    ancestors, None for plain paragraphs. `aside` is set inside navigation, asides, footers and the like
    (by tag, or by class and id), `path` holds the ancestors as numbers, outermost first.
    """

    text: str
    line: int
    tag: str
    kind: BlockKind | None
    aside: bool
    bold: bool
    linked: bool
    path: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    tag: str = "body"
    kind: BlockKind | None = None
    aside: bool = False
    bold: bool = False
    linked: bool = False
    path: tuple[int, ...] = ()


@dataclass(slots=True)
class _Run:
    """Text as it is gathered, with the context and line it began in."""

    parts: list[tuple[str, _Context]] = field(default_factory=list)
    line: int = 1

    def leaf(self) -> Leaf | None:
        text = clean("".join(text for text, _ in self.parts))
        said = [context for part, context in self.parts if visible(part)]
        if not text or not said:
            return None
        first = said[0]
        return Leaf(
            text, self.line, first.tag, first.kind, first.aside,
            bold=all(context.bold for context in said),
            linked=all(context.linked for context in said),
            path=first.path,
        )  # fmt: skip


def load(html: str) -> Any:
    """The element tree of a page, by trafilatura's loader; None where there is no page in the text."""
    import trafilatura

    # It says on the log what its caller finds out from the result.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.load_html(html)


def leaves(tree: Any) -> list[Leaf]:
    """The runs of text below an element, in reading order."""
    walker = _Walker()
    walker.walk(tree, _Context())
    return list(walker.finish())


class _Walker:
    def __init__(self) -> None:
        self._runs: list[_Run] = []
        self._run = _Run()
        self._count = 0

    def finish(self) -> Iterator[Leaf]:
        self._flush(1)
        for run in self._runs:
            leaf = run.leaf()
            if leaf:
                yield leaf

    def _flush(self, line: int) -> None:
        if self._run.parts:
            self._runs.append(self._run)
        self._run = _Run(line=line)

    def walk(self, element: Any, context: _Context) -> None:
        """Gather the text below an element, not the one after it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            return
        line = element.sourceline or 1
        if tag == "br":
            whole = context.kind in (BlockKind.HEADING, BlockKind.CAPTION)
            self._add(" ", context, line) if whole else self._flush(line)
            return
        inner = self._inner(element, tag, context)
        if tag in _BLOCKS:
            self._flush(line)
        self._add(element.text, inner, line)
        for child in element:
            self.walk(child, inner)
            self._add(child.tail, inner, child.sourceline or line)
        if tag in _BLOCKS:
            self._flush(line)

    def _add(self, text: str | None, context: _Context, line: int) -> None:
        if text:
            if not visible("".join(part for part, _ in self._run.parts)):
                leading = text[: len(text) - len(text.lstrip())]
                self._run.line = line + leading.count("\n")
            self._run.parts.append((text, context))

    def _inner(self, element: Any, tag: str, context: _Context) -> _Context:
        inner = replace(
            context,
            bold=context.bold or tag in ("b", "strong"),
            linked=context.linked or tag == "a",
        )
        if tag not in _BLOCKS:
            is_caption = context.kind is None and _CAPTION_NAMES.search(element.get("class") or "")
            return replace(inner, kind=BlockKind.CAPTION) if is_caption else inner
        self._count += 1
        return replace(
            inner,
            tag=tag,
            kind=_kind(tag, element.get("class") or "", context.kind),
            aside=context.aside or tag in _ASIDE_TAGS or _is_aside(element),
            path=(*context.path, self._count),
        )


def _kind(tag: str, names: str, outer: BlockKind | None) -> BlockKind | None:
    if tag in ("figcaption", "caption") or outer is BlockKind.CAPTION or _CAPTION_NAMES.search(names):
        return BlockKind.CAPTION
    if tag in _HEADINGS:
        return BlockKind.HEADING
    return BlockKind.LIST_ITEM if tag in ("li", "dd", "dt") else outer


def _is_aside(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        bool(_ASIDE_NAMES.search(names))
        or "display:none" in style
        or element.get("hidden") is not None
        or element.get("role") in ("navigation", "complementary", "contentinfo", "search", "banner")
    )
