"""Moses plain text: a file per language, one segment a line, line by line the same."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from paracorp.errors import InputError
from paracorp.formats.opening import lines_of
from paracorp.formats.units import BitextUnit, whole

# All that some reader takes for the end of a line.
BREAKS = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


def write_moses(
    source: BinaryIO, target: BinaryIO, units: Iterable[BitextUnit], *, pair: tuple[str, str]
) -> int:
    """Write the texts of two languages, streaming; the number of lines of each file.

    A line break in a text becomes a space. The same arguments give the same bytes.
    """
    count = 0
    for unit in units:
        for stream, lang in ((source, pair[0]), (target, pair[1])):
            stream.write(whole(BREAKS.sub(" ", unit.variants[lang])).encode() + b"\n")
        count += 1
    return count


def read_moses(
    source: Path,
    target: Path,
    *,
    pair: tuple[str, str],
    on_reject: Callable[[InputError], None] | None = None,
) -> Iterator[BitextUnit]:
    """The units in order, in flat memory; two empty lines at one place are no unit.

    Where one file is longer than the other, `InputError` names the first line without a partner: whether the
    lines before it belong together nobody can tell. One that stands against an empty line goes to
    `on_reject`, or is raised without it.
    """
    for left, right in itertools.zip_longest(lines_of(source), lines_of(target)):
        if left is None:
            raise _unequal(target, source, right[0])
        if right is None:
            raise _unequal(source, target, left[0])
        line, text = left
        other = right[1]
        if text.strip() and other.strip():
            yield BitextUnit("", {pair[0]: text, pair[1]: other}, line=line)
        elif text.strip() or other.strip():
            path = source if other.strip() else target
            error = InputError(
                "an empty line", path=path, line=line, fix="Fill it, or delete it in both files."
            )
            if on_reject is None:
                raise error
            on_reject(error)


def _unequal(longer: Path, shorter: Path, line: int) -> InputError:
    return InputError(
        f"this line has no partner: {shorter.name} ends with line {line - 1}",
        path=longer,
        line=line,
        fix="Give two files with the same number of lines.",
    )
