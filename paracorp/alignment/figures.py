"""The numbers and dates of passages: read by the lexicon, compared as independent reports give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from paracorp.alignment.passages import Passage
from paracorp.languages import LANGUAGES, detect_by_script
from paracorp.lexicon.comparing import agree, compatible
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import Kind, Precision, Quantity

# Two large counts are the same figure rounded differently when they differ by no more than this share.
ROUNDING = 0.1
# A figure at least this telling can contradict; small counts stand for many things in one sentence.
TELLING = 2.5

# What figures of one family stand for can be the same thing, so that different ones contradict each other.
_FAMILY = {
    Kind.NUMBER: "amount",
    Kind.MONEY: "amount",
    Kind.PERCENT: "percent",
    Kind.DURATION: "duration",
    Kind.DATE: "date",
}
_ENGLISH = "en"
_DAY = re.compile(r"(?:\d{4}|-)-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(?:\d{4}|-)-(\d\d)")
_YEAR = re.compile(r"\d{4}")
_YEAR_STATED = re.compile(r"\d{4}(?:-.*)?")


def read_figures(passage: Passage) -> tuple[Quantity, ...]:
    """The figures of a passage in its own text, and those of its English that say something else.

    An engine may lose or garble a figure, and the reader may miss one in either language. Dates are seen
    from the day the article was published.
    """
    lang = detect_by_script(passage.text, LANGUAGES) if passage.text else None
    own = find_quantities(passage.text, lang, passage.date) if lang is not None else []
    english = find_quantities(passage.english, _ENGLISH, passage.date)
    return (*own, *(figure for figure in english if not any(agree(figure, other) for other in own)))


def figure_keys(figure: Quantity) -> tuple[str, ...]:
    """The figure as terms that are equal for equal figures of any language: `amount:5e+11`, `day:01-20`.

    A vague figure and a day that is named only as seen from another (yesterday) give none.
    """
    if figure.kind is Kind.DATE:
        return _date_keys(figure)
    if figure.value != figure.high:
        return ()
    unit = figure.unit if figure.kind is Kind.DURATION else ""
    return (f"{_FAMILY[figure.kind]}{unit}:{figure.value:.6g}",)


def _date_keys(figure: Quantity) -> tuple[str, ...]:
    if not figure.stated:
        return ()
    year = (f"year:{figure.stated[:4]}",) if _YEAR_STATED.fullmatch(figure.stated) else ()
    if day := _DAY.fullmatch(figure.date):
        return (f"day:{day[1]}-{day[2]}", *year)
    if month := _MONTH.fullmatch(figure.date):
        return (f"month:{month[1]}", *year)
    return year or (f"date:{figure.date}",)


def key_rarity(key: str) -> float:
    """How telling a shared figure is, on the scale of `background.rarity`: small counts are everywhere."""
    kind, _, value = key.partition(":")
    fixed = {"percent": 3.5, "year": 2.5, "month": 1.5, "date": 2.0, "day": 4.0}
    if kind in fixed:
        return fixed[kind]
    size = abs(float(value))
    return 1.0 if size <= 2 else 1.8 if size <= 12 else 3.0 if size <= 100 else 4.5


def figure_rarity(figure: Quantity) -> float:
    """How telling a figure is: as much as the most telling of its keys."""
    return max(map(key_rarity, figure_keys(figure)), default=1.0)


def same_figure(one: Quantity, other: Quantity) -> bool:
    """Whether two figures can be one: they contradict each other in nothing, or are rounded differently."""
    if (one.kind is Kind.DATE) != (other.kind is Kind.DATE):
        return False
    if one.kind is Kind.DATE:
        bare = _YEAR.fullmatch(one.stated) or _YEAR.fullmatch(other.stated)
        stated = all(_YEAR_STATED.fullmatch(figure.stated) for figure in (one, other))
        return (stated or not bare) and agree(one, other)
    return agree(one, other) or _rounded(one, other)


def _rounded(one: Quantity, other: Quantity) -> bool:
    if one.unit != other.unit or (one.currency and other.currency and one.currency != other.currency):
        return False
    low, high = sorted((one.value, other.value))
    return low >= 13 and high - low <= ROUNDING * high


def agreement(source: Sequence[Quantity], target: Sequence[Quantity]) -> tuple[float, float]:
    """How much the figures of two windows speak for, and against, their saying the same.

    The first is the summed rarity of the figures both have; the second counts the families of figures of
    which both have telling ones and share none.
    """
    pairs = shared_figures(source, target)
    shared = sum(min(figure_rarity(one), figure_rarity(other)) for one, other in pairs)
    return shared, float(len(clashing_figures(source, target, pairs)))


def shared_figures(source: Iterable[Quantity], target: Sequence[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Each figure of the source with the first of the target that can be the same."""
    pairs = []
    for figure in source:
        partner = next((other for other in target if same_figure(figure, other)), None)
        if partner is not None:
            pairs.append((figure, partner))
    return pairs


def clashing_figures(
    source: Sequence[Quantity], target: Sequence[Quantity], pairs: Iterable[tuple[Quantity, Quantity]]
) -> list[tuple[Quantity, Quantity]]:
    """The most telling figure of either side, for each family of which none is shared."""
    agreed = {_FAMILY[figure.kind] for pair in pairs for figure in pair}
    found = []
    for family in ("amount", "percent", "duration", "date"):
        sides = [[figure for figure in side if _can_clash(figure, family)] for side in (source, target)]
        if family not in agreed and sides[0] and sides[1]:
            one, other = (max(side, key=figure_rarity) for side in sides)
            if not compatible(one, other):
                found.append((one, other))
    return found


def _can_clash(figure: Quantity, family: str) -> bool:
    exact = figure.value == figure.high and figure.precision is not Precision.ABOUT
    return _FAMILY[figure.kind] == family and exact and figure_rarity(figure) >= TELLING
