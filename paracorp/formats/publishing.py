"""Files written beside their final names, checked there, and only then published."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from paracorp.corpus import atomic_path
from paracorp.formats.forms import Form, Header
from paracorp.formats.opening import packed
from paracorp.formats.problems import require_valid
from paracorp.formats.units import BitextUnit


def publish(
    form: Form, targets: Sequence[Path], units: Iterable[BitextUnit], header: Header, *, gzip: bool = False
) -> int:
    """Write units to their files (two for Moses), checked and atomically; the number of units.

    On any failure what stood under the names still stands. A device or pipe is written to without a check.
    """
    with contextlib.ExitStack() as stack:
        temporaries = [stack.enter_context(atomic_path(target)) for target in targets]
        with contextlib.ExitStack() as open_files:
            streams = [_stream(open_files, path, gzip=gzip) for path in temporaries]
            count = form.write(streams, units, header)
        if all(path.is_file() for path in temporaries):
            # The line is one of the file under its temporary name, which nobody will see.
            require_valid(targets[0], form.check(temporaries, header, count))
    return count


def _stream(stack: contextlib.ExitStack, path: Path, *, gzip: bool) -> BinaryIO:
    file: BinaryIO = stack.enter_context(path.open("wb"))
    return stack.enter_context(packed(file, on=gzip))
