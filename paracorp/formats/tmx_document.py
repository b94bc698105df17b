"""What stands around the units of a TMX file that is written element by element."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from paracorp import __version__

if TYPE_CHECKING:
    from lxml.etree import _Element


# The type of the header property that marks a file of more than one pair of languages.
MARK = "x-languages"


def header_attributes(source_tag: str) -> dict[str, str]:
    """What a header says, in the order of the specification."""
    return {
        "creationtool": "paracorp",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "paracorp",
        "adminlang": "en",
        "srclang": source_tag,
        "datatype": "plaintext",
    }


@contextlib.contextmanager
def tmx_document(target: BinaryIO, tags: Sequence[str]) -> Iterator[Callable[[_Element], None]]:
    """What writes a `tu` into a TMX 1.4b file; the file ends with the context.

    `tags` are those of its languages, the source first; a header property names more than two.
    """
    from lxml import etree  # here: `--help` must not pay for it

    header = etree.Element("header", header_attributes(tags[0]))
    if len(tags) > 2:
        etree.SubElement(header, "prop", {"type": MARK}).text = " ".join(tags)
    with etree.xmlfile(target, encoding="UTF-8") as file:
        file.write_declaration()
        file.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with file.element("tmx", {"version": "1.4"}):
            file.write("\n", header, "\n")
            with file.element("body"):
                file.write("\n")
                yield lambda unit: file.write(unit, pretty_print=True)
            file.write("\n")
