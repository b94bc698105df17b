"""What `paracorp evaluate translations` scores, from files or from a corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.cli.terminal import TerminalReporter, say, show_error
from paracorp.errors import InputError, ModelMissingError, UsageError

if TYPE_CHECKING:
    from paracorp.corpus import Corpus
    from paracorp.evaluation.samples import Outputs
    from paracorp.evaluation.translation import Sample
    from paracorp.lexicon.termbase import Termbase
    from paracorp.pipeline.made import Machine
    from paracorp.settings import TranslationSettings


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of the command; None and empty for those not given."""

    reference: Path | None
    baseline: Path | None
    glossary: Path | None
    source: Path | None
    engine: str
    most: int
    save: Path | None


@dataclass(frozen=True, slots=True)
class Given:
    """References, a system's English for them, a baseline's, and a glossary; `code` is how to exit."""

    samples: Sequence[Sample]
    hypotheses: Sequence[str]
    baseline: Sequence[str] | None
    termbase: Termbase | None
    code: int = 0


def from_files(predicted: Path, wanted: Wanted) -> Given:
    """What files hold, line by line."""
    from paracorp.evaluation.samples import check_lengths, read_lines
    from paracorp.evaluation.translation import Sample

    _check_file_options(wanted)
    named = (predicted, wanted.reference, wanted.baseline, wanted.source)
    files = {path: read_lines(path) for path in named if path is not None}
    check_lengths(files)
    references = files[wanted.reference] if wanted.reference else []
    texts = files[wanted.source] if wanted.source else [""] * len(references)
    lang = _language_of(texts, wanted.source) if wanted.source else ""
    samples = [Sample(lang, text, line) for text, line in zip(texts, references, strict=True)]
    termbase = _termbase([wanted.glossary]) if wanted.glossary else None
    baseline = files[wanted.baseline] if wanted.baseline else None
    return Given(samples, files[predicted], baseline, termbase)


def _check_file_options(wanted: Wanted) -> None:
    if wanted.reference is None:
        raise UsageError("no reference named", fix="Run: paracorp evaluate translations PRED REF")
    if wanted.engine or wanted.save is not None:
        raise UsageError("--engine and --save are for corpora", fix="Leave them out.")
    if (wanted.glossary is None) != (wanted.source is None):
        raise UsageError(
            "names are scored by a glossary and the source texts", fix="Give both --glossary and --source."
        )


def _language_of(texts: Sequence[str], path: Path) -> str:
    from paracorp.languages import LANGUAGES, detect_by_script

    known = [code for code in LANGUAGES if code != "en"]
    lang = detect_by_script("\n".join(texts), known)
    if lang is None:
        raise InputError("not in a language paracorp knows", path=path, fix=f"It knows {', '.join(known)}.")
    return lang


def from_corpus(root: Path, wanted: Wanted) -> Given:
    """What a corpus holds: its gold or its memory, and what the build or the installed packages give."""
    from paracorp.corpus import open_corpus
    from paracorp.evaluation.samples import outputs_for, read_outputs, write_outputs

    _check_corpus_options(wanted)
    corpus = open_corpus(root)
    gold = wanted.reference or corpus.root / "gold" / "translations.tsv"
    from_gold = gold.exists() or wanted.reference is not None or wanted.engine == "build"
    glossaries = (
        [wanted.glossary] if wanted.glossary else [root / name for name in corpus.settings.glossaries]
    )
    termbase = _termbase(glossaries)
    samples = _references(corpus, gold if from_gold else None, wanted.most)
    code = 0
    if wanted.engine == "argos" or not from_gold:
        samples, hypotheses, code = _modelled(corpus, samples, termbase)
    else:
        hypotheses = outputs_for(samples, _built(corpus, samples, gold), gold)
    if wanted.save is not None:
        write_outputs(wanted.save, samples, hypotheses)
    path = wanted.baseline
    baseline = outputs_for(samples, read_outputs(path), path) if path else None
    return Given(samples, hypotheses, baseline, termbase if len(termbase) else None, code)


def _check_corpus_options(wanted: Wanted) -> None:
    if wanted.source is not None:
        raise UsageError("--source is for files", fix="Leave it out: a corpus has its own texts.")
    if wanted.engine not in ("", "build", "argos"):
        raise UsageError(f"unknown engine {wanted.engine!r}", fix="Use --engine build or --engine argos.")


def _references(corpus: Corpus, gold: Path | None, most: int) -> list[Sample]:
    """The rows of the gold; without one, the units of the reviewed memory."""
    from paracorp.evaluation.samples import memory_samples, read_gold

    if gold is not None:
        return read_gold(gold, corpus.settings.languages)
    say("no gold/translations.tsv: scoring the installed packages against the reviewed memory")
    return memory_samples(corpus, most=most, on_reject=show_error, on_message=say)


def _termbase(paths: Sequence[Path]) -> Termbase:
    """The glossaries as one; bad rows are named and left out."""
    from paracorp.lexicon.termbase import Termbase, merge
    from paracorp.terminology.files import scan_glossary

    read = []
    for path in paths:
        terms, errors = scan_glossary(path)
        read.append(Termbase(tuple(terms)))
        for error in errors:
            show_error(error)
    return merge(read)


def _built(corpus: Corpus, samples: Sequence[Sample], gold: Path) -> Outputs:
    """What the last build has for the texts of the gold."""
    from paracorp import tables
    from paracorp.evaluation.built import read_built
    from paracorp.evaluation.samples import built_outputs

    segments, made = read_built(corpus, tables.SEGMENTS, tables.TRANSLATIONS)
    return built_outputs(samples, segments, made, gold)


def _modelled(
    corpus: Corpus, samples: Sequence[Sample], termbase: Termbase
) -> tuple[list[Sample], list[str], int]:
    """The texts the installed packages serve, what they give for them, and how to exit.

    Raises `ModelMissingError` where they serve none of the languages.
    """
    from paracorp.cli.engines import load_machine

    machine = load_machine(corpus, say, show_error)
    served = {lang for engine in machine.engines for lang in engine.langs}
    kept = [item for item in samples if item.lang in served]
    code = 0
    if lacking := [lang for lang in dict.fromkeys(item.lang for item in samples) if lang not in served]:
        error = ModelMissingError(
            f"no package is installed for {' and '.join(lacking)}",
            fix=f"Install one with: paracorp models install {' '.join(lacking)}",
        )
        if not kept:
            raise error
        show_error(error)
        code = error.exit_code
    return kept, _rendered(kept, machine, corpus.settings.translation, termbase), code


def _rendered(
    samples: Sequence[Sample], machine: Machine, settings: TranslationSettings, termbase: Termbase
) -> list[str]:
    from paracorp.evaluation.modelling import render

    reporter = TerminalReporter()
    reporter.start("translations", len(samples))
    try:
        return render(
            samples,
            engines=machine.engines,
            cache=machine.cache,
            settings=settings,
            termbase=termbase,
            on_progress=reporter.advance,
        )
    finally:
        reporter.close()
