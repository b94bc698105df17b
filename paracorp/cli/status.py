"""`paracorp status`: what is there, what is out of date, what needs a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paracorp.cli.engines import load_encoder, load_machine
from paracorp.cli.summary import as_data, exit_code, show_counts
from paracorp.cli.terminal import TerminalReporter, emit, emit_json
from paracorp.errors import InputError


def status(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The corpus folder.", show_default=False)],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Show what the last build made and what a build would do now; changes nothing."""
    from paracorp import pipeline

    reporter = TerminalReporter(quiet=True)
    result = pipeline.survey(corpus, reporter, load_machine=load_machine, load_encoder=load_encoder)
    if json:
        data = as_data(result)
        data["stale"] = data.pop("changed")
        emit_json(data)
        return
    if not result.made.articles:
        emit(
            f"{result.made.found} files in {result.corpus.articles}, not built; run: paracorp build {corpus}"
        )
        return
    show_counts(result)
    if result.changed:
        emit(f"out of date: {', '.join(result.changed)} and what follows; run: paracorp build {corpus}")
    else:
        emit("up to date")
    code = exit_code(result, "")
    if code == InputError.exit_code:
        raise typer.Exit(code)
