"""What translation models give for single texts, as a build would have it without its memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from paracorp.evaluation.translation import Sample
from paracorp.lexicon.termbase import Termbase
from paracorp.records import BlockKind, Segment
from paracorp.settings import TranslationSettings
from paracorp.translation import Cache, Engine, translate_segments


def render(  # noqa: PLR0913 -- what renders, and how
    samples: Sequence[Sample],
    *,
    engines: Sequence[Engine],
    cache: Cache | None,
    settings: TranslationSettings,
    termbase: Termbase,
    on_progress: Callable[[int], None],
) -> list[str]:
    """The English of each text, empty where a model gives none; `on_progress` hears how many are done."""
    segments = [
        Segment(
            id=f"{item.lang}/sample#{place}.0",
            article_id=f"{item.lang}/sample",
            lang=item.lang,
            kind=BlockKind.PARAGRAPH,
            block=place,
            start=0,
            end=len(item.text),
            text=item.text,
        )
        for place, item in enumerate(samples)
    ]
    made = translate_segments(
        segments,
        memory=None,
        engines=engines,
        settings=settings,
        cache=cache,
        termbase=termbase,
        on_progress=on_progress,
    )
    return [row.text for row in made]
