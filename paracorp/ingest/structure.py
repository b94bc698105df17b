"""What each piece of a draft is: title, heading, caption, list item or paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paracorp.ingest.draft import Draft, Facts, Piece
from paracorp.ingest.prose import (
    bare,
    before_colon,
    columns,
    is_heading_like,
    is_running,
    last_mark,
    speakers,
)
from paracorp.ingest.rules import load_rules
from paracorp.records import BlockKind, Cut

_TITLE_COLUMNS = 120
# What a page puts before or after its title in a line of its own, in letters and figures.
_SITE_CHARS = 24
# Shorter ones stand at the start of many a line by chance.
_CONFIRMED_CHARS = 6
_CAPTION_COLUMNS = 240
_ABSTRACT_COLUMNS = 20
# How far below an abstract the paragraph may stand that it repeats.
_ABSTRACT_REACH = 8
# Where most lines are short and without a stop, they are the text and not its headings.
_MOST = 0.6


def settle(draft: Draft) -> Draft:
    """The draft with a kind for every piece and its title, if it has one, as the first piece.

    Other copies of the title are cut, and so is an abstract that the text repeats word for word.
    """
    titled = _title(draft)
    return _kinds(_abstract(_copies(titled) if titled.facts.title else titled))


def _title(draft: Draft) -> Draft:
    """The title as first piece: the one marked as such, or found in the lines above the text."""
    place = next((n for n, piece in enumerate(draft.pieces) if piece.kind is BlockKind.TITLE), None)
    place = _find_title(draft) if place is None else place
    if place is None:
        return draft
    piece = draft.pieces[place]
    above, below = draft.pieces[:place], draft.pieces[place + 1 :]
    cuts, facts = draft.cuts, draft.facts
    if piece.kind is None and _is_confirmed(piece, draft):
        slogans = [other for other in above if _is_slogan(other, piece.text)]
        cuts = (*cuts, *(Cut("navigation", other.text, other.line) for other in slogans))
        above = tuple(other for other in above if other not in slogans)
    site = load_rules().site_name.search(piece.text) if piece.kind is None else None
    if site and site.start() > len(site[0]):
        facts = facts.or_else(Facts(publisher=site[0].strip(" _|｜-–—")))
        cuts = (*cuts, Cut("site-name", site[0].strip(), piece.line))
        piece = replace(piece, text=piece.text[: site.start()].rstrip())
    title = replace(piece, kind=BlockKind.TITLE)
    facts = replace(facts, title=facts.title or title.text)
    return replace(draft, pieces=(title, *above, *below), facts=facts, cuts=cuts)


def _find_title(draft: Draft) -> int | None:
    """The place of the title among the lines above the first paragraph; None where no line looks like one."""
    running = next((n for n, piece in enumerate(draft.pieces) if is_running(piece.text)), None)
    if running is None:
        return None
    above = [
        (n, piece)
        for n, piece in enumerate(draft.pieces[:running])
        if piece.kind in (None, BlockKind.HEADING) and _is_title_like(piece.text)
    ]
    if draft.laid_out:
        above = [(n, piece) for n, piece in above if piece.kind is BlockKind.HEADING][:1]
    repeated = next((n for n, piece in above if _is_confirmed(piece, draft)), None)
    first = above[0][0] if above and above[0][0] == _first_open(draft.pieces) else None
    return first if repeated is None else repeated


def _is_confirmed(piece: Piece, draft: Draft) -> bool:
    """Whether another line says that this one is the title: with the site's name, or at the end of a path."""
    paths = [cut.text for cut in draft.cuts if cut.rule in ("breadcrumb", "navigation")]
    title = bare(piece.text)
    return len(title) >= _CONFIRMED_CHARS and (
        any(bare(path).endswith(title) for path in paths)
        or any(_wraps(other.text, piece.text) for other in draft.pieces if other.kind is None)
    )


def _is_slogan(piece: Piece, title: str) -> bool:
    """Whether a line above a sure title is the site's: short, without a stop, and not a copy of the title."""
    copy = bare(piece.text) == bare(title) or _wraps(piece.text, title)
    return piece.kind is None and not copy and is_heading_like(piece.text, _TITLE_COLUMNS)


