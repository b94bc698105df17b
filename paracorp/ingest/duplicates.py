"""Articles of one language that share most of their text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from paracorp.records import Article, NearDuplicate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint64]

_SHINGLE = 5
# An odd multiplier without pattern (the golden ratio in 64 bits): a shingle's characters become one number.
_MULTIPLIER = 0x9E3779B97F4A7C15


def near_duplicates(articles: Sequence[Article], threshold: float) -> list[NearDuplicate]:
    """Pairs of articles of one language whose character 5-grams have a Jaccard similarity >= `threshold`.

    Exact: the shared 5-grams of every pair are counted through an inverted index. White space does not
    count; an article shorter than five characters is no duplicate. Sorted by ids.
    """
    by_language: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_language[article.lang].append(article)
    found = [pair for group in by_language.values() for pair in _within(group, threshold)]
    return sorted(found, key=lambda pair: (pair.first_id, pair.second_id))


def _within(articles: Sequence[Article], threshold: float) -> Iterator[NearDuplicate]:
    shingles = {article.id: _shingles(article) for article in articles}
    names = sorted(name for name, numbers in shingles.items() if len(numbers))
    sizes = [len(shingles[name]) for name in names]
    for row, shared in enumerate(_overlaps([shingles[name] for name in names])):
        for other in shared.nonzero()[0].tolist():
            similarity = int(shared[other]) / (sizes[row] + sizes[other] - int(shared[other]))
            if other > row and similarity >= threshold:
                yield NearDuplicate(names[row], names[other], similarity)


def _shingles(article: Article) -> Shingles:
    """The distinct 5-grams of an article's text as numbers."""
    import numpy as np

    text = "".join("".join(block.text.split()) for block in article.blocks)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = max(len(points) - _SHINGLE + 1, 0)
    numbers = np.zeros(count, dtype=np.uint64)
    for place in range(_SHINGLE):
        numbers = numbers * np.uint64(_MULTIPLIER) + points[place : place + count]
    return np.unique(numbers)


def _overlaps(sets: Sequence[Shingles]) -> Iterator[NDArray[np.int64]]:
    """For each set how many elements it shares with every set, itself included."""
    import numpy as np

    if not sets:
        return
    sizes = np.array([len(numbers) for numbers in sets])
    _, ids, counts = np.unique(np.concatenate(sets), return_inverse=True, return_counts=True)
    # The sets that hold element n are holders[starts[n] : starts[n] + counts[n]].
    holders = np.repeat(np.arange(len(sets)), sizes)[np.argsort(ids, kind="stable")]
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    ends = np.cumsum(sizes)
    for row, size in enumerate(sizes):
        own = ids[ends[row] - size : ends[row]]
        lengths = counts[own]
        offsets = np.repeat(starts[own] - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
        yield np.bincount(holders[offsets + np.arange(len(offsets))], minlength=len(sets))
