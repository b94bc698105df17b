"""Rules about numbers: figures, currencies and dates must agree between a text and its other side.

English must hold every figure of its source. The sides of a pair are independent reports: where one says
more, that is worth knowing and no more; where both give a figure of one sort and differ, one may be wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.checks.registry import Spot, part, rule
from paracorp.checks.views import Lonely, View
from paracorp.lexicon.comparing import values_agree
from paracorp.lexicon.quantities import Kind, Quantity, describe
from paracorp.records import Severity


@rule("number-mismatch", Severity.WARNING)
def number_mismatch(view: View) -> Iterator[Spot]:
    """A number, sum, share or measure is missing in the English, or the sides of a pair differ."""
    return _spots(view, dates=False, one_sided=False)


@rule("number-one-sided", Severity.INFO)
def number_one_sided(view: View) -> Iterator[Spot]:
    """One side of a pair gives a number, sum, share or measure that the other leaves out."""
    return _spots(view, dates=False, one_sided=True)


@rule("currency-mismatch", Severity.ERROR)
def currency_mismatch(view: View) -> Iterator[Spot]:
    """A sum stands in another currency on the other side."""
    for lonely in view.lonely:
        quantity, other = lonely.quantity, lonely.other
        if (found := _other_currency(lonely)) is not None:
            written = other.text[found.start : found.end]
            yield _spot(
                lonely, f"is {quantity.currency}, but {written} in the {other.field} is {found.currency}"
            )


@rule("date-mismatch", Severity.WARNING)
def date_mismatch(view: View) -> Iterator[Spot]:
    """A date is missing in the English, or the sides of a pair differ."""
    return _spots(view, dates=True, one_sided=False)


@rule("date-one-sided", Severity.INFO)
def date_one_sided(view: View) -> Iterator[Spot]:
    """One side of a pair gives a date that the other leaves out."""
    return _spots(view, dates=True, one_sided=True)


def _spots(view: View, *, dates: bool, one_sided: bool) -> Iterator[Spot]:
    for lonely in view.lonely:
        if (lonely.quantity.kind is Kind.DATE) is not dates or _other_currency(lonely) is not None:
            continue
        if (lonely.comparable and lonely.rival is None) is one_sided:
            yield _spot(lonely, _what(lonely))


def _what(lonely: Lonely) -> str:
    meaning, field = describe(lonely.quantity), lonely.other.field
    if lonely.rival is None:
        return f"({meaning}) has no counterpart in the {field}"
    written = lonely.other.text[lonely.rival.start : lonely.rival.end]
    return f"({meaning}) may be {written} ({describe(lonely.rival)}) in the {field}"


def _spot(lonely: Lonely, what: str) -> Spot:
    text, quantity = lonely.text, lonely.quantity
    written = text.text[quantity.start : quantity.end]
    return part(text, quantity.start, quantity.end, f"{written} {what}")


def _other_currency(lonely: Lonely) -> Quantity | None:
    """A sum of the same figure in another currency, on the other side."""
    quantity = lonely.quantity
    if not quantity.currency:
        return None
    return next(
        (
            found
            for found in lonely.other.quantities
            if found.currency not in ("", quantity.currency) and values_agree(quantity, found)
        ),
        None,
    )
