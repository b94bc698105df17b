"""Boilerplate out of a draft, by the rules of `boilerplate.toml`; every cut says which rule made it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from paracorp.ingest.byline import is_name, read_byline
from paracorp.ingest.draft import Draft, Facts, Piece, Sorting
from paracorp.ingest.prose import before_colon, clean, columns, ends_sentence, is_running, speakers
from paracorp.ingest.published import first_day
from paracorp.ingest.related import cut_links, cut_sections, sort_bullets
from paracorp.ingest.rules import Rule, Zone, load_rules
from paracorp.records import BlockKind

# No line rule looks at a longer line: boilerplate is short, and so the patterns stay quick.
_MAX_COLUMNS = 480
_MAX_CAPTION_COLUMNS = 320
# Paragraphs that count as head and as tail: a lead may stand above the byline, a disclaimer below the editor.
_EDGE = 3
_FIXED = (BlockKind.TITLE, BlockKind.CAPTION)


def sift(draft: Draft) -> Draft:
    """The draft without what the rules take; facts they found fill the gaps of the draft's own."""
    for step in (_repeats, _trim, _lines, cut_sections, cut_links, sort_bullets):
        draft = step(draft)
    return draft


def zones(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Up to which piece the head goes, and from which on the tail (both half-open ends of ranges)."""
    running = [place for place, piece in enumerate(pieces) if is_running(piece.text)]
    if len(running) < _EDGE:
        return len(pieces), 0
    return running[_EDGE - 1] + 1, running[-_EDGE]


def _applies(zone: Zone, place: int, edges: tuple[int, int]) -> bool:
    head, tail = place < edges[0], place >= edges[1]
    return {Zone.ANYWHERE: True, Zone.HEAD: head, Zone.TAIL: tail, Zone.EDGES: head or tail}[zone]


def _repeats(draft: Draft) -> Draft:
    """Of equal lines one below the other only the last: pages repeat the caption of a picture."""
    sorting = Sorting.of(draft)
    for place, piece in enumerate(draft.pieces):
        below = draft.pieces[place + 1 : place + 2]
        repeated = any(other.text == piece.text and other.line - piece.line <= 2 for other in below)
        if piece.kind is None and repeated:
            sorting.cut("repeated-line", piece)
        else:
            sorting.kept.append(piece)
    return sorting.done()


def _trim(draft: Draft) -> Draft:
    """The ends of pieces: labels, credits, marks; a piece that was nothing else goes."""
    sorting, edges = Sorting.of(draft), zones(draft.pieces)
    for place, piece in enumerate(draft.pieces):
        left = piece
        for rule in load_rules().rules:
            if piece.kind is not BlockKind.TITLE and _applies(rule.zone, place, edges):
                left = _trimmed(left, rule, sorting)
        if left.text:
            sorting.kept.append(left)
        elif left.kind is BlockKind.CAPTION:
            _caption_above(sorting, piece)
    return sorting.done()


def _trimmed(piece: Piece, rule: Rule, sorting: Sorting) -> Piece:
    if rule.kind and columns(piece.text) > _MAX_CAPTION_COLUMNS:
        return piece
    for pattern in rule.trims:
        match = pattern.search(piece.text) if piece.text else None
        if match and match[0]:
            sorting.cut(rule.name, piece, match[0].strip())
            sorting.facts = sorting.facts.or_else(_facts(match))
            text = clean(piece.text[: match.start()] + " " + piece.text[match.end() :])
            piece = replace(piece, text=text, kind=rule.kind or piece.kind)
    return piece


def _facts(match: re.Match[str]) -> Facts:
    said = {name: text or "" for name, text in match.groupdict().items()}
    return Facts(
        published=first_day(said.get("published", "")),
        author=said.get("author", ""),
        publisher=said.get("publisher", ""),
    )


def _caption_above(sorting: Sorting, credit: Piece) -> None:
    """A credit on its own line makes the short line right above it a caption."""
    above = sorting.kept[-1] if len(sorting.kept) > 1 else None
    if above and above.kind is None and above.line == credit.line - 1 and columns(above.text) <= 160:
        sorting.kept[-1] = replace(above, kind=BlockKind.CAPTION)


def _lines(draft: Draft) -> Draft:
    """Whole lines: what a rule takes, and bylines at the edges."""
    first = _pass(draft, anywhere=True)
    return _authors(first, _pass(first, anywhere=False))


def _authors(before: Draft, after: Draft) -> Draft:
    """Cut a name on a line of its own right above or below a byline that gave the day, below the title.

    Without the day beside it two words are no name: they may be a heading.
    """
    days = {cut.line for cut in after.cuts if cut.rule == "byline" and first_day(cut.text)}
    order = [piece.line for piece in before.pieces]
    beside = {
        line
        for above, below in pairwise(order)
        for line, other in ((above, below), (below, above))
        if other in days and line != order[0]
    }
    sorting = Sorting.of(after)
    for piece in after.pieces:
        if piece.kind is None and piece.line in beside and is_name(piece.text) and not sorting.facts.author:
            sorting.cut("byline", piece)
            sorting.facts = sorting.facts.or_else(Facts(author=piece.text))
        else:
            sorting.kept.append(piece)
    return sorting.done()


def _pass(draft: Draft, *, anywhere: bool) -> Draft:
    """One round: first the rules for anywhere, so that what they take does not count as a paragraph."""
    sorting, edges = Sorting.of(draft), zones(draft.pieces)
    asked = speakers(piece.text for piece in draft.pieces)
    for place, piece in enumerate(draft.pieces):
        rules = [
            rule
            for rule in load_rules().rules
            if (rule.zone is Zone.ANYWHERE) is anywhere and _applies(rule.zone, place, edges)
        ]
        byline = not anywhere and _applies(Zone.EDGES, place, edges) and before_colon(piece.text) not in asked
        if piece.kind in _FIXED or not _cut_line(piece, rules, sorting, byline=byline):
            sorting.kept.append(piece)
    return sorting.done()


def _cut_line(piece: Piece, rules: Sequence[Rule], sorting: Sorting, *, byline: bool) -> bool:
    facts = read_byline(piece.text) if byline and piece.kind is not BlockKind.HEADING else None
    if facts is not None:
        sorting.cut("byline", piece)
        sorting.facts = sorting.facts.or_else(facts)
        return True
    for rule in rules:
        match = _whole(piece.text, rule)
        if match:
            sorting.cut(rule.name, piece)
            sorting.facts = sorting.facts.or_else(_facts(match))
            return True
    return False


def _whole(text: str, rule: Rule) -> re.Match[str] | None:
    if columns(text) > _MAX_COLUMNS or (ends_sentence(text) and not rule.prose):
        return None
    return next((match for pattern in rule.lines if (match := pattern.fullmatch(text))), None)
