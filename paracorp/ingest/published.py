"""Days as reports write them: `2025-02-08 23:18:10`, `2025年2月8日`, `12.03.2025`, `8 בפברואר 2025`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTH_NAMES = (
    ("january", "jan", "ינואר", "ינו"),
    ("february", "feb", "פברואר", "פבר"),
    ("march", "mar", "מרץ", "מרס"),
    ("april", "apr", "אפריל", "אפר"),
    ("may", "מאי"),
    ("june", "jun", "יוני"),
    ("july", "jul", "יולי"),
    ("august", "aug", "אוגוסט", "אוג"),
    ("september", "sept", "sep", "ספטמבר", "ספט"),
    ("october", "oct", "אוקטובר", "אוק"),
    ("november", "nov", "נובמבר", "נוב"),
    ("december", "dec", "דצמבר", "דצמ"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))

# A clock beside a day, with seconds, zone or half of the day; `T` or a word for "at" before it.
CLOCK = (
    r"(?:\s*(?:T|,|בשעה|at)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:[.,]\d+)?)?"
    r"(?:\s*(?:Z|UTC|GMT|[AaPp]\.?[Mm]\.?\b|[+-]\d{2}:?\d{2}))?|\s*\d{1,2}[时時]\d{1,2}分)"
)

# Year first, day first (the custom of every language here), month named. A year of two figures is 20xx.
_FORMS = tuple(
    re.compile(rf"(?<![\d.]){form}", re.IGNORECASE)
    for form in (
        r"(?P<y>(?:19|20)\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?:\s*[日号號]|(?!\d))",
        r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)",
        r"(?P<d>\d{1,2})(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<y>(?:19|20)?\d\d)(?!\d)",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?ב?(?P<n>{_NAMED})\.?,?['׳]?\s+(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"(?P<n>{_NAMED})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)


_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a text, with the half-open span of its writing, clock included; `timed` if it has one."""

    day: dt.date
    start: int
    end: int
    timed: bool


def find_days(text: str) -> Iterator[Day]:
    """The days in a text in order, by the first form that reads them; impossible ones are no days."""
    found: list[Day] = []
    text = text.translate(_NARROW)
    for form in _FORMS:
        for match in form.finditer(text):
            day = _day(match)
            if day and not any(match.start() < old.end and old.start < match.end() for old in found):
                clock = re.compile(CLOCK).match(text, match.end())
                found.append(
                    Day(day, match.start(), clock.end() if clock else match.end(), clock is not None)
                )
    return iter(sorted(found, key=lambda item: item.start))


def first_day(text: str) -> dt.date | None:
    """The first day written in a text, or None."""
    return next((item.day for item in find_days(text)), None)


def _day(match: re.Match[str]) -> dt.date | None:
    parts = match.groupdict()
    year = int(parts["y"])
    month = _MONTHS[parts["n"].lower()] if parts.get("n") else int(parts["m"])
    try:
        return dt.date(year if year > 99 else 2000 + year, month, int(parts["d"]))
    except ValueError:
        return None
