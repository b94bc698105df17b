"""`paracorp evaluate links`: links against gold links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paracorp import __version__
from paracorp.cli.terminal import columns, emit, emit_json, isolated
from paracorp.errors import InputError, UsageError

if TYPE_CHECKING:
    from paracorp.evaluation.alignment import Calibration, Ends, GoldLink, LinkScores, Mistakes

SEED = 12345
SIGNATURE = f"links|nulls:no|possible:neutral|interval:bootstrap-1000-seed-{SEED}|paracorp:{__version__}"


@dataclass(frozen=True, slots=True)
class _Result:
    scores: LinkScores
    interval: tuple[float, float]
    reliability: Calibration
    errors: Mistakes


def links(
    predicted: Annotated[
        Path,
        typer.Argument(
            metavar="PRED", help="A LINKS file of `mine`, or a built corpus folder.", show_default=False
        ),
    ],
    gold: Annotated[
        Path | None,
        typer.Argument(
            metavar="[GOLD]",
            help="TSV with source_ids, target_ids and strength; for a corpus its gold/links.tsv.",
            show_default=False,
        ),
    ] = None,
    *,
    show: Annotated[bool, typer.Option("--show", help="List what was missed and what was wrong.")] = False,
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="TABLE", help="Sentence tables to show texts from; may be repeated."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Precision, recall and F1 of links; sentences without a link are never counted."""
    found, wanted, named = _read(predicted, gold)
    result = _score(found, wanted)
    for path in texts or ():
        named |= _texts_of(path)
    if json:
        emit_json(_as_data(result))
        return
    _show_scores(result)
    if show:
        _show_pairs("missed", result.errors.missed, named)
        _show_pairs("wrong", result.errors.wrong, named)
    emit(SIGNATURE)


def _read(
    predicted: Path, gold: Path | None
) -> tuple[list[tuple[Ends, float]], list[GoldLink], dict[str, str]]:
    """Links with their confidence, the gold ones, and texts by id where they are known."""
    from paracorp.evaluation.links import read_corpus_gold, read_gold, read_links

    if not predicted.exists():
        raise InputError("no such file", path=predicted, fix="Name a LINKS file or a corpus folder.")
    if not predicted.is_dir():
        if gold is None:
            raise UsageError("no gold links named", fix="Run: paracorp evaluate links PRED GOLD")
        return read_links(predicted), read_gold(gold), {}
    from paracorp import tables
    from paracorp.corpus import open_corpus
    from paracorp.evaluation.built import read_built

    corpus = open_corpus(predicted)
    segments, made = read_built(corpus, tables.SEGMENTS, tables.LINKS)
    found = [((link.source_ids, link.target_ids), link.confidence) for link in made]
    wanted = read_corpus_gold(gold or corpus.root / "gold" / "links.tsv", segments)
    return found, wanted, {row.id: row.text for row in segments}


def _score(found: Sequence[tuple[Ends, float]], wanted: Sequence[GoldLink]) -> _Result:
    from paracorp.evaluation.alignment import calibration, interval, mistakes, score

    ends = [pair for pair, _ in found]
    accepted = {(one, other) for item in wanted for one in item.source_ids for other in item.target_ids}
    right = [_share(pair, accepted) for pair in ends]
    return _Result(
        score(ends, wanted),
        interval(ends, wanted, seed=SEED) if ends or wanted else (0.0, 0.0),
        calibration([confidence for _, confidence in found], right),
        mistakes(ends, wanted),
    )


def _share(ends: Ends, accepted: set[tuple[str, str]]) -> float:
    """The share of a link's sentence pairs that the gold has, which is what its confidence promises."""
    pairs = [(one, other) for one in ends[0] for other in ends[1]]
    return sum(pair in accepted for pair in pairs) / len(pairs)


def _texts_of(path: Path) -> dict[str, str]:
    from paracorp.alignment import read_table

    return {passage.id: passage.text for passage in read_table(path)}


def _as_data(result: _Result) -> dict[str, Any]:
    """The result as JSON-like data; keys are stable."""
    return {
        "strict": _figures(result.scores.strict),
        "lax": {**_figures(result.scores.lax), "f1_interval": list(result.interval)},
        "calibration": asdict(result.reliability),
        "missed": result.errors.missed,
        "wrong": result.errors.wrong,
        "signature": SIGNATURE,
    }


def _figures(score: Any) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}


def _show_scores(result: _Result) -> None:
    strict, lax, (low, high) = result.scores.strict, result.scores.lax, result.interval
    emit(f"strict {strict.line()}  ({strict.found} links, {strict.sure} sure in gold)")
    emit(f"lax    {lax.line()}  (sentence pairs; F1 95 % interval {low:.4f} to {high:.4f})")
    emit(f"calibration of the kept links: {result.reliability.line()}")
    rows = [("confidence", "links", "mean", "right")]
    rows += [
        (f"{bar.low:.1f}-{bar.high:.1f}", str(bar.count), f"{bar.confidence:.2f}", f"{bar.right:.2f}")
        for bar in result.reliability.bins
    ]
    emit(columns(rows, right=(1, 2, 3)))


def _show_pairs(label: str, pairs: tuple[tuple[str, str], ...], texts: Mapping[str, str]) -> None:
    emit(f"{label}: {len(pairs)} sentence pairs")
    for source, target in pairs:
        emit(f"  {source}  {isolated(texts.get(source, ''))}".rstrip())
        emit(f"    {target}  {isolated(texts.get(target, ''))}".rstrip())
