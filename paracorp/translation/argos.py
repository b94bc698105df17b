"""Argos Translate packages as engines: sentences pooled into even batches, several renderings of each."""

from __future__ import annotations

import functools
import itertools
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from paracorp.corpus import file_hash
from paracorp.languages import language
from paracorp.records import digest
from paracorp.settings import TranslationSettings
from paracorp.translation.chain import Chain, shortest_route
from paracorp.translation.engine import Attention, Decoding, Engine, EngineOutput, Hypothesis
from paracorp.translation.installed import (
    ArgosPackage,
    Tokenizer,
    argos_settings,
    broken_package,
    installed_packages,
    read_package,
    token_spans,
    version_key,
)
from paracorp.translation.model import Model, probability, resolve_compute_type, resolve_device

__all__ = [
    "ArgosEngine",
    "ArgosPackage",
    "argos_engines",
    "argos_settings",
    "broken_package",
    "installed_packages",
    "is_traditional",
    "read_package",
    "version_key",
]

# Argos's own value. Below 1, it favours short hypotheses.
_LENGTH_PENALTY = 0.2
# Where an output is cut off, in tokens of the longest source of its batch and more: a model that repeats
# itself would go on. Human English for 2,540 sentences (FLORES dev, the reviewed memories) has at most 1.36
# times the tokens of its source and 24. What reaches the bound in plain decoding is not offered.
_OUTPUT_PER_INPUT, _OUTPUT_EXTRA = 2.5, 24
# Positions beyond 500 are unknown to models with learned or stored ones. Sentences are cut long before; what
# is longer is a text in letters that the tokenizer does not know, and gets nothing.
_LONGEST_INPUT, _LONGEST_OUTPUT = 400, 448
_TEXTS_AT_ONCE = 4096
# What is done to plain decoding where its output was at fault (see `Decoding`).
_OPTIONS: dict[Decoding, dict[str, Any]] = {
    Decoding.PLAIN: {},
    Decoding.CAREFUL: {"repetition_penalty": 1.2, "no_repeat_ngram_size": 3, "disable_unk": True},
    Decoding.WIDE: {"repetition_penalty": 1.4, "no_repeat_ngram_size": 2, "disable_unk": True},
}
_WIDER = 2  # times the beam
_SHORTEST_OUTPUT = 0.3  # of the tokens of the shortest source in a batch, in wide decoding


def argos_engines(langs: Sequence[str], pivot: str, settings: TranslationSettings) -> list[Engine]:
    """The engines installed for the languages, in the order they should be asked; loads no model.

    A package for another script of a language (`zt`) comes before its main one and takes the texts
    in that script. Where no package leads to the pivot, the shortest chain of packages does. Raises
    `InputError` where all packages for a language are broken.
    """
    installed = installed_packages()
    engines: list[Engine] = []
    for lang in langs:
        codes = language(lang).engine_codes
        routes = [route for code in codes if (route := shortest_route(_usable(installed), code, pivot))]
        direct = [route for route in routes if len(route) == 1]
        broken = [
            item for item in installed if item.from_code in codes and item.to_code == pivot and item.problem
        ]
        if broken and not direct:
            raise broken_package(broken[0].folder, broken[0].problem, lang)
        chosen = direct or routes[:1]
        own_script = [len(chosen) > 1 and place > 0 for place in range(len(chosen))]
        made = [
            _engine(route, lang, settings, own_script_only=only)
            for route, only in zip(chosen, own_script, strict=True)
        ]
        engines += [*made[1:], *made[:1]]
    return engines


def _usable(packages: Iterable[ArgosPackage]) -> list[ArgosPackage]:
    """The packages that can be used, of each pair of languages the one with the highest version."""
    best: dict[tuple[str, str], ArgosPackage] = {}
    for package in packages:
        pair = (package.from_code, package.to_code)
        if not package.problem and (
            pair not in best or version_key(package.version) > version_key(best[pair].version)
        ):
            best[pair] = package
    return list(best.values())


def _engine(
    route: Sequence[ArgosPackage], lang: str, settings: TranslationSettings, *, own_script_only: bool
) -> Engine:
    steps = [ArgosEngine(package, lang, settings, own_script_only=own_script_only) for package in route]
    return steps[0] if len(steps) == 1 else Chain(steps)


