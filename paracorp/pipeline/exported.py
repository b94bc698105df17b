"""Files of units: those of a build, and those a person asked for beside them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from pathlib import Path

from paracorp import tables
from paracorp.corpus import StageRecord, data_hash, file_hash
from paracorp.errors import UsageError
from paracorp.exporting import ExportRequest, Material, export_files, export_pair, export_pairs
from paracorp.pipeline.made import Made
from paracorp.pipeline.workspace import Workspace
from paracorp.settings import ExportSettings, export_faults

REQUESTED = "export on request"


def write_units(work: Workspace, made: Made, settings: ExportSettings, folder: Path) -> list[Path]:
    """Write the files of every language pair; a unit that is in none of them is named."""
    material = Material(
        units=made.units,
        findings=made.findings,
        articles={row.id: row for row in made.articles},
        links={row.id: row for row in made.links},
    )
    for pair in export_pairs(work.corpus, settings):
        for item in export_pair(work.corpus, pair, material, settings, folder):
            work.reporter.note(f"note: unit {item.unit_id} is in no file: {item.reason}")
        work.reporter.advance(1)
    return export_files(work.corpus, settings, folder)


def content_hashes(work: Workspace) -> list[str]:
    """What the units and all that is told of them are made from, as the manifest has it."""
    made_from = (tables.ARTICLES, tables.LINKS, tables.UNITS, tables.FINDINGS)
    return [work.output_hash(table) for table in made_from]


def export_on_request(work: Workspace, made: Made, request: ExportRequest) -> None:
    """Write what is asked for, to the folder asked for or beside the files of a build.

    Beside those it is entered into the manifest, so that a build leaves it alone for as long as the corpus is
    as it was. Raises `UsageError` for options that cannot be.
    """
    settings = requested_settings(work, request)
    work.reporter.start("export", len(export_pairs(work.corpus, settings)))
    made.files = write_units(work, made, settings, request.folder or work.corpus.export)
    if request.folder is None:
        files = [*requested_files(work, set(made.files)), *made.files]
        key = data_hash(content_hashes(work))
        work.finish(REQUESTED, {_name(work, path): key for path in files}, files)


def _require_outside(work: Workspace, folder: Path) -> None:
    """Refuse a folder that a build reads: exported units are neither reports nor reviewed memory."""
    place = folder.resolve()
    for own in (work.corpus.articles, work.corpus.memory, work.corpus.root / "gold"):
        if place.is_relative_to(own.resolve()):
            raise UsageError(f"{folder} lies in {own}, which a build reads", fix="Name another folder.")


def requested_settings(work: Workspace, request: ExportRequest) -> ExportSettings:
    """The settings of corpus.toml with those asked for in their place; `UsageError` where they cannot be."""
    if request.folder is not None:
        _require_outside(work, request.folder)
    own = work.corpus.settings.export
    settings = dataclasses.replace(own, **request.options)  # type: ignore[arg-type]
    settings = dataclasses.replace(settings, tags=own.tags | settings.tags)
    for _, message, fix in export_faults(work.corpus.settings, settings):
        raise UsageError(message, fix=fix)
    return settings


def requested_files(work: Workspace, others: Collection[Path] = ()) -> list[Path]:
    """The files asked for earlier that are as they were written, from what the corpus still is.

    Without the `others`, which are written anew.
    """
    record = work.manifest.get(REQUESTED) or StageRecord("", {}, {})
    key = data_hash(content_hashes(work))
    return [
        path
        for name, written in record.outputs.items()
        if (path := work.corpus.build / name) not in others
        and record.groups.get(name) == key
        and path.is_file()
        and file_hash(path) == written
    ]


def is_requested(work: Workspace, path: Path) -> bool:
    """Whether a file was asked for earlier, whatever has become of it or the corpus since."""
    record = work.manifest.get(REQUESTED)
    return record is not None and _name(work, path) in record.outputs


def _name(work: Workspace, path: Path) -> str:
    return path.relative_to(work.corpus.build).as_posix()
