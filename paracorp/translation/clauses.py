"""Sentences too long for a model: cut at clause marks, and their English put together again."""

from __future__ import annotations

import re

# Weights that make any text comparable in the tokens of a model: a Han character, kana or Hangul syllable is
# most of a token, four other letters are one. The gist packages (10,000 pieces) need 1.0 and 0.5 tokens for
# them, the 32,000 pieces of Argos's official ones fewer.
_FROM_WIDE = "\u2e80"
_WIDE, _NARROW = 1.0, 0.25  # the first is the largest
# Models of Argos were trained on sentences and get lost, or stop early, in texts far beyond a sentence. The
# longest of 2,270 sentences of FLORES and the news sets weighs 98.
LONGEST = 120.0
# Strongest first: where a cut hurts least. A mark between two figures cuts nothing.
_CUTS = tuple(
    re.compile(pattern + r"[”’」』\"')）]*\s*")
    for pattern in (
        r"(?:[。！？!?；;]|\.(?=\s))",
        r"(?:[：:](?!\d)|——|—|\s[–-]\s)",
        r"(?:[，]|,(?!\d)|、)",
        r"\s",
    )
)
_GLUE = {
    "；": ";", ";": ";", "：": ":", ":": ":", "，": ",", ",": ",", "、": ",", "—": " –", "–": " –", "-": " –",
    "。": ".", "！": "!", "？": "?", "!": "!", "?": "?", ".": ".",
}  # fmt: skip
_FULL_STOPS = ".!?"
_LAST_MARKS = " \t.,;:!?…–—-"
# Words that lose their capital where they no longer begin a sentence; any other may be a name.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        a an the this that these those it its he she his her they their we our you your there here and but or
        so in on at of for from to by with as if when while where which who what how not no all some many most
        more such after before because although since until during under over between among about also then
        thus however meanwhile therefore according
        """,
    )
)


def weight(text: str) -> float:
    """About how many tokens a text has."""
    wide = sum(char >= _FROM_WIDE for char in text)
    return wide * _WIDE + (len(text) - wide) * _NARROW


def cut(text: str, longest: float = LONGEST) -> list[str]:
    """The text in pieces of at most `longest`, cut at the strongest mark near its middle; whole if it fits.

    Without a mark it is cut in the middle. No piece is empty, and nothing but white space is lost.
    """
    if len(text) * _WIDE <= longest or weight(text) <= longest:
        return [text]
    place = _best_cut(text)
    halves = (text[:place].strip(), text[place:].strip())
    return [piece for half in halves if half for piece in cut(half, longest)]


def _best_cut(text: str) -> int:
    """The strongest mark in the middle three fifths, of equal ones that nearest to the middle."""
    middle = len(text) / 2
    low, high = len(text) * 0.2, len(text) * 0.8
    for pattern in _CUTS:
        places = [match.end() for match in pattern.finditer(text) if low <= match.end() <= high]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return int(middle)


def rejoin(pieces: list[str], english: list[str]) -> str:
    """The English of the pieces of a sentence as one sentence, with the marks the source has between them."""
    parts = [(piece, text.strip()) for piece, text in zip(pieces, english, strict=True) if text.strip()]
    joined = ""
    for place, (piece, text) in enumerate(parts):
        joined += _uncapitalised(text) if place and not _ends_sentence(joined) else text
        if place + 1 < len(parts):
            joined = _with_mark(joined, piece) + " "
    return joined


def _ends_sentence(joined: str) -> bool:
    return joined.rstrip()[-1:] in tuple(_FULL_STOPS)


def _with_mark(text: str, piece: str) -> str:
    mark = _GLUE.get(piece.rstrip("”’」』\"')） \t")[-1:], "")
    if mark in tuple(_FULL_STOPS) and text[-1:] in tuple(_FULL_STOPS):
        return text
    return text.rstrip(_LAST_MARKS) + mark


def _uncapitalised(text: str) -> str:
    first = re.match(r"[A-Za-z]+", text)
    if first is None or first[0].lower() not in _COMMON or first[0] != first[0].capitalize():
        return text
    return text[0].lower() + text[1:]
