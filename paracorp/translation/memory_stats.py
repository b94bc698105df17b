"""What is in the memory of a corpus, counted: units, repeats, dates, and where it contradicts itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from paracorp.corpus import Corpus
from paracorp.errors import InputError
from paracorp.formats.tmx import read_tmx
from paracorp.translation.memory import Conflict, Memory, entries_of, is_rejected
from paracorp.translation.memory_files import memory_files


@dataclass(slots=True)
class PairStats:
    """The units from one language into the pivot.

    `duplicates` are units that repeat text and rendering of another, `oldest` and `newest` dates as
    `YYYYMMDDThhmmssZ`, empty where no unit has one.
    """

    units: int = 0
    texts: int = 0
    duplicates: int = 0
    conflicts: int = 0
    undated: int = 0
    oldest: str = ""
    newest: str = ""


@dataclass(slots=True)
class MemoryStats:
    """What is in a memory: units per file and per pair of languages, and where units contradict.

    `rejected` units, to which a person said no, and `other` ones, for languages that are not the corpus's,
    are never used.
    """

    files: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, PairStats] = field(default_factory=dict)
    rejected: int = 0
    other: int = 0
    conflicts: tuple[Conflict, ...] = ()


def count_memory(corpus: Corpus, on_reject: Callable[[InputError], None]) -> MemoryStats:
    """Count the memory of a corpus; files and units that cannot be read go to `on_reject`."""
    stats, memory = MemoryStats(), Memory()
    langs, pivot = corpus.settings.languages, corpus.settings.pivot
    seen: set[tuple[str, str, str]] = set()
    for path in memory_files(corpus):
        stats.files[path.name] = 0
        try:
            for unit in read_tmx(path, on_reject=on_reject):
                stats.files[path.name] += 1
                found = list(entries_of(unit, langs, pivot, path.name))
                if is_rejected(unit):
                    stats.rejected += 1
                    continue
                stats.other += not found
                for lang, entry in found:
                    pair = stats.pairs.setdefault(f"{lang}-{pivot}", PairStats())
                    _count(pair, entry.changed, repeated=(lang, entry.text, entry.english) in seen)
                    seen.add((lang, entry.text, entry.english))
                    memory.add(lang, entry)
        except InputError as error:
            on_reject(error)
    stats.conflicts = memory.conflicts
    for lang, _ in memory.entries():
        stats.pairs[f"{lang}-{pivot}"].texts += 1
    for conflict in stats.conflicts:
        stats.pairs[f"{conflict.lang}-{pivot}"].conflicts += 1
    return stats


def _count(pair: PairStats, changed: str, *, repeated: bool) -> None:
    pair.units += 1
    pair.duplicates += repeated
    pair.undated += not changed
    if changed:
        pair.oldest = min(pair.oldest or changed, changed)
        pair.newest = max(pair.newest, changed)
