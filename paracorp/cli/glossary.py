"""`paracorp glossary`: check, convert and count glossaries, and let a corpus suggest names for one."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paracorp.cli.terminal import columns, emit, emit_json, left_to_right, say, show_error
from paracorp.errors import InputError, UsageError

if TYPE_CHECKING:
    from paracorp.terminology.counting import GlossaryCounts

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Glossaries: check, convert, count, suggest."
)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A glossary: .csv, .tsv or .tbx.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_SHOWN_LOSSES = 10


@app.command("check")
def check(file: File, *, json: Json = False) -> None:
    """Name every bad row, duplicate and contradiction with its line; exit code 3 if there is any."""
    from paracorp.terminology.files import scan_glossary

    terms, errors = scan_glossary(file)
    if json:
        problems = [{"line": error.line, "problem": error.reason, "fix": error.fix} for error in errors]
        emit_json({"file": str(file), "entries": len(terms), "problems": problems})
    else:
        for error in errors:
            emit(f"{left_to_right(error.message)}\n  {left_to_right(error.fix)}")
        say(f"{len(terms)} good entries, {len(errors)} problems in {file}")
    if errors:
        raise typer.Exit(InputError.exit_code)


@app.command("convert")
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A .csv, .tsv or .tbx.", show_default=False)],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A .csv, .tsv, .tbx, or OmegaT's .txt.", show_default=False)
    ],
    *,
    pair: Annotated[
        str, typer.Option(metavar="zh-en", help="For .txt: one pair of languages; all pairs otherwise.")
    ] = "",
) -> None:
    """Write a glossary in another form, by the suffixes, and say what that form cannot hold."""
    from paracorp.terminology.files import (
        PAIRS,
        check_target,
        scan_glossary,
        write_glossary,
        write_omegat_pairs,
    )

    check_target(target)
    pairs = PAIRS if not pair else (_pair(pair),)
    if pair and target.suffix.lower() != ".txt":
        raise UsageError("--pair is for OmegaT glossaries", fix="Leave it out, or name a .txt to write.")
    terms, errors = scan_glossary(source)
    if target.suffix.lower() == ".txt":
        say("an OmegaT glossary holds no ids, statuses or capitals that count, and cannot be read back")
        written = write_omegat_pairs(target, terms, pairs)
    else:
        written = {target: write_glossary(target, terms)}
    for path, losses in written.items():
        emit(str(path))
        _say_losses(losses)
    for error in errors:
        show_error(error)
    if errors:
        raise typer.Exit(InputError.exit_code)


def _pair(text: str) -> tuple[str, str]:
    from paracorp.languages import LANGUAGES

    codes = text.split("-")
    if len(codes) != 2 or codes[0] == codes[1] or not set(codes) <= set(LANGUAGES):
        raise UsageError(f"{text!r} is no pair of languages", fix="Write one such as zh-en.")
    return codes[0], codes[1]


def _say_losses(losses: Sequence[str]) -> None:
    for loss in losses[:_SHOWN_LOSSES]:
        say(f"  {left_to_right(loss)}")
    if len(losses) > _SHOWN_LOSSES:
        say(f"  and {len(losses) - _SHOWN_LOSSES} more")


@app.command("stats")
def stats(file: File, *, json: Json = False) -> None:
    """Count entries by kind and status, and names per language."""
    from paracorp.terminology.counting import count_glossary
    from paracorp.terminology.files import scan_glossary

    terms, errors = scan_glossary(file)
    counts = count_glossary(terms)
    if json:
        emit_json(dataclasses.asdict(counts))
    else:
        _show_counts(counts)
    for error in errors:
        show_error(error)
    if errors:
        raise typer.Exit(InputError.exit_code)


def _show_counts(counts: GlossaryCounts) -> None:
    statuses = list(dict.fromkeys(status for row in counts.entries.values() for status in row))
    rows = [[kind, *(str(row.get(status, 0)) for status in statuses)] for kind, row in counts.entries.items()]
    emit(columns([["kind", *statuses], *rows], right=range(1, len(statuses) + 1)))
    langs = [[lang, str(counts.covered.get(lang, 0)), str(names)] for lang, names in counts.variants.items()]
    emit("\n" + columns([["language", "concepts", "names"], *langs], right=(1, 2)))
    emit(f"\n{counts.concepts} concepts")
