"""A number, sum, share, measure, span of time or date in a text, and how a language's grammar finds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest


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
    weekday (`W2` is Tuesday). It is empty for anything else than a date.
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


@dataclass(frozen=True, slots=True)
class Amount:
    """The bare figure of a quantity; `scale` is the magnitude word at its end (1e9 in `20 billion`), else 1.

    `unit` is set where the figure itself says it, as 百分之三十 does.
    """

    value: float
    high: float
    precision: Precision = Precision.EXACT
    scale: float = 1.0
    unit: str = ""


def exact(value: float, scale: float = 1.0, unit: str = "") -> Amount:
    """A single figure."""
    return Amount(value, value, scale=scale, unit=unit)


def vague(base: float, precision: Precision = Precision.MORE, unit: str = "") -> Amount:
    """An order of magnitude, such as `tens of billions`: at least the base, at most ten times as much."""
    return Amount(base, base * 10, precision, unit=unit)


@dataclass(frozen=True, slots=True)
class Grammar:
    """How a language writes quantities around their figure.

    `number` finds candidates, `read` makes their figure (None: not a number after all). `before` is matched
    so that it ends where the figure begins, `after` where the figure ends; their named groups `precision`,
    `precision_after`, `currency` and `unit` are looked up in the tables. `needs_unit` says which figures are
    none without a unit of the table; a unit that the table does not name is just something counted.
    `before_ends` are the endings without which `before` need not be tried. `noise` matches what holds
    figures that count nothing: clock times, scores, telephone and version numbers.
    A group `prefix` of `number` holds letters written together with the figure that are no part of it.
    """

    number: re.Pattern[str]
    read: Callable[[re.Match[str]], Amount | None]
    before: re.Pattern[str]
    after: re.Pattern[str]
    precisions: dict[str, Precision]
    currencies: dict[str, str]
    units: dict[str, str]
    joint: re.Pattern[str]
    needs_unit: Callable[[re.Match[str], str], bool]
    before_ends: tuple[str, ...]
    noise: re.Pattern[str]


_TIME = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "decade"})
_DURING = frozenset({"over"})  # `over four years` is during them, `over four tons` more than them
_WINDOW = 24  # letters before a figure that may say how exact it is
_IN_LARGER = (("kilowatt", 1e6, "gigawatt"), ("kilowatt", 1e3, "megawatt"), ("decade", 0.0, "year"))
_FACTORS = {("kilowatt", "gigawatt"): 1e-6, ("kilowatt", "megawatt"): 1e-3, ("decade", "year"): 10.0}


def scan(
    text: str, original: str, grammar: Grammar, taken: Iterable[tuple[int, int]] = ()
) -> Iterator[Quantity]:
    """The quantities of a folded text outside the spans already taken, in reading order.

    `original` has the same length; its capitals tell Boeing 747 from some 40 companies.
    """
    matches = list(grammar.number.finditer(text))
    if not matches:
        return
    spans = list(taken)
    spans += [match.span() for match in grammar.noise.finditer(original)]
    found: list[tuple[Quantity, float]] = []
    for match in matches:
        free = all(match.end() <= start or end <= match.start() for start, end in spans)
        free = free and (not found or found[-1][0].end <= match.start())
        if free and (amount := grammar.read(match)) is not None:
            floor = found[-1][0].end if found else 0
            ceiling = min((start for start, _ in spans if start >= match.end()), default=len(text))
            quantity = _dressed(text[:ceiling], grammar, match, amount, floor)
            if quantity is not None:
                found.append((quantity, amount.scale))
    yield from _joined(text, grammar, found)


def _dressed(
    text: str, grammar: Grammar, match: re.Match[str], amount: Amount, floor: int
) -> Quantity | None:
    """The quantity with what stands around its figure after `floor`; None where that shows it to be none."""
    window = max(floor, match.start() - _WINDOW)
    told = text[window : match.start()].rstrip(" -").endswith(grammar.before_ends)
    before = grammar.before.search(text, window, match.start()) if told else None
    after = grammar.after.match(text, match.end())
    parts = _groups(before) | _groups(after)
    unit = amount.unit or grammar.units.get(parts.get("unit", ""), "")
    currency, _, cents = grammar.currencies.get(parts.get("currency", ""), "").partition("_")
    if not unit and not currency and grammar.needs_unit(match, parts.get("unit", "")):
        return None
    start = max(match.start(), match.end("prefix")) if "prefix" in match.re.groupindex else match.start()
    if before is not None and before["currency"]:
        start = before.start("currency")
    end = match.end()
    if after is not None and not amount.unit and (currency or unit):
        end = max(
            end,
            *(
                after.end(name)
                for name in ("unit", "currency", "more_of_unit")
                if name in after.re.groupindex
            ),
        )
    factor = 0.01 if cents else 1.0
    plain = Quantity(start, end, Kind.NUMBER, amount.value * factor, amount.high * factor, unit, currency)
    measured = _in_larger_unit(plain)
    return replace(measured, kind=_kind(measured), precision=_precision(parts, unit, amount, grammar))


def _groups(match: re.Match[str] | None) -> dict[str, str]:
    return {name: value for name, value in match.groupdict().items() if value} if match else {}


def _precision(parts: dict[str, str], unit: str, amount: Amount, grammar: Grammar) -> Precision:
    """What the words around a figure say; of hundreds of billions they say nothing new."""
    words = [parts[name].strip() for name in ("precision_after", "precision") if name in parts]
    if (
        not words
        or (amount.value != amount.high and amount.precision is Precision.MORE)
        or (unit in _TIME and words[0] in _DURING)
    ):
        return amount.precision
    return grammar.precisions[words[0]]


def _in_larger_unit(quantity: Quantity) -> Quantity:
    for small, limit, large in _IN_LARGER:
        if quantity.unit == small and quantity.value >= limit:
            factor = _FACTORS[small, large]
            return replace(quantity, value=quantity.value * factor, high=quantity.high * factor, unit=large)
    return quantity


def _kind(quantity: Quantity) -> Kind:
    if quantity.currency:
        return Kind.MONEY
    if quantity.unit in ("percent", "percentage_point", "basis_point"):
        return Kind.PERCENT
    if quantity.unit in _TIME:
        return Kind.DURATION
    return Kind.NUMBER


def _joined(text: str, grammar: Grammar, found: list[tuple[Quantity, float]]) -> Iterator[Quantity]:
    """Give the first figure of a range the magnitude and unit of the second: `10 to 20 billion dollars`."""
    for (quantity, scale), (following, magnitude) in zip_longest(found, found[1:], fillvalue=(None, 1.0)):
        if quantity is None:
            return
        bare = not quantity.unit and not quantity.currency and quantity.value == quantity.high
        if following is None or not bare or not grammar.joint.fullmatch(text, quantity.end, following.start):
            yield quantity
            continue
        larger = quantity.value * magnitude
        value = larger if scale == 1 and larger <= following.value else quantity.value
        like = replace(following, start=quantity.start, end=quantity.end, precision=quantity.precision)
        yield replace(like, value=value, high=value)
