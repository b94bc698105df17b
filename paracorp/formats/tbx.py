"""TBX, the exchange format of termbases: read version 3 (DCA and DCT) and 2, write TBX-Basic 3 (DCA) or 2.

How a row of a glossary is told in TBX: rows of one id are one concept; the kind is its `subjectField`. The
first variant of a preferred row is `preferredTerm-admn-sts`, its others are `admittedTerm-admn-sts` with
termType `variant`; those of an admitted row are admitted without a termType, forbidden ones are
`deprecatedTerm-admn-sts`. The note of a concept's only row is the concept's note, that of one of several
rows is the note of the row's first term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from paracorp.corpus import atomic_path
from paracorp.errors import InputError
from paracorp.formats.safe_xml import legal, line_of, local_name, read_root, stream
from paracorp.languages import code_for_tag
from paracorp.records import Term

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_DTD = re.compile(r"(?:.*[/\\])?TBX[\w.-]*\.dtd", re.IGNORECASE)
_XML = "{http://www.w3.org/XML/1998/namespace}"
# The statuses of a row as TBX writes them.
STATUSES = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
# By the first letters of what programs write: preferredTerm-admn-sts, Preferred, obsolete.
_STATUSES = {
    "pref": "preferred",
    "admit": "admitted",
    "deprec": "forbidden",
    "supersed": "forbidden",
    "obsol": "forbidden",
    "forbid": "forbidden",
    "notrecom": "forbidden",
}
# The elements of version 3 that have another name in version 2.
_VERSION_2 = {
    "tbx": "martif",
    "tbxHeader": "martifHeader",
    "conceptEntry": "termEntry",
    "langSec": "langSet",
    "termSec": "tig",
}
_DTD_2 = "TBXBasiccoreStructV02.dtd"
_CONSTRAINTS_2 = "TBXBasicXCSV02.xcs"
_STATUS_CATEGORIES = ("administrativeStatus", "normativeAuthorization")
# What may not stand in an XML id is written as _xHEX_, and so is a _ that would read as the start of such.
_UNFIT_START = re.compile(r"^[^A-Za-z_]")
_UNFIT = re.compile(r"[^A-Za-z0-9_.\-]|_(?=x)")
_ESCAPED = re.compile(r"_x([0-9A-F]+)_")


@dataclass(frozen=True, slots=True)
class _Named:
    """A term of one concept as read; `variant` where its termType says so."""

    lang: str
    text: str
    status: str
    variant: bool
    note: str


class _BadEntryError(ValueError):
    """Why one entry cannot be read; the others can."""


def read_tbx(path: Path, *, on_reject: Callable[[InputError], None] | None) -> Iterator[Term]:
    """The rows of a TBX file in order; those of one concept stand together, by status as in `STATUSES`.

    An entry that cannot be used, or contradicts an earlier one, goes to `on_reject` with its line and the
    rest is read; without `on_reject` it is raised. A language paracorp does not know stays under its tag
    in lower case; a term without a status is taken as preferred; line breaks in a term become spaces.
    Always raises `InputError` for what is no well-formed TBX or tries to reach outside itself.
    """
    seen = _Seen()
    for number, element in enumerate(stream(path, (_entry_name(path),)), 1):
        line = line_of(element)
        try:
            rows = _rows(element, number)
            seen.check(rows, line)
        except _BadEntryError as error:
            name = element.get("id")
            rejected = InputError(
                f"entry {name}: {error}" if name else f"entry: {error}",
                path=path,
                line=line,
                fix="Mend or delete this entry.",
            )
            if on_reject is None:
                raise rejected from None
            on_reject(rejected)
        else:
            yield from rows


def _entry_name(path: Path) -> str:
    """The tag of an entry, by the root of the file: version 3 or version 2."""
    try:
        read_root(path, "tbx", _DTD)
    except InputError as error:
        if "<martif>" not in error.reason:
            raise
        read_root(path, "martif", _DTD)
        return "termEntry"
    return "conceptEntry"


class _Seen:
    """What earlier entries hold, so that a later one that contradicts them is told with both lines."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._owners: dict[tuple[str, str], tuple[str, int]] = {}

    def check(self, rows: list[Term], line: int) -> None:
        """Enter the rows of one concept, or raise `_BadEntryError`."""
        if (first := self._ids.get(rows[0].id)) is not None:
            raise _BadEntryError(f"the id stands already in line {first}")
        names: dict[tuple[str, str], str] = {}
        for row in rows:
            for lang, variants in row.variants.items():
                for name in variants:
                    owner, where = self._owners.get((lang, name), ("", 0))
                    if owner:
                        raise _BadEntryError(f"{lang} variant {name!r} is one of {owner} in line {where}")
                    status = names.setdefault((lang, name), row.status)
                    if status != row.status:
                        raise _BadEntryError(f"{lang} variant {name!r} is both {status} and {row.status}")
        self._ids[rows[0].id] = line
        self._owners.update(dict.fromkeys(names, (rows[0].id, line)))


