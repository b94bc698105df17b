"""The grammar of TMX 1.4b, and what it says of a unit in words a person can use."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.formats.problems import Problem
from paracorp.formats.safe_xml import line_of
from paracorp.records import Severity

if TYPE_CHECKING:
    from lxml.etree import RelaxNG, _Element

_GRAMMAR = Path(__file__).with_name("tmx14.rng")
_RELAX_NG = "{http://relaxng.org/ns/structure/1.0}"
_NEEDED = {
    "tmx": 'version="1.4"',
    "header": "creationtool, creationtoolversion, segtype, o-tmf, adminlang, srclang and datatype",
    "tuv": "xml:lang",
    "prop": "type",
    "bpt": "i",
    "ept": "i",
    "it": 'pos="begin" or pos="end"',
    "ude": "name",
    "map": "unicode",
}
# What libxml2 says, and what that means.
_MEANINGS = (
    (re.compile(r"Did not expect element (\S+) there"), r"<\1> may not stand here"),
    (re.compile(r"Did not expect text in element (\S+) content"), r"text between the elements of <\1>"),
    (
        re.compile(r"Invalid attribute (\S+) for element (\S+)"),
        r"the attribute \1 of <\2> is unknown to TMX 1.4, or not with this value",
    ),
    (re.compile(r"Type language doesn't allow value '(.*)'"), r"'\1' is no language tag"),
    (re.compile(r"Type (\w+) doesn't allow value '(.*)'"), r"'\2' is no \1"),
    (re.compile(r"Expecting an element (\S*), got nothing"), "something is missing in it"),
)
_ATTRIBUTES = re.compile(r"Element (\S+) failed to validate attributes")


@functools.cache
def grammar(start: str) -> RelaxNG:
    """The grammar for what `start` names: a whole file (`tmx`), a `run` of units, or one `tu`."""
    from lxml import etree  # here: `--help` must not pay for it

    tree = etree.parse(_GRAMMAR)
    reference = tree.find(f"{_RELAX_NG}start/{_RELAX_NG}ref")
    assert reference is not None  # noqa: S101 - it is our own file
    reference.set("name", start)
    return etree.RelaxNG(tree)


def head_problems(root: _Element) -> Iterator[Problem]:
    """What is wrong with a file all but its units: the first thing the grammar finds."""
    rules = grammar("tmx")
    if not rules.validate(root):
        yield _problem(rules, root)


def run_problems(root: _Element, offset: int) -> Iterator[Problem]:
    """What is wrong with units under a bare root: for each that is invalid, the first thing found.

    Where all units are valid, what stands between them is not.
    """
    whole = grammar("run")
    if whole.validate(root):
        return
    rules = grammar("tu")
    broken = [_problem(rules, element, offset) for element in root[-1] if not rules.validate(element)]
    yield from broken or [_problem(whole, root, offset)]


def _problem(rules: RelaxNG, element: _Element, offset: int = 0) -> Problem:
    from lxml import etree

    for entity in element.iter(etree.Entity):
        line = line_of(element) + offset
        return Problem(line, Severity.ERROR, "entity", f"{entity.text} is declared nowhere")
    first = rules.error_log[0]
    line = first.line or line_of(element)  # libxml2 does not always know
    return Problem(line + offset, Severity.ERROR, "grammar", _explained(str(first.message)))


def _explained(message: str) -> str:
    if found := _ATTRIBUTES.fullmatch(message):
        needed = _NEEDED.get(found[1], "those of TMX 1.4")
        return f"<{found[1]}> lacks an attribute or has one of no use; it needs {needed}"
    for pattern, meaning in _MEANINGS:
        if found := pattern.fullmatch(message):
            return found.expand(meaning)
    return message
