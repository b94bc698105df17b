"""XML read without trust, in a stream: nothing is fetched, no entity is expanded, nothing is kept.

Whatever stands in the way is an `InputError` with file and line.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from paracorp.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import XMLSyntaxError, _Element

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# libxml2 keeps the line of an element in 16 bits; beyond, it gives the line where the text in it ends.
_LAST_EXACT_LINE = 65534
# A TMX of equal units that differ in their numbers only packs to 1:80; deflate can reach 1:1030.
_BOMB_RATIO = 300
_BOMB_FLOOR_BYTES = 64 << 20


def legal(text: str) -> str:
    """The text without the characters XML 1.0 cannot hold, not even escaped."""
    return _ILLEGAL.sub("", text)


def local_name(element: _Element) -> str:
    """The tag without its namespace; empty for an entity reference."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag.startswith("{") else tag


def read_root(path: Path, name: str, dtd: re.Pattern[str]) -> dict[str, str]:
    """The attributes of the root element, once the file has been found fit to be read.

    Raises `InputError` unless the root is `name` and the DOCTYPE, if there is one, declares no entity
    and names nothing but a system identifier that `dtd` matches whole (which is not fetched either).
    """
    with refusals(path), opened(path) as file:
        root = next(_parse(file, events=("start",)))
        _refuse_doctype(root, path, dtd)
        if local_name(root) != name:
            raise InputError(
                f"the root element is <{local_name(root)}>, expected <{name}>",
                path=path,
                line=line_of(root),
                fix=f"Give a {name.upper()} file, or take this one out of the folder.",
            )
        return {str(key): str(value) for key, value in root.attrib.items()}


def stream(path: Path, names: Collection[str]) -> Iterator[_Element]:
    """Every element with one of the local names, complete, in document order.

    An element is emptied and forgotten when the next one is asked for, so memory stays flat.
    """
    with refusals(path), opened(path) as file:
        for element in _parse(file, events=("end",), tag=[f"{{*}}{name}" for name in names]):
            yield element
            _forget(element)


def line_of(element: _Element) -> int:
    """The line, from 1, on which the start tag of an element ends."""
    line = cast("int", element.sourceline)
    if line <= _LAST_EXACT_LINE:
        return line
    node = element
    while node.text is None and len(node):
        node = node[0]
    return line - (node.text or "").count("\n")


def _parse(
    file: IO[bytes], *, events: Collection[str], tag: Collection[str] | None = None
) -> Iterator[_Element]:
    from lxml import etree  # here: `--help` must not pay for it

    parser = etree.iterparse(
        file,
        events=tuple(events),
        tag=tag,
        no_network=True,
        load_dtd=False,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    for _, element in parser:
        yield cast("_Element", element)


def _forget(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


@contextlib.contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where it is gzip by content; a gzip bomb is an `InputError`."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        yield cast("IO[bytes]", _Unpacked(raw, path)) if packed else raw


class _Unpacked:
    """A gzip file that is given up once it has grown beyond what text can be packed to."""

    def __init__(self, raw: IO[bytes], path: Path) -> None:
        self._file = gzip.GzipFile(fileobj=raw)
        self._path = path
        self._left = max(_BOMB_FLOOR_BYTES, _BOMB_RATIO * path.stat().st_size)

    def read(self, size: int) -> bytes:
        block = self._file.read(size)
        self._left -= len(block)
        if self._left < 0:
            raise InputError(
                f"unpacks to more than {_BOMB_RATIO} times its size",
                path=self._path,
                fix="No translation memory packs so well; delete this file.",
            )
        return block


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Errors of the parser and of the file system as `InputError`."""
    from lxml import etree

    try:
        yield
    except etree.XMLSyntaxError as error:
        raise ill_formed(error, path) from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            f"damaged gzip file ({error})", path=path, fix="Copy or download it again."
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})",
            path=path,
            fix="Check that the file is there and that you may read it.",
        ) from None


def ill_formed(error: XMLSyntaxError, path: Path, offset: int = 0) -> InputError:
    """What the parser found wrong; `offset` is the number of lines before what it was given."""
    return InputError(
        f"cannot be read as XML: {syntax_reason(error)}",
        path=path,
        line=(error.lineno or 1) + offset,
        fix="Mend the file there, or export it again from the program that made it.",
    )


def syntax_reason(error: XMLSyntaxError) -> str:
    """What the parser says is wrong, without the place."""
    reason = re.sub(r", line \d+, column \d+.*$", "", error.msg or "no element found")
    return "a bare & (write &amp;)" if reason == "xmlParseEntityRef: no name" else reason


def _refuse_doctype(root: _Element, path: Path, dtd: re.Pattern[str]) -> None:
    info: Any = root.getroottree().docinfo
    declared = info.internalDTD
    if declared is None:
        return
    entities = [entity.name for entity in declared.entities()]
    if entities:
        raise InputError(
            f"the DOCTYPE declares entities ({', '.join(map(str, entities[:3]))})",
            path=path,
            line=_doctype_line(path),
            fix="Replace the entities by their text and delete their declarations.",
        )
    if info.system_url and not dtd.fullmatch(info.system_url):
        raise InputError(
            f"the DOCTYPE names an outside file ({info.system_url})",
            path=path,
            line=_doctype_line(path),
            fix="Delete the DOCTYPE line; paracorp never fetches what it names.",
        )


def _doctype_line(path: Path) -> int:
    with opened(path) as file:
        head = file.read(65536).replace(b"\0", b"")
    return head[: max(head.find(b"<!DOCTYPE"), 0)].count(b"\n") + 1
