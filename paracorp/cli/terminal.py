"""What commands show: errors in two lines, progress with rate and time left, tables in columns."""

from __future__ import annotations

import json
import os
import sys
import time
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from paracorp.errors import InputError, ParacorpError

_LINE = 72  # columns of a line of progress, where the terminal has as many
_MEASURABLE_S = 0.1  # in less, a rate says nothing
_INTERVALS_S = (10.0, 0.2)  # between two lines of progress: in a file or pipe, on a terminal

# Stages whose table has a name that says little to who runs them.
_STAGES = {
    "recalled": "memory",
    "translations": "English",
    "likely": "likely pairs",
    "pairs": "article pairs",
}


def say(text: str) -> None:
    """A line for the person, on stderr."""
    _write(text, sys.stderr)


def emit(text: str) -> None:
    """A line of data, on stdout."""
    _write(text, sys.stdout)


def _write(text: str, stream: TextIO | None, end: str = "\n") -> None:
    """Write to a stream. A reader that has gone away ends the output, not the work, nor its exit code.

    Nor does a place for messages that is full; data that cannot be written are an error. A stream that was
    closed before the program began is None. Bytes of a file name that are no text are escaped.
    """
    if stream is None:
        return
    text = text.encode("utf-8", "backslashreplace").decode()
    try:
        print(text, end=end, file=stream, flush=stream is sys.stderr)
    except OSError as error:
        if stream is not sys.stderr and not isinstance(error, BrokenPipeError):
            raise
        drop(stream)


def drop(stream: TextIO) -> None:
    """Send what a stream still holds, and all that follows, nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show_progress(text: str, *, last: bool) -> None:
    """A line of progress on stderr; a terminal gets it cut to fit, and moving until the last."""
    if not _on_terminal():
        _write(text, sys.stderr)
        return
    room = _room()
    _write(f"{text[:room]:<{room}}", sys.stderr, end="\n" if last else "\r")


def clear_progress() -> None:
    """Wipe a line of progress that is not the last off the terminal."""
    if _on_terminal():
        _write(f"\r{'':<{_room()}}\r", sys.stderr, end="")


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _room() -> int:
    """How long a line may be without going on in the next."""
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except OSError:
        columns = 0
    return min(_LINE, columns - 1) if columns > 1 else _LINE


def progress_due(shown: float, now: float) -> bool:
    """Whether it is time for another line of progress, seconds of the monotonic clock given."""
    return now - shown >= _INTERVALS_S[_on_terminal()]


def stage_label(stage: str) -> str:
    """A stage as the person is told of it."""
    return _STAGES.get(stage, stage)


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
        if not self.quiet and self._done < self._total and progress_due(self._shown, now):
            self._shown = now
            self._line(now, last=False)

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
            self._line(time.monotonic(), last=True)
        self._stage = ""

    def _line(self, now: float, *, last: bool) -> None:
        seconds = max(now - self._started, 1e-6)
        rate = self._done / seconds
        text = f"{stage_label(self._stage):<13} {self._done:>7} of {self._total}"
        if seconds >= _MEASURABLE_S:
            text += f"  {rate:,.0f}/s" if rate >= 1 else f"  {rate:.1f}/s"
        left = (self._total - self._done) / rate if rate else 0.0
        text += f"  {_duration(left)} left" if left and self._done < self._total else f"  {seconds:.1f} s"
        show_progress(text, last=last)

    def _clear(self) -> None:
        if not self.quiet:
            clear_progress()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes}:{rest:02}"
