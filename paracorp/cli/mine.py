"""`paracorp mine`: links between two plain sentence tables, no corpus folder needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paracorp.cli.terminal import TerminalReporter, emit_json, say
from paracorp.errors import UsageError

if TYPE_CHECKING:
    from paracorp.alignment import Passage

Table = "a TSV (unquoted), Parquet or JSONL table with the columns id, text, english"
Lang = typer.Option(metavar="CODE", help="Its language; told by its script otherwise.", show_default=False)


def mine(  # noqa: PLR0913 -- the options of the command
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help=Table + ".", show_default=False)],
    target: Annotated[
        Path, typer.Argument(metavar="TARGET", help="The same for the other side.", show_default=False)
    ],
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="LINKS", help="The TSV to write.", show_default=False)
    ],
    source_lang: Annotated[str, Lang] = "",
    target_lang: Annotated[str, Lang] = "",
    min_confidence: Annotated[
        float | None,
        typer.Option(
            "--min-confidence", min=0.0, max=1.0, help="Leave out links below this.", show_default="best F1"
        ),
    ] = None,
    monotonic: Annotated[
        bool, typer.Option("--monotonic", help="The texts are translations of each other, in the same order.")
    ] = False,
    semantic: Annotated[
        bool | None,
        typer.Option(
            "--semantic/--no-semantic",
            help="Whether the meaning of the English counts; needs paracorp\\[semantic].",
            show_default="where installed",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Link the sentences of two tables that say the same thing.

    Where both tables have a column article, links stay inside articles of the same name.
    """
    from paracorp.alignment import mine_tables, read_table, write_links
    from paracorp.alignment.semantic import OFFER
    from paracorp.cli.engines import load_encoder

    _check_output(output, (source, target))
    rows = read_table(source, source_lang or None), read_table(target, target_lang or None)
    _check_languages(rows, (source, target), (source_lang, target_lang))
    reporter = TerminalReporter()
    encoder = load_encoder({None: "auto", True: "on", False: "off"}[semantic], reporter.note)
    if encoder is None and semantic is None:
        reporter.note(OFFER)
    stage, seen = "", 0

    def progress(what: str, done: int, total: int) -> None:
        nonlocal stage, seen
        if what != stage:
            reporter.start(what, total)
            stage, seen = what, 0
        reporter.advance(done - seen)
        seen = done

    try:
        links = mine_tables(
            *rows,
            min_confidence=min_confidence,
            monotonic=monotonic,
            encoder=encoder,
            on_progress=progress,
        )
    finally:
        reporter.close()
    write_links(links, output)
    if json:
        emit_json({"links": len(links), "source": len(rows[0]), "target": len(rows[1]), "file": str(output)})
    else:
        say(f"{len(links)} links between {len(rows[0])} and {len(rows[1])} sentences in {output}")


def _check_output(output: Path, inputs: tuple[Path, Path]) -> None:
    if any(path.exists() and output.exists() and output.samefile(path) for path in inputs):
        raise UsageError(f"{output} is one of the tables", fix="Name another file for the links.")
    if not output.absolute().parent.is_dir():
        raise UsageError(f"{output.parent}: no such folder", fix="Make it first, or name another file.")


def _check_languages(
    rows: tuple[list[Passage], list[Passage]], paths: tuple[Path, Path], given: tuple[str, str]
) -> None:
    """Two tables of one language are a slip of the command line."""
    from paracorp.alignment.tables import table_language
    from paracorp.languages import LANGUAGES

    found = [lang or table_language(side, LANGUAGES) for side, lang in zip(rows, given, strict=True)]
    if found[0] is not None and found[0] == found[1]:
        raise UsageError(
            f"{paths[0]} and {paths[1]} are both in {LANGUAGES[found[0]].name}",
            fix="Name one table per language, or say which is which with --source-lang and --target-lang.",
        )
