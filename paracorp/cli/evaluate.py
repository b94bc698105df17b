"""`paracorp evaluate`: scores against gold; one file per subcommand."""

from __future__ import annotations

import typer

from paracorp.cli import evaluate_links, evaluate_reviewers, evaluate_translations

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Scores against gold.")

app.command("links", short_help="Precision, recall and F1 of links.")(evaluate_links.links)
app.command("translations", short_help="BLEU, chrF and TER of English.")(evaluate_translations.translations)
app.command("reviewers", short_help="How far reviewers agree.")(evaluate_reviewers.reviewers)
