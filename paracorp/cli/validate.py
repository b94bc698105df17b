"""`paracorp validate`: what is wrong with translation memories and tables, anyone's."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paracorp.cli.terminal import emit, emit_json, left_to_right, say, show_error
from paracorp.errors import InputError, ParacorpError, first_exit_code
from paracorp.records import Severity

if TYPE_CHECKING:
    from paracorp.formats.problems import Problem


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="TMX, XLIFF, TSV, CSV, JSONL, Parquet, Moses (a file of a pair, or its stem); also .gz.",
            show_default=False,
        ),
    ],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Check files against their formats; a line for every problem, exit code 3 if there is an error.

    TMX is held to the grammar of TMX 1.4 and to what tools need beyond it; older versions are read as 1.4.
    """
    from paracorp.formats.validation import validate as problems_of

    codes = set()
    results: list[dict[str, Any]] = []
    for path in files:
        counts: Counter[str] = Counter()
        kept: list[dict[str, Any]] = []
        try:
            for problem in problems_of(path):
                counts[problem.severity] += 1
                if json:
                    kept.append(dataclasses.asdict(problem))
                else:
                    emit(_line(path, problem))
        except ParacorpError as error:
            show_error(error)
            codes.add(error.exit_code)
            continue
        results.append({"file": str(path), "errors": counts["error"], "warnings": counts["warning"]})
        results[-1]["problems"] = kept
        if counts[Severity.ERROR]:
            codes.add(InputError.exit_code)
        if not json:
            say(_summary(path, counts))
    if json:
        emit_json(results)
    if code := first_exit_code(codes):
        raise typer.Exit(code)


def _line(path: Path, problem: Problem) -> str:
    return f"{path}:{problem.line}: {problem.severity}: {problem.rule}: {left_to_right(problem.message)}"


def _summary(path: Path, counts: Counter[str]) -> str:
    if not counts:
        return f"{path}: valid"
    verdict = "not valid" if counts[Severity.ERROR] else "valid"
    return f"{path}: {verdict}; errors {counts[Severity.ERROR]}, warnings {counts[Severity.WARNING]}"
