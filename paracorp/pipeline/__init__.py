"""The stages in order, over one corpus, under its lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.corpus import locked, open_corpus, read_manifest
from paracorp.errors import InputError
from paracorp.pipeline.workspace import Reporter, Workspace

if TYPE_CHECKING:
    from paracorp.alignment import Encoder
    from paracorp.corpus import Corpus
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


def build(
    root: Path,
    reporter: Reporter,
    *,
    load_machine: LoadMachine,
    load_encoder: LoadEncoder,
    until: str = "export",
) -> BuildResult:
    """Run the stages up to and including `until`, redoing only what changed.

    `load_machine` gives the translation engines of a corpus (and gets where to say things and to reject
    packages); it is called at most once, and only if the memory leaves a segment open. `load_encoder` gives
    the model of meaning for the setting `alignment.semantic`, None where it is not to be used. Raises what
    a person must mend before anything can be done (`InputError`, `CorpusInUseError`, `CannotWriteError`,
    `ModelMissingError`); single bad files are reported and left out.
    """
    corpus = open_corpus(root)
    with locked(corpus):
        return _run(Workspace(corpus, read_manifest(corpus), reporter), load_machine, load_encoder, until)


def survey(
    root: Path, reporter: Reporter, *, load_machine: LoadMachine, load_encoder: LoadEncoder
) -> BuildResult:
    """What a build would do, without doing it: `changed` names the stages that are out of date.

    Reads only; the records are those of the last build.
    """
    corpus = open_corpus(root)
    work = Workspace(corpus, read_manifest(corpus), reporter, dry=True)
    return _run(work, load_machine, load_encoder, "export")


def _run(work: Workspace, load_machine: LoadMachine, load_encoder: LoadEncoder, until: str) -> BuildResult:
    from paracorp.pipeline import linking, reading, writing
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
        "align": (align,),
        "check": (lambda: linking.check(work, made),),
        "export": (lambda: writing.export(work, made),),
    }
    for name in STAGES[: STAGES.index(until) + 1]:
        for step in steps[name]:
            step()
    return BuildResult(work.corpus, made, tuple(work.problems), tuple(work.changed), until)
