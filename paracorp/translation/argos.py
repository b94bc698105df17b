"""Argos Translate packages, run by CTranslate2. The only file that knows either.

`argostranslate` is imported late: its settings read the environment and make folders when imported.
Of it, only `settings`, `package` and `tokenizer` work without the sentence splitters paracorp leaves out.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from paracorp.corpus import cannot_write, file_hash
from paracorp.errors import InputError, UsageError
from paracorp.languages import language
from paracorp.records import digest
from paracorp.settings import TranslationSettings
from paracorp.translation.engine import EngineOutput

# Argos's own value. Below 1, it favours short hypotheses.
_LENGTH_PENALTY = 0.2
# Twice CTranslate2's own limit, which would cut a long sentence; a model that repeats itself ends here.
_LONGEST_OUTPUT_TOKENS = 512
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


def argos_engines(langs: Sequence[str], pivot: str, settings: TranslationSettings) -> list[ArgosEngine]:
    """The engines installed for the languages, in the order they should be asked; loads no model.

    A package for another script of a language (`zt`) comes before its main one and takes the texts
    in that script. Raises `InputError` where all packages for a language are broken.
    """
    installed = [package for package in installed_packages() if package.to_code == pivot]
    engines: list[ArgosEngine] = []
    for lang in langs:
        codes = language(lang).engine_codes
        usable = [package for code in codes if (package := _best(installed, code)) is not None]
        broken = [package for package in installed if package.from_code in codes]
        if broken and not usable:
            raise broken_package(broken[0].folder, broken[0].problem, lang)
        other_scripts, main = usable[1:], usable[:1]
        engines += [ArgosEngine(package, lang, settings, own_script_only=True) for package in other_scripts]
        engines += [ArgosEngine(package, lang, settings, own_script_only=False) for package in main]
    return engines


def _best(packages: Sequence[ArgosPackage], code: str) -> ArgosPackage | None:
    """The usable package from a code with the highest version."""
    usable = [package for package in packages if package.from_code == code and not package.problem]
    return max(usable, key=lambda package: version_key(package.version), default=None)


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


class ArgosEngine:
    """One Argos package as an engine."""

    def __init__(
        self, package: ArgosPackage, lang: str, settings: TranslationSettings, *, own_script_only: bool
    ) -> None:
        """Note what to load. `own_script_only` keeps it to texts in the script of its package."""
        self.name = f"argos {package.name}"
        self.langs = frozenset((lang,))
        self._package = package
        self._lang = lang
        self._settings = settings
        self._own_script_only = own_script_only

    @functools.cached_property
    def key(self) -> str:
        """Hash of the package's files, the versions, and all options."""
        files = sorted(path for path in self._package.folder.rglob("*") if path.is_file())
        parts = [f"{path.relative_to(self._package.folder).as_posix()} {file_hash(path)}" for path in files]
        parts += [f"{name} {version(name)}" for name in ("argostranslate", "ctranslate2", "sentencepiece")]
        parts += [f"{key}={value}" for key, value in (_run_options() | self._search_options()).items()]
        return f"{self.name} {digest(*parts)}"

    def accepts(self, text: str, lang: str) -> bool:
        """Texts of its language, or only those in its own script."""
        return lang in self.langs and (not self._own_script_only or is_traditional(text))

    def translate(self, texts: Sequence[str], lang: str) -> Iterator[EngineOutput]:  # noqa: ARG002 - it has one
        """One output per text, in order; CTranslate2 gets all at once, and sorts and batches them."""
        tokenizer = self._tokenizer
        tokens = [tokenizer.encode(text) for text in texts]
        prefix = self._prefix
        results = self._translator.translate_batch(
            tokens, target_prefix=[[prefix]] * len(tokens) if prefix else None, **self._search_options()
        )
        for result in results:
            output = result.hypotheses[0]
            words = output[1:] if prefix and output[:1] == [prefix] else output
            yield EngineOutput(_decode(tokenizer, words), _probability(result.scores[0], len(output)))

    def _search_options(self) -> dict[str, Any]:
        return {
            "beam_size": self._settings.beam,
            "max_batch_size": self._settings.batch_tokens,
            "batch_type": "tokens",
            "length_penalty": _LENGTH_PENALTY,
            "max_decoding_length": _LONGEST_OUTPUT_TOKENS,
            "replace_unknowns": True,
            "return_scores": True,
        }

    @functools.cached_property
    def _translator(self) -> Any:
        import ctranslate2

        try:
            return ctranslate2.Translator(
                str(self._package.folder / "model"),
                inter_threads=argos_settings().inter_threads,
                intra_threads=argos_settings().intra_threads,
                **_run_options(),
            )
        except (RuntimeError, ValueError) as error:
            raise broken_package(self._package.folder, str(error), self._lang) from error

    @functools.cached_property
    def _metadata(self) -> Any:
        from argostranslate.package import Package

        return Package(self._package.folder)

    @functools.cached_property
    def _tokenizer(self) -> Any:
        try:
            tokenizer = self._metadata.tokenizer
            tokenizer.encode("a")  # loads it
        except (RuntimeError, OSError, ValueError, IndexError) as error:
            raise broken_package(self._package.folder, f"its tokenizer: {error}", self._lang) from error
        return tokenizer

    @property
    def _prefix(self) -> str:
        return str(self._metadata.target_prefix)


def _run_options() -> dict[str, str]:
    settings = argos_settings()
    return {"device": settings.device, "compute_type": settings.compute_type}


def _decode(tokenizer: Any, tokens: Sequence[str]) -> str:
    """Text from tokens, white space collapsed.

    Argos's own way loses every underscore (SentencePiece) and keeps the joiner of a last piece (BPE).
    """
    if hasattr(tokenizer, "lazy_processor"):
        text = tokenizer.lazy_processor().decode_pieces(list(tokens)).replace("▁", " ")
    else:
        text = tokenizer.decode(list(tokens)).removesuffix("@@") if tokens else ""
    return " ".join(text.split())


def _probability(score: float, tokens: int) -> float:
    """exp(mean log-probability) from CTranslate2's score: the sum divided by length to the penalty.

    The length counts the end of the sentence as a token.
    """
    return min(1.0, math.exp(score * (tokens + 1) ** (_LENGTH_PENALTY - 1)))


def is_traditional(text: str) -> bool:
    """Whether more characters stand only in Big5 (traditional) than only in GB 2312 (simplified)."""
    return sum(map(_lean, text)) > 0


@functools.cache
def _lean(char: str) -> int:
    return _encodable(char, "big5") - _encodable(char, "gb2312")


def _encodable(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
