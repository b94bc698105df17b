"""New corpora, and loose files put in their places."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from paracorp.corpus import CONFIG, Corpus, atomic_path, cannot_write, file_hash, open_corpus, write_text
from paracorp.errors import InputError, UsageError
from paracorp.formats.tmx import read_tmx
from paracorp.ingest import classify, leads_nowhere
from paracorp.languages import language


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that is now in the corpus; `outcome` is `added` or `already there`."""

    source: Path
    target: Path
    outcome: str


def make_corpus(folder: Path, *, title: str, languages: Sequence[str], glossaries: Iterable[Path]) -> Corpus:
    """Make an empty corpus in a new or existing folder; `UsageError` where one is there already."""
    if (folder / CONFIG).exists():
        raise UsageError(
            f"{folder} is a corpus already", fix=f"Add reports with: paracorp add {folder} FILE..."
        )
    if len(languages) != 2 or len(set(languages)) != 2 or "en" in languages:
        raise UsageError(
            f"a corpus needs two different languages other than English, got {', '.join(languages)}",
            fix="Use for example: --languages zh,he",
        )
    for code in languages:
        language(code)
    named = [_relative(path, folder) for path in glossaries]
    try:
        for place in (*(f"articles/{code}" for code in languages), "memory"):
            (folder / place).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from error
    lines = [
        f"title = {_toml(title or folder.resolve().name)}",
        f"languages = [{', '.join(_toml(code) for code in languages)}]",
        'pivot = "en"',
        f"glossaries = [{', '.join(_toml(name) for name in named)}]  # CSV files, relative to this folder",
    ]
    write_text(folder / CONFIG, "\n".join(lines) + "\n")
    return open_corpus(folder)


def _relative(path: Path, folder: Path) -> str:
    if not path.is_file():
        raise InputError("no such glossary", path=path, fix="Name an existing CSV file.")
    return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()


def _toml(text: str) -> str:
    """A TOML basic string; JSON's escapes are all TOML's, but DEL, which JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def add_files(
    corpus: Corpus, files: Iterable[Path], *, on_reject: Callable[[InputError], None]
) -> list[Placed]:
    """Copy each file (or each file in a folder) to `articles/<lang>/` or `memory/`.

    The same bytes under the same name are left alone; other bytes there are never overwritten. What
    cannot be placed goes to `on_reject`, and the others go on.
    """
    placed = []
    for path in _expand(files, on_reject):
        try:
            placed.append(_place(corpus, path))
        except InputError as error:
            on_reject(error)
    return placed


def _expand(files: Iterable[Path], on_reject: Callable[[InputError], None]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            inside = sorted(
                item for item in path.iterdir() if item.is_file() and not item.name.startswith(".")
            )
            if not inside:
                on_reject(
                    InputError("an empty folder", path=path, fix="Name files, or a folder that holds some.")
                )
            yield from inside
        elif path.is_file():
            yield path
        else:
            on_reject(InputError(leads_nowhere(path) or "no such file", path=path, fix="Check the name."))


def _check_id(target: Path, path: Path) -> None:
    """Raise where another article has the name that `target` would be known by."""
    name = "_".join(target.stem.split())
    for other in target.parent.glob("*") if target.parent.is_dir() else ():
        if other.name != target.name and "_".join(other.stem.split()) == name:
            fix = "Rename one of the two files."
            raise InputError(f"would get the same sentence ids as {other}", path=path, fix=fix)


def _place(corpus: Corpus, path: Path) -> Placed:
    if path.name.startswith("."):
        raise InputError(
            "a hidden file, which no build would read", path=path, fix="Rename it and add it again."
        )
    if path.name.lower().endswith((".tmx", ".tmx.gz")):
        for _ in read_tmx(path, on_reject=None):
            break  # what is no TMX at all should not become a problem of every build
        target = corpus.memory / path.name
    else:
        lang, _ = classify(path, corpus.settings.languages)
        target = corpus.articles / lang / path.name
        _check_id(target, path)
    try:
        if target.exists():
            if file_hash(target) == file_hash(path):
                return Placed(path, target, "already there")
            raise InputError(
                f"{target} holds another text under this name",
                path=path,
                fix="Rename the file and add it again.",
            )
        with atomic_path(target) as temporary:
            shutil.copyfile(path, temporary)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", path=path, fix="Check its permissions."
        ) from error
    return Placed(path, target, "added")
