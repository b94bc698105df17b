"""Which quantities of two texts may be the same, however each writes and rounds them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from paracorp.lexicon.quantities import Kind, Precision, Quantity

# A unit in terms of another, so that half a year agrees with six months.
_BASE = {
    "year": ("month", 12.0), "week": ("day", 7.0), "hour": ("minute", 60.0), "gigawatt": ("megawatt", 1000.0),
    "kilowatt": ("megawatt", 0.001), "terawatt_hour": ("gigawatt_hour", 1000.0),
    "metre": ("kilometre", 0.001),
    "centimetre": ("kilometre", 1e-5), "millimetre": ("kilometre", 1e-6), "kilogram": ("tonne", 0.001),
    "gram": ("tonne", 1e-6), "milligram": ("tonne", 1e-9), "microgram": ("tonne", 1e-12),
    "millilitre": ("litre", 0.001), "percentage_point": ("percent", 1.0),
    "basis_point": ("percent", 0.01),
}  # fmt: skip
_EXACT_SLACK = 0.005  # 589 and 590 billion are two roundings of one sum
_ABOUT_SLACK = 0.06  # about 600 billion may stand for 589
_PLAIN = 10  # bare numbers up to this are often counted out or left out by a translator


def agree(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may stand for the same thing; a missing unit or currency contradicts none."""
    if one.kind is Kind.DATE and other.kind is Kind.DATE:
        stated = one.stated and other.stated and dates_agree(one.stated, other.stated)
        return bool(stated) or dates_agree(one.date, other.date)
    if Kind.DATE in (one.kind, other.kind):
        date, figure = (one, other) if one.kind is Kind.DATE else (other, one)
        return not figure.unit and not figure.currency and figure.value == date.value
    if one.currency and other.currency and one.currency != other.currency:
        return False
    return values_agree(one, other)


def values_agree(one: Quantity, other: Quantity) -> bool:
    """Whether the figures meet within what both texts claim to know, whatever their currency."""
    if _share(one, other):
        return True
    if one.unit and other.unit:
        first, second = _in_base(one), _in_base(other)
    else:
        first, second = (one.unit, one.value, one.high), (other.unit, other.value, other.high)
    if first[0] and second[0] and first[0] != second[0]:
        return False
    slack = _EXACT_SLACK
    if Precision.ABOUT in (one.precision, other.precision):
        slack = _ABOUT_SLACK
    low, high = max(first[1], second[1]), min(first[2], second[2])
    return low <= high * (1 + slack) + 1e-12


def _in_base(quantity: Quantity) -> tuple[str, float, float]:
    unit, factor = _BASE.get(quantity.unit, (quantity.unit, 1.0))
    return unit, quantity.value * factor, quantity.high * factor


def _share(one: Quantity, other: Quantity) -> bool:
    """A percentage and a plain fraction: 50 percent, a half."""
    units = {one.unit, other.unit}
    if units == {"percent", ""}:
        percent, plain = (one, other) if one.unit else (other, one)
        return abs(percent.value / 100 - plain.value) <= 0.005
    return False


