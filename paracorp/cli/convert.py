"""`paracorp convert`: a file of translation units in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paracorp.cli.terminal import emit, emit_json, left_to_right, say, show_error
from paracorp.errors import InputError

if TYPE_CHECKING:
    from paracorp.formats.converting import Conversion

_SHOWN = 20
FORMATS = ".tmx, .tsv, .csv, .xlf, .jsonl, .parquet or one of a Moses pair (.zh, .he), each also with .gz"
_Lang = typer.Option(
    metavar="TAG", help="A language such as zh or zh-Hant; else that of the first unit.", show_default=False
)


def convert(  # noqa: PLR0913 -- the options of the command
    source: Annotated[Path, typer.Argument(metavar="IN", help=f"{FORMATS}.", show_default=False)],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="The file to write, the same.", show_default=False)
    ],
    *,
    source_lang: Annotated[str, _Lang] = "",
    target_lang: Annotated[str, _Lang] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at the first unit that cannot be converted.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Convert a translation memory or table by the suffixes, and say what the new form cannot hold.

    Glossaries have a command of their own: paracorp glossary convert.
    """
    from paracorp.formats.converting import convert as convert_file

    rejected: list[InputError] = []
    count = 0

    def reject(error: InputError) -> None:
        nonlocal count
        count += 1
        if json and count <= _SHOWN:
            rejected.append(error)
        elif count <= _SHOWN:
            show_error(error)

    done = convert_file(source, target, tags=(source_lang, target_lang), on_reject=None if strict else reject)
    if json:
        emit_json(_data(done, rejected))
    else:
        if count > _SHOWN:
            say(f"and {count - _SHOWN} more units like these")
        _show(done)
    if done.rejected:
        raise typer.Exit(InputError.exit_code)


def _show(done: Conversion) -> None:
    for path in done.files:
        emit(str(path))
    if done.encoding not in ("", "utf-8"):
        say(f"read as {done.encoding}")
    for reason, units in sorted(done.losses.items()):
        say(left_to_right(f"lost in {units} units: {reason}"))
    if done.inline_tags:
        say(f"inline tags flattened to text: {done.inline_tags}")
    pair = "-".join(done.pair)
    say(f"{done.found} units found, {done.written} written ({pair}), {done.rejected} rejected")


def _data(done: Conversion, rejected: list[InputError]) -> dict[str, object]:
    return {
        "files": [str(path) for path in done.files],
        "source_lang": done.pair[0],
        "target_lang": done.pair[1],
        "units": done.found,
        "written": done.written,
        "rejected": done.rejected,
        "losses": done.losses,
        "inline_tags": done.inline_tags,
        "encoding": done.encoding,
        "problems": [
            {"path": str(error.path), "line": error.line, "message": error.reason, "fix": error.fix}
            for error in rejected
        ],
    }
