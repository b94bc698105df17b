"""What the stages of one run hand to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from paracorp.records import (
    Article,
    ArticlePair,
    Finding,
    Link,
    NearDuplicate,
    Segment,
    Translation,
    TranslationUnit,
)
from paracorp.review.anchoring import Locator
from paracorp.review.applying import Review
from paracorp.review.journal import Journal
from paracorp.review.judging import fold
from paracorp.translation import Cache, Engine, Missing
from paracorp.units import Texts

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Machine:
    """The engines at hand, in the order they are asked, and the cache of what they made."""

    engines: Sequence[Engine] = ()
    cache: Cache | None = None


def _no_review() -> Review:
    locator = Locator((), "")
    return Review(Journal(), locator, fold((), locator.key))


@dataclass(slots=True)
class Made:
    """What the stages of one run have made so far.

    `translations` hold the English a person wrote where there is some, `rendered` what there was before.
    """

    found: int = 0  # files under articles/
    articles: list[Article] = field(default_factory=list)
    duplicates: list[NearDuplicate] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    translations: list[Translation] = field(default_factory=list)
    rendered: list[Translation] = field(default_factory=list)
    review: Review = field(default_factory=_no_review)
    missing: tuple[Missing, ...] = ()
    pairs: list[ArticlePair] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    units: list[TranslationUnit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def texts_of(made: Made) -> Texts:
    """The articles, segments and translations by id."""
    return Texts(
        articles={row.id: row for row in made.articles},
        segments={row.id: row for row in made.segments},
        translations={row.segment_id: row for row in made.translations},
    )


def grouped(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """Rows by their key, in their order."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def article_of(segment_id: str) -> str:
    """The id of the article a segment is in; a file's name may hold `#` itself."""
    return segment_id.rpartition("#")[0]
