"""Everything that can go wrong and be mended by the user.

    ParacorpError                     70
    +-- UsageError                     2   the command was called in a way that cannot work
    +-- InputError                     3   a file holds something that cannot be read
    +-- ModelMissingError              4   a translation package is needed and not installed
    +-- CorpusInUseError               5   another run holds the corpus
    +-- CannotWriteError               6   the disk is full or the folder is read-only

Each class owns its exit code. A message says where, what was found and what was expected;
`fix` says what to do next. Anything else that escapes is a bug: traceback, exit code 70.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class ParacorpError(Exception):
    """An error a person can act on: `message` on the first line, `fix` on the second."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, *, fix: str) -> None:
        """Keep the two lines apart so that a program can show or store them."""
        super().__init__(message)
        self.message = message
        self.fix = fix


class UsageError(ParacorpError):
    """The command or function was called in a way that cannot work."""

    exit_code = 2


class InputError(ParacorpError):
    """A file or folder holds something that cannot be read; `line` counts from 1 where it is known."""

    exit_code = 3

    def __init__(self, message: str, *, path: Path | str, line: int | None = None, fix: str) -> None:
        """Prefix the message with the place, as `path:line`."""
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{place}: {message}", fix=fix)
        self.path = Path(path)
        self.line = line
        self.reason = message


class ModelMissingError(ParacorpError):
    """A translation package is needed and none is installed."""

    exit_code = 4


class CorpusInUseError(ParacorpError):
    """Another process holds the lock of the corpus."""

    exit_code = 5


class CannotWriteError(ParacorpError):
    """A file could not be written; what stood there before still stands."""

    exit_code = 6


def first_exit_code(codes: set[int]) -> int:
    """The code to exit with when several hold: the first of 130, 70, 6, 5, 2, 3, 4, 1, else 0."""
    order = (130, 70, 6, 5, 2, 3, 4, 1)
    return next((code for code in order if code in codes), 0)
