"""Runs the rules over units, one unit at a time, in one process or several."""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import itertools
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from paracorp.checks import figures, form, repeats, script, terms  # noqa: F401  (they register their rules)
from paracorp.checks.registry import RULES, Check, Spot
from paracorp.checks.views import Lexicon, View
from paracorp.errors import UsageError
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Finding, Severity, TranslationUnit
from paracorp.settings import CheckSettings

OFF = "off"
_CHUNK = 256  # units sent to a process at a time
_Found = list[tuple[str, Spot]]
_Knowledge = tuple[Termbase | None, Mapping[str, dt.date | None]]


def check_units(
    units: Iterable[TranslationUnit],
    termbase: Termbase | None,
    settings: CheckSettings,
    *,
    published: Mapping[str, dt.date | None] | None = None,
    workers: int = 1,
) -> Iterator[Finding]:
    """The findings of every rule that is not off, unit by unit in the order of the registry.

    `published` gives the days of articles by their ids: relative dates (yesterday, 去年) count from them.
    Memory does not grow with the corpus beyond three numbers per unit. `workers` processes share the work;
    starting them takes about a second. Raises `UsageError` at once for a rule that does not exist.
    """
    severities = _severities(settings)
    knowledge = (termbase, published or {})
    if workers > 1:
        return _together(units, knowledge, severities, workers)
    return _alone(units, knowledge, severities)


def rule_hint(name: str) -> str:
    """What to say of a rule name that does not exist: the nearest one, or all of them."""
    near = difflib.get_close_matches(name, RULES, n=1, cutoff=0.4)
    return f"Did you mean {near[0]}?" if near else f"Known rules: {', '.join(RULES)}."


def _severities(settings: CheckSettings) -> dict[str, Severity]:
    for name in settings.rules:
        if name not in RULES:
            raise UsageError(f"unknown check rule {name!r}", fix=rule_hint(name))
    chosen = {name: settings.rules.get(name, rule.severity) for name, rule in RULES.items()}
    return {name: Severity(severity) for name, severity in chosen.items() if severity != OFF}


@dataclass(frozen=True, slots=True)
class _Checker:
    """A lexicon and the checks to run over each unit."""

    lexicon: Lexicon
    checks: dict[str, Check]

    def found(self, unit: TranslationUnit) -> _Found:
        view = View(unit, self.lexicon)
        return [(name, spot) for name, check in self.checks.items() for spot in check(view)]


def _alone(
    units: Iterable[TranslationUnit], knowledge: _Knowledge, severities: dict[str, Severity]
) -> Iterator[Finding]:
    checker = _Checker(Lexicon(*knowledge), {name: RULES[name].begin() for name in severities})
    for unit in units:
        yield from _findings(unit, checker.found(unit), severities)


def _findings(unit: TranslationUnit, found: _Found, severities: dict[str, Severity]) -> Iterator[Finding]:
    for name, spot in found:
        yield Finding(name, severities[name], unit.id, spot.field, spot.start, spot.end, spot.message)


def _together(
    units: Iterable[TranslationUnit],
    knowledge: _Knowledge,
    severities: dict[str, Severity],
    workers: int,
) -> Iterator[Finding]:
    """Rules over one unit run in the processes; those that remember units run here, in order."""
    order = {name: place for place, name in enumerate(severities)}
    remembering = {name: RULES[name].begin() for name in severities if RULES[name].remembers}
    here = _Checker(Lexicon(*knowledge), remembering)
    elsewhere = tuple(name for name in severities if name not in remembering)
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_process,
        initargs=(knowledge, elsewhere),
    ) as pool:
        with _interrupts_ignored():
            for _ in range(workers):
                pool.submit(_check_chunk, [])  # a task for which none is free starts a process
        for chunk, future in _windowed(pool, units, 2 * workers):
            for unit, found in zip(chunk, future.result(), strict=True):
                both = sorted([*found, *here.found(unit)], key=lambda item: order[item[0]])
                yield from _findings(unit, both, severities)


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Processes started here ignore Ctrl-C, which is for the one that started them."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set signals, and gets them
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _windowed(
    pool: ProcessPoolExecutor, units: Iterable[TranslationUnit], window: int
) -> Iterator[tuple[list[TranslationUnit], Future[list[_Found]]]]:
    """Chunks with their results to come, in order, never more than `window` of them in flight."""
    waiting: deque[tuple[list[TranslationUnit], Future[list[_Found]]]] = deque()
    stream = iter(units)
    while chunk := list(itertools.islice(stream, _CHUNK)):
        waiting.append((chunk, pool.submit(_check_chunk, chunk)))
        if len(waiting) >= window:
            yield waiting.popleft()
    yield from waiting


_process: list[_Checker] = []


def _start_process(knowledge: _Knowledge, names: tuple[str, ...]) -> None:
    _process.append(_Checker(Lexicon(*knowledge), {name: RULES[name].begin() for name in names}))


def _check_chunk(chunk: list[TranslationUnit]) -> list[_Found]:
    return [_process[0].found(unit) for unit in chunk]
