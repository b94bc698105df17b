"""`paracorp build` and its parts: `ingest`, `translate`, `align`, `check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paracorp.cli import explain as shown
from paracorp.cli.engines import load_encoder, load_machine
from paracorp.cli.model_options import ModelOptions, with_model_options
from paracorp.cli.summary import exit_code, show_result
from paracorp.cli.terminal import TerminalReporter
from paracorp.errors import UsageError

if TYPE_CHECKING:
    from paracorp.pipeline import BuildResult

CorpusPath = Annotated[Path, typer.Argument(metavar="CORPUS", help="The corpus folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help="Exit 1 on findings of this severity (info, warning, error) or worse.",
        show_default=False,
    ),
]
ExplainIngest = Annotated[bool, typer.Option("--explain", help="Show every block kept and everything cut.")]
ExplainLink = Annotated[
    str,
    typer.Option(
        "--explain", metavar="ID", help="Show the evidence of one link, or of `all`.", show_default=False
    ),
]


@with_model_options
def build(corpus: CorpusPath, *, model: ModelOptions, json: Json = False, fail_on: FailOn = "") -> None:
    """Run all stages: reports in, checked TMX and TSV out; only what changed is done again.

    Options of the model take the place of those in corpus.toml for this run.
    """
    result = _run(corpus, "export", fail_on, model)
    show_result(result, json=json)
    _exit(result, fail_on)


def ingest(corpus: CorpusPath, *, explain: ExplainIngest = False, json: Json = False) -> None:
    """Read the articles and cut them into sentences."""
    result = _run(corpus, "ingest")
    if explain:
        shown.show_ingest(result, json=json)
    else:
        show_result(result, json=json)
    _exit(result)


@with_model_options
def translate(corpus: CorpusPath, *, model: ModelOptions, json: Json = False) -> None:
    """Render every sentence into English: memory first, then the installed models.

    Options of the model take the place of those in corpus.toml for this run.
    """
    result = _run(corpus, "translate", model=model)
    show_result(result, json=json)
    _exit(result)


def align(corpus: CorpusPath, *, explain: ExplainLink = "", json: Json = False) -> None:
    """Pair the articles, and the passages that say the same thing."""
    result = _run(corpus, "align")
    if explain:
        shown.show_links(result, explain, json=json)
    else:
        show_result(result, json=json)
    _exit(result)


def check(corpus: CorpusPath, *, json: Json = False, fail_on: FailOn = "") -> None:
    """Check the names and numbers of every unit, and show what was found by rule."""
    result = _run(corpus, "check", fail_on)
    shown.show_findings(result, json=json)
    _exit(result, fail_on)


def _run(corpus: Path, until: str, fail_on: str = "", model: ModelOptions | None = None) -> BuildResult:
    from paracorp import pipeline

    if fail_on not in ("", "info", "warning", "error"):
        raise UsageError(f"unknown severity {fail_on!r}", fix="Use --fail-on info, warning or error.")
    reporter = TerminalReporter()
    try:
        return pipeline.build(
            corpus,
            reporter,
            load_machine=load_machine,
            load_encoder=load_encoder,
            until=until,
            options=model.named() if model else None,
        )
    finally:
        reporter.close()


def _exit(result: BuildResult, fail_on: str = "") -> None:
    code = exit_code(result, fail_on)
    if code:
        raise typer.Exit(code)
