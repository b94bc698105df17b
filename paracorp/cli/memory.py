"""`paracorp memory`: the reviewed translations of a corpus; changed by these commands and by nothing else."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paracorp.cli.terminal import columns, emit, emit_json, isolated, say, show_error
from paracorp.errors import InputError, UsageError

if TYPE_CHECKING:
    from paracorp.translation.memory import Conflict, Entry
    from paracorp.translation.memory_stats import MemoryStats

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="The reviewed translations of a corpus: TMX in and out."
)

CorpusPath = Annotated[Path, typer.Argument(metavar="CORPUS", help="The corpus folder.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_SHOWN_CONFLICTS = 10


@app.command("import")
def import_(
    corpus: CorpusPath,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="TMX, TSV, XLIFF or another format; folders of TMX.", show_default=False
        ),
    ],
    *,
    json: Json = False,
) -> None:
    """Check files and add their units to the memory of a corpus; no file there is ever replaced."""
    from paracorp.corpus import open_corpus
    from paracorp.translation.memory_files import import_files

    problems: list[InputError] = []
    done = import_files(open_corpus(corpus), files, on_reject=problems.append)
    if json:
        emit_json(
            [
                {**dataclasses.asdict(item), "source": str(item.source), "target": str(item.target)}
                for item in done
            ]
        )
    elif done:
        emit(columns([(str(item.target), item.outcome, f"{item.units} units") for item in done]))
    for item in done:
        if item.contradicting:
            say(
                f"{item.source}: {item.contradicting} texts had another English in the memory; "
                f"see: paracorp memory stats {corpus}"
            )
    _finish(problems)


@app.command("export")
def export(
    corpus: CorpusPath,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The .tmx to write.", show_default=False)],
    *,
    lang: Annotated[
        list[str] | None,
        typer.Option("--lang", metavar="LANG", help="Only from this language; may be repeated."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE where there is one.")] = False,
) -> None:
    """Write the merged memory as TMX: every text once, with the English that counts."""
    from paracorp.corpus import open_corpus
    from paracorp.translation.memory_files import export_memory

    opened = open_corpus(corpus)
    langs = lang or opened.settings.languages
    _check_export(file, opened.memory, langs, opened.settings.languages, force=force)
    problems: list[InputError] = []
    counts = export_memory(opened, file, langs=langs, on_reject=problems.append)
    emit(
        columns(
            [
                (str(file), f"{code}-{opened.settings.pivot}", f"{count} units")
                for code, count in counts.items()
            ]
        )
    )
    if len(counts) > 1:
        say("the file holds several source languages; for a tool that takes one, use --lang")
    _finish(problems)


def _check_export(
    file: Path, memory: Path, langs: Sequence[str], known: Sequence[str], *, force: bool
) -> None:
    """Refuse what would not be a TMX beside the memory, or would replace a file unasked."""
    for code in langs:
        if code not in known:
            raise UsageError(f"{code!r} is no language of this corpus", fix=f"Use: {', '.join(known)}.")
    if file.suffix.lower() != ".tmx":
        raise UsageError(f"{file} does not end in .tmx", fix="A memory is written as TMX.")
    if file.resolve().parent == memory.resolve():
        raise UsageError(f"{file} lies in the memory itself", fix="Write to another folder.")
    if file.exists() and not force:
        raise UsageError(f"{file} is there already", fix="Name another file, or use --force to replace it.")


@app.command("stats")
def stats(
    corpus: CorpusPath,
    *,
    all_: Annotated[bool, typer.Option("--all", help="List every conflict.")] = False,
    json: Json = False,
) -> None:
    """Count units by pair of languages, and list texts that have more than one English."""
    from paracorp.corpus import open_corpus
    from paracorp.translation.memory_stats import count_memory

    problems: list[InputError] = []
    found = count_memory(open_corpus(corpus), problems.append)
    if json:
        emit_json(_as_data(found))
    else:
        _show(found, len(found.conflicts) if all_ else _SHOWN_CONFLICTS)
    if not found.files:
        say(f"the memory is empty\n  Add to it with: paracorp memory import {corpus} FILE.tmx")
    _finish(problems)


def _as_data(found: MemoryStats) -> dict[str, Any]:
    """The counts as JSON-like data; keys are stable."""
    return {
        "files": found.files,
        "pairs": {name: dataclasses.asdict(pair) for name, pair in found.pairs.items()},
        "rejected": found.rejected,
        "other": found.other,
        "conflicts": [
            {
                "lang": conflict.lang,
                "text": conflict.kept.text,
                "kept": _place(conflict.kept),
                "others": [_place(entry) for entry in conflict.others],
            }
            for conflict in found.conflicts
        ],
    }


def _place(entry: Entry) -> dict[str, Any]:
    return {"english": entry.english, "file": entry.file, "line": entry.line, "changed": entry.changed}


def _show(found: MemoryStats, most: int) -> None:
    if found.files:
        emit(columns([("file", "units"), *((name, str(n)) for name, n in found.files.items())], right=(1,)))
    if found.pairs:
        head = ("pair", "units", "texts", "duplicates", "conflicts", "oldest", "newest")
        rows = [
            (name, *map(str, (p.units, p.texts, p.duplicates, p.conflicts)), _day(p.oldest), _day(p.newest))
            for name, p in found.pairs.items()
        ]
        emit("\n" + columns([head, *rows], right=(1, 2, 3, 4)))
    for count, kind in ((found.rejected, "rejected by a person"), (found.other, "of other languages")):
        if count:
            emit(f"not used: {count} units {kind}")
    if found.conflicts:
        emit(f"\n{len(found.conflicts)} texts with more than one English; the first named counts:")
    for conflict in found.conflicts[:most]:
        _show_conflict(conflict)
    if len(found.conflicts) > most:
        say(f"and {len(found.conflicts) - most} more; see them with --all")


def _show_conflict(conflict: Conflict) -> None:
    emit(f"  {isolated(conflict.kept.text)}")
    for entry in (conflict.kept, *conflict.others):
        place = f"{entry.file}:{entry.line}"
        emit("    " + "  ".join(filter(None, (place, _day(entry.changed), entry.english))))


def _day(date: str) -> str:
    return f"{date[:4]}-{date[4:6]}-{date[6:8]}" if date else ""


def _finish(problems: Sequence[InputError]) -> None:
    """Show what was wrong with the input, and exit accordingly."""
    for error in problems:
        show_error(error)
    if problems:
        raise typer.Exit(InputError.exit_code)


@app.command("promote")
def promote(
    corpus: CorpusPath,
    *,
    gold: Annotated[
        bool, typer.Option("--gold", help="Add accepted pairs to gold/links.tsv as sure links, too.")
    ] = False,
    json: Json = False,
) -> None:
    """Make memory of the English of accepted and edited units, in a file of its own."""
    from paracorp.corpus import open_corpus
    from paracorp.review.loading import load_build
    from paracorp.review.promoting import promote as make_lasting

    opened = open_corpus(corpus)
    done = make_lasting(opened, load_build(opened), gold=gold)
    if json:
        memory = {str(path): count for path, count in done.memory.items()}
        emit_json({**dataclasses.asdict(done), "memory": memory})
        return
    for path, count in done.memory.items():
        emit(f"{path}  {count} units")
    if done.gold:
        emit(f"{opened.root / 'gold' / 'links.tsv'}  {done.gold} links added")
    if done.known:
        say(f"{done.known} were there already")
    if done.unquotable:
        say(f"{done.unquotable} links are left out of gold: their sentences do not stand together")
    if not (done.memory or done.gold or done.known):
        say(f"nothing is accepted or edited yet\n  Judge pairs with: paracorp review {corpus}")
