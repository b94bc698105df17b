"""A large XML list cut into pieces that parse as small documents of their own.

That keeps memory flat and parsing at the speed of C, gives exact line numbers in files of any length, and
lets one ill-formed item fail alone. Only the cuts are found here; every piece goes through a real parser.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import IO

from paracorp.errors import InputError
from paracorp.formats.opening import opened
from paracorp.formats.safe_xml import refusals

# Small enough for the tree of a piece to stay in the cache of a processor: twice as fast as with 1 MiB.
_BLOCK_BYTES = 1 << 15
# Longer than any unit a person can work with; also what bounds the memory an unclosed item takes.
_LONGEST_ITEM_BYTES = 16 << 20
# Never read as markup, whatever stands in them; at the end of what was read so far, possibly unfinished.
_OPAQUE = rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)"
_DECLARATION = re.compile(rb"\s*<\?xml\s.*?\?>", re.DOTALL)
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNMARKED = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# What is called GB2312 commonly holds characters of its supersets.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030"}


class Kind(Enum):
    """What stands in a piece: all up to the items, whole items, all behind them; or the file, item-less."""

    HEAD = auto()
    ITEMS = auto()
    TAIL = auto()
    WHOLE = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file as UTF-8, without XML declaration; `line` is that of its first character, from 1."""

    kind: Kind
    line: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Cutter:
    """Knows where `container` starts and where an `item` in it ends."""

    container: str
    item: str

    def pieces(self, path: Path) -> Iterator[Piece]:
        """The head up to and with the container's start tag, runs of whole items, and the tail.

        A file without such a tag is one piece. Raises `InputError` for a file that cannot be unpacked or
        decoded, and for a head or an item of more than 16 MiB.
        """
        start = re.compile(_OPAQUE + rb"|<%b(?:\s[^<>]*)?(?<!/)>" % self.container.encode(), re.DOTALL)
        kind, line, rest, fresh = Kind.HEAD, 1, b"", bytearray()
        with refusals(path), opened(path) as file:
            for block in itertools.chain(_utf8(file, path), [b""]):
                fresh += block
                if block and len(fresh) < len(rest):
                    continue  # so that looking through a long item again and again stays linear
                rest += fresh
                fresh.clear()
                while cut := _end_of_head(rest, start) if kind is Kind.HEAD else self._end_of_items(rest):
                    yield Piece(kind, line, rest[:cut])
                    line += rest.count(b"\n", 0, cut)
                    kind, rest = Kind.ITEMS, rest[cut:]
                if len(rest) > _LONGEST_ITEM_BYTES:
                    raise _too_long(path, line, "head" if kind is Kind.HEAD else self.item)
        yield Piece(Kind.WHOLE if kind is Kind.HEAD else Kind.TAIL, line, rest)

    def items(self, piece: Piece) -> Iterator[Piece]:
        """A run of items one by one."""
        start, line = 0, piece.line
        for end in self._ends(piece.body):
            yield Piece(Kind.ITEMS, line, piece.body[start:end])
            line += piece.body.count(b"\n", start, end)
            start = end

    def _end_of_items(self, body: bytes) -> int:
        """Behind the last item that ends in the text; 0 for none."""
        if not (_follows_bracket(body, b"!") or _follows_bracket(body, b"?")):
            plain = b"</%b>" % self.item.encode()
            found = body.rfind(plain)
            if found >= 0:
                return found + len(plain)
            if plain[:-1] not in body:
                return 0
        return max(self._ends(body), default=0)

    def _ends(self, body: bytes) -> Iterator[int]:
        ends = re.compile(_OPAQUE + rb"|</%b\s*>" % self.item.encode(), re.DOTALL)
        return (found.end() for found in ends.finditer(body) if found[0].startswith(b"</"))


def _follows_bracket(body: bytes, sign: bytes) -> bool:
    """Whether a `<` stands before one of these signs: one byte is found fifty times as fast as two."""
    at = body.find(sign)
    while at >= 0:
        if body[at - 1 : at] == b"<":
            return True
        at = body.find(sign, at + 1)
    return False


def _end_of_head(body: bytes, start: re.Pattern[bytes]) -> int:
    """Behind the start tag of the container; 0 where it has not come yet."""
    tags = (found for found in start.finditer(body) if found[0][1:2] not in (b"!", b"?"))
    return next((found.end() for found in tags), 0)


def _too_long(path: Path, line: int, item: str) -> InputError:
    return InputError(
        f"a <{item}> of more than {_LONGEST_ITEM_BYTES >> 20} MiB starts here",
        path=path,
        line=line,
        fix="Mend or delete it; a unit holds a sentence or a paragraph.",
    )


def _utf8(file: IO[bytes], path: Path) -> Iterator[bytes]:
    """The blocks of a file in UTF-8, without byte order mark and XML declaration, whose line ends stay."""
    blocks = _recoded(file, path)
    first = next(blocks, b"")
    declaration = _DECLARATION.match(first)
    end = declaration.end() if declaration else 0
    yield b"\n" * first.count(b"\n", 0, end) + first[end:]
    yield from blocks


def _recoded(file: IO[bytes], path: Path) -> Iterator[bytes]:
    """The blocks of a file in UTF-8. What is in UTF-8 already is left for the parser to judge."""
    block = file.read(_BLOCK_BYTES)
    name = _encoding(block, path)
    if name == "utf-8":
        yield block.removeprefix(codecs.BOM_UTF8)
        while block := file.read(_BLOCK_BYTES):
            yield block
        return
    decoder = codecs.getincrementaldecoder(name)()
    line = 1
    while True:
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(name, "replace").count("\n")
            raise _undecodable(path, line + before, f"not {name.upper()} ({error.reason})") from None
        yield text.encode()
        if not block:
            return
        line += text.count("\n")
        block = file.read(_BLOCK_BYTES)


def _encoding(block: bytes, path: Path) -> str:
    """The name of the encoding for Python, by byte order mark, declaration or form."""
    for mark, name in (*_MARKS, *_UNMARKED):
        if block.startswith(mark):
            return name
    declared = _DECLARED.match(block.lstrip())
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    try:
        name = codecs.lookup(name).name
    except LookupError:
        raise _undecodable(path, 1, f"the encoding {name} is unknown") from None
    # Eight-bit text that says UTF-16 is a UTF-8 file with a wrong label.
    return "utf-8" if name.startswith("utf-16") else _SUPERSETS.get(name, name)


def _undecodable(path: Path, line: int, reason: str) -> InputError:
    return InputError(f"cannot be read as XML: {reason}", path=path, line=line, fix="Save the file as UTF-8.")
