"""Whether a TMX file is valid: anyone's, of any size, in flat memory, with the line of every problem."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.errors import InputError
from paracorp.formats.opening import opened
from paracorp.formats.problems import Problem
from paracorp.formats.safe_xml import line_of, local_name
from paracorp.formats.tmx_grammar import head_problems, run_problems
from paracorp.formats.tmx_pieces import XML_LANG, IllFormed, Run, TmxPieces
from paracorp.formats.tmx_rules import Seen, file_problems, header_problems, note_kinds, start, unit_problems
from paracorp.records import Severity

if TYPE_CHECKING:
    from lxml.etree import _Element

_OLD_VERSIONS = ("1.1", "1.2", "1.3")


def validate_tmx(path: Path) -> Iterator[Problem]:
    """Everything wrong with a TMX file, against the grammar of TMX 1.4b and the rules beyond it.

    In the order of the file, but for what only the whole shows, which comes last. A file of version 1.1 to
    1.3 is held to the same, its `lang` read as `xml:lang`. A file that is no XML, reaches outside itself or
    unpacks without end is one problem. Raises `InputError` where there is nothing to read.
    """
    with opened(path):
        pass  # a file that cannot be read at all is no problem of its content
    try:
        yield from _problems(path)
    except InputError as error:
        yield Problem(error.line or 1, Severity.ERROR, "xml", error.reason)


def _problems(path: Path) -> Iterator[Problem]:
    pieces = TmxPieces(path)
    header = pieces.header
    is_old = pieces.root.get("version") in _OLD_VERSIONS
    seen = start(header)
    yield from _head_problems(pieces.root, header)
    for run in pieces.runs():
        if isinstance(run, IllFormed):
            yield Problem(run.line, Severity.ERROR, "characters" if run.characters else "xml", run.reason)
            continue
        if is_old:
            _renew(run.root)
        yield from _run_problems(run, seen)
    yield from file_problems(seen)
    if duplicates := _repeated(seen.tuids):
        yield from _duplicate_problems(path, duplicates)


def _head_problems(root: _Element, header: _Element | None) -> Iterator[Problem]:
    version = root.get("version", "")
    if version in _OLD_VERSIONS:
        why = f"TMX {version}: held to TMX 1.4 with lang for xml:lang; some tools want version 1.4"
        yield Problem(line_of(root), Severity.WARNING, "version", why)
        root.set("version", "1.4")
        _renew(root)
    elif version != "1.4":
        why = f"version {version!r}, expected 1.4"
        yield Problem(line_of(root), Severity.ERROR, "version", why)
        root.set("version", "1.4")
    yield from head_problems(root)
    if header is not None:
        yield from header_problems(header)


def _renew(root: _Element) -> None:
    """Replace `lang`, which versions before 1.4 have, by `xml:lang`."""
    for element in root.iter("{*}tuv", "{*}note", "{*}prop"):
        tag = element.get("lang")
        if tag is not None and element.get(XML_LANG) is None:
            del element.attrib["lang"]
            element.set(XML_LANG, tag)


def _run_problems(run: Run, seen: Seen) -> list[Problem]:
    """The problems of a run of units, by line."""
    found = list(run_problems(run.root, run.offset))
    note_kinds(run.body, run.offset, seen)
    for element in run.body:
        if local_name(element) == "tu":
            found += unit_problems(element, run.offset, seen)
    return sorted(found, key=lambda problem: problem.line) if len(found) > 1 else found


def _repeated(hashes: array[int]) -> frozenset[int]:
    """The hashes that come more than once."""
    import numpy as np

    ordered = np.sort(np.frombuffer(hashes, dtype=np.int64)) if hashes else np.empty(0, dtype=np.int64)
    return frozenset(ordered[1:][ordered[1:] == ordered[:-1]].tolist())


def _duplicate_problems(path: Path, hashes: frozenset[int]) -> Iterator[Problem]:
    """A second pass that names the units whose tuid an earlier one has."""
    lines: dict[str, int] = {}
    for run in TmxPieces(path).runs():
        if isinstance(run, IllFormed):
            continue
        for element in run.body:
            tuid = element.get("tuid")
            if tuid is None or hash(tuid) not in hashes:
                continue
            line = line_of(element) + run.offset
            if tuid in lines:
                why = f"tuid {tuid!r} is that of the unit in line {lines[tuid]} too"
                yield Problem(line, Severity.ERROR, "tuid", why)
            else:
                lines[tuid] = line
