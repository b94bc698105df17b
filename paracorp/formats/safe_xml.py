"""XML read without trust, in a stream: nothing is fetched, no entity is expanded, nothing is kept.

Whatever stands in the way is an `InputError` with file and line.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from paracorp.errors import InputError
from paracorp.formats.opening import opened

if TYPE_CHECKING:
    from lxml.etree import XMLSyntaxError, _Element

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# More than any element of these formats has; lxml takes seconds to list tens of thousands.
_MAX_ATTRIBUTES = 100
# What the parser says where plainer words can be had.
_PLAINER = {
    "xmlParseEntityRef: no name": "a bare & (write &amp;)",
    "Start tag expected, '<' not found": "it does not begin with a tag",
}
PARSER_OPTIONS: Mapping[str, Any] = {
    "no_network": True,
    "load_dtd": False,
    "resolve_entities": False,
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": False,
}
# libxml2 keeps the line of an element in 16 bits; beyond, it gives the line where the text in it ends.
_LAST_EXACT_LINE = 65534


def legal(text: str) -> str:
    """The text without the characters XML 1.0 cannot hold, not even escaped."""
    return _ILLEGAL.sub("", text)


def local_name(element: _Element) -> str:
    """The tag without its namespace; empty for an entity reference."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if tag.startswith("{") else tag


def attributes(element: _Element) -> Sequence[tuple[str | bytes, str | bytes]]:
    """Names and values; none of an element with more than any has, which a grammar may refuse."""
    return element.items() if len(element.attrib) <= _MAX_ATTRIBUTES else []


def read_root(path: Path, name: str, dtd: re.Pattern[str]) -> dict[str, str]:
    """The attributes of the root element; see `checked_root`."""
    return {str(key): str(value) for key, value in checked_root(path, name, dtd).attrib.items()}


def checked_root(path: Path, name: str, dtd: re.Pattern[str]) -> _Element:
    """The root element, without what is in it, once the file has been found fit to be read.

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
        if len(root.attrib) > _MAX_ATTRIBUTES:
            raise InputError(
                f"the root element has {len(root.attrib):,} attributes",
                path=path,
                line=line_of(root),
                fix="No program writes such a file; delete it.",
            )
        return root


def stream(path: Path, names: Collection[str]) -> Iterator[_Element]:
    """Every element with one of the local names, complete, in document order.

    An element is emptied and forgotten when the next one is asked for, so memory stays flat.
    """
    with refusals(path), opened(path) as file:
        for element in _parse(file, events=("end",), tag=[f"{{*}}{name}" for name in names]):
            yield element
            forget(element)


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

    for _, element in etree.iterparse(file, events=tuple(events), tag=tag, **PARSER_OPTIONS):
        yield cast("_Element", element)


def forget(element: _Element) -> None:
    """Free the memory of an element that has been read, and of those before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


@contextlib.contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Errors of the parser as `InputError`; `opened` sees to those of the file."""
    from lxml import etree

    try:
        yield
    except etree.XMLSyntaxError as error:
        raise ill_formed(error, path) from None


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
    return plain_reason(error.msg or "no element found")


def plain_reason(message: str) -> str:
    """A message of the parser without lines, which are those of the part that was parsed."""
    reason = re.sub(r", line \d+, column \d+.*$| line \d+(?= and )", "", message.strip())
    return _PLAINER.get(reason, reason)


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
