"""Sentences with exact code-point offsets.

The sentencex library says which stops end a sentence: it knows decimals and Latin abbreviations. It is asked
on a copy of equal length in which all that misleads it is masked: quotation marks, brackets, addresses,
abbreviations of other scripts. What it cannot know is decided here: quotations, brackets, ellipses, list
markers. The cases in `tests/golden` say what is right; each rule below names what it is for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from paracorp.languages import Language, language
from paracorp.records import Article, Block, BlockKind, Segment

Span = tuple[int, int]
Family = tuple[str, str]

# A quotation or bracket longer than this (code points) is cut inside: a mark that was never closed may pair
# with one far away. Of the 351 Chinese quotations with a stop in them in the alignment benchmarks (mining and
# articles), the longest has 139.
MAX_WHOLE_CHARS = 200

# sentencex looks back to the last space at each stop, which takes it quadratic time in Chinese (80,000
# characters: 0.5 s). It is asked window by window; each stop is judged with the margin on both sides.
_WINDOW_CHARS = 2_000
_MARGIN_CHARS = 100

_STOPS = ".!?。！？｡．‼⁇⁈⁉…⋯"
_ELLIPSES = ".…⋯"
_POINTS = ".。｡．"
_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_STOP = re.compile(f"[{_STOPS}]")
_STOP_RUN = re.compile(f"[{_STOPS}]+")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n|\u2029")
_NOT_SPACE = re.compile(r"\S")
_WORD = re.compile(r"\w")
_GOES_ON = re.compile(r"\s*[，,、；;：:]")
_DASH = re.compile(r"\s*[-–—]")
_INTRODUCTION = re.compile(r"[：:，,]\s?$")
_LIST_MARKER = re.compile("[0-9０-９]{1,3}|[A-Za-z]")

# Paired marks: opening characters of a family, closing ones. Half and full width are one family.
_BRACKETS: tuple[Family, ...] = (("(（", ")）"), ("[［", "]］"), ("【", "】"), ("〔", "〕"))
_TITLES: tuple[Family, ...] = (("《〈", "》〉"),)
_DOUBLE, _SINGLE = ("“", "”"), ("‘", "’")
_FAMILIES = (*_BRACKETS, *_TITLES, _DOUBLE, _SINGLE, ("「", "」"), ("『", "』"), ("«", "»"))
_OPENING = {char: family for family in _FAMILIES for char in family[0]}
_CLOSING = {char: family for family in _FAMILIES for char in family[1]}
_BRACKET_CHARS = frozenset("".join(opening for opening, _ in _BRACKETS))
_TITLE_CHARS = frozenset("".join(opening for opening, _ in _TITLES))
_DOUBLE_GLYPHS = '"“”„‟'
_SINGLE_GLYPHS = "'‘’‚‛"
_MARK = re.compile("[" + re.escape("".join((*_OPENING, *_CLOSING)) + _DOUBLE_GLYPHS + _SINGLE_GLYPHS) + "]")

# Masked for the library (`_mask`). In the first three a stop becomes a comma.
_ADDRESS = re.compile("https?://[!-~]*[A-Za-z0-9/=&#]")
# It takes full-width １２．５ for two sentences.
_POINT_IN_NUMBER = re.compile("(?<=[0-9０-９])[.．](?=[0-9０-９])")
# Host names, mail addresses, ASP.NET; dotted initials (U.S.) it knows.
_POINT_IN_NAME = re.compile("(?<=[A-Za-z0-9])[.](?=[A-Za-z0-9]{2})")
# It takes a digit or small letter right behind a stop for the sentence going on: so it is in 3.5, but not in
# "。2024年" or "美元.iPhone".
_SMALL_START = re.compile(r"(?:(?<=[。！？｡．])|(?<=[^\x00-\x7f][.!?]))[0-9a-z]")
# It takes a single letter for an initial. Before a word of another script it is rather a name (X, once
# Twitter) that ends the sentence, unless another initial stands before it.
_SINGLE_LATIN = re.compile(r"(?<![A-Za-z0-9.])(?<![.] )[A-Za-z](?=[.]\s{0,2}[^\x00-\x7f\s])")
# It finds an abbreviation only behind a space: not in 进入U.S. or ב-U.S., where two scripts touch.
_GLUED_LATIN = re.compile(rf"[^\sA-Za-z0-9{_STOPS}](?=[A-Za-z][A-Za-z.]{{0,9}}[.])")
# It skips all between two marks and whole list items; it refuses lone surrogates. Words and stops are enough.
_DISTRACTING = re.compile(rf"[^\w{_STOPS},]")
_OTHER_LETTER = "字"


def split_sentences(text: str, lang: str) -> list[Span]:
    """The half-open code-point spans of the sentences of `text`, in order.

    No span has white space at its edges and only white space stands between them; blank text has none.
    A blank line ends a sentence, a single line break does not. Takes time linear in the length.
    Raises `UsageError` for a language paracorp does not know.
    """
    facts = language(lang)
    edge = len(text) - len(text.lstrip())
    text = text.strip()
    spans: list[Span] = []
    start = 0
    for end, following in (*(found.span() for found in _PARAGRAPH_BREAK.finditer(text)), (len(text), 0)):
        here = edge + start
        spans += [(here + a, here + b) for a, b in _split_paragraph(text[start:end], facts)]
        start = following
    return spans


def segment_article(article: Article) -> Iterator[Segment]:
    """The sentences of an article in reading order; a title is one segment, whatever it holds."""
    for number, block in enumerate(article.blocks):
        for index, (start, end) in enumerate(_block_spans(block, article.lang)):
            yield Segment(
                id=f"{article.id}#{number}.{index}",
                article_id=article.id,
                lang=article.lang,
                kind=block.kind,
                block=number,
                start=start,
                end=end,
                text=block.text[start:end],
            )


def _block_spans(block: Block, lang: str) -> list[Span]:
    """The spans of a block; a heading is cut only where every piece ends in a stop, as a teaser would."""
    spans = split_sentences(block.text, lang)
    whole = block.kind is BlockKind.TITLE or (
        block.kind is BlockKind.HEADING and any(block.text[end - 1] not in _STOPS for _, end in spans)
    )
    return [(spans[0][0], spans[-1][1])] if spans and whole else spans


@dataclass(frozen=True, slots=True)
class _Marks:
    """The paired marks of a paragraph.

    `opener_of` gives for the index of a closing mark that of its opening mark, or None where it has none;
    `starts` and `ends` are the outermost ranges, from mark to mark, inside which no sentence ends.
    """

    opener_of: dict[int, int | None]
    starts: list[int]
    ends: list[int]

    def enclose(self, start: int, end: int) -> bool:
        """Whether `start` to `end` stands inside a range that is not cut, short of its closing mark."""
        index = bisect_left(self.starts, start) - 1
        return index >= 0 and self.ends[index] >= end


@dataclass(frozen=True, slots=True)
class _Stop:
    """A run of stops, up to `body_end`, and the closing marks behind it, up to `end`."""

    start: int
    body_end: int
    end: int
    ellipsis: bool


def _split_paragraph(text: str, facts: Language) -> list[Span]:
    """The spans of a text without blank lines."""
    marks = _pair_marks(text, facts)
    proposed = _library_ends(_mask(text, facts), facts.code)
    spans: list[Span] = []
    begin = _skip_space(text, 0)
    for stop in _find_stops(text, marks):
        is_proposed = bisect_right(proposed, stop.start) < bisect_right(proposed, stop.body_end)
        if (is_proposed or stop.ellipsis) and _ends_sentence(text, stop, begin, marks, facts):
            _append(spans, text, begin, stop.end)
            begin = _skip_space(text, stop.end)
    _append(spans, text, begin, len(text))
    return spans


def _skip_space(text: str, position: int) -> int:
    found = _NOT_SPACE.search(text, position)
    return found.start() if found else len(text)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add a sentence without the white space at its end; one without a word in it joins the one before."""
    piece = text[start:end].rstrip()
    if not piece:
        return
    stands_alone = not spans or _WORD.search(piece)
    spans.append((start if stands_alone else spans.pop()[0], start + len(piece)))


