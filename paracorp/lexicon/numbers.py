"""Finds numbers, sums, shares, measures and dates in running text of any language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from paracorp.lexicon import dates_en, dates_he, dates_zh, numbers_en, numbers_he, numbers_zh
from paracorp.lexicon.chinese import chinese_table
from paracorp.lexicon.dating import date_quantity, dated, partial_date
from paracorp.lexicon.folding import (
    APOSTROPHES,
    DASHES,
    INVISIBLE,
    QUOTES,
    SPACES,
    FoldTable,
    fold,
    latin_table,
    letters_of,
    mapping,
)
from paracorp.lexicon.grammar import Grammar, scan
from paracorp.lexicon.quantities import Kind, Quantity


@cache
def _spaced_table() -> FoldTable:
    """Lower case and one kind of each mark; hyphens stay, as `כ-10` needs its own."""
    return FoldTable(
        latin_table()
        | mapping(letters_of(DASHES), "-")
        | mapping(letters_of(SPACES), " ")
        | mapping(letters_of(APOSTROPHES), "'")
        | mapping(letters_of(QUOTES), '"')
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    table: Callable[[], FoldTable]
    dropped: re.Pattern[str]
    grammar: Callable[[], Grammar]
    dates: Callable[[str, str, dt.date | None], Iterator[Quantity]]
    cased: bool = True


_MARKS = re.compile(f"[{INVISIBLE}\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
# Spaces that some newsrooms set between figures and Han characters: 2008 年.
_LOOSE_SPACES = re.compile(f"[{INVISIBLE}]| (?:(?<=[\\d%] )(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff] )(?=\\d))")
_READERS = {
    "zh": _Reader(chinese_table, _LOOSE_SPACES, numbers_zh.grammar, dates_zh.find_dates, cased=False),
    "he": _Reader(_spaced_table, _MARKS, numbers_he.grammar, dates_he.find_dates),
    "en": _Reader(_spaced_table, _MARKS, numbers_en.grammar, dates_en.find_dates),
}

_OWNERS = re.compile(r"(?i)\b(?:multi-?)?(m|b|tr)illionaires?\b")
_OWNED = {"m": 1e6, "b": 1e9, "tr": 1e12}


def find_quantities(text: str, lang: str, published: dt.date | None = None) -> list[Quantity]:
    """The quantities of a text in reading order, with spans in the original text.

    Relative dates (上周五, last June) are resolved against the day of publication; without one they are
    left out or, where a month or weekday is named, cut to that.
    """
    reader = _READERS[lang]
    folded = fold(text, reader.table(), reader.dropped)
    kept = folded.text
    if reader.cased:
        kept = text if folded.positions is None else "".join([text[index] for index in folded.positions])
    dates = list(_iso_dates(folded.text))
    for date in reader.dates(folded.text, kept, published):
        if all(date.end <= other.start or other.end <= date.start for other in dates):
            dates.append(date)
    dates = list(dated(sorted(dates, key=lambda date: date.start), published, folded.text))
    figures = scan(folded.text, kept, reader.grammar(), [(date.start, date.end) for date in dates])
    found = sorted([*dates, *figures], key=lambda quantity: quantity.start)
    if folded.positions is None:
        return found
    return [_moved(quantity, *folded.span(quantity.start, quantity.end)) for quantity in found]


def implied_quantities(text: str, lang: str) -> Iterator[Quantity]:
    """Quantities that words such as trillionaire imply: they may answer one, but need no answer."""
    if lang == "en" and "illionaire" in text:
        for match in _OWNERS.finditer(text):
            value = _OWNED[match[1].lower()]
            yield Quantity(*match.span(), Kind.MONEY, value, value * 1000)


def _moved(quantity: Quantity, start: int, end: int) -> Quantity:
    return replace(quantity, start=start, end=end)


_ISO_DATE = re.compile(r"(?<![\d.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d|\.\d)")


_JOINED_DIGITS = re.compile(r"\d[-/.]\d")


def _iso_dates(text: str) -> Iterator[Quantity]:
    if _JOINED_DIGITS.search(text) is None:
        return
    for match in _ISO_DATE.finditer(text):
        date = partial_date(int(match[1]), int(match[3]), int(match[4]))
        if date:
            yield date_quantity(match.start(), match.end(), date)
