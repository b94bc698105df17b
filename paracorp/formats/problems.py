"""What a validator finds in a file, and the refusal to publish a file that holds errors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from paracorp.errors import ParacorpError
from paracorp.records import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that its format or its readers do not allow.

    `line` counts from 1. An error makes the file invalid; a warning says that some tool will stumble.
    """

    line: int
    severity: Severity
    rule: str
    message: str


def require_valid(path: Path, problems: Iterable[Problem]) -> None:
    """Raise unless a file paracorp has just written is free of errors; for use before it gets its name.

    Such an error is a bug of paracorp, whatever the data: hence exit code 70.
    """
    for problem in problems:
        if problem.severity is Severity.ERROR:
            raise ParacorpError(
                f"{path}: what was written here is not valid and was not published: "
                f"line {problem.line}: {problem.rule}: {problem.message}",
                fix="This is a bug in paracorp; please report it. The file of before, if any, still stands.",
            )
