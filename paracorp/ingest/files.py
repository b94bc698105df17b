"""Which files under `articles/` are reports, and what a path says of one."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from paracorp.languages import code_for_tag

ARTICLES = "articles"

# What editors, browsers and desktops leave lying about.
_LEFTOVERS = (
    ".*", "*~", "~$*", "#*#", "*.tmp", "*.temp", "*.bak", "*.swp", "*.swo", "*.part", "*.crdownload",
    "Thumbs.db", "desktop.ini",
)  # fmt: skip


def find_files(corpus_root: Path, languages: Sequence[str]) -> list[Path]:  # noqa: ARG001
    """Every file under `articles/`, loose or in folders, sorted by path; hidden and temporary files left out.

    Files that paracorp does not read are among them (another kind, a folder of a language that is not one
    of `languages`, a folder that cannot be listed), so that reading one gives the error that says so.
    Empty where there is no folder `articles`.
    """
    root = corpus_root / ARTICLES
    return sorted(_walk(root), key=lambda path: path.relative_to(root).as_posix()) if root.is_dir() else []


def _walk(folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    above |= {folder.resolve()}  # a link that leads back up ends here
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        yield folder
        return
    for entry in entries:
        if any(fnmatch.fnmatchcase(entry.name, pattern) for pattern in _LEFTOVERS):
            continue
        path = Path(entry.path)
        if entry.is_dir():
            if path.resolve() not in above:
                yield from _walk(path, above)
        elif entry.is_file() or entry.is_symlink():
            yield path


def leads_nowhere(path: Path) -> str:
    """What to say of a link whose target does not exist; empty for any other path."""
    if not path.is_symlink() or path.exists():
        return ""
    return f"a link to {path.readlink()}, which does not exist"


def folder_language(path: Path, corpus_root: Path) -> str | None:
    """The tag a file's folder states, as `he` for `articles/he/report.txt`; None where it states none."""
    try:
        parts = path.relative_to(corpus_root / ARTICLES).parts
    except ValueError:
        return None
    return next((part for part in parts[:-1] if code_for_tag(part)), None)