def _find_stops(text: str, marks: _Marks) -> Iterator[_Stop]:
    """Every run of stops, each with the marks it closes: `？”。` is one, and so is `。）`."""
    end = 0
    for run in _STOP_RUN.finditer(text):
        if run.start() < end:
            continue
        body_end = end = run.end()
        while end < len(text) and (text[end] in _STOPS + _DIRECTION_MARKS or end in marks.opener_of):
            end += 1
            body_end = end if text[end - 1] in _STOPS else body_end
        stops = [char for char in text[run.start() : body_end] if char in _STOPS]
        ellipsis = stops != ["."] and all(char in _ELLIPSES for char in stops)
        yield _Stop(run.start(), body_end, end, ellipsis)


def _ends_sentence(text: str, stop: _Stop, begin: int, marks: _Marks, facts: Language) -> bool:
    """Whether the sentence that begins at `begin` ends with this stop."""
    if marks.enclose(stop.start, stop.end) or _GOES_ON.match(text, stop.end):
        return False
    if text[stop.start : stop.end] in {".", "．"} and _LIST_MARKER.fullmatch(text, begin, stop.start):
        return False
    closing = [at for at in range(stop.body_end, stop.end) if at in marks.opener_of]
    if not closing:
        return not stop.ellipsis
    openers = [opener for at in closing if (opener := marks.opener_of[at]) is not None]
    return _ends_behind_mark(text, stop, begin, min(openers, default=None), facts)


