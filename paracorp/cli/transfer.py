"""How far a download is, on stderr: a moving line on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from dataclasses import dataclass

from paracorp.cli.terminal import progress_due, show_progress


@dataclass(slots=True)
class TransferLine:
    """Shows bytes, rate and time left of one download, reckoned from the first byte of this run."""

    name: str
    _first: int = -1
    _last: int = 0
    _total: int | None = None
    _started: float = 0.0
    _shown: float = 0.0

    def __call__(self, done: int, total: int | None) -> None:
        """Take in how many bytes are here, and how many there will be; None where that is not known."""
        now = time.monotonic()
        if self._first < 0 or done < self._last:
            self._first, self._started, self._shown = done, now, now
        self._last, self._total = done, total
        if progress_due(self._shown, now):
            self._shown = now
            self._show(now, last=False)

    def close(self) -> None:
        """End the line, if anything came."""
        if self._first >= 0:
            self._show(time.monotonic(), last=True)
            self._first = -1

    def _show(self, now: float, *, last: bool) -> None:
        seconds = max(now - self._started, 1e-6)
        rate = (self._last - self._first) / seconds
        amount = megabytes(self._last)
        if self._total is not None:
            amount += f" of {megabytes(self._total)}"
        text = f"{self.name}  {amount}  {megabytes(rate)}/s"
        if self._total is not None and rate and self._last < self._total:
            minutes, rest = divmod(round((self._total - self._last) / rate), 60)
            text += f"  {minutes}:{rest:02} left"
        show_progress(text, last=last)


def megabytes(count: float) -> str:
    """Bytes as `87.1 MB`; small ones as `3 kB`."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{count / 1e3:,.0f} kB"
