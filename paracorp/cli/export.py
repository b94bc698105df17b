"""`paracorp export`: all files as `build` makes them, or those that options ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paracorp.cli.engines import load_encoder, load_machine
from paracorp.cli.stages import CorpusPath, FailOn, Json, build
from paracorp.cli.summary import as_data, exit_code, missing_message, show_counts
from paracorp.cli.terminal import TerminalReporter, emit, emit_json, say
from paracorp.errors import UsageError

Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help="tsv, tmx, xliff, jsonl, parquet, moses or csv; repeatable.",
        show_default=False,
    ),
]
Tags = Annotated[
    list[str] | None,
    typer.Option(
        "--tag", metavar="zh=zh-Hans", help="The tag of a language; repeatable.", show_default=False
    ),
]


def export(  # noqa: PLR0913 -- the options of the command
    corpus: CorpusPath,
    *,
    formats: Formats = None,
    gzip: Annotated[bool, typer.Option("--gzip", help="Pack every file as .gz.")] = False,
    status: Annotated[
        str,
        typer.Option(metavar="all|reviewed", help="Which units; rejected ones never.", show_default=False),
    ] = "",
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Leave out units below this.", show_default=False)
    ] = None,
    no_english: Annotated[bool, typer.Option("--no-english", help="No English in any file.")] = False,
    three_languages: Annotated[
        bool, typer.Option("--three-languages", help="One more TMX, of both languages and their English.")
    ] = False,
    tags: Tags = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FOLDER", help="Where to; build/export otherwise.", show_default=False
        ),
    ] = None,
    json: Json = False,
    fail_on: FailOn = "",
) -> None:
    """Write the corpora, the English articles and the report, with all the stages they need.

    With options, only files of units as asked, for this run; what is to be so at every build belongs
    into corpus.toml under [export].
    """
    options: dict[str, object] = {
        "formats": tuple(name for item in formats or () for name in item.replace(",", " ").split()),
        "gzip": gzip or None,
        "status": status,
        "min_confidence": min_confidence,
        "english": False if no_english else None,
        "three_languages": three_languages or None,
        "tags": _tags(tags or []),
    }
    given = {name: value for name, value in options.items() if value not in (None, "", (), {})}
    if given or output is not None:
        _on_request(corpus, given, output, json=json, fail_on=fail_on)
    else:
        build(corpus, json=json, fail_on=fail_on)


def _on_request(
    corpus: Path, options: dict[str, object], folder: Path | None, *, json: bool, fail_on: str
) -> None:
    from paracorp import pipeline
    from paracorp.exporting import ExportRequest

    _check_severity(fail_on)
    reporter = TerminalReporter()
    try:
        result = pipeline.build(
            corpus,
            reporter,
            load_machine=load_machine,
            load_encoder=load_encoder,
            request=ExportRequest(options, folder),
        )
    finally:
        reporter.close()
    if json:
        emit_json(as_data(result))
    else:
        show_counts(result)
        for path in result.made.files:
            emit(f"  {path}")
    if result.made.missing:
        say(missing_message(result))
    if code := exit_code(result, fail_on):
        raise typer.Exit(code)


def _check_severity(fail_on: str) -> None:
    if fail_on not in ("", "info", "warning", "error"):
        raise UsageError(f"unknown severity {fail_on!r}", fix="Use --fail-on info, warning or error.")


def _tags(given: list[str]) -> dict[str, str]:
    tags = {}
    for item in given:
        lang, separator, tag = item.partition("=")
        if not separator:
            raise UsageError(f"{item!r} is no tag of a language", fix="Write one such as --tag zh=zh-Hans.")
        tags[lang.strip()] = tag.strip()
    return tags
