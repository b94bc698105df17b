"""`paracorp mine`: links between two plain sentence tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from paracorp.alignment.linking import align_pair, in_order, mine_sentences
from paracorp.alignment.passages import Passage
from paracorp.alignment.progress import Told, part
from paracorp.alignment.semantic import Encoder
from paracorp.records import Link


def mine_tables(  # noqa: PLR0913 - two tables, and how to look at them
    source: Sequence[Passage],
    target: Sequence[Passage],
    *,
    min_confidence: float | None = None,
    monotonic: bool = False,
    encoder: Encoder | None = None,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> list[Link]:
    """The links between two tables, in the order of the source table.

    Where both tables name articles, links stay inside articles of the same name and may be m:n; a row
    without article name then takes part in nothing. With `monotonic`, each article (or the whole table,
    where none are named) is read as a translation of the other. Else the tables are heaps of sentences
    and links are 1:1. With an `encoder` the meaning of the English counts as well. `on_progress` is told
    (what, done, of): `meaning` of texts that are read for the first time, `links` of source rows.
    """
    told = None if on_progress is None else partial(on_progress, "links")
    if encoder is not None:
        texts = (passage.english for side in (source, target) for passage in side)
        encoder.prepare(texts, None if on_progress is None else partial(on_progress, "meaning"))
    align = partial(align_pair, min_confidence=min_confidence, monotonic=monotonic, encoder=encoder)
    if any(passage.article for passage in source) and any(passage.article for passage in target):
        links = _by_article(source, target, align, told)
    elif monotonic:
        links = align(source, target, on_progress=part(told, 0, len(source), len(source)))
    else:
        links = mine_sentences(
            source, target, min_confidence=min_confidence, encoder=encoder, on_progress=told
        )
    return in_order(links, {passage.id: at for at, passage in enumerate(source)})


def _by_article(
    source: Sequence[Passage],
    target: Sequence[Passage],
    align: Callable[..., list[Link]],
    on_progress: Told | None,
) -> list[Link]:
    left, right = _grouped(source), _grouped(target)
    names = sorted(left.keys() & right.keys())
    total = sum(len(left[name]) for name in names)
    links, done = [], 0
    for name in names:
        told = part(on_progress, done, len(left[name]), total)
        links += align(left[name], right[name], on_progress=told)
        done += len(left[name])
        if on_progress is not None:
            on_progress(done, total)
    return links


def _grouped(passages: Sequence[Passage]) -> dict[str, list[Passage]]:
    groups: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.article:
            groups[passage.article].append(passage)
    return groups
