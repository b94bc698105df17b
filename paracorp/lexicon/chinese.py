"""How Chinese writes names: no word edges, middle dots, simplified and traditional characters, full width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from paracorp.lexicon.english import in_fitting_case, is_case_sensitive
from paracorp.lexicon.folding import (
    DASHES,
    INVISIBLE,
    SPACES,
    FoldTable,
    bounded,
    fold,
    is_latin,
    latin_table,
    letters_of,
    mapping,
)
from paracorp.lexicon.forms import Form, Hit
from paracorp.lexicon.words_zh import Words
from paracorp.records import Term

DOTS = "\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\u0387\u25cf\uff0e"
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_JOINTS = re.compile(f"(?<=[a-z0-9])(?=[{_HAN}])|(?<=[{_HAN}])(?=[a-z0-9])")

_HAN_NAME = re.compile(f"[{_HAN}·]+")
# A letter that is no name: X光, Model X, X先生.
_LETTER_LABEL = re.compile(
    "[a-z0-9] [a-z]$|[a-z0-9] [a-z][^a-z]|[a-z](?:光|射线|染色体|轴|战警|档案|先生|女士|坐标|因子|世代|元|型)"
)
_YOUNGER = ("小",)  # 小特朗普 is the son
_FOREIGN = frozenset({"person", "place"})  # kinds of names that may be part of a longer transcribed one


@cache
def simplified() -> dict[int, int]:
    """Table entries from traditional to simplified characters, one for one, as OpenCC has them."""
    from opencc import OpenCC

    characters = [chr(code) for code in (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {ord(old): ord(new) for old, new in pairs if old != new and len(new) == 1}


@cache
def chinese_table() -> FoldTable:
    """Simplified characters, ordinary width, one middle dot, one hyphen; one for one, so offsets stay."""
    return FoldTable(
        latin_table()
        | simplified()
        | mapping(DOTS, "·")
        | mapping(letters_of(DASHES), "-")
        | mapping(letters_of(SPACES), " ")
    )


class ChineseRules:
    """Chinese."""

    def __init__(self) -> None:
        """Start without names; the dictionary of words is loaded when the first Han name is met."""
        self.table = chinese_table()
        self.dropped = re.compile(f"[{INVISIBLE}]")
        self._names: set[str] = set()
        self._words: Words | None = None

    def forms(self, term: Term, variant: str) -> Iterator[Form]:
        """The variant with any joint between its parts; the last part alone is weak."""
        text = fold(variant, self.table, self.dropped).text.strip()
        spellings = [text]
        if "·" in text:
            spellings += [text.replace("·", joint) for joint in ("", " ", "-", " · ", ".")]
        spaced = _JOINTS.sub(" ", text)
        spellings += [spaced, re.sub(f"(?<=[{_HAN}]) (?=[a-z0-9])|(?<=[a-z0-9]) (?=[{_HAN}])", "", text)]
        self._names.update(spelling for spelling in spellings if re.fullmatch(f"[{_HAN}]{{2,}}", spelling))
        for spelling in dict.fromkeys(spellings):
            if spelling:
                yield Form(spelling, term.id, term.kind, variant, is_case_sensitive(term, variant))
        surname = text.rpartition("·")[2] if term.kind == "person" and "·" in text else ""
        if len(surname) > 1:
            yield Form(surname, term.id, term.kind, surname, weak=True)

    def accept(self, hit: Hit) -> tuple[int, int] | None:
        """Han characters must cut no word or longer name in two; Latin letters need edges and their case."""
        text, form = hit.folded.text, hit.form
        if not bounded(text, hit.start, hit.end):
            return None
        if _HAN_NAME.fullmatch(form.text):
            return (hit.start, hit.end) if self._stands(hit) else None
        if any(is_latin(letter) for letter in form.text) and not in_fitting_case(hit):
            return None
        if len(form.text) == 1 and _LETTER_LABEL.search(text[max(0, hit.start - 8) : hit.end + 3]):
            return None
        return hit.start, hit.end

    def _stands(self, hit: Hit) -> bool:
        if self._words is None:
            self._words = Words(self._names)
        text, start, end = hit.folded.text, hit.start, hit.end
        if not self._words.stands(text, start, end):
            return False
        if hit.form.kind not in _FOREIGN:
            return True
        if hit.form.kind == "person" and text[start - 1 : start] in _YOUNGER:
            return False
        around = text[start - 1 : start] + text[end : end + 1]
        return "·" not in around and not self._words.goes_on(text, start, end)
