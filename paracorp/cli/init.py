"""`paracorp init`: a new corpus folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from paracorp.cli.terminal import say


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make.", show_default=False)],
    *,
    title: Annotated[str, typer.Option("--title", help="A title for reports.")] = "",
    languages: Annotated[str, typer.Option("--languages", help="Two codes, source first.")] = "zh,he",
    glossary: Annotated[
        list[Path] | None, typer.Option("--glossary", metavar="FILE", help="A glossary CSV; may be repeated.")
    ] = None,
) -> None:
    """Make a new corpus: corpus.toml and the folders articles and memory."""
    from paracorp.collect import make_corpus

    codes = tuple(code.strip() for code in languages.split(","))
    corpus = make_corpus(folder, title=title, languages=codes, glossaries=glossary or ())
    say(f"made {corpus.root}; add reports with: paracorp add {corpus.root} FILE...")
