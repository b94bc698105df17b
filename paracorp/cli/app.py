"""The Typer application, its commands, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from paracorp import __version__
from paracorp.cli import (
    add,
    convert,
    evaluate,
    export,
    glossary,
    init,
    memory,
    mine,
    models,
    review,
    stages,
    status,
    validate,
)
from paracorp.cli.terminal import drop, say, show_error
from paracorp.corpus import WRITE_ERRORS, cannot_write
from paracorp.errors import ParacorpError, first_exit_code

INTERRUPTED = 130
BUG = 70


class _Funnel(typer.core.TyperGroup):
    """Turns what a command raises into a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ParacorpError as error:
            show_error(error)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            say("interrupted; what was finished is kept, nothing is half-written: run it again")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            drop(sys.stdout)  # who read the output has seen enough
            raise typer.Exit from None
        except OSError as error:
            if error.errno not in WRITE_ERRORS:
                raise
            failed = cannot_write(Path(error.filename or "the output"), error)
            show_error(failed)
            raise typer.Exit(failed.exit_code) from None


app = typer.Typer(
    cls=_Funnel,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turns Chinese and Hebrew reports about the same events into checked parallel corpora.",
)
# What a list of commands has room for; `paracorp COMMAND --help` says more.
_COMMANDS: dict[str, tuple[Callable[..., None], str]] = {
    "init": (init.init, "Make a new corpus folder."),
    "add": (add.add, "Put reports and memories in their places in a corpus."),
    "build": (stages.build, "Run all stages: reports in, corpora out."),
    "ingest": (stages.ingest, "Read the articles and cut them into sentences."),
    "translate": (stages.translate, "Run up to the English."),
    "align": (stages.align, "Run up to the links between passages."),
    "check": (stages.check, "Run up to the findings and show them."),
    "export": (export.export, "Write the corpora as asked for, in any format."),
    "convert": (convert.convert, "Convert a translation memory or table."),
    "review": (review.review, "Judge the pairs of a corpus in the browser."),
    "status": (status.status, "Show what is there and what is out of date."),
    "validate": (validate.validate, "Check TMX, XLIFF and tables for errors."),
    "mine": (mine.mine, "Link the sentences of two tables."),
}
for _name, (_command, _short) in _COMMANDS.items():
    app.command(_name, short_help=_short)(_command)
app.add_typer(models.app, name="models")
app.add_typer(memory.app, name="memory")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(glossary.app, name="glossary")


def _version(value: bool) -> None:  # noqa: FBT001 -- Typer calls it so
    if value:
        typer.echo(f"paracorp {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of `paracorp` itself."""


def invoke(argv: list[str]) -> int:
    """Run the application; the exit code, whatever happens."""
    try:
        app(args=argv, prog_name="paracorp")
    except SystemExit as stop:
        return _flushed(stop.code if isinstance(stop.code, int) else int(stop.code is not None))
    except Exception:
        traceback.print_exc()
        say("This is a bug in paracorp; please report it with the lines above.")
        return BUG
    return _flushed(0)


def _flushed(code: int) -> int:
    """The code, after stdout is flushed; a reader that has gone away is no error, a full disk is."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        drop(sys.stdout)
    except OSError as error:
        drop(sys.stdout)
        failed = cannot_write(Path("the output"), error)
        show_error(failed)
        return first_exit_code({code, failed.exit_code})
    return code