def _ends_behind_mark(text: str, stop: _Stop, begin: int, opener: int | None, facts: Language) -> bool:
    """Whether the sentence ends with the mark that closes what `opener` opened.

    It does behind speech (opened by a colon or comma, or with the sentence, unless "said she" follows) and
    behind a bracket that holds a whole sentence. It does not behind a title or words like "Help!".
    """
    if _DASH.match(text, stop.end):
        return False
    if opener is None:
        return not stop.ellipsis
    if text[opener] in _TITLE_CHARS:
        return False
    opens_sentence = opener <= begin
    if text[opener] in _BRACKET_CHARS:
        return opens_sentence
    if opens_sentence:
        said = re.compile(facts.sentences.attribution).match(text, _skip_space(text, stop.end))
        return not stop.ellipsis and not said
    is_point = not stop.ellipsis and text[stop.body_end - 1] in _POINTS
    return is_point or _INTRODUCTION.search(text[max(0, opener - 2) : opener]) is not None


def _pair_marks(text: str, facts: Language) -> _Marks:
    """Match opening and closing marks, each family on its own; a mark without partner spans nothing."""
    role_of = _role_by_neighbours if facts.joiner else _role_by_glyph
    open_at: dict[tuple[Family, _Role], list[int]] = defaultdict(list)
    opener_of: dict[int, int | None] = {}
    for found in _MARK.finditer(text):
        at = found.start()
        family, role = role_of(text, at)
        sure, possible = open_at[family, _Role.OPENS], open_at[family, _Role.MAY_OPEN]
        if role in {_Role.CLOSES, _Role.CLOSES_IF_OPEN, _Role.SWITCHES} and (sure or possible):
            opener_of[at] = (sure or possible).pop()
        elif role is _Role.CLOSES:
            opener_of[at] = None
        elif role is _Role.MAY_OPEN:
            possible.append(at)
        elif role in {_Role.OPENS, _Role.SWITCHES}:
            sure.append(at)
    return _Marks(opener_of, *_uncut_ranges(text, opener_of, facts))


