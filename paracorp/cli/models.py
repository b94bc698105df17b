"""`paracorp models`: offline translation packages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paracorp.cli.terminal import TerminalReporter, columns, emit, emit_json, say

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Offline translation packages.")


@app.command("list")
def list_(
    *,
    available: Annotated[
        bool, typer.Option("--available", help="Ask the package index what it offers (uses the network).")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Show the installed packages, or with --available those of the index."""
    from paracorp.translation import packages

    rows = [
        {"package": item.name, "state": item.problem or "ok", "folder": str(item.folder)}
        for item in ([] if available else packages.list_installed())
    ]
    rows += [
        {"package": item.name, "state": "available", "folder": ""}
        for item in (packages.list_available() if available else [])
    ]
    if json:
        emit_json(rows)
    elif rows:
        emit(columns([(row["package"], row["state"], row["folder"]) for row in rows]))
    else:
        say("no translation package is installed\n  Install one with: paracorp models install zh he")


@app.command("install")
def install(
    languages: Annotated[
        list[str], typer.Argument(metavar="LANG...", help="Codes such as zh, zt, he.", show_default=False)
    ],
) -> None:
    """Download and install the newest packages from these languages to English."""
    from paracorp.translation import packages

    reporter = TerminalReporter()
    seen = 0

    def progress(done: int, total: int | None) -> None:
        nonlocal seen
        if done < seen or not seen:
            reporter.start("bytes", total or 0)
            seen = 0
        reporter.advance(done - seen)
        seen = done

    try:
        made = packages.install(languages, on_message=say, on_progress=progress)
    finally:
        reporter.close()
    emit(columns([(item.name, str(item.folder)) for item in made]))


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Files ending in .argosmodel.", show_default=False)
    ],
) -> None:
    """Install packages from files, for machines without a network."""
    from paracorp.translation import packages

    made = [packages.import_package(path) for path in files]
    emit(columns([(item.name, str(item.folder)) for item in made]))
