"""Files written beside their final names, checked there, and only then published."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from paracorp.corpus import atomic_paths
from paracorp.formats.forms import Form, Header
from paracorp.formats.opening import packed
from paracorp.formats.problems import Problem, require_valid
from paracorp.formats.units import BitextUnit


def publish(
    form: Form, targets: Sequence[Path], units: Iterable[BitextUnit], header: Header, *, gzip: bool = False
) -> int:
    """Write units to their files (two for Moses), checked and atomically; the number of units."""
    return publish_written(
        targets,
        lambda streams: form.write(streams, units, header),
        lambda paths, count: form.check(paths, header, count),
        gzip=gzip,
    )


def publish_written(
    targets: Sequence[Path],
    write: Callable[[Sequence[BinaryIO]], int],
    check: Callable[[Sequence[Path], int], Iterable[Problem]],
    *,
    gzip: bool,
) -> int:
    """Publish what `write` puts into the streams once `check` finds no error; the number `write` gives.

    On any failure what stood under the names still stands; see `atomic_paths` for what a crash leaves. A
    device or pipe is written to without a check.
    """
    with atomic_paths(targets) as temporaries:
        with contextlib.ExitStack() as open_files:
            count = write([_stream(open_files, path, gzip=gzip) for path in temporaries])
        if all(path.is_file() for path in temporaries):
            # The line is one of the file under its temporary name, which nobody will see.
            require_valid(targets[0], check(temporaries, count))
    return count


def _stream(stack: contextlib.ExitStack, path: Path, *, gzip: bool) -> BinaryIO:
    file: BinaryIO = stack.enter_context(path.open("wb"))
    return stack.enter_context(packed(file, on=gzip))
