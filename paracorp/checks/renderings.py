"""Rules made of the notes that translation left: what was done to a rendering, and what is doubtful in it."""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.checks.registry import Spot, rule, whole
from paracorp.checks.views import PIVOT, Text, View
from paracorp.records import Severity, Variant


@rule("translation-unsure", Severity.WARNING)
def translation_unsure(view: View) -> Iterator[Spot]:
    """The model repeated itself, copied, went wrong in length or script, or was unsure of its words."""
    return _noted(view, "translation-unsure")


@rule("translation-split", Severity.INFO)
def translation_split(view: View) -> Iterator[Spot]:
    """The sentence was too long for the model and was translated in pieces."""
    return _noted(view, "translation-split")


@rule("name-repaired", Severity.INFO)
def name_repaired(view: View) -> Iterator[Spot]:
    """A name in the English was chosen or put in from the glossary."""
    return _noted(view, "name-repaired")


def _noted(view: View, name: str) -> Iterator[Spot]:
    for text, variant in _english(view):
        for note in variant.notes:
            kind, _, message = note.partition(": ")
            if kind == name:
                yield whole(text, message)


def _english(view: View) -> Iterator[tuple[Text, Variant]]:
    """The English of each side that has one, with the side whose notes are about it."""
    for text, variant in view.expected():
        if text.lang == PIVOT:
            yield text, variant
