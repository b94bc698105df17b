"""Settings: one frozen dataclass per stage, read once from `corpus.toml`. A stage gets only its own part.

No module reads the environment. An unknown key is an error that names the nearest known one.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paracorp.errors import InputError
from paracorp.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """`near_duplicate`: share of common character 5-grams (Jaccard) from which two articles are reported."""

    # Two agency versions of one report in our samples share 0.7 and more, two reports of one event under 0.2.
    near_duplicate: float = 0.6


@dataclass(frozen=True, slots=True)
class TranslationSettings:
    """`engines` are tried in order; `fuzzy` is the similarity from which a memory match counts.

    `batch_tokens` is how many tokens, padding included, a model gets at a time. `device` is auto, cpu or
    cuda; `compute_type` is auto or one of CTranslate2's. `repair_names`: the glossary mends names.
    """

    engines: tuple[str, ...] = ("memory", "argos")
    fuzzy: float = 0.85
    beam: int = 4
    batch_tokens: int = 4096
    device: str = "auto"
    compute_type: str = "auto"
    repair_names: bool = True


@dataclass(frozen=True, slots=True)
class AlignmentSettings:
    """`window_days` is how far apart two reports of one event may be published.

    `semantic` says whether the meaning of the English counts: on, off, or auto (where the extra
    `paracorp[semantic]` is installed).
    """

    # The two seed reports of one story are 201 days apart.
    window_days: int = 400
    # None stands for the point of the best F1 to be expected of each pair of articles.
    min_confidence: float | None = None
    semantic: str = "auto"


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """`rules` sets the severity of a rule by name: off, info, warning or error."""

    rules: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """`formats` are those of `EXPORT_FORMATS` to write, with `gzip` each as `.gz`.

    `status` says which units: all (but rejected ones) or reviewed; those with less than `min_confidence`
    are left out. Without `english` there is no English in any file; with `three_languages` there is one more
    TMX, of both languages and their English. `tags` sets the language tag written for a language, such as
    `zh = "zh-Hans"`.
    """

    formats: tuple[str, ...] = ("tsv", "tmx")
    gzip: bool = False
    status: str = "all"
    min_confidence: float | None = None
    english: bool = True
    three_languages: bool = False
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """What `corpus.toml` says. `glossaries` are paths relative to the corpus folder."""

    title: str = ""
    languages: tuple[str, ...] = ("zh", "he")
    pivot: str = "en"
    glossaries: tuple[str, ...] = ()
    ingest: IngestSettings = field(default_factory=IngestSettings)
    translation: TranslationSettings = field(default_factory=TranslationSettings)
    alignment: AlignmentSettings = field(default_factory=AlignmentSettings)
    checks: CheckSettings = field(default_factory=CheckSettings)
    export: ExportSettings = field(default_factory=ExportSettings)


DEVICES = ("auto", "cpu", "cuda")
COMPUTE_TYPES = (
    *("auto", "default", "int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16"),
    *("float16", "bfloat16", "float32"),
)
EXPORT_FORMATS = ("tsv", "tmx", "xliff", "jsonl", "parquet", "moses", "csv")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def read_settings(path: Path) -> CorpusSettings:
    """The settings in a `corpus.toml`; `InputError` with the line for anything it may not hold."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", path=path, fix="Check its permissions."
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 ({error.reason})", path=path, fix="Save the file as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise InputError(
            f"not valid TOML: {error}",
            path=path,
            line=int(line[1]) if line else None,
            fix="Mend the line; strings need quotation marks, lists square brackets.",
        ) from None
    settings: CorpusSettings = _Reader(path, text).read(CorpusSettings, data, "")
    _check_values(settings, path, text)
    return settings


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns TOML tables into dataclasses, with the file at hand for messages."""

    path: Path
    text: str

    def read(self, kind: type[Any], table: dict[str, Any], prefix: str) -> Any:
        """An instance of the dataclass `kind` from a table; `prefix` is the table's name with a dot."""
        hints = typing.get_type_hints(kind)
        known = [item.name for item in dataclasses.fields(kind)]
        values = {}
        for key, value in table.items():
            if key not in known:
                raise self._unknown(key, known, prefix)
            values[key] = self._value(hints[key], value, prefix + key)
        return kind(**values)

    def _unknown(self, key: str, known: list[str], prefix: str) -> InputError:
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        hint = f"Did you mean {prefix}{near[0]}?" if near else f"Known keys here: {', '.join(known)}."
        return self._error(f"unknown key {prefix}{key}", key, hint)

    def _error(self, message: str, key: str, fix: str) -> InputError:
        return InputError(message, path=self.path, line=line_of_key(self.text, key), fix=fix)

    def _value(self, hint: Any, value: Any, name: str) -> Any:
        key = name.rpartition(".")[2]
        if dataclasses.is_dataclass(hint):
            if not isinstance(value, dict):
                raise self._error(f"{name} must be a table, found {value!r}", key, f"Write [{name}].")
            return self.read(typing.cast("type[Any]", hint), value, name + ".")
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            hint = next(argument for argument in arguments if argument is not type(None))
        if origin is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        if origin is dict and isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            return value
        if hint is float and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if isinstance(hint, type) and isinstance(value, hint) and isinstance(value, bool) == (hint is bool):
            return value
        wanted = (
            "a list of strings"
            if origin is tuple
            else "a table of strings"
            if origin is dict
            else "true or false"
            if hint is bool
            else hint.__name__
        )
        raise self._error(f"{name} must be {wanted}, found {value!r}", key, "Change the value.")


