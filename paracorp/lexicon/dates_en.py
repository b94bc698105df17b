"""English dates: January 20, 2025, 20 Jan., last June, the 1930s, the 21st century, on Tuesday, yesterday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from paracorp.lexicon.dating import (
    century,
    date_quantity,
    decade,
    last_weekday,
    next_weekday,
    partial_date,
    shifted_day,
    shifted_month,
    shifted_week,
)
from paracorp.lexicon.hints import Hints
from paracorp.lexicon.noise_en import ADDRESS
from paracorp.lexicon.quantities import Quantity
from paracorp.lexicon.vocabulary import starts

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_SHORT = {name[:3]: index for index, name in enumerate(_NAMES, 1)} | {"sept": 9}
_MONTHS = {name: index for index, name in enumerate(_NAMES, 1)} | _SHORT
_DAYS_OF_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "this morning": 0, "this evening": 0}
_DECADES = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_CENTURIES = {
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "twenty-first": 21,
}
_NTH = rf"\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_CENTURIES)}"
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_AFTER_DAY = (
    "and|in|at|after|before|when|to|with|for|as|but|while|by|from|until|local|morning|evening|"
    "the|a|an|its|his|her|their|he|she|it|they|there"
)
_WORDS = (*_MONTHS, *_SHIFTS, *_DECADES, *_CENTURIES, *_DAYS_OF_WEEK, *_DAYS, "fiscal", "financial", "fourth")
_YEAR = r"(?:1[5-9]|20)\d\d(?![\d]|[.,]\d)"
_COUNTED = (
    r"(?!\s?(?:%|percent|dollars|million|billion|thousand|trillion|people|jobs|workers|chips|shares|square|miles|"
    r"kilomet|km\b|met(?:er|re)s|megawatt|gigawatt|mw\b|units|employees|years|cards))"
)
# After a weekday these make a kind of thing, not a day: the Sunday papers.
_OF_WEEKDAYS = (
    r"news|night live|papers?|newspapers?|schools?|league|brunch|roasts?|lunch|times|telegraph|mail|mirror|"
    r"express|sun\b|best|drivers?"
)
_DATE = re.compile(
    rf"(?=\d|\b[a-z])(?=\d|{starts(_WORDS)})(?:"
    rf"\b(?P<month>{_M})\b\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|,\d{{3}}|\s(?:percent|million|billion))"
    rf"(?:\s?(?:-|to|and|through|until|till)\s?(?:the\s(?=\d+(?:st|nd|rd|th)(?!\scentur)))?(?P<until>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d){_COUNTED})?(?:,?\s(?P<year>{_YEAR}))?"
    rf"|\b(?P<from>\d{{1,2}})(?:st|nd|rd|th)?(?=\s?(?:-|to|and|through|until|till)\s?(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?"
    rf"(?P<from_month>{_M})\b\.?(?:,?\s(?P<from_year>{_YEAR}))?)"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_M})\b\.?(?:,?\s(?P<year2>{_YEAR}))?"
    rf"|\b(?:(?P<shift>last|this|next)\s)?(?P<month3>{_M})\b(?!-a-)(?:(?<=jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)\.(?=\s\d))?"
    rf"(?:,?\s(?:of\s)?(?P<year3>{_YEAR})|\s(?P<last_year>last year|this year))?"
    rf"|(?<!\d)(?P<us_month>\d{{1,2}})/(?P<us_day>\d{{1,2}})/(?P<us_year>\d{{4}})(?!\d)|(?P<fourth>fourth\sof\sjuly)\b"
    rf"|\b(?P<decade>(?:1\d|20)\d0|(?<=the\s)\d0|(?<=the\s')\d0)'?s\b|\b(?<=the\s)(?P<decade_word>{'|'.join(_DECADES)})\b"
    rf"|\b(?P<century>{_NTH})(?:[\s-]centur(?:y|ies)\b|(?=\s(?:and|or|to)\s(?:the\s)?(?:early\s|late\s)?(?:{_NTH})[\s-]centur))"
    rf"|\b(?:(?P<week>last|this|next)\s)?(?P<weekday>{'|'.join(_DAYS_OF_WEEK)})s?\b(?!\s(?:{_OF_WEEKDAYS}))"
    rf"(?:\s(?P<week_after>last|this|next)\sweek)?"
    rf"|\b(?P<shift_word>last|this|next)\s(?P<span>year|month|week)\b|\b(?P<day_word>{'|'.join(_DAYS)})\b"
    rf"|\b(?<=the\s)(?P<day_only>\d{{1,2}})(?:st|nd|rd|th)\b(?:\sof\sthe\smonth)?(?!-|\sand\s(?:the\s)?\d+(?:st|nd|rd|th)\s[a-z]|\s(?!(?:{_AFTER_DAY})\b)[a-z])"
    rf"|(?<![\w.,$€£₪/])(?<!(?<!\d{{4}})(?<!mid)(?<!pre)(?<!post)-)(?:(?:fiscal|financial)\s(?:year\s)?)?(?P<year4>{_YEAR})(?!-\d(?!\d{{3}})|/|[\w]){_COUNTED})"
)
_HINTS = Hints(
    [*_NAMES, *_DAYS_OF_WEEK, *_DECADES, *_DAYS, "centur", "last ", "this ", "next "]
    + [f"{name[:3]}." for name in _NAMES]
)
_UNSURE = frozenset(
    {"may", "march", "mar", "jun", "jul", "sep", "oct", "nov", "dec", "jan", "feb", "apr", "aug"}
)
_HOUSE = re.compile(ADDRESS)
_BEFORE_MONTH = re.compile(
    r"(?:in|of|since|until|by|last|next|this|early|late|mid-?|from|during|before|after|and|to)\s?$"
)


def find_dates(text: str, original: str, published: dt.date | None) -> Iterator[Quantity]:
    """The dates in folded English text; relative ones only where the day of publication is known.

    `original` has the same length; its capitals tell May from may.
    """
    if not _HINTS(text):
        return
    for match in _DATE.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        if groups.get("month3") in _UNSURE and not _is_month(original, match, groups):
            continue
        if "year4" in groups and _HOUSE.match(original, match.start()):
            continue
        end = match.end("day") if "until" in groups else match.end()
        date = _date(groups, published)
        if date:
            yield date_quantity(match.start(), end, date, _date(groups, None))
        if "until" in groups:
            last = _month_date(groups | {"day": groups["until"]}, "", published)
            yield date_quantity(match.start("until"), match.end(), last)


def _is_month(original: str, match: re.Match[str], groups: dict[str, str]) -> bool:
    """Whether `may` or `march` alone is a month: it has a capital, and a year or a preposition beside it."""
    if not original[match.start("month3")].isupper():
        return False
    told = "year3" in groups or "shift" in groups
    return told or _BEFORE_MONTH.search(original[: match.start()].lower()) is not None


def _date(groups: dict[str, str], published: dt.date | None) -> str:  # noqa: PLR0911 -- one per form
    if "from" in groups:
        year = int(groups["from_year"]) if "from_year" in groups else None
        return partial_date(year, _MONTHS[groups["from_month"]], int(groups["from"]))
    for suffix in ("", "2", "3"):
        if "month" + suffix in groups:
            return _month_date(groups, suffix, published)
    if "fourth" in groups:
        return partial_date(None, 7, 4)
    if "us_year" in groups:
        if int(groups["us_month"]) > 12:  # the day first, as outside the United States
            return partial_date(int(groups["us_year"]), int(groups["us_day"]), int(groups["us_month"]))
        return partial_date(int(groups["us_year"]), int(groups["us_month"]), int(groups["us_day"]))
    if "decade" in groups or "decade_word" in groups:
        return decade(_DECADES[groups["decade_word"]] if "decade_word" in groups else int(groups["decade"]))
    if "century" in groups:
        return century(_CENTURIES.get(groups["century"]) or int(groups["century"][:-2]))
    if "weekday" in groups:
        return _weekday(groups, published)
    return groups.get("year4") or _relative(groups, published)


def _month_date(groups: dict[str, str], suffix: str, published: dt.date | None) -> str:
    year = int(groups["year" + suffix]) if "year" + suffix in groups else None
    month = _MONTHS[groups["month" + suffix]]
    day = int(groups["day" + suffix]) if "day" + suffix in groups else None
    if year is None and published is not None and ("shift" in groups or "last_year" in groups):
        year = _year_of(groups, month, published)
    return partial_date(year, month, day)


def _year_of(groups: dict[str, str], month: int, published: dt.date) -> int:
    """The year of `last June` (the one before publication) or `June last year`."""
    if "last_year" in groups:
        return published.year - groups["last_year"].startswith("last")
    shift = _SHIFTS[groups["shift"]]
    if shift < 0:
        return published.year - (month >= published.month)
    return published.year + (shift > 0 and month <= published.month)


def _weekday(groups: dict[str, str], published: dt.date | None) -> str:
    weekday = _DAYS_OF_WEEK.index(groups["weekday"])
    if published is None:
        return f"W{weekday + 1}"
    shift = groups.get("week") or groups.get("week_after")
    if shift == "next":
        return next_weekday(published, weekday)
    return last_weekday(published, weekday, today=shift != "last")


def _relative(groups: dict[str, str], published: dt.date | None) -> str:
    if "day_only" in groups:
        return partial_date(None, None, int(groups["day_only"]))
    if published is None:
        return ""
    if "day_word" in groups:
        return shifted_day(published, _DAYS[groups["day_word"]])
    shift = _SHIFTS[groups["shift_word"]]
    if groups["span"] == "year":
        return str(published.year + shift)
    return (shifted_month if groups["span"] == "month" else shifted_week)(published, shift)
