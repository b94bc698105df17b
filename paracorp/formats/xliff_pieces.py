"""An XLIFF file as a stream of elements that goes on behind a unit that is no well-formed XML."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from xml.sax.saxutils import quoteattr

from paracorp.formats.safe_xml import PARSER_OPTIONS, plain_reason, refusals
from paracorp.formats.xml_pieces import Cutter, Kind, Piece

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_OPAQUE = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
# A unit is tried this far down, so that one that passes is not too deep where it stands: groups nest, too.
_LEVELS = 40
# Of libxml2, XML_NS_ERR_UNDEFINED_NAMESPACE: a file or a group around the unit may declare it.
_UNDECLARED_PREFIX = 201


def xliff_elements(
    path: Path, root: _Element, names: Collection[str], on_ill_formed: Callable[[int, str], None]
) -> Iterator[_Element]:
    """The elements with these local names in the order they end, the root last, whatever it is.

    `root` is that of the file, as `checked_root` gives it. A unit that is no well-formed XML is told to
    `on_ill_formed`, with line and reason, and is as if it were not there; what is wrong outside of units is
    raised as `InputError`. Who takes an element frees its memory.
    """
    from lxml import etree  # here: `--help` must not pay for it

    sieve = _Sieve.of(root)
    wanted = [f"{{*}}{name}" for name in names]
    parser = etree.XMLPullParser(events=("end",), tag=wanted, **PARSER_OPTIONS)
    with refusals(path):
        for piece in sieve.cutter.pieces(path):
            body = sieve.sifted(piece, on_ill_formed) if piece.kind is Kind.ITEMS else piece.body
            try:
                parser.feed(body)
            finally:  # what came before an error is read first
                yield from (cast("_Element", element) for _, element in parser.read_events())
        yield parser.close()


@dataclass(frozen=True, slots=True)
class _Sieve:
    """Takes ill-formed units out of pieces of a file; `opening` stands before a unit that is tried."""

    cutter: Cutter
    start: re.Pattern[bytes]
    opening: bytes
    closing: bytes
    parser: XMLParser

    @classmethod
    def of(cls, root: _Element) -> _Sieve:
        """For a file with this root: its version and its prefix say what a unit is called."""
        from lxml import etree

        # By hand: lxml makes no element in a namespace that is no URI; the parser tells its line.
        spaces = ((f"xmlns:{name}" if name else "xmlns", uri) for name, uri in root.nsmap.items())
        declared = " ".join(f"{name}={quoteattr(uri)}" for name, uri in spaces)
        prefix = f"{root.prefix}:" if root.prefix else ""
        item = prefix + ("trans-unit" if root.get("version", "").startswith("1") else "unit")
        file = f"{prefix}file"
        return cls(
            Cutter(file, item),
            re.compile(_OPAQUE + rb"|<%b\s[^<>]*/>|<%b(?=[\s>])" % (item.encode(), item.encode()), re.DOTALL),
            f"<{prefix}xliff {declared}>".encode() + f"<{file}>".encode() * _LEVELS,
            f"</{file}>".encode() * _LEVELS + f"</{prefix}xliff>".encode(),
            etree.XMLParser(**PARSER_OPTIONS),
        )

    def sifted(self, piece: Piece, on_ill_formed: Callable[[int, str], None]) -> bytes:
        """A run of items without the ill-formed ones, whose line ends stay."""
        found = [(item, self._units(item.body)) for item in self.cutter.items(piece)]
        together = b"".join(item.body[start:end] for item, spans in found for start, end in spans)
        if self._error(together) is None:
            return piece.body
        return b"".join(self._mended(item, spans, on_ill_formed) for item, spans in found)

    def _units(self, body: bytes) -> list[tuple[int, int]]:
        """Where units begin and end: the last one with the item, any before it is not closed."""
        starts = [found.start() for found in self.start.finditer(body) if not found[0].endswith(b">")]
        return list(itertools.pairwise([*starts, len(body)]))

    def _mended(
        self, item: Piece, spans: list[tuple[int, int]], on_ill_formed: Callable[[int, str], None]
    ) -> bytes:
        parts, end = [], 0
        for start, following in spans:
            parts.append(item.body[end:start])
            unit, end = item.body[start:following], following
            if (error := self._error(unit)) is None:
                parts.append(unit)
                continue
            line = item.line + item.body.count(b"\n", 0, start) + max(error.line, 1) - 1
            on_ill_formed(line, f"cannot be read as XML: {plain_reason(error.message)}")
            parts.append(b"\n" * unit.count(b"\n"))
        return b"".join(parts) + item.body[end:]

    def _error(self, body: bytes) -> Any:
        """The first thing the parser finds wrong with units, as an entry of its log; None for nothing."""
        from lxml import etree

        with contextlib.suppress(etree.XMLSyntaxError):
            etree.fromstring(self.opening + body + self.closing, self.parser)
            return None
        found = self.parser.error_log.filter_from_errors()
        return next((entry for entry in found if entry.type != _UNDECLARED_PREFIX), None)
