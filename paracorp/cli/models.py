"""`paracorp models`: offline translation packages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paracorp.cli.terminal import columns, emit, emit_json, say, show_error
from paracorp.cli.transfer import TransferLine, megabytes
from paracorp.errors import InputError

if TYPE_CHECKING:
    from paracorp.translation.installed import ArgosPackage
    from paracorp.translation.installing import PlannedInstall
    from paracorp.translation.packages import Verdict

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Offline translation packages.")

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
_NOT_STATED = "not stated"


@app.command("list")
def list_(
    *,
    available: Annotated[
        bool, typer.Option("--available", help="Ask the package index what it offers (uses the network).")
    ] = False,
    json: Json = False,
) -> None:
    """Show the installed packages, or with --available those of the index."""
    rows = _available_rows() if available else _installed_rows()
    if json:
        emit_json(rows)
    elif rows:
        emit(columns([[str(value) for value in row.values()] for row in rows]))
    else:
        say("no translation package is installed\n  Install one with: paracorp models install zh he")


def _installed_rows() -> list[dict[str, Any]]:
    from paracorp.translation.packages import list_installed

    return [
        {
            "package": item.package.name,
            "state": item.package.problem or "ok",
            "size": megabytes(item.size_bytes),
            "licence": item.licence or _NOT_STATED,
            "folder": str(item.package.folder),
        }
        for item in list_installed()
    ]


def _available_rows() -> list[dict[str, Any]]:
    from paracorp.translation.package_index import list_available
    from paracorp.translation.packages import list_installed

    here = {item.package.name for item in list_installed() if not item.package.problem}
    return [
        {"package": item.name, "state": "installed" if item.name in here else "available"}
        for item in list_available(show_error)
    ]


@app.command("install")
def install(
    languages: Annotated[
        list[str],
        typer.Argument(
            metavar="LANG...", help="Codes such as zh, zt, he; or pairs such as en-ar.", show_default=False
        ),
    ],
    *,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Only say what would be downloaded, how large, under what licence."),
    ] = False,
) -> None:
    """Download and install the newest packages from these languages to English.

    Size and licence are told first. A download that is cut goes on where it ended, also in a later run.
    """
    from paracorp.translation.installing import install as install_one
    from paracorp.translation.installing import plan_install

    plan = plan_install(languages, on_reject=show_error)
    for item in plan:
        say(_planned(item))
    if dry_run:
        return
    for item in plan:
        made = item.installed
        if made is None:
            progress = TransferLine(item.offer.name)
            try:
                made = install_one(item.offer, on_message=say, on_progress=progress)
            finally:
                progress.close()
            if made.name != item.offer.name:
                say(f"the index calls it {item.offer.name}, the package itself {made.name}")
        _emit_package(made)


def _planned(item: PlannedInstall) -> str:
    if item.installed is not None:
        return f"{item.offer.name} is installed already"
    size = megabytes(item.size_bytes) if item.size_bytes is not None else "size not stated"
    return f"{item.offer.name}: {size}, licence: {item.licence or _NOT_STATED}, from {item.link}"


def _emit_package(package: ArgosPackage) -> None:
    emit(columns([(package.name, str(package.folder))]))


@app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Files ending in .argosmodel, or folders of them.", show_default=False
        ),
    ],
) -> None:
    """Install packages from files, for machines without a network."""
    from paracorp.translation.packages import import_package, importable

    failed = False
    for path in files:
        try:
            found = importable(path)
        except InputError as error:
            found, failed = [], True
            show_error(error)
        for item in found:
            try:
                _emit_package(import_package(item))
            except InputError as error:
                failed = True
                show_error(error)
    if failed:
        raise typer.Exit(InputError.exit_code)


@app.command("remove")
def remove(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME...",
            help="As `paracorp models list` shows them: zh_en, or 'zh_en 1.9'.",
            show_default=False,
        ),
    ],
) -> None:
    """Delete installed packages; only those in Argos's own folder."""
    from paracorp.translation.packages import find_installed, remove_package

    for package in {package.folder: package for package in map(find_installed, names)}.values():
        remove_package(package)
        say(f"removed {package.name} from {package.folder.parent}")


@app.command("verify")
def verify(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME...]", help="All, if none is named.", show_default=False),
    ] = None,
    *,
    json: Json = False,
) -> None:
    """Check the files of installed packages, and that each model loads; exit code 3 if one is damaged."""
    from paracorp.translation.installed import installed_packages
    from paracorp.translation.packages import find_installed, verify_package

    packages = [find_installed(name) for name in names] if names else installed_packages()
    verdicts = [verify_package(package) for package in packages]
    if json:
        emit_json(
            [
                {"package": item.package.name, "problems": list(item.problems), "recorded": item.recorded}
                for item in verdicts
            ]
        )
    elif verdicts:
        emit(columns([(item.package.name, _verdict(item), str(item.package.folder)) for item in verdicts]))
    else:
        say("no translation package is installed")
    if any(item.problems for item in verdicts):
        say("  Delete a damaged package with: paracorp models remove NAME, and install it again.")
        raise typer.Exit(InputError.exit_code)


def _verdict(item: Verdict) -> str:
    if item.problems:
        return "; ".join(item.problems)
    return "ok" if item.recorded else "ok, as far as can be told: not installed by paracorp"
