"""Which articles report the same events: first by date, then by what their sentences share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paracorp.alignment.candidates import compare
from paracorp.alignment.confidence import judge, model
from paracorp.alignment.passages import Passage
from paracorp.alignment.progress import SEARCH, WHOLE, Told, part
from paracorp.alignment.search import LEAST, best_set, worth
from paracorp.alignment.semantic import Encoder
from paracorp.alignment.similarity import Neighbours, Terms, nearest, read_terms, space
from paracorp.records import ArticlePair
from paracorp.settings import AlignmentSettings

# Articles whose sentences are looked at for each article, those with the most rare terms in common.
NEAREST = 5
# Two articles are a pair if the links expected between them reach this share of the shorter one's passages,
# but no fewer than the first and no more than the second figure. Seen on the development benchmarks and the
# shipped corpus: 0.16 and more for pairs of one story, 0.12 and less for the others.
ENOUGH_SHARE = 0.13
ENOUGH_LINKS = (1.5, 6.0)
# Passages on one side of the links that are counted; a third one changed no decision.
LONGEST = 2


@dataclass(frozen=True, slots=True)
class Report:
    """An article as the aligner sees it: its day, None where unknown, and its passages in reading order."""

    id: str
    published: dt.date | None
    passages: Sequence[Passage]


def pair_articles(
    source: Sequence[Report],
    target: Sequence[Report],
    settings: AlignmentSettings,
    *,
    encoder: Encoder | None = None,
) -> list[ArticlePair]:
    """The pairs of articles that share passages, by source id and target id.

    An article may be in several pairs or in none. Articles whose days lie more than
    `settings.window_days` apart are never paired; an unknown day rules nothing out. The order of the
    articles does not matter. The score is 1 - 2 ** -n for n links expected between the two.
    """
    likely = likely_pairs(source, target, settings)
    scored = (score_pair(one, other, encoder=encoder) for one, other in likely)
    return [pair for pair in scored if pair is not None]


def likely_pairs(
    source: Sequence[Report], target: Sequence[Report], settings: AlignmentSettings
) -> list[tuple[Report, Report]]:
    """The pairs worth comparing: one is among the nearest of the other by content, and the days are near."""
    return _likely(sorted(source, key=_id), sorted(target, key=_id), settings.window_days)


def score_pair(
    one: Report, other: Report, *, encoder: Encoder | None = None, on_progress: Told | None = None
) -> ArticlePair | None:
    """The two as a pair with its score, or None where too few links are expected between them.

    `on_progress` hears (done, of) while two long articles are compared.
    """
    links = _expected_links(one, other, encoder, on_progress)
    if links < _enough(one, other):
        return None
    return ArticlePair(one.id, other.id, round(1.0 - 0.5**links, 4))


def _id(report: Report) -> str:
    return report.id


def _likely(source: Sequence[Report], target: Sequence[Report], days: int) -> list[tuple[Report, Report]]:
    """Pairs of which one is among the nearest of the other by content, within the window of days."""
    terms = [[_merged(report) for report in side] for side in (source, target)]
    shared = space([*terms[0], *terms[1]])
    vectors = [shared.vectors(shared.counts(side)) for side in terms]
    if not (source and target):
        return []
    found = nearest(vectors[0], vectors[1], NEAREST)
    codes = {(at, to) for at, to in _listed(found[0])} | {(at, to) for to, at in _listed(found[1])}
    return [(source[at], target[to]) for at, to in sorted(codes) if _in_window(source[at], target[to], days)]


def _enough(one: Report, other: Report) -> float:
    """The expected links from which these two are a pair."""
    shorter = min(sum(bool(item.english.strip()) for item in side.passages) for side in (one, other))
    return min(max(ENOUGH_SHARE * shorter, ENOUGH_LINKS[0]), ENOUGH_LINKS[1])


def _listed(near: Neighbours) -> list[tuple[int, int]]:
    rows, columns = np.nonzero(near.index >= 0)
    return list(zip(rows.tolist(), near.index[rows, columns].tolist(), strict=True))


def _merged(report: Report) -> Terms:
    parts = [read_terms(passage) for passage in report.passages if passage.english.strip()]
    return Terms(
        tuple(stem for part in parts for stem in part.stems),
        tuple(figure for part in parts for figure in part.figures),
    )


def _in_window(one: Report, other: Report, days: int) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= days


def _expected_links(one: Report, other: Report, encoder: Encoder | None, on_progress: Told | None) -> float:
    """The summed confidence of the links that these two would get."""
    judge_by = model("articles", semantic=encoder is not None)
    comparison = compare(
        one.passages,
        other.passages,
        longest=LONGEST,
        ordered=True,
        encoder=encoder,
        on_progress=part(on_progress, 0, SEARCH, WHOLE),
    )
    judged = judge(comparison, judge_by, on_progress)
    rows = best_set(comparison, worth(judged, LEAST))
    return float(judged.confidence[rows].sum())
