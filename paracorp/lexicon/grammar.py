"""How a language's grammar of quantities is told, and how texts are scanned with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from paracorp.lexicon.quantities import Kind, Precision, Quantity


@dataclass(frozen=True, slots=True)
class Amount:
    """The bare figure of a quantity; `scale` is the magnitude word at its end (1e9 in `20 billion`), else 1.

    `unit` and `currency` are set where the figure itself says them, as 百分之三十 does.
    """

    value: float
    high: float
    precision: Precision = Precision.EXACT
    scale: float = 1.0
    unit: str = ""
    currency: str = ""


def exact(value: float, scale: float = 1.0, unit: str = "") -> Amount:
    """A single figure."""
    return Amount(value, value, scale=scale, unit=unit)


# A fraction such as 2/3, but no date, score or 24/7.
SLASHED = r"(?<![\d/.,])(?P<slashed>[1-9]/(?:[2-9]|10))(?![\d/]|[.,]\d)"


def slashed(fraction: str) -> Amount | None:
    """The value of a fraction with a slash; None for one that is not below 1."""
    top, bottom = (int(part) for part in fraction.split("/"))
    return exact(top / bottom) if top < bottom else None


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
    figures that count nothing: clock times, scores, telephone and version numbers; `wordy_noise` is enough
    for a text without digits. `hinted` is false, and cheap to ask, for a text that cannot hold a figure.
    The groups `prefix` and `prefix_of_one` of `number` hold letters that are written together with the figure
    but are no part of it.
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
    wordy_noise: re.Pattern[str]
    hinted: Callable[[str], object]


_TIME = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "decade", "century"})
_DURING = frozenset({"over"})  # `over four years` is during them, `over four tons` more than them
_DIGIT = re.compile(r"\d")
_PREFIXES = ("prefix", "prefix_of_one")
_WINDOW = 24  # letters before a figure that may say how exact it is
# A unit, the amount from which it is given in a larger one, that one, and the factor.
_IN_LARGER = (
    ("kilowatt", 1e6, "gigawatt", 1e-6),
    ("kilowatt", 1e3, "megawatt", 1e-3),
    ("decade", 0.0, "year", 10.0),
    ("century", 0.0, "year", 100.0),
)


def scan(
    text: str, original: str, grammar: Grammar, taken: Iterable[tuple[int, int]] = ()
) -> Iterator[Quantity]:
    """The quantities of a folded text outside the spans already taken, in reading order.

    `original` has the same length; its capitals tell Boeing 747 from some 40 companies.
    """
    matches = list(grammar.number.finditer(text)) if grammar.hinted(text) else []
    if not matches:
        return
    noise = grammar.noise if _DIGIT.search(text) else grammar.wordy_noise
    spans = [*taken, *(match.span() for match in noise.finditer(original))]
    found: list[tuple[Quantity, float]] = []
    for match in matches:
        free = all(match.end() <= start or end <= match.start() for start, end in spans)
        free = free and (not found or found[-1][0].end <= match.start())
        if free and (amount := grammar.read(match)) is not None:
            floor = found[-1][0].end if found else 0
            ceiling = min((start for start, _ in spans if start >= match.end()), default=len(text))
            quantity = _dressed(text[:ceiling], grammar, match, amount, floor)
            if quantity is not None and found and grammar.joint.fullmatch(text, floor, quantity.start):
                quantity = replace(quantity, precision=amount.precision)
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
    named = _groups(before).get("currency") or parts.get("currency", "")
    code = amount.currency or grammar.currencies.get(named, "")
    currency, _, cents = code.partition("_")
    if not unit and not currency and grammar.needs_unit(match, parts.get("unit", "")):
        return None
    start = max(match.start(), *(match.end(name) for name in _PREFIXES if name in match.re.groupindex), 0)
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
    precision = _precision(parts, unit, amount, grammar)
    factor, unit = _in_larger_unit(0.01 if cents else 1.0, unit, amount)
    value, high = amount.value * factor, amount.high * factor
    return Quantity(start, end, _kind(unit, currency), value, high, unit, currency, precision)


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


def _in_larger_unit(factor: float, unit: str, amount: Amount) -> tuple[float, str]:
    """The factor with that of the larger unit in which a large amount is given, and that unit; ‰ is none."""
    if unit == "per_mille":
        return factor / 1000, ""
    for small, limit, large, change in _IN_LARGER:
        if unit == small and amount.value >= limit:
            return factor * change, large
    return factor, unit


def _kind(unit: str, currency: str) -> Kind:
    if currency:
        return Kind.MONEY
    if unit in ("percent", "percentage_point", "basis_point"):
        return Kind.PERCENT
    if unit in _TIME:
        return Kind.DURATION
    return Kind.NUMBER


def _joined(text: str, grammar: Grammar, found: list[tuple[Quantity, float]]) -> Iterator[Quantity]:
    """Give the figures of a range what only one of them says: `10 to 20 billion dollars`, `$5-10 billion`.

    A score is no range: 3-1.
    """
    scored: Quantity | None = None
    found = [
        (_with_sign(found[at - 1][0], quantity, text) if at else quantity, scale)
        for at, (quantity, scale) in enumerate(found)
    ]
    for (quantity, scale), (following, magnitude) in zip_longest(found, found[1:], fillvalue=(None, 1.0)):
        if quantity is None:
            return
        if following is not None and _is_score(text, quantity, following):
            scored = following
            continue
        if quantity is scored:
            continue
        if following is None or not grammar.joint.fullmatch(text, quantity.end, following.start):
            yield quantity
            continue
        yield _like(quantity, scale, following, magnitude)


def _with_sign(one: Quantity, other: Quantity, text: str) -> Quantity:
    """The end of a range in the currency whose sign stands before its beginning: `$5-10 billion`."""
    signed = (
        one.currency and not text[one.start].isdigit() and text[one.end : other.start].strip() in ("-", "to")
    )
    return replace(other, currency=one.currency, kind=Kind.MONEY) if signed and _is_bare(other) else other


def _is_bare(quantity: Quantity) -> bool:
    return not quantity.unit and not quantity.currency


def _like(quantity: Quantity, scale: float, following: Quantity, magnitude: float) -> Quantity:
    """The first figure of a range with what only the second one says."""
    alike = not quantity.unit and quantity.currency in ("", following.currency)
    if not alike or quantity.value != quantity.high:
        return quantity
    larger = quantity.value * magnitude
    value = larger if scale == 1 and larger <= following.value else quantity.value
    like = replace(following, start=quantity.start, end=quantity.end, precision=quantity.precision)
    return replace(like, value=value, high=value)


def _is_score(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether a hyphen joins a larger bare figure to a smaller one."""
    joint = text[one.end : other.start]
    return joint == "-" and one.value > other.value and not (one.unit or one.currency or other.unit)