def _uncut_ranges(
    text: str, opener_of: dict[int, int | None], facts: Language
) -> tuple[list[int], list[int]]:
    """Starts and ends of the outermost pairs inside which no sentence ends, in order."""
    starts: list[int] = []
    ends: list[int] = []
    pairs = sorted((start, end) for end, start in opener_of.items() if start is not None)
    for start, end in pairs:
        is_quotation = text[start] not in _BRACKET_CHARS | _TITLE_CHARS
        if end - start > MAX_WHOLE_CHARS or (is_quotation and not facts.sentences.quotation_whole):
            continue
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


class _Role(Enum):
    """What a mark does where it stands."""

    OPENS = auto()
    MAY_OPEN = auto()
    CLOSES = auto()
    CLOSES_IF_OPEN = auto()
    SWITCHES = auto()
    NOTHING = auto()


def _role_by_glyph(text: str, at: int) -> tuple[Family, _Role]:
    """Where words are not spaced, the glyph tells the side; straight marks open and close in turn."""
    char = text[at]
    if char == '"':
        is_inch = at > 0 and text[at - 1] in "0123456789"
        return _DOUBLE, _Role.CLOSES_IF_OPEN if is_inch else _Role.SWITCHES
    if char in _OPENING:
        return _OPENING[char], _Role.OPENS
    if char in _CLOSING:
        return _CLOSING[char], _Role.CLOSES
    return _SINGLE, _Role.NOTHING


def _role_by_neighbours(text: str, at: int) -> tuple[Family, _Role]:
    """Where words are spaced, a quotation mark opens before a word and closes behind one, whatever its glyph.

    Between two letters it is gershayim (ארה"ב), or opens behind a prefix (ב"הארץ"); a single one is geresh.
    """
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if char not in _DOUBLE_GLYPHS + _SINGLE_GLYPHS:
        return _role_by_glyph(text, at)
    family = _DOUBLE if char in _DOUBLE_GLYPHS else _SINGLE
    if after.isalnum():
        inside_word = _Role.MAY_OPEN if family is _DOUBLE else _Role.NOTHING
        return family, inside_word if before.isalnum() else _Role.OPENS
    if not before or before.isspace():
        return family, _Role.OPENS if after and not after.isspace() else _Role.NOTHING
    is_geresh = family is _SINGLE and before.isalnum()
    return family, _Role.CLOSES_IF_OPEN if is_geresh else _Role.CLOSES


def _mask(text: str, facts: Language) -> str:
    """A copy of the same length for the library, without what misleads it."""
    for pattern in (_ADDRESS, _POINT_IN_NUMBER, _POINT_IN_NAME, facts.sentences.abbreviations):
        text = re.sub(pattern, _without_stops, text) if pattern else text
    text = _SMALL_START.sub(_OTHER_LETTER, text)
    text = _SINGLE_LATIN.sub(_OTHER_LETTER, text)
    text = _GLUED_LATIN.sub(" ", text)
    return _DISTRACTING.sub(" ", text)


def _without_stops(found: re.Match[str]) -> str:
    return _STOP.sub(",", found[0])


def _library_ends(masked: str, lang: str) -> list[int]:
    """Where the library ends a sentence: positions behind the stop, ascending."""
    import sentencex

    ends: list[int] = []
    for base in range(0, len(masked), _WINDOW_CHARS):
        lead = max(0, base - _MARGIN_CHARS)
        window = masked[lead : base + _WINDOW_CHARS + _MARGIN_CHARS]
        for boundary in sentencex.get_sentence_boundaries(lang, window):
            end = lead + boundary["start_index"] + len(boundary["text"].rstrip())
            if boundary["boundary_symbol"] and base < end <= base + _WINDOW_CHARS:
                ends.append(end)
    return ends
