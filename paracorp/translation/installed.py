"""The Argos Translate packages of this user, and their tokenizers.

`argostranslate` is imported late: its settings read the environment and make folders when imported.
Of it, only `settings`, `package` and `tokenizer` work without the sentence splitters paracorp leaves out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paracorp.corpus import cannot_write
from paracorp.errors import InputError, UsageError

_PAIR = re.compile(r"(?:^|-)([a-z]{2,3})_([a-z]{2,3})(?:-|$)")


@dataclass(frozen=True, slots=True)
class ArgosPackage:
    """A package folder. `problem` says why it cannot be used; empty where it can.

    Where the metadata cannot be read, the codes are those in the folder's name, or empty.
    """

    folder: Path
    from_code: str
    to_code: str
    version: str
    problem: str

    @property
    def name(self) -> str:
        """Languages and version, as `zh_en 1.9`."""
        return f"{self.from_code}_{self.to_code} {self.version}"


def argos_settings() -> Any:
    """The settings module of argostranslate: folders, index address, device, threads."""
    try:
        from argostranslate import settings
    except OSError as error:
        raise cannot_write(Path(error.filename or "the folders of Argos Translate"), error) from error
    except (ValueError, KeyError, AssertionError) as error:
        raise UsageError(
            f"the settings of Argos Translate cannot be read: {error!r}",
            fix="Check the variables that begin with ARGOS_ and argos-translate/settings.json.",
        ) from error
    return settings


def argos_setting(name: str) -> str:
    """What this user has set for Argos Translate under a name such as `ARGOS_DEVICE_TYPE`; else empty."""
    value = argos_settings().get_setting(name)
    return "" if value is None else str(value)


def installed_packages() -> list[ArgosPackage]:
    """Every translation package in Argos's folders, usable or not, sorted by folder name."""
    folders = [
        folder
        for parent in argos_settings().package_dirs
        for folder in Path(parent).iterdir()
        if folder.is_dir() and not folder.name.startswith(".")
    ]
    packages = (read_package(folder) for folder in sorted(folders, key=lambda folder: folder.name))
    return [package for package in packages if package is not None]


def read_package(folder: Path) -> ArgosPackage | None:
    """The package in a folder; None where it is one for something other than translation."""
    try:
        data = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        if data.get("type", "translate") != "translate":
            return None
        codes = [data["from_code"], data["to_code"]]
        release = str(data.get("package_version", ""))
        problem = _missing_file(folder)
    except (OSError, ValueError, KeyError, AttributeError) as error:
        found = _PAIR.search(folder.name)
        codes, release = [found[1], found[2]] if found else ["", ""], ""
        problem = f"metadata.json cannot be used ({type(error).__name__}: {error})"
    return ArgosPackage(folder, codes[0], codes[1], release, problem)


def _missing_file(folder: Path) -> str:
    if not (folder / "model" / "model.bin").is_file():
        return "model/model.bin is missing"
    if not any((folder / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        return "sentencepiece.model or bpe.model is missing"
    return ""


def version_key(release: str) -> tuple[int, ...]:
    """A version as numbers that compare, as (1, 9) for `1.9`."""
    return tuple(int(part) for part in re.findall(r"\d+", release))


def broken_package(folder: Path, problem: str, lang: str) -> InputError:
    """The error for a package that is installed and cannot be used."""
    return InputError(
        f"the Argos package {folder.name} is broken: {problem}",
        path=folder,
        fix=f"Delete the folder and run: paracorp models install {lang}",
    )


class Tokenizer:
    """The tokenizer of a package, SentencePiece or BPE, for many texts at a time."""

    def __init__(self, package: ArgosPackage, lang: str) -> None:
        """Load it; `InputError` where it is broken."""
        from argostranslate.package import Package

        try:
            loaded = Package(package.folder)
            self.prefix = str(loaded.target_prefix or "")
            self._tokenizer = loaded.tokenizer
            self._tokenizer.encode("a")  # loads it
        except (RuntimeError, OSError, ValueError, IndexError) as error:
            raise broken_package(package.folder, f"its tokenizer: {error}", lang) from error
        lazy = getattr(self._tokenizer, "lazy_processor", None)
        self._processor = lazy() if lazy is not None else None

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """The tokens of each text."""
        if self._processor is not None:
            rows: list[list[str]] = self._processor.encode(list(texts), out_type=str)
            return rows
        return [self._tokenizer.encode(text) for text in texts]

    def decode(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """Each row of tokens as text, white space collapsed.

        Argos's own way loses every underscore (SentencePiece) and keeps the joiner of a last piece (BPE).
        """
        if self._processor is not None:
            texts = self._processor.decode([list(row) for row in rows]) if rows else []
            texts = [text.replace("▁", " ") for text in texts]
        else:
            texts = [self._tokenizer.decode(list(row)).removesuffix("@@") if row else "" for row in rows]
        return [" ".join(text.split()) for text in texts]


def token_spans(tokens: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Where each token stands in the text; an empty span where it cannot be told.

    Works for any tokenizer that keeps the order of letters: markers of word edges are stripped, case ignored.
    """
    folded = text.casefold()
    exact = len(folded) == len(text)
    spans, place = [], 0
    for token in tokens:
        letters = token.replace("▁", "").removesuffix("@@").casefold()
        found = folded.find(letters, place) if exact and letters else -1
        if found < 0 or found - place > _LARGEST_GAP:
            spans.append((place, place))
            continue
        spans.append((found, found + len(letters)))
        place = found + len(letters)
    return spans


# Characters that may lie between two tokens: white space, and what a tokenizer normalises away.
_LARGEST_GAP = 8
