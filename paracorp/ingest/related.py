"""Links to other reports: titles under a header, paragraphs that are a link, rows of bullets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paracorp.ingest.draft import Draft, Piece, Sorting
from paracorp.ingest.prose import columns, ends_sentence, is_heading_like
from paracorp.ingest.rules import BULLET, LINK_BULLET, load_rules
from paracorp.records import BlockKind

# Links to other reports come few and as titles; a longer row of bullets is a list of the report's own.
_MAX_LINKS = 4
_MIN_LINK_COLUMNS = 20
_TITLE_COLUMNS = 120
_HEADER_COLUMNS = 40


def cut_sections(draft: Draft) -> Draft:
    """A header such as "related articles" or "tags", and the run of titles under it.

    Where body text follows the run, its last title stays if there are several: it may be the heading of
    that text. A header without anything of the kind under it goes alone.
    """
    sorting, place, pieces = Sorting.of(draft), 0, draft.pieces
    while place < len(pieces):
        rule = _header(pieces[place])
        if rule is None:
            sorting.kept.append(pieces[place])
            place += 1
            continue
        end = place + 1
        while end < len(pieces) and _is_link_like(pieces[end]):
            end += 1
        if end < len(pieces) and end - place > 2 and not BULLET.match(pieces[end - 1].text):
            end -= pieces[end - 1].kind is None and not pieces[end - 1].linked
        for piece in pieces[place:end]:
            sorting.cut(rule, piece)
        place = end
    return sorting.done()


def _header(piece: Piece) -> str | None:
    if piece.kind in (BlockKind.TITLE, BlockKind.CAPTION) or columns(piece.text) > _HEADER_COLUMNS:
        return None
    rules = load_rules()
    headers = {"related": rules.related_header, "tags": rules.tags_header}
    return next((name for name, pattern in headers.items() if pattern.fullmatch(piece.text)), None)


def _is_link_like(piece: Piece) -> bool:
    """Whether a piece may be a link under a header: as short as a title, and no heading the file marked."""
    text = BULLET.sub("", piece.text, count=1)
    return (piece.linked or piece.kind in (None, BlockKind.LIST_ITEM)) and is_heading_like(
        text, _TITLE_COLUMNS
    )


def sort_bullets(draft: Draft) -> Draft:
    """Rows of bulleted lines: titles of other reports go, items of a list stay, without their bullets.

    A row is of links if its bullets are those of links, no line ends a sentence, nothing announces a list
    (a colon before it) and the lines are few and as long as titles.
    """
    sorting, place, pieces = Sorting.of(draft), 0, draft.pieces
    while place < len(pieces):
        end = place
        while end < len(pieces) and pieces[end].kind is None and BULLET.match(pieces[end].text):
            end += 1
        if end == place:
            sorting.kept.append(pieces[place])
            place += 1
            continue
        _sort_row(pieces[place:end], sorting)
        place = end
    return sorting.done()


def _sort_row(row: Sequence[Piece], sorting: Sorting) -> None:
    announced = bool(sorting.kept) and sorting.kept[-1].text[-1] in ":："
    links = (
        not announced
        and len(row) <= _MAX_LINKS
        and all(LINK_BULLET.match(piece.text) and not ends_sentence(piece.text) for piece in row)
        and all(columns(piece.text) >= _MIN_LINK_COLUMNS for piece in row)
    )
    for piece in row:
        text = BULLET.sub("", piece.text, count=1)
        if links:
            sorting.cut("related-bullet", piece)
            continue
        heading = len(row) == 1 and not announced and is_heading_like(text)
        sorting.cut("bullet", piece, piece.text[: len(piece.text) - len(text)].strip())
        sorting.kept.append(replace(piece, text=text, kind=None if heading else BlockKind.LIST_ITEM))


def cut_links(draft: Draft) -> Draft:
    """Paragraphs and list items that are nothing but a link, unless they end a sentence."""
    sorting = Sorting.of(draft)
    for piece in draft.pieces:
        if piece.linked and piece.kind in (None, BlockKind.LIST_ITEM) and not ends_sentence(piece.text):
            sorting.cut("link-line", piece)
        else:
            sorting.kept.append(piece)
    return sorting.done()
