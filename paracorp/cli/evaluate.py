"""`paracorp evaluate`: scores against gold."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paracorp import __version__
from paracorp.cli.terminal import columns, emit, emit_json, isolated
from paracorp.errors import InputError, UsageError

if TYPE_CHECKING:
    from paracorp.evaluation.alignment import Ends, GoldLink

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Scores against gold.")

SEED = 12345
Texts = dict[str, str]


@app.callback()
def _group() -> None:
    """Keep `links` a command of its own though it is the only one."""


@app.command("links")
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
    from paracorp.evaluation.alignment import calibration, interval, mistakes, score

    found, wanted, named = _read(predicted, gold)
    ends = [pair for pair, _ in found]
    scores = score(ends, wanted)
    low, high = interval(ends, wanted, seed=SEED) if ends or wanted else (0.0, 0.0)
    accepted = {(one, other) for item in wanted for one in item.source_ids for other in item.target_ids}
    right = [_share(pair, accepted) for pair in ends]
    reliability = calibration([confidence for _, confidence in found], right)
    errors = mistakes(ends, wanted)
    for path in texts or ():
        named |= _texts_of(path)
    signature = f"links|nulls:no|possible:neutral|interval:bootstrap-1000-seed-{SEED}|paracorp:{__version__}"
    if json:
        emit_json(
            {
                "strict": _figures(scores.strict),
                "lax": {**_figures(scores.lax), "f1_interval": [low, high]},
                "calibration": asdict(reliability),
                "missed": errors.missed,
                "wrong": errors.wrong,
                "signature": signature,
            }
        )
        return
    emit(f"strict {scores.strict.line()}  ({scores.strict.found} links, {scores.strict.sure} sure in gold)")
    emit(f"lax    {scores.lax.line()}  (sentence pairs; F1 95 % interval {low:.4f} to {high:.4f})")
    emit(f"calibration of the kept links: {reliability.line()}")
    rows = [("confidence", "links", "mean", "right")]
    rows += [
        (f"{bar.low:.1f}-{bar.high:.1f}", str(bar.count), f"{bar.confidence:.2f}", f"{bar.right:.2f}")
        for bar in reliability.bins
    ]
    emit(columns(rows, right=(1, 2, 3)))
    if show:
        _show("missed", errors.missed, named)
        _show("wrong", errors.wrong, named)
    emit(signature)


def _read(predicted: Path, gold: Path | None) -> tuple[list[tuple[Ends, float]], list[GoldLink], Texts]:
    from paracorp.evaluation.alignment import read_corpus_gold, read_gold, read_links

    if not predicted.exists():
        raise InputError("no such file", path=predicted, fix="Name a LINKS file or a corpus folder.")
    if not predicted.is_dir():
        if gold is None:
            raise UsageError("no gold links named", fix="Run: paracorp evaluate links PRED GOLD")
        return read_links(predicted), read_gold(gold), {}
    from paracorp import tables
    from paracorp.corpus import file_hash, open_corpus, read_manifest

    corpus = open_corpus(predicted)
    manifest = read_manifest(corpus)
    for table in (tables.SEGMENTS, tables.LINKS):
        path = corpus.table(table.name)
        known = manifest[table.name].outputs.get(path.name) if table.name in manifest else None
        if known is None or not path.is_file() or file_hash(path) != known:
            fix = f"Run: paracorp build {predicted}"
            raise InputError("not built yet, or damaged", path=predicted, fix=fix)
    segments = tables.read_table(corpus.table(tables.SEGMENTS.name), tables.SEGMENTS.record)
    made = tables.read_table(corpus.table(tables.LINKS.name), tables.LINKS.record)
    found = [((link.source_ids, link.target_ids), link.confidence) for link in made]
    wanted = read_corpus_gold(gold or corpus.root / "gold" / "links.tsv", segments)
    return found, wanted, {row.id: row.text for row in segments}


def _share(ends: Ends, accepted: set[tuple[str, str]]) -> float:
    """The share of a link's sentence pairs that the gold has, which is what its confidence promises."""
    pairs = [(one, other) for one in ends[0] for other in ends[1]]
    return sum(pair in accepted for pair in pairs) / len(pairs)


def _texts_of(path: Path) -> Texts:
    from paracorp.alignment import read_table

    return {passage.id: passage.text for passage in read_table(path)}


def _figures(score: Any) -> dict[str, float]:
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1}


def _show(label: str, pairs: tuple[tuple[str, str], ...], texts: Texts) -> None:
    emit(f"{label}: {len(pairs)} sentence pairs")
    for source, target in pairs:
        emit(f"  {source}  {isolated(texts.get(source, ''))}".rstrip())
        emit(f"    {target}  {isolated(texts.get(target, ''))}".rstrip())
