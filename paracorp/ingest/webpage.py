"""Web pages to drafts: trafilatura finds where the report is, the page's own elements say what is what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from paracorp.ingest.byline import read_byline
from paracorp.ingest.dom import Leaf, leaves, load
from paracorp.ingest.draft import Claim, Draft, Facts, Piece
from paracorp.ingest.pagefacts import PageFacts, read_page_facts
from paracorp.ingest.prose import bare, columns, ends_sentence, is_heading_like, is_running, visible
from paracorp.records import BlockKind, Cut

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_TAG = re.compile(r"</(?:p|div|h[1-6]|li|td|section)>|<(?:br|p)\s*/?>", re.IGNORECASE)
# So many tags make a text without a document type a page.
_ENOUGH_TAGS = 3
# Shorter runs count as found only if they are all of an element: "home" also stands in many a sentence.
_SHORT = 12
# How far after the last paragraph the caption of a last picture may stand.
_CAPTION_REACH = 2


def looks_like_html(text: str) -> bool:
    """Whether the text is a page or a piece of one: it opens as one, or begins with a tag and has several."""
    if _PAGE.match(text):
        return True
    return text.lstrip().startswith("<") and len(_BLOCK_TAG.findall(text)) >= _ENOUGH_TAGS


def fragment(html: str, first_line: int) -> list[Piece]:
    """The runs of text in a piece of HTML inside another text; its first line is `first_line` there."""
    tree = load(f"<html><body>{html}</body></html>")
    found = leaves(tree) if tree is not None else []
    return [replace(_piece(leaf), line=leaf.line + first_line - 1) for leaf in found]


def parse(html: str) -> Draft:
    """The draft of a web page; every run of text that is not the report's is cut as page furniture.

    No network, no clock: days are read from the page's own tags and byline.
    """
    tree = load(html) if _PAGE.match(html) else load(f"<html><body>{html}</body></html>")
    if tree is None:
        return Draft(())
    page = read_page_facts(tree)
    found = leaves(tree)
    title = _title(found, page)
    chosen = _chosen(found, html, found.index(title) if title else None)
    draft = _sorted(found, chosen, title, page.facts)
    if title is None and page.facts.title:
        piece = Piece(page.facts.title, page.title_line, BlockKind.TITLE)
        draft = replace(draft, pieces=(piece, *draft.pieces))
    facts = replace(draft.facts, title=title.text if title else page.facts.title)
    claims = (Claim("its HTML tag", (page.lang,), binding=False),) if page.lang else ()
    laid_out = any(piece.kind is BlockKind.HEADING for piece in draft.pieces)
    return replace(draft, facts=facts, claims=claims, laid_out=laid_out)


def _piece(leaf: Leaf) -> Piece:
    kind = leaf.kind
    if kind is None and leaf.bold and is_heading_like(leaf.text):
        kind = BlockKind.HEADING
    return Piece(leaf.text, leaf.line, kind, linked=leaf.linked)


@dataclass(frozen=True, slots=True)
class _Extract:
    """What trafilatura took for the report: its text without white space, and its elements' texts alike."""

    text: str
    elements: frozenset[str]

    def holds(self, leaf: Leaf) -> bool:
        needle = visible(leaf.text)
        return needle in self.elements or (len(needle) >= _SHORT and needle in self.text)


def _extract(html: str) -> _Extract:
    import trafilatura

    document: Any = trafilatura.bare_extraction(html, with_metadata=False, include_comments=False)
    if document is None or document.body is None:
        return _Extract("", frozenset())
    texts = ("".join(element.itertext()) for element in document.body.iter())
    return _Extract(visible("".join(document.body.itertext())), frozenset(visible(text) for text in texts))


def _chosen(found: Sequence[Leaf], html: str, title: int | None) -> set[int]:
    """The places of the runs that are the report: what trafilatura took, and what it missed in between.

    It drops captions, short paragraphs and now and then a heading; those come back where they stand inside
    the element that holds the report, or between the title and its first paragraph. On a page too short for
    it every sentence outside asides counts.
    """
    extract = _extract(html)
    core = {n for n, leaf in enumerate(found) if extract.holds(leaf) and _plausible(leaf)}
    if not any(is_running(found[n].text) for n in core):
        core = {n for n, leaf in enumerate(found) if not leaf.aside and ends_sentence(leaf.text)}
    if not core:
        return set()
    body = [n for n in sorted(core) if is_running(found[n].text)] or sorted(core)
    holder = _common_path([found[n].path for n in body])
    first, last = body[0], max(core)
    below_title = first if title is None else min(first, title)
    return core | {
        n
        for n, leaf in enumerate(found[: last + 1 + _CAPTION_REACH])
        if not leaf.aside
        and (leaf.path[: len(holder)] == holder or below_title < n < first)
        and _missed(leaf, inside=below_title < n < last)
    }


def _plausible(leaf: Leaf) -> bool:
    """Whether a run that trafilatura took may be text: asides only with whole sentences."""
    return not leaf.aside or (is_running(leaf.text) and not leaf.linked)


def _missed(leaf: Leaf, *, inside: bool) -> bool:
    if leaf.kind is BlockKind.CAPTION:
        return True
    if not inside:
        return False
    if leaf.kind is BlockKind.HEADING or ends_sentence(leaf.text):
        return True
    return leaf.kind is BlockKind.LIST_ITEM and not leaf.linked and columns(leaf.text) > _SHORT


def _common_path(paths: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The ancestors that all these runs share, less the innermost where there is but one run."""
    if len(paths) < 2:
        return paths[0][:-1] if paths else ()
    shared = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared)


def _title(found: Sequence[Leaf], page: PageFacts) -> Leaf | None:
    """The run that is the title: a top heading that the head of the page names, or the only one."""
    tops = [leaf for leaf in found if leaf.tag == "h1"]
    named = bare(page.facts.title)
    for leaf in (*tops, *(leaf for leaf in found if leaf.kind is BlockKind.HEADING)):
        text = bare(leaf.text)
        if text and named and (text in named or named in text) and 2 * len(text) > len(named):
            return leaf
    open_tops = [leaf for leaf in tops if not leaf.aside]
    return open_tops[0] if len(open_tops) == 1 and (not named or len(bare(open_tops[0].text)) > 8) else None


def _sorted(found: Sequence[Leaf], chosen: set[int], title: Leaf | None, facts: Facts) -> Draft:
    pieces, cuts = [], []
    for place, leaf in enumerate(found):
        if leaf is title:
            pieces.append(replace(_piece(leaf), kind=BlockKind.TITLE))
        elif place in chosen:
            pieces.append(_piece(leaf))
        else:
            byline = None if leaf.aside else read_byline(leaf.text)
            facts = facts.or_else(byline or Facts())
            cuts.append(Cut("page-furniture" if byline is None else "byline", leaf.text, leaf.line))
    return Draft(tuple(pieces), facts, tuple(cuts))