def _check_values(settings: CorpusSettings, path: Path, text: str) -> None:
    for bad, key, message, fix in _rules(settings):
        if bad:
            raise InputError(message, path=path, line=line_of_key(text, key), fix=fix)


def _rules(settings: CorpusSettings) -> Iterator[tuple[bool, str, str, str]]:
    """What settings must keep to: (broken, key, message, what to do)."""
    codes = ", ".join(LANGUAGES)
    for code in (*settings.languages, settings.pivot):
        yield code not in LANGUAGES, "languages", f"unknown language {code!r}", f"Use codes from: {codes}."
    yield (
        len(settings.languages) != 2
        or len(set(settings.languages)) != 2
        or settings.pivot in settings.languages,
        "languages",
        "a corpus needs two different languages that are not the pivot",
        'Write for example languages = ["zh", "he"] and pivot = "en".',
    )
    yield settings.pivot != "en", "pivot", f"the pivot is {settings.pivot!r}", 'Only "en" is supported.'
    translation, alignment = settings.translation, settings.alignment
    for name, share in (("near_duplicate", settings.ingest.near_duplicate), ("fuzzy", translation.fuzzy)):
        yield (
            not 0 < share <= 1,
            name,
            f"{name} must lie in (0, 1], found {share}",
            "Write a share such as 0.85.",
        )
    for engine in translation.engines:
        yield (
            engine not in ("memory", "argos"),
            "engines",
            f"unknown engine {engine!r}",
            "Known engines: memory, argos.",
        )
    yield from ((True, *wrong) for wrong in translation_faults(translation))
    yield (
        alignment.min_confidence is not None and not 0 <= alignment.min_confidence <= 1,
        "min_confidence",
        "min_confidence must lie in [0, 1]",
        "Write a probability such as 0.5.",
    )
    yield (
        alignment.semantic not in ("auto", "on", "off"),
        "semantic",
        f"semantic is {alignment.semantic!r}",
        "Use auto, on or off.",
    )
    yield alignment.window_days < 0, "window_days", "window_days must be 0 or more", "Write a number of days."
    yield from ((True, *wrong) for wrong in export_faults(settings, settings.export))
    for rule, severity in settings.checks.rules.items():
        yield (
            severity not in ("off", "info", "warning", "error"),
            rule,
            f"severity of {rule} is {severity!r}",
            "Use off, info, warning or error.",
        )


def translation_faults(settings: TranslationSettings) -> Iterator[tuple[str, str, str]]:
    """What is wrong with how a model is to be run, in a file or as an option: key, message, what to do."""
    for name, number in (("beam", settings.beam), ("batch_tokens", settings.batch_tokens)):
        if number < 1:
            yield name, f"{name} must be 1 or more, found {number}", "Leave it out for the default."
    if settings.device not in DEVICES:
        yield "device", f"device is {settings.device!r}", f"Use one of: {', '.join(DEVICES)}."
    if settings.compute_type not in COMPUTE_TYPES:
        message = f"compute_type is {settings.compute_type!r}"
        yield "compute_type", message, f"Use one of: {', '.join(COMPUTE_TYPES)}."


def export_faults(settings: CorpusSettings, export: ExportSettings) -> Iterator[tuple[str, str, str]]:
    """What is wrong with how to export a corpus, in a file or as options: key, message, what to do."""
    for name in export.formats:
        if name not in EXPORT_FORMATS:
            yield "formats", f"unknown format {name!r}", f"Use some of: {', '.join(EXPORT_FORMATS)}."
    if not export.formats or len(set(export.formats)) < len(export.formats):
        yield "formats", "no format, or one of them twice", 'Write for example formats = ["tsv", "tmx"].'
    if export.status not in ("all", "reviewed"):
        yield "status", f"status is {export.status!r}", "Use all or reviewed."
    if export.min_confidence is not None and not 0 <= export.min_confidence <= 1:
        yield "min_confidence", "min_confidence must lie in [0, 1]", "Write a probability such as 0.5."
    if export.three_languages and not export.english:
        yield "three_languages", "three languages without English", "Leave out one of the two."
    for code, tag in export.tags.items():
        if code not in (*settings.languages, settings.pivot):
            message = f"a tag for {code!r}, which is no language of this corpus"
            yield code, message, "Leave it out."
        if not _TAG.fullmatch(tag):
            yield code, f"{tag!r} is no language tag", "Write one such as zh-Hans or he-IL."


def line_of_key(text: str, key: str) -> int | None:
    """The first line, from 1, that sets `key` or opens its table; None where no line does."""
    pattern = re.compile(rf'\s*(\[[^\]]*\b{re.escape(key)}\b|["\']?{re.escape(key)}["\']?\s*[.=])')
    return next((n for n, line in enumerate(text.split("\n"), 1) if pattern.match(line)), None)
