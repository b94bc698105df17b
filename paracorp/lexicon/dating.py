"""Dates as partial ISO dates, and what a relative one means on the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from paracorp.lexicon.quantities import Kind, Quantity

_SOON = dt.timedelta(days=31)  # a day and month without a year lie at most so far ahead, else in the past


_DAY = re.compile(r"(?:\d{4}|-)-\d\d-\d\d")
_NEAR = 12  # letters


def date_quantity(start: int, end: int, date: str, stated: str | None = None) -> Quantity:
    """A date as a quantity; its value is the first number in it. `stated` is the date itself unless given."""
    digits = re.search(r"\d+", date)
    value = float(digits[0]) if digits else 0.0
    return Quantity(start, end, Kind.DATE, value, value, date=date, stated=date if stated is None else stated)


def partial_date(year: int | None, month: int | None, day: int | None) -> str:
    """An ISO date cut to what is known; empty for a month or day that does not exist."""
    if month is not None and not 1 <= month <= 12:
        return ""
    if day is not None and not 1 <= day <= 31:
        return ""
    if year is None:
        if month is None:
            return f"---{day:02d}" if day is not None else ""
        return f"--{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return f"{year:04d}" + "".join(f"-{part:02d}" for part in (month, day) if part is not None)


def decade(year: int, in_century: int = 20) -> str:
    """A decade by its first year; one given by two digits belongs to the century named, else the 20th."""
    return f"{year if year >= 1000 else 100 * (in_century - 1) + year}"[:3] + "X"


def century(number: int) -> str:
    """A century by its number: the 19th is `18XX`."""
    return f"{number - 1}XX"


def shifted_day(day: dt.date, days: int) -> str:
    """The day so many days after a day."""
    return (day + dt.timedelta(days=days)).isoformat()


def shifted_week(day: dt.date, weeks: int) -> str:
    """The ISO week so many weeks after a day's, as `2025-W05`."""
    year, week, _ = (day + dt.timedelta(weeks=weeks)).isocalendar()
    return f"{year}-W{week:02d}"


