"""`paracorp status`: what is there, what is out of date, what needs a person."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paracorp.cli.engines import load_encoder, load_machine
from paracorp.cli.summary import as_data, exit_code, show_counts
from paracorp.cli.terminal import TerminalReporter, emit, emit_json, stage_label
from paracorp.errors import InputError

if TYPE_CHECKING:
    from paracorp.pipeline import BuildResult
    from paracorp.review.counting import Counts


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
        data["decisions"] = {name: asdict(counts) for name, counts in _decisions(result).items()}
        emit_json(data)
        return
    if result.changed and not result.made.articles:
        emit(
            f"{result.made.found} files in {result.corpus.articles}, not built; run: paracorp build {corpus}"
        )
        return
    judged = [(_LABELS[name], _in_words(counts)) for name, counts in _decisions(result).items()]
    show_counts(result, [*_left_out(result), *judged])
    if result.changed:
        stages = ", ".join(map(stage_label, result.changed))
        emit(f"out of date: {stages} and what follows; run: paracorp build {corpus}")
    else:
        emit("up to date")
    code = exit_code(result, "")
    if code == InputError.exit_code:
        raise typer.Exit(code)


def _left_out(result: BuildResult) -> list[tuple[str, str]]:
    """The files that the last build could not read, if any."""
    found, read = result.made.found, len(result.made.articles)
    if result.changed or read >= found:
        return []
    return [("left out", f"{found - read} of {found} files; a build says why")]


def _decisions(result: BuildResult) -> dict[str, Counts]:
    """How the review stands: the pairs, and single sentences with their English where any was judged."""
    from paracorp.review.counting import Counts, count_english, count_links

    review = result.made.review
    links = count_links(review, [(link.source_ids, link.target_ids) for link in result.made.links])
    english = count_english(review)
    return {"links": links} | ({"english": english} if english != Counts() else {})


_LABELS = {"links": "pairs judged", "english": "English judged"}


def _in_words(counts: Counts) -> str:
    numbers = asdict(counts)
    shown = {name: count for name, count in numbers.items() if count or name in ("accepted", "undecided")}
    return ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in shown.items())
