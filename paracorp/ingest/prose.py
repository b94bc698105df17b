"""What a run of text looks like: its white space, its width, whether it ends a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

# Zero-width space and joiners' kin, word joiner, BOM, soft hyphen: noise of pages and editors. Marks of
# direction go too: text is kept in logical order, and a mark inside a name would hide it from every match.
INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Control characters, and the two code points no XML file may hold.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")

_STOPS = "。！？!?…．."
_CLOSERS = "\"'”’»」』）)】］]〉》״*_ "
_INNER_STOP = re.compile(r"[。！？；;]|[.!?…](?=[\s\"”])")
_COMMA = re.compile("[，,]")
_QUOTED = re.compile('["“„”«「『״].*["”“»」』״]')

HEADING_COLUMNS = 64
RUNNING_COLUMNS = 30


def clean(text: str) -> str:
    """The text on one line: no invisible or control characters, white space collapsed and trimmed."""
    return " ".join(_CONTROL.sub(" ", INVISIBLE.sub("", text)).split())


def columns(text: str) -> int:
    """Width in columns of a terminal: a Chinese character takes two, so that scripts compare."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def bare(text: str) -> str:
    """Letters and digits only, case folded: what two copies of one line have in common."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def visible(text: str) -> str:
    """The text without white space, invisible and control characters."""
    return clean(text).replace(" ", "")


def last_mark(text: str) -> str:
    """The last character before closing quotation marks and brackets; empty for none."""
    return text.rstrip(_CLOSERS)[-1:]


def ends_sentence(text: str) -> bool:
    """Whether the text ends in a full stop, question or exclamation mark or ellipsis."""
    mark = last_mark(text)
    return bool(mark) and mark in _STOPS


def is_running(text: str) -> bool:
    """Whether this is body text: of some length, and a statement or several sentences.

    A lone question or exclamation does not count: titles are often one.
    """
    if columns(text) < RUNNING_COLUMNS or not ends_sentence(text):
        return False
    return last_mark(text) not in "？！?!" or bool(_INNER_STOP.search(text.rstrip(_CLOSERS)[:-1]))


def is_heading_like(text: str, limit: int = HEADING_COLUMNS) -> bool:
    """Whether a line on its own reads as a heading: short, at most one comma, no final stop.

    A question counts, and so does a short quotation without a stop of its own.
    """
    if not sum(char.isalpha() for char in text) >= 2 or columns(text) > limit:
        return False
    if len(_COMMA.findall(text)) > 1 or text[-1] in ":：,，;；、-–—/":
        return False
    mark = last_mark(text)
    if mark in "？?":
        return not _INNER_STOP.search(text[:-1])
    inner = text.strip('"“”„«»「」『』״') if _QUOTED.fullmatch(text) else text
    return not _INNER_STOP.search(inner) and not (mark and mark in _STOPS)


def before_colon(text: str) -> str:
    """What stands before the first colon; empty where there is none."""
    return re.split("[:：]", text, maxsplit=1)[0] if re.search("[:：]", text) else ""


def speakers(texts: Iterable[str]) -> set[str]:
    """What stands before a colon in two texts and more: in an interview, who speaks ("reporter: ...")."""
    counts = Counter(before_colon(text) for text in texts)
    return {name for name, count in counts.items() if name and count > 1}