def _first_open(pieces: Sequence[Piece]) -> int | None:
    return next((n for n, piece in enumerate(pieces) if piece.kind is not BlockKind.CAPTION), None)


def _is_title_like(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters > 1 and columns(text) <= _TITLE_COLUMNS and last_mark(text) not in "。.．…;；,，:："


def _wraps(line: str, title: str) -> bool:
    """Whether a line is the title with a little before or after it: the name of the site, a section."""
    whole, part = bare(line), bare(title)
    return 4 <= len(part) < len(whole) <= len(part) + _SITE_CHARS and (
        whole.startswith(part) or whole.endswith(part)
    )


def _copies(draft: Draft) -> Draft:
    """Cut copies of the title, and above the text the name of the site, with the title or alone."""
    title = draft.facts.title
    above = next((n for n, piece in enumerate(draft.pieces) if is_running(piece.text)), len(draft.pieces))
    with_site = [piece.text for piece in draft.pieces[:above] if _wraps(piece.text, title)]
    publisher = next((name for text in with_site if (name := _beside(text, title))), "")
    facts = draft.facts.or_else(Facts(publisher=publisher))
    kept, cuts = [], list(draft.cuts)
    for place, piece in enumerate(draft.pieces):
        rule = _copy_rule(piece, facts, above=place < above)
        if rule:
            cuts.append(Cut(rule, piece.text, piece.line))
        else:
            kept.append(piece)
    return replace(draft, pieces=tuple(kept), cuts=tuple(cuts), facts=facts)


def _copy_rule(piece: Piece, facts: Facts, *, above: bool) -> str | None:
    if piece.kind not in (None, BlockKind.HEADING):
        return None
    if bare(piece.text) == bare(facts.title):
        return "repeated-title"
    if above and bare(piece.text) == bare(facts.publisher):
        return "site-name"
    return "navigation" if above and _wraps(piece.text, facts.title) else None


def _beside(line: str, title: str) -> str:
    """The name of the site in a line that holds it and the title; empty where it holds more."""
    rest = line.replace(title, "").strip(" _|｜-–—>»:：·")
    return "" if rest == line.strip() or len(rest.split()) > 3 or set(rest) & set("_|｜>»/") else rest


def _abstract(draft: Draft) -> Draft:
    """Cut an abstract above the text that a paragraph shortly below begins with, word for word."""
    kept, cuts, above = [], list(draft.cuts), True
    for place, piece in enumerate(draft.pieces):
        below = draft.pieces[place + 1 : place + 1 + _ABSTRACT_REACH]
        stem = piece.text.rstrip(".…· ")
        if (
            above
            and piece.kind is None
            and columns(stem) >= _ABSTRACT_COLUMNS
            and any(other.kind is None and other.text.startswith(stem) for other in below)
        ):
            cuts.append(Cut("repeated-abstract", piece.text, piece.line))
        else:
            kept.append(piece)
            above = above and not is_running(piece.text)
    return replace(draft, pieces=tuple(kept), cuts=tuple(cuts))


def _kinds(draft: Draft) -> Draft:
    pieces = [_caption(piece) for piece in draft.pieces]
    headings = set() if draft.laid_out else _headings(pieces)
    kinds = (
        piece.kind or (BlockKind.HEADING if place in headings else BlockKind.PARAGRAPH)
        for place, piece in enumerate(pieces)
    )
    marked = (replace(piece, kind=kind) for piece, kind in zip(pieces, kinds, strict=True))
    return replace(draft, pieces=tuple(marked))


def _caption(piece: Piece) -> Piece:
    starts = load_rules().caption_start.match(piece.text)
    is_caption = piece.kind is None and starts and columns(piece.text) <= _CAPTION_COLUMNS
    return replace(piece, kind=BlockKind.CAPTION) if is_caption else piece


def _headings(pieces: Sequence[Piece]) -> set[int]:
    """The places of lines that read as headings and have something under them."""
    asked = speakers(piece.text for piece in pieces)
    found = {
        place
        for place, piece in enumerate(pieces[:-1])
        if piece.kind is None and is_heading_like(piece.text) and before_colon(piece.text) not in asked
    }
    open_count = sum(piece.kind is None for piece in pieces)
    return set() if len(found) > _MOST * open_count else found