def dates_agree(one: str, other: str) -> bool:
    """Whether two dates contradict each other in nothing they both name: `--01-20` and `2025-01` do not."""
    if _WEEKDAY.fullmatch(one) or _WEEKDAY.fullmatch(other):
        return _weekdays_agree(one, other)
    first, second = _parts(one), _parts(other)
    if first is None or second is None:
        return _spans_agree(one, other)
    shared = [(a, b) for a, b in zip(first, second, strict=True) if a and b]
    return bool(shared) and all(a == b for a, b in shared)


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether a date lies in the range that the other begins or ends: neither a contradiction nor the same.

    Of two ranges the one must lie within the other with both its ends; ranges with one end in common differ.
    """
    if one.interval and other.interval:
        ends = [interval.split("/") for interval in (one.interval, other.interval)]
        if set(ends[0]) & set(ends[1]):
            return False
        return all(_contains(one.interval, end) for end in ends[1]) or all(
            _contains(other.interval, end) for end in ends[0]
        )
    ranged, single = (one, other) if one.interval else (other, one)
    return bool(ranged.interval) and _contains(ranged.interval, single.date)


def _contains(interval: str, date: str) -> bool:
    """Whether a date lies in a range, its ends included; without the years where one is not known.

    False for a date that is less exact than the ends, which `dates_agree` compares.
    """
    dates = [*interval.split("/"), date]
    if not all(map(_PARTIAL.fullmatch, dates)):
        return False
    unknown = {len(item) - len(item.lstrip("-")) for item in dates}  # 2: the year, 3: the month, too
    if 3 in unknown and len(unknown) > 1:
        return False
    if 2 in unknown:
        dates = [item[2 if item.startswith("-") else 5 :] for item in dates]
    begin, end, item = dates
    if not begin or len(item) < len(begin):
        return False
    item = item[: len(begin)]
    return begin <= item <= end if begin <= end else item >= begin or item <= end


def _spans_agree(one: str, other: str) -> bool:
    """Decades and centuries: equal, or one within the other."""
    first, second = one.rstrip("X"), other.rstrip("X")
    return (
        one == other
        or (one != first and other.startswith(first))
        or (other != second and one.startswith(second))
    )


_WEEKDAY = re.compile(r"W([1-7])")
_PARTIAL = re.compile(r"(\d{4}|-)(?:-(\d\d|))?(?:-(\d\d))?")


def _parts(date: str) -> tuple[str, str, str] | None:
    match = _PARTIAL.fullmatch(date)
    return None if match is None else (match[1].strip("-"), match[2] or "", match[3] or "")


def _weekdays_agree(one: str, other: str) -> bool:
    weekdays = set()
    for date in (one, other):
        if (match := _WEEKDAY.fullmatch(date)) is not None:
            weekdays.add(int(match[1]))
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", date):
            weekdays.add(dt.date.fromisoformat(date).isoweekday())
        else:
            return True  # the weekday of a date without a year is not known
    return len(weekdays) == 1


def telling(quantity: Quantity) -> bool:
    """Whether a translator has to keep a quantity: not a small count, a weekday or a vague span."""
    if quantity.kind is Kind.DATE:
        return not quantity.date.startswith("W")
    if quantity.value == quantity.high == 1 and quantity.kind is not Kind.PERCENT:
        return False  # a dollar, a gigawatt
    if quantity.kind in (Kind.MONEY, Kind.PERCENT):
        return True
    if quantity.kind is Kind.NUMBER and quantity.unit not in ("", "times"):
        return True
    return quantity.value > _PLAIN and quantity.value == quantity.high


def unmatched(quantities: Iterable[Quantity], others: list[Quantity]) -> list[Quantity]:
    """The telling quantities of one text that agree with none of the other's.

    Relative dates, from last week to next year, may answer a date of the other text but need no answer.
    """
    return [
        quantity
        for quantity in quantities
        if telling(quantity) and not _relative(quantity) and not any(agree(quantity, o) for o in others)
    ]


def miscounted(quantities: list[Quantity], others: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """Two small counts, the only ones of their texts, that differ: four against five.

    A translator may leave out small counts or put another word for them, so that they are not `telling`.
    """
    counts = [[item for item in side if item.kind is not Kind.DATE] for side in (quantities, others)]
    if [len(side) for side in counts] != [1, 1]:
        return None
    one, other = counts[0][0], counts[1][0]
    if telling(one) or telling(other) or min(one.value, other.value) < 2 or not same_sort(one, other):
        return None
    return None if agree(one, other) else (one, other)


def same_sort(one: Quantity, other: Quantity) -> bool:
    """Whether two figures measure the same thing, so that they contradict each other where they differ.

    Two sums of one currency, two shares, two lengths; dates that are equally exact (two days, two years).
    """
    if one.kind is not other.kind:
        return False
    if one.kind is Kind.DATE:
        return _exactness(one.stated) == _exactness(other.stated)
    return one.currency == other.currency and _in_base(one)[0] == _in_base(other)[0]


def _exactness(date: str) -> tuple[bool, ...]:
    """Which of month and day a date names; a decade or century is unlike both."""
    parts = _parts(date)
    return tuple(map(bool, parts[1:])) if parts else (date.endswith("XX"),)


def _relative(quantity: Quantity) -> bool:
    return quantity.kind is Kind.DATE and (not quantity.stated or quantity.stated.startswith("W"))


def comparable_key(quantity: Quantity) -> str:
    """A word that is equal for equal quantities in any language: `USD:5e+11`, `date:2025-01-20`."""
    if quantity.kind is Kind.DATE:
        return f"date:{quantity.date}"
    unit, low, high = _in_base(quantity)
    figure = f"{low:.4g}" if low == high else f"{low:.4g}..{high:.4g}"
    return f"{quantity.currency or unit or 'n'}:{figure}"
