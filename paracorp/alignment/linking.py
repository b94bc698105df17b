"""Links between two sequences of passages, with their confidence and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np

from paracorp.alignment.candidates import Comparison, compare
from paracorp.alignment.confidence import Judged, judge, model
from paracorp.alignment.decided import Ends, decided
from paracorp.alignment.evidence import Rivals, explain
from paracorp.alignment.passages import Passage, Window
from paracorp.alignment.progress import SEARCH, WHOLE, Told, part
from paracorp.alignment.search import best_chain, best_set, best_threshold, worth
from paracorp.alignment.semantic import Encoder
from paracorp.alignment.similarity import Floats, Ints
from paracorp.records import Link, digest

# Sentences on one side of a link, at most: newsrooms spread over two or three what another says in one.
LONGEST = 3
# Translations merge more: 4:1 and 1:4.
LONGEST_MONOTONIC = 4


def align_pair(  # noqa: PLR0913 - two sides, how to look at them, and what a person said
    source: Sequence[Passage],
    target: Sequence[Passage],
    *,
    min_confidence: float | None = None,
    monotonic: bool = False,
    encoder: Encoder | None = None,
    fixed: Sequence[Ends] = (),
    forbidden: Sequence[Ends] = (),
    on_progress: Told | None = None,
) -> list[Link]:
    """The links between two articles, in the reading order of the source; empty where nothing fits.

    Passages stand in reading order. Every passage is in at most one link; most stay without. A link has
    `min_confidence` or more (default: the point from which the best F1 is to be expected of these two). What
    is found depends on these two articles alone, so that an edited article changes only its own links.
    With `monotonic` the links run in the same order on both sides. With an `encoder` the meaning of the
    English counts as well.

    Links in `fixed` (which share no passage) are kept whatever their confidence, 1 where they are no
    candidate; links in `forbidden` do not come back, nor any that holds all of one. `on_progress` hears
    (done, of), which matters for long texts.
    """
    longest = LONGEST_MONOTONIC if monotonic else LONGEST
    judge_by = model("articles", semantic=encoder is not None)
    near = part(on_progress, 0, SEARCH, WHOLE)
    comparison = compare(source, target, longest=longest, ordered=True, encoder=encoder, on_progress=near)
    judged = judge(comparison, judge_by, on_progress)
    said = decided(comparison, fixed, forbidden)
    pick = partial(best_chain if monotonic else best_set, comparison)
    threshold = best_threshold(judged, pick) if min_confidence is None else min_confidence
    rows = pick(said.left(worth(judged, threshold)))
    links = links_of(comparison, judged, np.concatenate([rows, said.rows]))
    return in_order([*links, *said.made], {passage.id: at for at, passage in enumerate(source)})


def mine_sentences(
    source: Sequence[Passage],
    target: Sequence[Passage],
    *,
    min_confidence: float | None = None,
    encoder: Encoder | None = None,
    on_progress: Told | None = None,
) -> list[Link]:
    """The 1:1 links between two heaps of sentences whose order says nothing, in the order of the source."""
    judge_by = model("sentences", semantic=encoder is not None)
    comparison = compare(source, target, longest=1, ordered=False, encoder=encoder, on_progress=on_progress)
    judged = judge(comparison, judge_by)
    pick = partial(best_set, comparison)
    threshold = best_threshold(judged, pick) if min_confidence is None else min_confidence
    return links_of(comparison, judged, pick(worth(judged, threshold)))


def links_of(comparison: Comparison, judged: Judged, rows: Ints) -> list[Link]:
    """The chosen candidates as records, in the reading order of the source."""
    order = sorted(rows.tolist(), key=lambda row: (_start(comparison, row), row))
    confidence = judged.confidence
    rivals = Rivals.of(comparison, confidence)
    return [_link(comparison, confidence, rivals, row) for row in order]


def _start(comparison: Comparison, row: int) -> int:
    return int(comparison.source.starts[comparison.left[row]])


def _link(comparison: Comparison, confidence: Floats, rivals: Rivals, row: int) -> Link:
    source = _ids(comparison.source.passages, comparison.source.windows[comparison.left[row]])
    target = _ids(comparison.target.passages, comparison.target.windows[comparison.right[row]])
    return Link(
        id=digest("link", " ".join(source), " ".join(target)),
        source_ids=source,
        target_ids=target,
        confidence=round(float(confidence[row]), 4),
        evidence=explain(comparison, rivals, row),
    )


def _ids(passages: Sequence[Passage], window: Window) -> tuple[str, ...]:
    return tuple(passage.id for passage in passages[window.start : window.stop])


def in_order(links: Iterable[Link], places: dict[str, int]) -> list[Link]:
    """Links in the order of their first source passage."""
    return sorted(links, key=lambda link: places[link.source_ids[0]])
