"""Runs the rules over units, one unit at a time, in one process or several."""

from __future__ import annotations

import contextlib
import datetime as dt
import difflib
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from paracorp.checks import (  # noqa: F401 -- they register their rules
    consistency,
    figures,
    form,
    renderings,
    repeats,
    script,
    terms,
)
from paracorp.checks.context import Context, Lexicon, Stretch
from paracorp.checks.registry import RULES, Remembering, Spot
from paracorp.checks.views import View
from paracorp.errors import UsageError
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Finding, Severity, TranslationUnit
from paracorp.settings import CheckSettings

OFF = "off"
_CHUNK = 256  # units sent to a process at a time, and more where they share an article
_Found = list[tuple[str, Spot]]
_Observed = dict[str, Any]  # what the rules that remember compare, by their names
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


def unit_checker(
    termbase: Termbase | None, settings: CheckSettings, *, published: Mapping[str, dt.date | None]
) -> Callable[[TranslationUnit], list[Finding]]:
    """Checks single units, each for itself, as a person edits them; what the rules know is read once.

    Arguments are those of `check_units`.
    """
    severities = _severities(settings)
    context = Context(Lexicon(termbase, published))

    def check(unit: TranslationUnit) -> list[Finding]:
        reader = _Reader(context, tuple(severities))
        return list(_judge(severities).findings(unit, *reader.read(unit)))

    return check


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
class _Reader:
    """Reads units in order with the rules named: what those over one unit find, what the others need."""

    context: Context
    names: tuple[str, ...]
    stretch: Stretch = field(default_factory=Stretch)

    def read(self, unit: TranslationUnit) -> tuple[_Found, _Observed]:
        named = self.context.named
        named.keep(() if self.stretch.begins(unit) else (unit.source.article_id, unit.target.article_id))
        view = View(unit, self.context)
        found: _Found = []
        observed: _Observed = {}
        for name in self.names:
            rule = RULES[name]
            if rule.check is not None:
                found += [(name, spot) for spot in rule.check(view)]
            if rule.remembers is not None:
                observed[name] = rule.remembers.observe(view)
        for text in view.texts:
            named.add(text.article, text.lang, text.named_in_full())
        return found, observed


@dataclass(frozen=True, slots=True)
class _Judge:
    """Makes findings of what was read, unit by unit in order; the rules that remember sit here."""

    severities: dict[str, Severity]
    remembering: dict[str, Remembering]

    def findings(self, unit: TranslationUnit, found: _Found, observed: _Observed) -> Iterator[Finding]:
        later = [
            (name, spot) for name, what in observed.items() for spot in self.remembering[name].judge(what)
        ]
        order = {name: place for place, name in enumerate(self.severities)} if later else {}
        for name, spot in sorted([*found, *later], key=lambda item: order[item[0]]) if later else found:
            severity = self.severities[name]
            yield Finding(name, severity, unit.id, spot.field, spot.start, spot.end, spot.message)


def _judge(severities: dict[str, Severity]) -> _Judge:
    kinds = {name: RULES[name].remembers for name in severities}
    return _Judge(severities, {name: kind() for name, kind in kinds.items() if kind is not None})


def _alone(
    units: Iterable[TranslationUnit], knowledge: _Knowledge, severities: dict[str, Severity]
) -> Iterator[Finding]:
    reader, judge = _Reader(Context(Lexicon(*knowledge)), tuple(severities)), _judge(severities)
    for unit in units:
        yield from judge.findings(unit, *reader.read(unit))


def _together(
    units: Iterable[TranslationUnit],
    knowledge: _Knowledge,
    severities: dict[str, Severity],
    workers: int,
) -> Iterator[Finding]:
    """Units are read in the processes; what they found is judged here, in order."""
    judge = _judge(severities)
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start_process,
        initargs=(knowledge, tuple(severities)),
    ) as pool:
        with _interrupts_ignored():
            for _ in range(workers):
                pool.submit(_read_chunk, [])  # a task for which none is free starts a process
        for chunk, future in _windowed(pool, units, 2 * workers):
            for unit, (found, observed) in zip(chunk, future.result(), strict=True):
                yield from judge.findings(unit, found, observed)


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
) -> Iterator[tuple[list[TranslationUnit], Future[list[tuple[_Found, _Observed]]]]]:
    """Chunks with their results to come, in order, never more than `window` of them in flight."""
    waiting: deque[tuple[list[TranslationUnit], Future[list[tuple[_Found, _Observed]]]]] = deque()
    for chunk in _chunks(units):
        waiting.append((chunk, pool.submit(_read_chunk, chunk)))
        if len(waiting) >= window:
            yield waiting.popleft()
    yield from waiting


def _chunks(units: Iterable[TranslationUnit]) -> Iterator[list[TranslationUnit]]:
    """Units in lists that begin where a stretch does, so that each can be read without those before it."""
    stretch, chunk = Stretch(), list[TranslationUnit]()
    for unit in units:
        if stretch.begins(unit) and len(chunk) >= _CHUNK:
            yield chunk
            chunk = []
        chunk.append(unit)
    if chunk:
        yield chunk


_process: list[tuple[Lexicon, tuple[str, ...]]] = []


def _start_process(knowledge: _Knowledge, names: tuple[str, ...]) -> None:
    _process.append((Lexicon(*knowledge), names))


def _read_chunk(chunk: list[TranslationUnit]) -> list[tuple[_Found, _Observed]]:
    lexicon, names = _process[0]
    reader = _Reader(Context(lexicon), names)
    return [reader.read(unit) for unit in chunk]