def _rows(element: _Element, number: int) -> list[Term]:
    terms = [term for section in _children(element, "langSec", "langSet") for term in _terms(section)]
    if not terms:
        raise _BadEntryError("no term in it")
    kinds = [_flat(item) for item in _data(element) if _category(item) == "subjectField"]
    kind = "; ".join(dict.fromkeys(filter(None, kinds))) or "term"
    notes = [_flat(child) for child in _children(element, "note")]
    rows = []
    for status in STATUSES:
        chosen = [term for term in terms if _row_status(term, terms) == status]
        if not chosen:
            continue
        variants: dict[str, dict[str, None]] = {}
        # The one named preferred comes first, wherever it stands.
        for term in sorted(chosen, key=lambda term: term.status != "preferred"):
            variants.setdefault(term.lang, {})[term.text] = None
        notes += [term.note for term in chosen]
        note = "; ".join(dict.fromkeys(filter(None, notes)))
        named = {lang: tuple(names) for lang, names in variants.items()}
        rows.append(Term(_read_id(element, number), kind, named, status, note))
        notes = []
    return rows


def _row_status(term: _Named, terms: Iterable[_Named]) -> str:
    """The status of the row a term belongs to: a variant goes with the preferred term of its language."""
    if term.status == "admitted" and term.variant:
        preferred = any(other.lang == term.lang and other.status == "preferred" for other in terms)
        return "preferred" if preferred else "admitted"
    return term.status or "preferred"


def _terms(section: _Element) -> Iterator[_Named]:
    tag = section.get(f"{_XML}lang") or section.get("lang")
    if not tag:
        raise _BadEntryError("a language section without xml:lang")
    lang = code_for_tag(tag) or tag.strip().lower()
    for holder in _children(section, "termSec", "tig", "ntig"):
        term = next(holder.iter("{*}term"), None)
        text = "" if term is None else re.sub(r"\s*[\r\n]\s*", " ", _flat(term))
        if not text:
            raise _BadEntryError(f"a {lang} section with an empty term")
        facts = {_category(item): _flat(item) for item in _data(holder)}
        note = "; ".join(filter(None, (_flat(child) for child in _children(holder, "note"))))
        yield _Named(lang, text, _status(facts), facts.get("termType") == "variant", note)


def _status(facts: dict[str, str]) -> str:
    stated = next((facts[name] for name in _STATUS_CATEGORIES if facts.get(name)), "")
    letters = re.sub("[^a-z]", "", stated.lower())
    found = next((status for start, status in _STATUSES.items() if letters.startswith(start)), "")
    if stated and not found:
        raise _BadEntryError(f"unknown administrative status {stated!r}")
    return found


def _children(element: _Element, *names: str) -> Iterator[_Element]:
    return (child for child in element if local_name(child) in names)


def _data(element: _Element) -> Iterator[_Element]:
    """The data categories of a concept or a term, those in groups and those of style DCT included."""
    for child in element:
        if local_name(child).endswith("Grp"):
            yield from _data(child)
        elif local_name(child) not in ("langSec", "langSet", "term"):
            yield child


def _category(element: _Element) -> str:
    return element.get("type") or local_name(element)


def _flat(element: _Element) -> str:
    if any(not local_name(part) for part in element.iter()):
        raise _BadEntryError("an entity that is declared nowhere")
    return "".join(map(str, element.itertext())).strip()


def _read_id(element: _Element, number: int) -> str:
    stated = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), element.get("id", ""))
    return re.sub(r"\s+", "-", stated.strip()) or f"entry-{number}"