@dataclass(frozen=True, slots=True)
class _Running:
    """A batch the model works on; outputs of `bound` tokens and more do not count."""

    handles: Sequence[Any]
    bound: int


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
        parts += [repr((self._settings.beam, self._settings.batch_tokens, self._device, self._compute_type))]
        parts += [
            repr((_LENGTH_PENALTY, _OUTPUT_PER_INPUT, _OUTPUT_EXTRA, _OPTIONS, _WIDER, _SHORTEST_OUTPUT))
        ]
        return f"{self.name} {digest(*parts)}"

    def accepts(self, text: str, lang: str) -> bool:
        """Texts of its language, or only those in its own script."""
        return lang in self.langs and (not self._own_script_only or is_traditional(text))

    def batches(self, texts: Iterable[str], lang: str) -> Iterator[list[str]]:  # noqa: ARG002 - it has one
        """The texts by their tokens, most first, as many together as `batch_tokens` hold with padding."""
        wanted = sorted(texts)
        sizes = array("I")
        for start in range(0, len(wanted), _TEXTS_AT_ONCE):
            sizes.extend(map(len, self._tokenizer.encode(wanted[start : start + _TEXTS_AT_ONCE])))
        batch: list[str] = []
        longest = 0
        for index in sorted(range(len(wanted)), key=lambda index: -sizes[index]):
            longest = longest or max(1, sizes[index])
            if batch and (len(batch) + 1) * longest > self._settings.batch_tokens:
                yield batch
                batch, longest = [], max(1, sizes[index])
            batch.append(wanted[index])
        if batch:
            yield batch

    def translate(
        self,
        batches: Iterable[Sequence[str]],
        lang: str,  # noqa: ARG002 - it has one
        decoding: Decoding = Decoding.PLAIN,
    ) -> Iterator[list[EngineOutput]]:
        """The outputs batch by batch; while one is made ready here, the model works on the next."""
        running: _Running | None = None
        for batch in batches:
            following = self._start(batch, decoding)
            if running is not None:
                yield self._finish(running)
            running = following
        if running is not None:
            yield self._finish(running)

    def attend(self, source: str, english: str, lang: str) -> Attention | None:  # noqa: ARG002 - it has one
        """Where the model looks when it is made to write this English."""
        tokens, words = self._tokenizer.encode([source, english])
        if not tokens or not words:
            return None
        prefix = [self._tokenizer.prefix] if self._tokenizer.prefix else []
        rows = self._model.attention(tokens, [*prefix, *words])[len(prefix) :]
        spans = token_spans(words, english)[: len(rows)]
        weights = tuple(tuple(row[: len(tokens)]) for row in rows)
        return Attention(tuple(token_spans(tokens, source)), tuple(spans), weights)

    def _start(self, texts: Sequence[str], decoding: Decoding) -> _Running:
        rows = [row if len(row) <= _LONGEST_INPUT else [] for row in self._tokenizer.encode(texts)]
        sizes = [len(row) for row in rows] or [0]
        beam = self._settings.beam * (_WIDER if decoding is Decoding.WIDE else 1)
        options = {
            "beam_size": beam,
            "num_hypotheses": beam,
            "length_penalty": _LENGTH_PENALTY,
            "max_decoding_length": _longest_output(sizes),
            "replace_unknowns": decoding is Decoding.PLAIN,
            "return_scores": True,
        }
        if decoding is Decoding.WIDE:
            options["min_decoding_length"] = max(1, int(min(sizes) * _SHORTEST_OUTPUT))
        handles = self._model.start(rows, self._tokenizer.prefix, options | _OPTIONS[decoding])
        bound = _longest_output(sizes) if decoding is Decoding.PLAIN else _LONGEST_OUTPUT + 1
        return _Running(handles, bound)

    def _finish(self, running: _Running) -> list[EngineOutput]:
        try:
            results = [handle.result() for handle in running.handles]
        except RuntimeError as error:
            raise broken_package(self._package.folder, str(error), self._lang) from error
        prefix = self._tokenizer.prefix
        rows = [row for result in results for row in result.hypotheses]
        cut_off = [len(row) >= running.bound for row in rows]
        rows = [row[1:] if prefix and row[:1] == [prefix] else row for row in rows]
        texts = self._tokenizer.decode(rows)
        scores = [
            probability(score, len(row), _LENGTH_PENALTY)
            for result in results
            for score, row in zip(result.scores, result.hypotheses, strict=True)
        ]
        whole = ["" if cut else text for text, cut in zip(texts, cut_off, strict=True)]
        found = map(Hypothesis, whole, scores)
        return [_distinct(itertools.islice(found, len(result.hypotheses))) for result in results]

    @functools.cached_property
    def _device(self) -> str:
        return resolve_device(self._settings.device)

    @functools.cached_property
    def _compute_type(self) -> str:
        return resolve_compute_type(self._settings.compute_type, self._device)

    @functools.cached_property
    def _tokenizer(self) -> Tokenizer:
        return Tokenizer(self._package, self._lang)

    @functools.cached_property
    def _model(self) -> Model:
        try:
            folder = self._package.folder / "model"
            return Model(folder, device=self._device, compute_type=self._compute_type)
        except (RuntimeError, ValueError) as error:
            raise broken_package(self._package.folder, str(error), self._lang) from error


def _longest_output(sizes: Sequence[int]) -> int:
    """How many tokens an output may have, for a batch of sources of these sizes."""
    return min(_LONGEST_OUTPUT, int(max(sizes) * _OUTPUT_PER_INPUT) + _OUTPUT_EXTRA)


def _distinct(hypotheses: Iterable[Hypothesis]) -> EngineOutput:
    """An output without empty texts and without the second of two equal ones."""
    kept: dict[str, Hypothesis] = {}
    for item in hypotheses:
        if item.text:
            kept.setdefault(item.text, item)
    return EngineOutput(tuple(kept.values()))


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
