"""`paracorp evaluate reviewers`: how far those agree who judged the same units."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paracorp import __version__
from paracorp.cli.terminal import columns, emit, emit_json, say

if TYPE_CHECKING:
    from paracorp.evaluation.agreement import Agreement


def reviewers(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="A built corpus.", show_default=False)],
    *,
    english: Annotated[
        bool, typer.Option("--english", help="Compare what was said of single sentences and their English.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Agreement and Cohen's kappa of every two reviewers over the pairs both judged.

    The latest verdict of each counts: accept (an edit is one), needs_work or reject.
    """
    from paracorp.corpus import open_corpus
    from paracorp.evaluation.agreement import agreements
    from paracorp.review.applying import read_review
    from paracorp.review.loading import load_build
    from paracorp.review.verdicts import verdicts_by_unit

    opened = open_corpus(corpus)
    verdicts = verdicts_by_unit(read_review(opened, load_build(opened).segments), english=english)
    found = agreements(verdicts)
    kind = "renderings" if english else "pairs"
    signature = f"reviewers|units:{kind}|verdict:latest|kappa:cohen-unweighted|paracorp:{__version__}"
    if json:
        emit_json({"reviewers": [_data(item) for item in found], "signature": signature})
        return
    if not found:
        say(f"no two reviewers judged the same {kind}; there is nothing to compare")
        return
    for item in found:
        _show(item, kind)
    emit(signature)


def _data(item: Agreement) -> dict[str, Any]:
    rows = [[item.table.get((one, other), 0) for other in item.labels] for one in item.labels]
    return {
        "first": item.first,
        "second": item.second,
        "n": item.units,
        "labels": list(item.labels),
        "table": rows,
        "observed": item.observed,
        "expected": item.expected,
        "kappa": item.kappa,
    }


def _show(item: Agreement, kind: str) -> None:
    kappa = (
        f"kappa {item.kappa:.4f}"
        if item.kappa is not None
        else f"kappa undefined: both said {item.labels[0]} to all of them"
    )
    emit(f"{item.first} and {item.second}: {item.units} {kind}, agreement {item.observed:.4f}, {kappa}")
    head = (f"{item.first} \\ {item.second}", *item.labels)
    rows = [(one, *(str(item.table.get((one, other), 0)) for other in item.labels)) for one in item.labels]
    emit(columns([head, *rows], right=tuple(range(1, len(head)))))
