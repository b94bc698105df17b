"""`paracorp review`: the review page, served, written to a file, or taken back."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import secrets
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paracorp.cli.engines import load_encoder, load_machine
from paracorp.cli.terminal import TerminalReporter, emit, say, show_error
from paracorp.errors import InputError

if TYPE_CHECKING:
    from paracorp.corpus import Corpus

LOOPBACK = "127.0.0.1"


def review(  # noqa: PLR0913 -- the options of the command
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The corpus folder.", show_default=False)],
    *,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="Where to listen.", show_default="a free one")
    ] = 0,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen for other machines, too.")
    ] = LOOPBACK,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Whether to open the page at once.")
    ] = True,
    reviewer: Annotated[
        str,
        typer.Option("--reviewer", metavar="NAME", help="Who judges.", show_default="the name of the user"),
    ] = "",
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write the page into one file, to be sent around.",
            show_default=False,
        ),
    ] = None,
    apply: Annotated[
        list[Path] | None,
        typer.Option(
            "--apply",
            metavar="FILE",
            help="Take decisions downloaded from such a page, or an edited XLIFF; may be repeated.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Judge the pairs of a corpus in the browser; the next build uses what was decided."""
    from paracorp.corpus import open_corpus

    opened = open_corpus(corpus)
    name = reviewer or _user()
    _build_first(opened)
    if apply:
        _take_back(opened, apply, name)
    if html is not None:
        _write_page(opened, html, name)
    if not apply and html is None:
        _serve(opened, host, port, reviewer=name, browser=browser)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


def _build_first(corpus: Corpus) -> None:
    """There is nothing to review before the first build."""
    from paracorp import pipeline
    from paracorp.review.loading import identity

    if identity(corpus):
        return
    say(f"{corpus.root} is not built yet: building it first")
    reporter = TerminalReporter()
    try:
        pipeline.build(corpus.root, reporter, load_machine=load_machine, load_encoder=load_encoder)
    finally:
        reporter.close()


def _take_back(corpus: Corpus, files: list[Path], reviewer: str) -> None:
    from paracorp.review.handback import apply_decisions
    from paracorp.review.loading import load_build

    built = load_build(corpus)
    bad = False
    for path in files:
        done = apply_decisions(corpus, built, path, reviewer=reviewer, now=_now())
        for problem in done.problems:
            show_error(problem)
        bad = bad or bool(done.problems)
        stale = f", {done.stale} of them on texts that have changed since" if done.stale else ""
        emit(f"{path}: {len(done.new)} decisions taken{stale}, {done.known} were known")
    say(f"to use them, run: paracorp build {corpus.root}")
    if bad:
        raise typer.Exit(InputError.exit_code)


def _write_page(corpus: Corpus, path: Path, reviewer: str) -> None:
    from paracorp.corpus import write_text
    from paracorp.review.office import Office
    from paracorp.review.page import whole_page

    office = Office(corpus, reviewer=reviewer, clock=_now, say=say)
    write_text(path, whole_page(corpus.settings.title or corpus.name, office.bundle()))
    emit(str(path))
    say(f"take the decisions made on it with: paracorp review {corpus.root} --apply FILE")


def _serve(corpus: Corpus, host: str, port: int, *, reviewer: str, browser: bool) -> None:
    from paracorp.review.office import Office
    from paracorp.review.server import application
    from paracorp.review.serving import address, host_check, is_loopback, listen, serve

    office = Office(corpus, reviewer=reviewer, clock=_now, say=say)
    listener = listen(host, port)
    number = listener.getsockname()[1]
    token = secrets.token_urlsafe(32)
    app = application(office, token=token, known_host=host_check(host, number))
    if not is_loopback(host):
        say(
            f"warning: {host} can be reached from other machines; the text and the token go there unencrypted"
        )
    url = address(host, number, token)
    emit(url)
    sys.stdout.flush()
    say(f"reviewing {corpus.root} as {reviewer}; Ctrl-C ends it, what was decided is saved")
    threading.Thread(target=office.prepare, daemon=True).start()
    if browser and _has_screen():
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
    try:
        serve(app, listener)
    except KeyboardInterrupt:
        say(f"review ended; to use what was decided, run: paracorp build {corpus.root}")


def _has_screen() -> bool:
    """Whether a browser would get a window of its own, and not this terminal."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER"))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
