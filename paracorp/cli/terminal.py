"""What commands show: errors in two lines, progress with rate and time left, tables in columns."""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from paracorp.errors import InputError, ParacorpError


def say(text: str) -> None:
    """A line for the person, on stderr."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201


def emit(text: str) -> None:
    """A line of data, on stdout."""
    print(text)  # noqa: T201


def emit_json(data: Any) -> None:
    """Data for a program, on stdout."""
    emit(json.dumps(data, ensure_ascii=False, indent=1))


def show_error(error: ParacorpError) -> None:
    """A known error: what and where, then what to do."""
    say(f"error: {error.message}\n  {error.fix}")


def width(text: str) -> int:
    """Terminal columns a text takes: two for wide characters, none for marks and format characters."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def columns(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows as aligned columns, two spaces between; `right` names the right-aligned ones.

    A cell that holds right-to-left text is isolated, so that it cannot reorder its neighbours.
    """
    if not rows:
        return ""
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            space = " " * (widths[place] - width(cell))
            shown = isolated(cell)
            cells.append(space + shown if place in right else shown + space)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def isolated(text: str) -> str:
    """Text between FIRST STRONG ISOLATE and POP where it holds right-to-left letters, else as it is."""
    rtl = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return f"\u2068{text}\u2069" if rtl else text


def left_to_right(text: str) -> str:
    """An English message that may quote Hebrew: isolated, and left to right whatever it begins with."""
    return f"\u2066{text}\u2069" if isolated(text) != text else text


@dataclass(slots=True)
class TerminalReporter:
    """Shows a run on stderr: a moving line on a terminal, one line per finished stage anywhere."""

    quiet: bool = False
    _stage: str = ""
    _total: int = 0
    _done: int = 0
    _started: float = 0.0
    _shown: float = 0.0

    def start(self, stage: str, total: int) -> None:
        """See `paracorp.pipeline.Reporter`."""
        self.close()
        self._stage, self._total, self._done = stage, total, 0
        self._started = self._shown = time.monotonic()

    def advance(self, count: int) -> None:
        """See `paracorp.pipeline.Reporter`."""
        self._done += count
        now = time.monotonic()
        interval = 0.2 if sys.stderr.isatty() else 10.0
        if not self.quiet and now - self._shown >= interval:
            self._shown = now
            self._line(now, end="\r" if sys.stderr.isatty() else "\n")

    def problem(self, error: InputError) -> None:
        """See `paracorp.pipeline.Reporter`."""
        self._clear()
        show_error(error)

    def note(self, text: str) -> None:
        """See `paracorp.pipeline.Reporter`."""
        self._clear()
        say(text)

    def close(self) -> None:
        """End the line of the stage at work."""
        if self._stage and self._total and not self.quiet:
            self._clear()
            self._line(time.monotonic(), end="\n")
        self._stage = ""

    def _line(self, now: float, *, end: str) -> None:
        seconds = max(now - self._started, 1e-6)
        rate = self._done / seconds
        text = f"{self._stage:<13} {self._done:>7} of {self._total}  {rate:,.0f}/s"
        left = (self._total - self._done) / rate if rate else 0.0
        text += f"  {_duration(left)} left" if left and self._done < self._total else f"  {seconds:.1f} s"
        print(f"{text:<72}", end=end, file=sys.stderr, flush=True)  # noqa: T201

    def _clear(self) -> None:
        if sys.stderr.isatty() and not self.quiet:
            print(f"\r{'':<72}\r", end="", file=sys.stderr, flush=True)  # noqa: T201


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{rest:02}"
