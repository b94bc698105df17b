"""Whether a file is valid XLIFF 2: by the grammar beside this module, and by the rules it cannot hold."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.errors import InputError
from paracorp.formats.problems import Problem
from paracorp.formats.safe_xml import checked_root, line_of, local_name
from paracorp.formats.xliff_pieces import xliff_elements
from paracorp.records import Severity

if TYPE_CHECKING:
    from lxml.etree import RelaxNG, _Element

_CORE = "{urn:oasis:names:tc:xliff:document:2.0}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMED = ("file", "group", "unit")
# Version 2 has none, so whatever a DOCTYPE names is not XLIFF's.
_NO_DTD = re.compile("(?!)")


def check_xliff(path: Path) -> Iterator[Problem]:
    """What is wrong with an XLIFF 2 file, in flat memory; nothing for a valid one.

    Every unit is checked as it ends and forgotten; what is left in the end is checked as a document.
    """
    ill_formed: list[Problem] = []
    try:
        yield from _problems(path, ill_formed)
    except InputError as error:
        yield from ill_formed
        yield _ill_formed(error.line or 1, error.reason)


def _problems(path: Path, ill_formed: list[Problem]) -> Iterator[Problem]:
    """All but what ends the reading; takes from `ill_formed` what it has given."""
    grammar, ids = _grammar(), _Ids()
    holds = False  # whether the file element that is open has a unit or group
    root = checked_root(path, "xliff", _NO_DTD)
    for element in xliff_elements(path, root, _NAMED, lambda *found: ill_formed.append(_ill_formed(*found))):
        holds |= bool(ill_formed)
        yield from ill_formed
        ill_formed.clear()
        name, parent = local_name(element), element.getparent()
        if parent is None:
            yield from _by_grammar(grammar, element)
            return
        if not str(element.tag).startswith(_CORE):
            continue
        yield from ids.check(element, name)
        if name == "file":
            if not holds and not len(element):
                yield _problem(element, "empty-file", "a file without unit or group")
            holds = False
            continue
        holds = True
        if name == "unit":
            yield from _by_grammar(grammar, element)
            yield from _languages(element, root)
            yield from _inner_ids(element)
            element.clear()
            parent.remove(element)


class _Ids:
    """The ids that may not come twice: of files in the document, of groups and of units in their file."""

    def __init__(self) -> None:
        self._seen: dict[str, set[bytes]] = {name: set() for name in _NAMED}

    def check(self, element: _Element, name: str) -> Iterator[Problem]:
        stated = element.get("id", "")
        mark = hashlib.blake2b(stated.encode(), digest_size=8).digest()
        if mark in self._seen[name]:
            yield _problem(element, "unique-id", f"two of {name} have the id {stated}")
        self._seen[name].add(mark)
        if name == "file":
            self._seen["group"].clear()
            self._seen["unit"].clear()


def _languages(unit: _Element, root: _Element) -> Iterator[Problem]:
    """Texts that are not in the languages of the document; a document with targets must state theirs."""
    for name, stated in (("source", "srcLang"), ("target", "trgLang")):
        lang = root.get(stated, "")
        for part in unit.iterchildren(_CORE + "segment", _CORE + "ignorable"):
            for text in part.iterchildren(_CORE + name):
                if not lang:
                    yield _problem(text, "language", f"a {name}, and the document states no {stated}")
                elif text.get(_LANG, lang).lower() != lang.lower():
                    yield _problem(text, "language", f"a {name} in {text.get(_LANG)}, {stated} is {lang}")


def _inner_ids(unit: _Element) -> Iterator[Problem]:
    """Ids that come twice among the segments of a unit, or among its notes."""
    notes = unit.iterfind(f"{_CORE}notes/{_CORE}note")
    for elements in (unit.iterchildren(_CORE + "segment", _CORE + "ignorable"), notes):
        seen: set[str] = set()
        for element in elements:
            stated = element.get("id")
            if stated in seen:
                yield _problem(element, "unique-id", f"two of {local_name(element)} have the id {stated}")
            seen |= {stated} if stated else set()


def _by_grammar(grammar: RelaxNG, element: _Element) -> Iterator[Problem]:
    if not grammar.validate(element):
        error = grammar.error_log.last_error
        reason = error.message if error is not None else "not as the specification has it"
        yield _problem(element, "structure", f"{local_name(element)} {element.get('id', '')}: {reason}")


def _ill_formed(line: int, reason: str) -> Problem:
    return Problem(line, Severity.ERROR, "well-formed", reason)


def _problem(element: _Element, rule: str, message: str) -> Problem:
    return Problem(line_of(element), Severity.ERROR, rule, message)


@functools.cache
def _grammar() -> RelaxNG:
    from lxml import etree

    return etree.RelaxNG(file=str(Path(__file__).with_name("xliff20.rng")))
