"""Translation units from segments, their English and the links between them.

One kind of unit per language pair: `zh-he` from links, `zh-en` and `he-en` from every segment that has
an English rendering.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from paracorp.languages import join_sentences
from paracorp.records import (
    Article,
    Link,
    Origin,
    Segment,
    Status,
    Translation,
    TranslationUnit,
    Variant,
    digest,
)


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything units are made from, by id."""

    articles: Mapping[str, Article]
    segments: Mapping[str, Segment]
    translations: Mapping[str, Translation]


def language_pairs(languages: Sequence[str], pivot: str) -> list[tuple[str, str]]:
    """The pairs a corpus exports: each two of its languages, then each with the pivot."""
    return [*itertools.combinations(languages, 2), *((code, pivot) for code in languages)]


def linked_units(links: Iterable[Link], texts: Texts) -> Iterator[TranslationUnit]:
    """One unit per link, in the order of the links."""
    for link in links:
        source, target = (linked_variant(ids, texts) for ids in (link.source_ids, link.target_ids))
        yield TranslationUnit(
            id=f"{source.lang}-{target.lang}-{link.id}",
            source=source,
            target=target,
            confidence=link.confidence,
            shape=link.shape,
            status=Status.AUTO,
            link_id=link.id,
            changed=_latest(texts.articles[side.article_id].published for side in (source, target)),
        )


def english_units(segments: Iterable[Segment], texts: Texts, pivot: str) -> Iterator[TranslationUnit]:
    """One unit per segment that has an English rendering, in the order of the segments."""
    for segment in segments:
        rendering = texts.translations[segment.id]
        if rendering.origin is Origin.NONE or not rendering.text.strip():
            continue
        source = linked_variant((segment.id,), texts)
        target = Variant(
            lang=pivot,
            text=rendering.text,
            english="",
            article_id=segment.article_id,
            segment_ids=(segment.id,),
            origin=rendering.origin,
            engine=rendering.engine,
            notes=rendering.notes,
        )
        yield TranslationUnit(
            id=f"{segment.lang}-{pivot}-{digest(segment.id)}",
            source=source,
            target=target,
            confidence=None if rendering.origin is Origin.MEMORY else rendering.score,
            shape="1:1",
            status=Status.AUTO,
            link_id="",
            changed=texts.articles[segment.article_id].published,
        )


def linked_variant(ids: Sequence[str], texts: Texts) -> Variant:
    """The side of a unit that holds these segments: their texts and their English, joined.

    The origin is the least trusted one among them; without English for every segment it is `none` and
    the English stays empty.
    """
    segments = [texts.segments[name] for name in ids]
    renderings = [texts.translations[name] for name in ids]
    trust = list(Origin)
    origin = max((item.origin for item in renderings), key=trust.index)
    lang = segments[0].lang
    complete = origin is not Origin.NONE
    return Variant(
        lang=lang,
        text=join_sentences([segment.text for segment in segments], lang),
        english=join_sentences([item.text for item in renderings], "en") if complete else "",
        article_id=segments[0].article_id,
        segment_ids=tuple(ids),
        origin=origin,
        engine="; ".join(dict.fromkeys(item.engine for item in renderings if item.engine)),
        notes=tuple(dict.fromkeys(note for item in renderings for note in item.notes)),
    )


def _latest(dates: Iterable[dt.date | None]) -> dt.date | None:
    return max((date for date in dates if date is not None), default=None)
