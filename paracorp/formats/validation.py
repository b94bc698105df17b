"""What is wrong with a file of translation units, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paracorp.errors import InputError, UsageError
from paracorp.formats.forms import MOSES, TMX, XLIFF, Reading
from paracorp.formats.opening import opened
from paracorp.formats.places import Place, moses_pair, place_of
from paracorp.formats.problems import Problem
from paracorp.formats.safe_xml import refusals
from paracorp.formats.tmx_validate import validate_tmx
from paracorp.formats.xliff_check import check_xliff
from paracorp.records import Severity

_SNIFFED_BYTES = 1 << 16
_OLD_XLIFF = b"urn:oasis:names:tc:xliff:document:1."


def validate(path: Path) -> Iterator[Problem]:
    """The problems of a file in flat memory; what it is, its suffix says, else its content.

    TMX and XLIFF 2 are held to their grammars and rules; in the other formats a problem is what paracorp
    cannot read. Raises `InputError` where there is nothing to read, `UsageError` for an unknown format.
    """
    with refusals(path), opened(path) as file:
        start = file.read(_SNIFFED_BYTES).replace(b"\0", b"")
    place = _place(path, start)
    if place.form is TMX:
        yield from validate_tmx(path)
    elif place.form is XLIFF and _OLD_XLIFF not in start:
        yield from check_xliff(path)
    else:
        yield from _unreadable(place)


def _place(path: Path, start: bytes) -> Place:
    try:
        return place_of(path)
    except UsageError:
        for form, root in ((TMX, b"<tmx"), (XLIFF, b"<xliff")):
            if root in start:
                return Place(form, path)
        raise


def _unreadable(place: Place) -> Iterator[Problem]:
    """What reading rejects, unit by unit, and what ends it."""
    pair = moses_pair(place, ("", "")) if place.form is MOSES else ("", "")
    rejected: list[InputError] = []
    try:
        for _ in place.form.read(place.files(pair), Reading(pair, rejected.append)):
            yield from map(_problem, rejected)
            rejected.clear()
    except InputError as error:
        rejected.append(error)
    yield from map(_problem, rejected)


def _problem(error: InputError) -> Problem:
    return Problem(error.line or 1, Severity.ERROR, "unreadable", error.reason)