def shifted_month(day: dt.date, months: int) -> str:
    """The month so many months after a day's, as `2025-01`."""
    index = day.year * 12 + day.month - 1 + months
    return partial_date(index // 12, index % 12 + 1, None)


def weekday_of_week(day: dt.date, weekday: int, weeks: int) -> str:
    """The weekday (Monday 0) in the week so many weeks after a day's, weeks beginning on Monday."""
    monday = day - dt.timedelta(days=day.weekday())
    return (monday + dt.timedelta(days=weekday, weeks=weeks)).isoformat()


def last_weekday(day: dt.date, weekday: int, *, today: bool) -> str:
    """The latest such weekday before a day, or on it where `today` counts."""
    back = (day.weekday() - weekday) % 7
    return shifted_day(day, -(back or (0 if today else 7)))


def next_weekday(day: dt.date, weekday: int) -> str:
    """The first such weekday after a day."""
    return shifted_day(day, (weekday - day.weekday() - 1) % 7 + 1)


_RANGE = re.compile(r"\s?(?:至|到|-|~|to|through|until|till|עד|ועד|ל-?)\s?[בל]?-?\s?")
_SPANNING = re.compile(r"\d{4}|(?:\d{4}|-)-\d\d(?:-\d\d)?|---\d\d")
_ASIDE = re.compile(r"\([^()]{1,12}\)")  # the weekday of a date
_THROUGH = re.compile(
    r"(?:st|nd|rd|th)?,?\s?(?:起?[至到]|-|~|to|through|thru|until|till|up to|ו?עד|ל(?=-|יום|\s?$))\s?"
    r"(?:the\s|ה?יום\s)?[בלה]{0,2}-?\s?"
)
_AND = re.compile(r"\s?(?:and|和|与|ו-?|ובין)\s?(?:the\s)?[בלה]?-?\s?")
_BETWEEN = re.compile(r"(?:\bbetween\s(?:the\s)?|(?<![א-ת])בין\s(?:ה-?)?|介于)$")
_AMONG = re.compile(r"之间|期间")
_PARTIAL_YEAR = re.compile(r"\d{4}-\d\d(-\d\d)?")


def dated(quantities: Iterable[Quantity], published: dt.date | None, text: str) -> Iterator[Quantity]:
    """Dates of one text with the years they leave out, as seen from the day of publication.

    After a month of a stated year (February 2024) a later month without one belongs to that year, and so do
    the months of a range (January to March 2025); a day shortly after an earlier one (5月13日至16日) belongs
    to its month. Both ends of a range know it.
    """
    yield from _ranged(list(_with_years(list(quantities), published, text)), text)


def _with_years(dates: list[Quantity], published: dt.date | None, text: str) -> Iterator[Quantity]:
    stated, day, said, end = "", "", "", -_NEAR
    for quantity, following in zip_longest(dates, dates[1:]):
        date, told = quantity.date, quantity.stated
        if told.startswith("W"):  # the weekday of the date before it
            yield quantity
            continue
        if day and date.startswith("---") and date[3:] > day[-2:] and quantity.start - end < _NEAR:
            date = day[:-2] + date[3:]
            told = said[:-2] + date[-2:] if _DAY.fullmatch(said) else told
        elif date.startswith("--") and stated and _RANGE.fullmatch(text, end, quantity.start):
            date = _after(stated, date)
        elif following is not None and _before(quantity, following, text):
            date = following.date[:4] + date[1:]
        elif published is not None and date.startswith("--"):
            date = _with_year(date, stated, published)
        if _PARTIAL_YEAR.fullmatch(date):
            stated = date[:7] if date == quantity.date or _RANGE.match(text, quantity.end) else stated
        day, said, end = (date if _DAY.fullmatch(date) else ""), told, quantity.end
        yield quantity if date == quantity.date else replace(quantity, date=date, stated=told)


def _ranged(dates: list[Quantity], text: str) -> Iterator[Quantity]:
    """The same dates; the two ends of a range, between which at most a weekday may stand, with the range."""
    intervals: dict[int, str] = {}
    for place, first in enumerate(dates):
        for beyond, last in enumerate(dates[place + 1 : place + 3], place + 1):
            if {place, beyond}.isdisjoint(intervals) and _is_range(first, last, text):
                intervals |= dict.fromkeys((place, beyond), f"{first.date}/{last.date}")
    for place, date in enumerate(dates):
        yield replace(date, interval=intervals[place]) if place in intervals else date


def _is_range(first: Quantity, last: Quantity, text: str) -> bool:
    """Whether two dates of one exactness are a range by the words around and between them."""
    if len(first.date) != len(last.date) or not all(_SPANNING.fullmatch(end.date) for end in (first, last)):
        return False
    if first.date >= last.date and not first.date.startswith("-"):
        return False
    between = _ASIDE.sub("", text[first.end : last.start])
    if _THROUGH.fullmatch(between):
        return True
    if not _AND.fullmatch(between):
        return False
    before = _BETWEEN.search(text, max(0, first.start - _NEAR), first.start)
    return before is not None or _AMONG.match(text, last.end) is not None


def _after(stated: str, date: str) -> str:
    """The end of a range of months without a year: in the year it began, or the next."""
    return f"{int(stated[:4]) + (date[2:4] < stated[5:7])}{date[1:]}"


def _before(quantity: Quantity, following: Quantity, text: str) -> bool:
    """Whether a month without a year begins a range whose end has one."""
    return (
        re.match(r"--\d\d", quantity.date) is not None
        and _PARTIAL_YEAR.fullmatch(following.date) is not None
        and quantity.date[2:4] <= following.date[5:7]
        and _RANGE.fullmatch(text, quantity.end, following.start) is not None
    )


def _with_year(date: str, stated: str, published: dt.date) -> str:
    if date.startswith("---"):
        day = int(date[3:])
        return shifted_month(published, -1 if day > published.day else 0) + f"-{day:02d}"
    month = int(date[2:4])
    if stated and stated[5:] < date[2:4] and f"{stated[:4]}-{date[2:4]}" <= published.isoformat()[:7]:
        return stated[:4] + date[1:]
    if len(date) == 4:
        return f"{published.year - (month > published.month)}{date[1:]}"
    year = published.year
    try:
        if dt.date(year, month, int(date[5:])) > published + _SOON:
            year -= 1
    except ValueError:  # 29 February
        year = next(y for y in range(year, year - 8, -1) if y % 4 == 0 and (y % 100 or y % 400 == 0))
    return f"{year}{date[1:]}"
