"""A number, sum, share, measure, span of time or date in a text, and how a message words it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a quantity is."""

    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    DATE = "date"


class Precision(StrEnum):
    """How exact a text says a quantity is."""

    EXACT = "exact"
    ABOUT = "about"
    MORE = "more_than"
    LESS = "less_than"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text, with its half-open code-point span.

    The value lies in [value, high]; they are equal for a single figure, and an order of magnitude apart for
    a vague one (tens of billions: 1e10 to 1e11). Percentages are in percent, a fraction is a number below 1.
    `unit` is an English name in the singular (`percent`, `year`, `square_mile`, `times`), `currency` an
    ISO 4217 code.

    `date` is an ISO date cut to what is known (`2025-01-20`, `2025-01`, `2025`), a week (`2025-W05`), a
    decade (`193X`) or a century (`18XX`); where the year is not known `--01-20`, `--01`, `---20` or a
    weekday (`W2` is Tuesday). It is empty for anything else than a date. `stated` is the date as far as the
    text itself names it, whenever it was published; empty for yesterday or last year. `interval` is the range
    that the date begins or ends, as `2025-05-13/2025-05-16`; empty where it stands alone.
    """

    start: int
    end: int
    kind: Kind
    value: float
    high: float
    unit: str = ""
    currency: str = ""
    precision: Precision = Precision.EXACT
    date: str = ""
    stated: str = ""
    interval: str = ""


_PRECISIONS = {Precision.ABOUT: "about ", Precision.MORE: "more than ", Precision.LESS: "less than "}
_MAGNITUDES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_UNITS = {"percent": "%", "celsius": " degrees Celsius", "times": " times"}
_PLURALS = {"foot": "feet", "square_foot": "square feet", "hertz": "hertz", "millimetre_of_mercury": "mmHg"}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_WORDED = re.compile(
    r"(?P<span>\d{2,3}X+)|W(?P<weekday>[1-7])|(?P<week_year>\d{4})-W(?P<week>\d\d)"
    r"|(?:(?P<year>\d{4})|-)(?:-(?P<month>\d\d)|-)?(?:-(?P<day>\d\d))?"
)


def describe(quantity: Quantity) -> str:
    """A quantity in English words for messages: `600 billion USD`, `about 20%`, `15 May`, `the 1930s`.

    A date is given as far as the text names it; a relative one as it was resolved.
    """
    if quantity.kind is Kind.DATE:
        return _date_in_words(quantity.stated or quantity.date)
    low, high = _figure_in_words(quantity.value), _figure_in_words(quantity.high)
    vague = quantity.value != quantity.high
    figure = f"{low} to {high}" if vague else low
    precision = "" if vague else _PRECISIONS.get(quantity.precision, "")
    return f"{precision}{figure}{_unit_in_words(quantity)}"


def _figure_in_words(value: float) -> str:
    for size, name in _MAGNITUDES:
        if abs(value) >= size and float(f"{value / size:.6g}") * size == value:
            return f"{value / size:,.6g} {name}"
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"


def _unit_in_words(quantity: Quantity) -> str:
    unit = quantity.unit
    if quantity.currency:
        return f" {quantity.currency}"
    if not unit or unit in _UNITS:
        return _UNITS.get(unit, "")
    single = quantity.value == quantity.high == 1
    return " " + (unit if single else _PLURALS.get(unit, f"{unit}s")).replace("_", " ")


def _date_in_words(date: str) -> str:
    match = _WORDED.fullmatch(date)
    parts = {} if match is None else {name: value for name, value in match.groupdict().items() if value}
    if "span" in parts:
        return f"the {date[:3]}0s" if date[2] != "X" else f"the {ordinal(int(date[:2]) + 1)} century"
    if "weekday" in parts:
        return _WEEKDAYS[int(parts["weekday"]) - 1]
    if "week" in parts:
        return f"week {int(parts['week'])} of {parts['week_year']}"
    if "day" in parts and "month" not in parts:
        return f"the {ordinal(int(parts['day']))}"
    words = [str(int(parts["day"]))] if "day" in parts else []
    words += [_MONTHS[int(parts["month"]) - 1]] if "month" in parts else []
    return " ".join([*words, *([parts["year"]] if "year" in parts else [])]) or date


def ordinal(number: int) -> str:
    """A number with the letters of its ordinal: 1st, 12th, 23rd."""
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"
