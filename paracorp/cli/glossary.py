"""`paracorp glossary`: check, convert and count glossaries, and let a corpus suggest names for one."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from paracorp.cli.terminal import columns, emit, emit_json, isolated, left_to_right, say, show_error
from paracorp.errors import InputError, UsageError

if TYPE_CHECKING:
    from paracorp.records import Term
    from paracorp.terminology.counting import GlossaryCounts
    from paracorp.terminology.suggesting import Suggestion

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Glossaries: check, convert, count, suggest."
)

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A glossary: .csv, .tsv or .tbx.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_SHOWN_LOSSES = 10


@app.command("check", short_help="Name every bad row with its line.")
def check(file: File, *, json: Json = False) -> None:
    """Name every bad row, duplicate and contradiction with its line; exit code 3 if there is any."""
    from paracorp.terminology.doubts import find_doubts
    from paracorp.terminology.files import scan_glossary

    terms, errors = scan_glossary(file)
    doubts = find_doubts(terms)
    if json:
        problems = [{"line": error.line, "problem": error.reason, "fix": error.fix} for error in errors]
        data = {"file": str(file), "entries": len(terms), "problems": problems}
        emit_json(data | dataclasses.asdict(doubts))
    else:
        for error in errors:
            emit(f"{left_to_right(error.message)}\n  {left_to_right(error.fix)}")
        for doubt in (*doubts.kinds, *doubts.shared):
            emit(f"note: {left_to_right(doubt)}")
        say(f"{len(terms)} good entries, {len(errors)} problems in {file}")
        if doubts.repeated:
            say(f"{len(doubts.repeated)} variants repeat one of their row, for matching: see --json")
    if errors:
        raise typer.Exit(InputError.exit_code)


@app.command("convert", short_help="Write a glossary in another form.")
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A .csv, .tsv or .tbx.", show_default=False)],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="A .csv, .tsv, .tbx, or OmegaT's .txt.", show_default=False)
    ],
    *,
    pair: Annotated[
        str, typer.Option(metavar="zh-en", help="For .txt: one pair of languages; all pairs otherwise.")
    ] = "",
    tbx_version: Annotated[
        int, typer.Option(min=2, max=3, help="For .tbx: 3, or 2 for programs that do not know 3.")
    ] = 3,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave bad rows out and write the rest.")
    ] = False,
) -> None:
    """Write a glossary in another form, by the suffixes, and say what that form cannot hold.

    Where a row is bad nothing is written, unless told.
    """
    from paracorp.terminology.files import PAIRS, check_target, scan_glossary

    check_target(target)
    pairs = PAIRS if not pair else (_pair(pair),)
    if pair and target.suffix.lower() != ".txt":
        raise UsageError("--pair is for OmegaT glossaries", fix="Leave it out, or name a .txt to write.")
    terms, errors = scan_glossary(source)
    for error in errors:
        show_error(error)
    if errors and not skip_bad:
        raise InputError(
            f"{len(errors)} problems in the glossary; {target} was not written",
            path=source,
            fix="Mend them, or leave these rows out with --skip-bad.",
        )
    _write(target, terms, pairs, 2 if tbx_version == 2 else 3)
    if errors:
        say(f"{len(errors)} problems, shown above, were left out")
        raise typer.Exit(InputError.exit_code)


def _write(
    target: Path, terms: Sequence[Term], pairs: Sequence[tuple[str, str]], tbx_version: Literal[2, 3]
) -> None:
    """Write a glossary in the form of the target's suffix, and tell where, and what was lost."""
    from paracorp.terminology.files import write_glossary, write_omegat_pairs

    if target.suffix.lower() == ".txt":
        say("an OmegaT glossary holds no ids, statuses or capitals that count, and cannot be read back")
        written = write_omegat_pairs(target, terms, pairs)
    else:
        written = {target: write_glossary(target, terms, tbx_version=tbx_version)}
    for path, losses in written.items():
        emit(str(path))
        _say_losses(losses)


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


@app.command("suggest", short_help="List names that no entry covers.")
def suggest(  # noqa: PLR0913 -- the options of the command
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="A built corpus.", show_default=False)],
    *,
    top: Annotated[int, typer.Option(min=1, help="How many names per language to show.")] = 30,
    min_count: Annotated[int, typer.Option(min=2, help="How often a name must stand in the corpus.")] = 2,
    empty: Annotated[bool, typer.Option("--empty", help="As if the corpus had no glossary.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print rows for a glossary.")] = False,
    json: Json = False,
) -> None:
    """List frequent names that no entry covers, with contexts and likely counterparts."""
    from paracorp.lexicon.termbase import Termbase, table_text
    from paracorp.terminology.corpora import read_material
    from paracorp.terminology.pasting import rows_of
    from paracorp.terminology.suggesting import suggest_names

    if csv and json:
        raise UsageError("--csv and --json exclude each other", fix="Give one of them.")
    material = read_material(corpus)
    for error in material.problems:
        show_error(error)
    terms = () if empty else material.terms
    found = suggest_names(material.sentences, material.links, terms, min_count=min_count)
    shown = {lang: names[:top] for lang, names in found.items()}
    if json:
        emit_json({lang: [dataclasses.asdict(item) for item in names] for lang, names in shown.items()})
    elif csv:
        emit(table_text(Termbase(tuple(rows_of(found, terms, top=top)))).rstrip("\n"))
    else:
        _show_suggestions(shown)
    if material.problems:
        raise typer.Exit(InputError.exit_code)


def _show_suggestions(suggestions: Mapping[str, Sequence[Suggestion]]) -> None:
    from paracorp.languages import LANGUAGES

    for lang, names in suggestions.items():
        emit(f"\n{LANGUAGES[lang].name}: {len(names)} names that no entry covers")
        rows = [[str(item.count), item.name, _counterparts(item), _context(item)] for item in names]
        if rows:
            emit(columns(rows, right=(0,)))


def _counterparts(item: Suggestion) -> str:
    parts = [f"{lang}: {isolated(', '.join(names))}" for lang, names in item.counterparts.items()]
    return "; ".join([*parts, f"entry: {item.term_id}"] if item.term_id else parts)


def _context(item: Suggestion) -> str:
    return item.contexts[0].text if item.contexts else ""
