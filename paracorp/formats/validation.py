"""What is wrong with a file of translation units, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from paracorp.errors import InputError, UsageError
from paracorp.formats.forms import MOSES, TMX, XLIFF, Reading
from paracorp.formats.opening import opened
from paracorp.formats.places import Place, moses_pair, source_place
from paracorp.formats.problems import Problem
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
    place = _place(path)
    if place.form is TMX:
        yield from validate_tmx(path)
    elif place.form is XLIFF and _OLD_XLIFF not in _start(path):
        yield from check_xliff(path)
    else:
        yield from _unreadable(place)


def _place(path: Path) -> Place:
    try:
        return source_place(path)
    except UsageError:
        start = _start(path)
        for form, root in ((TMX, b"<tmx"), (XLIFF, b"<xliff")):
            if root in start:
                return Place(form, path)
        raise


def _start(path: Path) -> bytes:
    """The first bytes of a file, without those that UTF-16 puts between letters."""
    with opened(path) as file:
        return file.read(_SNIFFED_BYTES).replace(b"\0", b"")


def _unreadable(place: Place) -> Iterator[Problem]:
    """What reading rejects, unit by unit, and what ends it; `InputError` where a file is not there."""
    pair = moses_pair(place, ("", "")) if place.form is MOSES else ("", "")
    files = place.files(pair)
    for file in files:
        _start(file)
    rejected: list[InputError] = []
    try:
        for _ in place.form.read(files, Reading(pair, rejected.append)):
            yield from (_problem(error, place) for error in rejected)
            rejected.clear()
    except InputError as error:
        rejected.append(error)
    yield from (_problem(error, place) for error in rejected)


def _problem(error: InputError, place: Place) -> Problem:
    """A problem of the file that was named, or of another of its pair."""
    where = "" if error.path == place.path else f"{error.path.name}: "
    return Problem(error.line or 1, Severity.ERROR, "unreadable", f"{where}{error.reason}")
