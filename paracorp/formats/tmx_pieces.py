"""A TMX file taken apart: its header, its units in runs, and what ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from paracorp.formats.safe_xml import ill_formed, local_name, read_root, syntax_reason
from paracorp.formats.xml_pieces import Cutter, Kind, Piece

if TYPE_CHECKING:
    from lxml.etree import XMLParser, XMLSyntaxError, _Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DTD = re.compile(r"(?:.*[/\\])?tmx\d*\w*\.dtd", re.IGNORECASE)
# With it an entity declared nowhere is a node, which its unit can be rejected for.
_DOCTYPE = b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
_CLOSE = b"</body></tmx>"
_CUTTER = Cutter("body", "tu")
# Of libxml2: XML_ERR_INVALID_CHARREF, XML_ERR_INVALID_CHAR, XML_ERR_INVALID_ENCODING, XML_I18N_CONV_FAILED.
_CHARACTER_ERRORS = (8, 9, 81, 6003)


@dataclass(frozen=True, slots=True)
class Run:
    """Units one after another, in the root of a small document; line in the file = line here + `offset`."""

    root: _Element
    offset: int

    @property
    def body(self) -> _Element:
        """What holds the units."""
        return self.root[-1]


@dataclass(frozen=True, slots=True)
class IllFormed:
    """A unit that is no well-formed XML; `characters` says that it holds some that XML does not allow."""

    line: int
    reason: str
    characters: bool


class TmxPieces:
    """One pass over a TMX file in flat memory; whatever it is encoded or packed in.

    Making it reads up to the units. Raises `InputError` for what is no TMX, tries to reach outside itself,
    or is not well-formed outside of its units.
    """

    def __init__(self, path: Path) -> None:
        """Read the root and the header."""
        read_root(path, "tmx", _DTD)
        self._path = path
        self._parser = _parser()
        self._pieces = _CUTTER.pieces(path)
        head = next(self._pieces)
        # The root, with the header in it; beyond the body's start tag, nothing.
        self.root = self._parsed(head.line, head.body + (_CLOSE if head.kind is Kind.HEAD else b""))
        self._open = _start_tag(self.root) + b"<body>"

    @property
    def header(self) -> _Element | None:
        """The header element, if the file has one."""
        return next((node for node in self.root if local_name(node) == "header"), None)

    def runs(self) -> Iterator[Run | IllFormed]:
        """The units in order, those that parse in runs; last, what follows them is checked."""
        for piece in self._pieces:
            if piece.kind is Kind.TAIL:
                # Units without an end tag, <tu/>, may stand here.
                yield Run(self._parsed(piece.line, self._open + piece.body), piece.line - 1)
            else:
                yield from self._units(piece)

    def _units(self, piece: Piece) -> Iterator[Run | IllFormed]:
        """The run of a piece; where it does not parse, one run for every unit that does."""
        from lxml import etree  # here: `--help` must not pay for it

        body = piece.body.lstrip()
        line = piece.line + piece.body.count(b"\n", 0, len(piece.body) - len(body))
        try:
            yield Run(etree.fromstring(self._open + body + _CLOSE, self._parser), line - 1)
        except etree.XMLSyntaxError as error:
            singles = list(_CUTTER.items(piece))
            if len(singles) > 1:
                for single in singles:
                    yield from self._units(single)
            else:
                yield _rejected(error, line)

    def _parsed(self, line: int, body: bytes) -> _Element:
        from lxml import etree

        try:
            return cast("_Element", etree.fromstring(body, self._parser))
        except etree.XMLSyntaxError as error:
            raise ill_formed(error, self._path, line - 1) from None


def _rejected(error: XMLSyntaxError, line: int) -> IllFormed:
    reason = f"cannot be read as XML: {syntax_reason(error)}"
    code = cast("Any", error).code  # the stubs lack it
    return IllFormed(line + (error.lineno or 1) - 1, reason, characters=code in _CHARACTER_ERRORS)


def _start_tag(root: _Element) -> bytes:
    """The start tag of the root with its namespaces only, after a DOCTYPE, on one line."""
    from lxml import etree

    bare = etree.Element(root.tag, nsmap=cast("dict[str, str]", root.nsmap))
    return _DOCTYPE + etree.tostring(bare).removesuffix(b"/>") + b">"


def _parser() -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        no_network=True,
        load_dtd=False,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
