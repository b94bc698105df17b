"""The stages in order, over one corpus, under its lock."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.corpus import locked, open_corpus, read_manifest
from paracorp.errors import InputError, UsageError
from paracorp.pipeline.workspace import Reporter, Workspace
from paracorp.settings import translation_faults

if TYPE_CHECKING:
    from paracorp.alignment import Encoder
    from paracorp.corpus import Corpus
    from paracorp.exporting import ExportRequest
    from paracorp.pipeline.made import Machine, Made

__all__ = ["STAGES", "BuildResult", "LoadEncoder", "LoadMachine", "Reporter", "build", "survey"]

# The stages a run may end with; cutting into segments belongs to `ingest`.
STAGES = ("ingest", "translate", "align", "check", "export")

LoadMachine = Callable[["Corpus", Callable[[str], None], Callable[[InputError], None]], "Machine"]
LoadEncoder = Callable[[str, Callable[[str], None]], "Encoder | None"]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a run made up to stage `until`, what went wrong, and what it wrote.

    `changed` names the tables written; empty: all was up to date.
    """

    corpus: Corpus
    made: Made
    problems: tuple[InputError, ...]
    changed: tuple[str, ...]
    until: str


def build(  # noqa: PLR0913 -- what to run, and what it needs from outside
    root: Path,
    reporter: Reporter,
    *,
    load_machine: LoadMachine,
    load_encoder: LoadEncoder,
    until: str = "export",
    options: Mapping[str, object] | None = None,
    request: ExportRequest | None = None,
) -> BuildResult:
    """Run the stages up to and including `until`, redoing only what changed.

    `load_machine` gives the translation engines of a corpus (and gets where to say things and to reject
    packages); it is called at most once, and only if the memory leaves a segment open. `options` are settings
    of `[translation]` that take the place of those in corpus.toml. `load_encoder` gives
    the model of meaning for the setting `alignment.semantic`, None where it is not to be used. Raises what
    a person must mend before anything can be done (`InputError`, `CorpusInUseError`, `CannotWriteError`,
    `ModelMissingError`); single bad files are reported and left out. With a `request` the last stage
    writes what that asks for and nothing else.
    """
    corpus = _with_options(open_corpus(root), options or {})
    with locked(corpus):
        work = Workspace(corpus, read_manifest(corpus), reporter)
        return _run(work, load_machine, load_encoder, until, request)


def _with_options(corpus: Corpus, options: Mapping[str, object]) -> Corpus:
    """The corpus with other settings of `[translation]`; `UsageError` for a value that one may not have."""
    translation = dataclasses.replace(corpus.settings.translation, **options)  # type: ignore[arg-type]
    for _, message, fix in translation_faults(translation):
        raise UsageError(message, fix=fix)
    return dataclasses.replace(corpus, settings=dataclasses.replace(corpus.settings, translation=translation))


def survey(
    root: Path, reporter: Reporter, *, load_machine: LoadMachine, load_encoder: LoadEncoder
) -> BuildResult:
    """What a build would do, without doing it: `changed` names the stages that are out of date.

    Reads only; the records are those of the last build.
    """
    corpus = open_corpus(root)
    work = Workspace(corpus, read_manifest(corpus), reporter, dry=True)
    return _run(work, load_machine, load_encoder, "export")


def _run(
    work: Workspace,
    load_machine: LoadMachine,
    load_encoder: LoadEncoder,
    until: str,
    request: ExportRequest | None = None,
) -> BuildResult:
    from paracorp.pipeline import exported, linking, reading, writing
    from paracorp.pipeline.made import Machine, Made

    linking.check_rule_names(work.corpus)
    made = Made()

    def machine() -> Machine:
        if "argos" not in work.corpus.settings.translation.engines:
            return Machine()
        return load_machine(work.corpus, work.reporter.note, work.reject)

    def align() -> None:
        linking.align(work, made, load_encoder(work.corpus.settings.alignment.semantic, work.reporter.note))

    steps: dict[str, tuple[Callable[[], None], ...]] = {
        "ingest": (lambda: reading.ingest(work, made), lambda: reading.segment(work, made)),
        "translate": (lambda: reading.translate(work, made, machine),),
        "align": (lambda: linking.take_decisions(work, made), align),
        "check": (lambda: linking.check(work, made),),
        "export": (lambda: writing.export(work, made),),
    }
    if request is not None:
        exported.requested_settings(
            work, request
        )  # a slip of the command line is told before the work begins
        steps["export"] = (lambda: exported.export_on_request(work, made, request),)
    for name in STAGES[: STAGES.index(until) + 1]:
        for step in steps[name]:
            step()
    return BuildResult(work.corpus, made, tuple(work.problems), tuple(work.changed), until)
