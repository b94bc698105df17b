"""The article pairs as a map: the articles of both languages by day, a line for each pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paracorp.records import Article, ArticlePair, Link

ROW_PX = 24
WIDTH_PX = 900
COLUMN_PX = 330  # of the titles on each side
TITLE_CHARS = 20


@dataclass(frozen=True, slots=True)
class Place:
    """An article on the map: its label, where it stands (px), whether it has a partner."""

    label: str
    lang: str
    x: int
    y: int
    anchor: str
    lonely: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A pair on the map: its ends (px), its stroke width (px) by the number of links, and what it says."""

    y1: int
    y2: int
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class PairingMap:
    """What the template draws; `height` in px."""

    places: tuple[Place, ...]
    lines: tuple[Line, ...]
    height: int
    left: int = COLUMN_PX
    right: int = WIDTH_PX - COLUMN_PX
    width: int = WIDTH_PX


def pairing_map(
    articles: Sequence[Article], pairs: Iterable[ArticlePair], links: Iterable[Link], langs: Sequence[str]
) -> PairingMap:
    """The map, source language on the left; articles without a day come last."""
    rows = {row.id: number for lang in langs for number, row in enumerate(_by_day(articles, lang))}
    found = list(pairs)
    paired = {name for pair in found for name in (pair.source_id, pair.target_id)}
    counts = Counter(
        (link.source_ids[0].partition("#")[0], link.target_ids[0].partition("#")[0]) for link in links
    )
    most = max(counts.values(), default=1)
    lines = []
    for pair in found:
        count = counts[pair.source_id, pair.target_id]
        title = f"{pair.source_id} – {pair.target_id}: {count} links, article score {pair.score:.2f}"
        lines.append(Line(_y(rows[pair.source_id]), _y(rows[pair.target_id]), 1 + 5 * count / most, title))
    places = tuple(
        Place(
            label=_label(article),
            lang=article.lang,
            x=COLUMN_PX - 8 if side == 0 else WIDTH_PX - COLUMN_PX + 8,
            y=_y(rows[article.id]),
            anchor="end" if side == 0 else "start",
            lonely=article.id not in paired,
        )
        for side, lang in enumerate(langs)
        for article in _by_day(articles, lang)
    )
    longest = max((sum(row.lang == lang for row in articles) for lang in langs), default=0)
    return PairingMap(places, tuple(lines), ROW_PX * longest + 8)


def _by_day(articles: Iterable[Article], lang: str) -> list[Article]:
    chosen = [row for row in articles if row.lang == lang]
    return sorted(chosen, key=lambda row: (row.published is None, row.published or 0, row.id))


def _label(article: Article) -> str:
    title = article.title or article.id
    short = title if len(title) <= TITLE_CHARS else f"{title[: TITLE_CHARS - 1]}…"
    return (
        f"{article.published.isoformat()}  \u2068{short}\u2069"
        if article.published
        else f"\u2068{short}\u2069"
    )


def _y(row: int) -> int:
    return ROW_PX * row + ROW_PX // 2
