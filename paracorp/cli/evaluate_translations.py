"""`paracorp evaluate translations`: English against a person's, and its names against a glossary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paracorp.cli.evaluate_given import Given, Wanted, from_corpus, from_files
from paracorp.cli.terminal import columns, emit, emit_json, isolated
from paracorp.errors import InputError

if TYPE_CHECKING:
    from paracorp.evaluation.translation import MetricScore, NameScore, Sample

_WORST = 10


@dataclass(frozen=True, slots=True)
class _Result:
    lang: str
    samples: Sequence[Sample]
    hypotheses: Sequence[str]
    scores: Sequence[MetricScore]
    names: NameScore | None


def translations(  # noqa: PLR0913 -- the options of the command
    predicted: Annotated[
        Path,
        typer.Argument(
            metavar="PRED",
            help="A file with a sentence on each line, or a corpus folder.",
            show_default=False,
        ),
    ],
    reference: Annotated[
        Path | None,
        typer.Argument(
            metavar="[REF]",
            help="The reference, line by line; for a corpus a TSV, else its gold/translations.tsv.",
            show_default=False,
        ),
    ] = None,
    *,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Another system's output, to compare with by paired bootstrap."),
    ] = None,
    glossary: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Score names by this glossary; for a corpus its own, if not given."
        ),
    ] = None,
    source: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For files: the source texts, which names need.")
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            metavar="build|argos",
            help="For a corpus: score the English of its build, or that of the installed packages alone.",
            show_default=False,
        ),
    ] = "",
    most: Annotated[
        int, typer.Option(min=1, help="For a memory: how many sentences per language at most.")
    ] = 1000,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For a corpus: write the scored English as TSV.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="List missed names and the worst sentences.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """BLEU, chrF and TER of English with sacreBLEU signatures, and how many names it has right.

    A corpus is scored against gold/translations.tsv (lang, text, english; texts as they stand in articles).
    Where there is none, the installed packages render the texts of the reviewed memory without seeing it,
    and are scored against it.
    """
    if not predicted.exists():
        raise InputError("no such file", path=predicted, fix="Name a text file or a corpus folder.")
    wanted = Wanted(reference, baseline, glossary, source, engine, most, save)
    given = from_corpus(predicted, wanted) if predicted.is_dir() else from_files(predicted, wanted)
    results = _score(given)
    if json:
        emit_json({"results": [_as_data(result) for result in results]})
    else:
        _show(results, details=show)
    if given.code:
        raise typer.Exit(given.code)


def _score(given: Given) -> list[_Result]:
    """The scores of each language by itself."""
    from paracorp.evaluation.translation import score_names, score_translations

    results = []
    for lang in dict.fromkeys(item.lang for item in given.samples):
        places = [place for place, item in enumerate(given.samples) if item.lang == lang]
        samples = [given.samples[place] for place in places]
        hypotheses = [given.hypotheses[place] for place in places]
        baseline = [given.baseline[place] for place in places] if given.baseline is not None else None
        scores = score_translations(hypotheses, [item.reference for item in samples], baseline=baseline)
        names = score_names(samples, hypotheses, given.termbase) if given.termbase is not None else None
        results.append(_Result(lang, samples, hypotheses, scores, names))
    return results


def _as_data(result: _Result) -> dict[str, Any]:
    """A result as JSON-like data; keys are stable."""
    data: dict[str, Any] = {
        "lang": result.lang,
        "sentences": len(result.samples),
        "empty": sum(not text for text in result.hypotheses),
        "scores": {item.name: asdict(item) for item in result.scores},
    }
    if result.names is not None:
        data["names"] = {"accuracy": result.names.accuracy, **asdict(result.names)}
    return data


def _show(results: Sequence[_Result], *, details: bool) -> None:
    for result in results:
        emit(f"{result.lang}  {len(result.samples)} sentences".strip())
        emit(columns(_rows(result), right=(1, 3)))
        if details:
            _show_details(result)
    for signature in dict.fromkeys(f"{item.name} {item.signature}" for r in results for item in r.scores):
        emit(signature)


def _rows(result: _Result) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("", "score", "95 %", "baseline", "p")]
    for item in result.scores:
        compared = ("", "")
        if item.baseline is not None and item.p_value is not None:
            compared = (f"{item.baseline:.2f}", f"{item.p_value:.4f}")
        rows.append((item.name, f"{item.score:.2f}", f"± {item.interval:.2f}", *compared))
    if result.names is not None:
        right = result.names.required - len(result.names.missed)
        of = f"{right} of {result.names.required}"
        rows.append(("names", f"{100 * result.names.accuracy:.2f}", of, "", ""))
    compares = any(row[3] for row in rows[1:])
    return rows if compares else [row[:3] for row in rows]


def _show_details(result: _Result) -> None:
    from paracorp.evaluation.translation import worst

    if result.names is not None:
        for name in result.names.missed:
            wanted = " or ".join(name.expected)
            emit(f"  missed  {isolated(name.written)} ({name.term_id}): {wanted}")
            emit(f"          {result.hypotheses[name.place]}")
    for place, chrf in worst(result.hypotheses, [item.reference for item in result.samples], _WORST):
        emit(f"  chrF {chrf:5.1f}  {isolated(result.samples[place].text)}".rstrip())
        emit(f"    is      {result.hypotheses[place]}")
        emit(f"    should  {result.samples[place].reference}")
