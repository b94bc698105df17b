"""The memory of a corpus as files: bringing units in, and writing the merged memory out."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paracorp.corpus import Corpus, atomic_path, file_hash
from paracorp.errors import InputError, UsageError
from paracorp.formats.converting import convert
from paracorp.formats.tmx import TmxUnit, read_tmx
from paracorp.formats.tmx_memory import write_units
from paracorp.languages import LANGUAGES
from paracorp.translation.memory import Memory, entries_of, is_rejected, load_memory

_SUFFIXES = (".tmx", ".tmx.gz")


@dataclass(frozen=True, slots=True)
class Imported:
    """A file whose units are now in a memory.

    `outcome` is `added`, `already there`, or `added in part` where bad units were left out. `units` counts
    those with a rendering for a language of the corpus, `contradicting` those of their texts for which the
    memory had another one.
    """

    source: Path
    target: Path
    outcome: str
    units: int
    contradicting: int


def memory_files(corpus: Corpus) -> list[Path]:
    """The files of a corpus's memory, by name."""
    if not corpus.memory.is_dir():
        return []
    found = sorted(corpus.memory.iterdir())
    return [path for path in found if _is_memory(path) and not path.name.startswith(".")]


def _is_memory(path: Path) -> bool:
    return path.is_file() and path.name.lower().endswith(_SUFFIXES)


def import_files(
    corpus: Corpus, files: Iterable[Path], *, on_reject: Callable[[InputError], None]
) -> list[Imported]:
    """Add each file (or each TMX in a folder) to the memory of a corpus, after all of it has been read.

    A TMX without a bad unit is copied as it is; of another one, and of another format that can be converted,
    the good units are written as TMX. Bad units go to `on_reject`, as does a file that cannot be used at all.
    No file of the memory is ever replaced.
    """
    done = []
    for path in files:
        for file in _expanded(path, on_reject):
            try:
                with tempfile.TemporaryDirectory() as folder:
                    done.append(_import(corpus, file, Path(folder), on_reject))
            except InputError as error:
                on_reject(error)
    return done


def _expanded(path: Path, on_reject: Callable[[InputError], None]) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = [item for item in sorted(path.iterdir()) if _is_memory(item)]
    if not inside:
        on_reject(InputError("no .tmx file in this folder", path=path, fix="Name the files."))
    return inside


def _import(corpus: Corpus, path: Path, folder: Path, on_reject: Callable[[InputError], None]) -> Imported:
    """Add one file; `folder` is for what is made on the way."""
    bad: list[InputError] = []
    try:
        read = _as_tmx(path, folder, bad)
        units = list(read_tmx(read, on_reject=bad.append))
    finally:
        for error in bad:
            on_reject(error)
    fresh = _usable(corpus, units, path)
    if bad and read == path:
        read = folder / "good.tmx"
        found = dict.fromkeys(
            [corpus.settings.languages[0], *(lang for unit in units for lang in unit.variants)]
        )
        write_units(read, units, langs=list(found), tags=_tags(corpus))
    same = _same_file(corpus, read)
    if same is not None:
        return Imported(path, same, "already there", len(fresh), 0)
    target = _target(corpus, path)
    contradicting = _contradicting(corpus, fresh)
    with atomic_path(target) as temporary:
        shutil.copyfile(read, temporary)
    return Imported(path, target, "added in part" if bad else "added", len(fresh), contradicting)


def _as_tmx(path: Path, folder: Path, bad: list[InputError]) -> Path:
    """The file itself where it is TMX, else its units as TMX; `bad` gets those that cannot be read."""
    if not path.exists():
        raise InputError("no such file", path=path, fix="Check the name.")
    if _is_memory(path):
        return path
    made = folder / "converted.tmx"
    try:
        convert(path, made, on_reject=bad.append)
    except UsageError as error:
        raise InputError(error.message.removeprefix(f"{path}: "), path=path, fix=error.fix) from error
    return made


def _usable(corpus: Corpus, units: Sequence[TmxUnit], path: Path) -> Memory:
    """The units a corpus can use; `InputError` where there is none."""
    langs, pivot = corpus.settings.languages, corpus.settings.pivot
    found = Memory()
    for unit in units:
        for lang, entry in () if is_rejected(unit) else entries_of(unit, langs, pivot, path.name):
            found.add(lang, entry)
    if not len(found):
        raise InputError(
            f"none of its {len(units)} good units pairs {' or '.join(langs)} with {pivot}",
            path=path,
            fix="Check the languages it states (in TMX: xml:lang of the variants).",
        )
    return found


def _target(corpus: Corpus, path: Path) -> Path:
    """Where a file goes; `InputError` where another one lies there."""
    name = path.name.lstrip(".")
    target = corpus.memory / (name if _is_memory(path) else f"{Path(name.removesuffix('.gz')).stem}.tmx")
    if target.exists():
        raise InputError(
            f"{target} holds other units under this name",
            path=path,
            fix="Rename the file and import it again.",
        )
    return target


def _same_file(corpus: Corpus, path: Path) -> Path | None:
    """A file of the memory with the same bytes, whatever its name."""
    wanted = file_hash(path)
    return next((known for known in memory_files(corpus) if file_hash(known) == wanted), None)


def _contradicting(corpus: Corpus, fresh: Memory) -> int:
    """How many texts the corpus's own memory renders otherwise; its bad units are no matter of this file."""
    known = read_memory(corpus, lambda _: None)
    pairs = ((entry, known.counted(entry.text, lang)) for lang, entry in fresh.entries())
    return sum(other is not None and other.english != entry.english for entry, other in pairs)


def read_memory(corpus: Corpus, on_reject: Callable[[InputError], None]) -> Memory:
    """The memory of a corpus, merged; `on_reject` hears of what cannot be used."""
    return load_memory(memory_files(corpus), corpus.settings.languages, corpus.settings.pivot, on_reject)


def _tags(corpus: Corpus) -> dict[str, str]:
    return {code: facts.bcp47 for code, facts in LANGUAGES.items()} | corpus.settings.export.tags


def export_memory(
    corpus: Corpus, path: Path, *, langs: Sequence[str], on_reject: Callable[[InputError], None]
) -> dict[str, int]:
    """Write the merged memory to one TMX file; units per language in it.

    Of units with the same text the one that counts is written: the better trusted, then the newer. Raises
    `InputError` where there is none to write; a file with several source languages states each unit's own.
    """
    memory = read_memory(corpus, on_reject)
    counts = Counter(lang for lang, _ in memory.entries() if lang in langs)
    if not counts:
        raise InputError(
            f"no units from {' or '.join(langs)}",
            path=corpus.memory,
            fix=f"Add some with: paracorp memory import {corpus.root} FILE.tmx",
        )
    units = (unit for lang in langs for unit in _units(memory, lang, corpus.settings.pivot))
    here = {lang: counts[lang] for lang in langs if counts[lang]}
    write_units(path, units, langs=[*here, corpus.settings.pivot], tags=_tags(corpus))
    return here


def _units(memory: Memory, lang: str, pivot: str) -> Iterator[TmxUnit]:
    for code, entry in memory.entries():
        if code == lang:
            props = {**entry.props, "x-memory": entry.file}
            variants = {lang: entry.text, pivot: entry.english}
            yield TmxUnit(entry.tuid, variants, lang, entry.changed or None, props, entry.line)