def write_tbx(path: Path, terms: Iterable[Term], *, version: Literal[2, 3] = 3) -> int:
    """Write rows as TBX-Basic, version 3 in style DCA, or 2 for older programs; the number of concepts.

    Concepts stand in the order of their first rows. `read_tbx` gives the rows of either version back.
    What XML cannot hold is removed from texts (`unheld_by_xml` names it); a row with nothing left is left
    out. The same rows give the same bytes.
    """
    from lxml import etree

    concepts: dict[str, list[Term]] = {}
    for term in terms:
        concepts.setdefault(term.id, []).append(term)
    default = cast("dict[str, str]", {None: _NAMESPACE})
    root = etree.Element(_tag("tbx"), {"type": "TBX-Basic", "style": "dca"}, nsmap=default)
    root.set(f"{_XML}lang", "en")
    described = etree.SubElement(etree.SubElement(root, _tag("tbxHeader")), _tag("fileDesc"))
    _add(etree.SubElement(described, _tag("sourceDesc")), "p", "A glossary written by paracorp.")
    body = etree.SubElement(etree.SubElement(root, _tag("text")), _tag("body"))
    for rows in concepts.values():
        _add_concept(body, rows)
    tree = etree.ElementTree(root)
    if version == 2:
        _turn_into_version_2(root)
        cast("Any", tree.docinfo).system_url = _DTD_2  # the stubs lack it
    with atomic_path(path) as temporary:
        tree.write(temporary, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return len(body)


def _turn_into_version_2(root: _Element) -> None:
    from lxml import etree

    for element in root.iter():
        name = local_name(element)
        element.tag = _VERSION_2.get(name, name)
    etree.cleanup_namespaces(root)
    del root.attrib["style"]
    encoding = etree.SubElement(root[0], "encodingDesc")
    etree.SubElement(encoding, "p", {"type": "XCSURI"}).text = _CONSTRAINTS_2


def unheld_by_xml(terms: Iterable[Term]) -> list[str]:
    """A sentence for every row with characters that XML cannot hold."""
    return [
        f"entry {term.id}: characters that XML cannot hold are left out"
        for term in terms
        if any(legal(text) != text for text in (term.kind, term.note, *sum(term.variants.values(), ())))
    ]


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _add_concept(body: _Element, rows: list[Term]) -> None:
    from lxml import etree

    entry = etree.SubElement(body, _tag("conceptEntry"), {"id": _write_id(rows[0].id)})
    _add(entry, "descrip", rows[0].kind, "subjectField")
    if len(rows) == 1:
        _add(entry, "note", rows[0].note)
    for lang in dict.fromkeys(lang for row in rows for lang in row.variants):
        section = etree.SubElement(entry, _tag("langSec"), {f"{_XML}lang": lang})
        for row in rows:
            first_lang = next(iter(row.variants), None)
            for place, name in enumerate(row.variants.get(lang, ())):
                carries_note = len(rows) > 1 and lang == first_lang and not place
                _add_term(section, name, row, later=place > 0, note=row.note if carries_note else "")
        if not len(section):
            entry.remove(section)
    if next(entry.iter(_tag("langSec")), None) is None:
        body.remove(entry)


def _add_term(section: _Element, name: str, row: Term, *, later: bool, note: str) -> None:
    from lxml import etree

    if not legal(name).strip():
        return
    holder = etree.SubElement(section, _tag("termSec"))
    _add(holder, "term", name)
    variant = row.status == "preferred" and later
    _add(holder, "termNote", STATUSES["admitted" if variant else row.status], "administrativeStatus")
    if variant:
        _add(holder, "termNote", "variant", "termType")
    _add(holder, "note", note)


def _add(parent: _Element, tag: str, text: str, category: str = "") -> None:
    """An element with a text, unless nothing of the text is left that XML can hold."""
    from lxml import etree

    if kept := legal(text).strip():
        etree.SubElement(parent, _tag(tag), {"type": category} if category else {}).text = kept


def _write_id(text: str) -> str:
    escaped = _UNFIT.sub(lambda match: f"_x{ord(match[0]):X}_", text)
    return _UNFIT_START.sub(lambda match: f"_x{ord(match[0]):X}_", escaped)
