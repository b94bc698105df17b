"""The tables of a built corpus, for scoring."""

from __future__ import annotations

from typing import Any

from paracorp.corpus import Corpus, file_hash, read_manifest
from paracorp.errors import InputError
from paracorp.tables import Table, read_table


def read_built(corpus: Corpus, *wanted: Table) -> list[list[Any]]:
    """The rows of each table; `InputError` where one is not built or not as the last build left it."""
    manifest = read_manifest(corpus)
    for table in wanted:
        path = corpus.table(table.name)
        known = manifest[table.name].outputs.get(path.name) if table.name in manifest else None
        if known is None or not path.is_file() or file_hash(path) != known:
            fix = f"Run: paracorp build {corpus.root}"
            raise InputError("not built yet, or damaged", path=corpus.root, fix=fix)
    return [read_table(corpus.table(table.name), table.record) for table in wanted]
