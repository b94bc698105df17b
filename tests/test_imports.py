"""The import rule: imports point down the list of rows, and heavy libraries stand only where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "paracorp"

ROWS = (
    {"cli"},
    {"pipeline"},
    {"review", "evaluation"},
    {
        "ingest",
        "segmentation",
        "translation",
        "alignment",
        "checks",
        "exporting",
        "english",
        "units",
        "collect",
        "terminology",
    },
    {"formats", "lexicon"},
    {"corpus", "tables"},
    {"records", "settings"},
    {"languages"},
    {"errors"},
)
# Rooms of one row may not know each other, but for these.
ALLOWED = {("collect", "ingest"), ("tables", "corpus"), ("exporting", "units")}

# The rooms that may name a library. Tests and benchmarks are free.
HOMES = {
    "lxml": {"formats"},
    "polars": {"tables", "formats", "alignment"},
    "sacrebleu": {"evaluation"},
    "argostranslate": {"translation/installed.py"},
    "ctranslate2": {"translation/model.py", "alignment/minilm.py"},
    "sentencepiece": {"translation/installed.py"},
    "typer": {"cli"},
    "jinja2": {"review"},
    "starlette": {"review"},
    "uvicorn": {"review"},
    "trafilatura": {"ingest"},
    "scipy": {"alignment"},
    "rapidfuzz": {"translation"},
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if room(path) not in ("__init__", "__main__"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "paracorp":
                yield from (f"paracorp.{alias.name}" for alias in node.names)
            elif node.module:
                yield node.module


def row_of(name: str) -> int:
    return next(place for place, row in enumerate(ROWS) if name in row)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "paracorp" or len(parts) == 1 or parts[1] in (here, "__version__"):
            continue
        downward = row_of(parts[1]) > row_of(here)
        assert downward or (here, parts[1]) in ALLOWED, f"{here} may not import {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_are_named_only_where_they_belong(path: Path) -> None:
    inside = path.relative_to(PACKAGE).as_posix()
    for name in imports(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or room(path) in homes or inside in homes, f"{inside} may not import {name}"


@pytest.mark.parametrize("command", [["--help"], ["build", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(command: list[str]) -> None:
    heavy = [*HOMES, "numpy", "yaml", "markdown_it", "sentencex", "rich", "filelock"]
    heavy.remove("typer")
    code = (
        "import sys\n"
        "from paracorp.cli import main\n"
        f"assert main({command!r}) == 0\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "paracorp" in done.stdout


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys; import paracorp; print([m for m in sys.modules if m.startswith('paracorp.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
