"""The command line: the only place that prints, knows Typer, exit codes or the environment.

`main(argv)` runs one command and returns its exit code; tests call it. `run()` is the console script.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

__all__ = ["main", "run"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name) and return the exit code."""
    try:
        from paracorp.cli.app import invoke

        return invoke(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)  # noqa: T201
        return 130


def run() -> None:
    """The console script `paracorp`. What the terminal's encoding lacks is escaped, never a failure."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main())
