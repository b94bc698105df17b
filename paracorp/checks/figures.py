"""Rules about numbers: figures, currencies and dates must agree between a text and its other side."""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.checks.registry import Spot, part, rule
from paracorp.checks.views import Text, View
from paracorp.lexicon.comparing import values_agree
from paracorp.lexicon.quantities import Kind, Quantity
from paracorp.records import Severity


@rule("number-mismatch", Severity.WARNING)
def number_mismatch(view: View) -> Iterator[Spot]:
    """A number, sum, share or measure has no counterpart on the other side."""
    for text, other, quantity in view.lonely:
        if quantity.kind is not Kind.DATE and not _other_currency(quantity, other):
            yield part(text, quantity.start, quantity.end, _message(text, quantity, other))


@rule("currency-mismatch", Severity.ERROR)
def currency_mismatch(view: View) -> Iterator[Spot]:
    """A sum stands in another currency on the other side."""
    for text, other, quantity in view.lonely:
        if (found := _other_currency(quantity, other)) is not None:
            message = f"{_written(text, quantity)} is {quantity.currency}, but {_written(other, found)}"
            yield part(
                text, quantity.start, quantity.end, f"{message} in the {other.field} is {found.currency}"
            )


@rule("date-mismatch", Severity.WARNING)
def date_mismatch(view: View) -> Iterator[Spot]:
    """A date has no counterpart on the other side."""
    for text, other, quantity in view.lonely:
        if quantity.kind is Kind.DATE:
            yield part(text, quantity.start, quantity.end, _message(text, quantity, other))


def _other_currency(quantity: Quantity, other: Text) -> Quantity | None:
    if not quantity.currency:
        return None
    return next(
        (
            found
            for found in other.quantities
            if found.currency not in ("", quantity.currency) and values_agree(quantity, found)
        ),
        None,
    )


def _written(text: Text, quantity: Quantity) -> str:
    return text.text[quantity.start : quantity.end]


def _message(text: Text, quantity: Quantity, other: Text) -> str:
    value = quantity.stated or f"{quantity.value:,.10g}"
    unit = quantity.currency or quantity.unit
    meaning = f"{value} {unit}".strip()
    return f"{_written(text, quantity)} ({meaning}) has no counterpart in the {other.field}"
