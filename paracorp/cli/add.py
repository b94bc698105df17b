"""`paracorp add`: loose files into their places in a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paracorp.cli.terminal import columns, emit, show_error
from paracorp.errors import InputError


def add(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The corpus folder.", show_default=False)],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Reports and TMX memories.", show_default=False, readable=False
        ),
    ],
) -> None:
    """Copy reports and memories into a corpus; language and kind are told by their content."""
    from paracorp.collect import add_files
    from paracorp.corpus import open_corpus

    problems: list[InputError] = []
    placed = add_files(open_corpus(corpus), files, on_reject=problems.append)
    if placed:
        emit(columns([(str(item.source), item.outcome, str(item.target)) for item in placed]))
    for problem in problems:
        show_error(problem)
    if problems:
        raise typer.Exit(InputError.exit_code)
