"""How much two windows of passages share: rare words, numbers and pieces of words, as sparse vectors.

A window is one unit vector: one half of it holds its words and numbers, the other the pieces of its words,
so that the dot product of two windows is the mean of both cosines. A term weighs what it is rare in English
at large plus what it is rare among these passages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from paracorp.alignment.background import rarity
from paracorp.alignment.figures import figure_keys, key_rarity, read_figures
from paracorp.alignment.passages import Passage, Window
from paracorp.alignment.quotes import Quotation, quotations
from paracorp.alignment.terms import pieces, stems
from paracorp.alignment.thesaurus import concept_rarity, concepts
from paracorp.lexicon.quantities import Quantity

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

# Multiply-adds a search for neighbours may spend; beyond it the most common columns are left out of the
# search (never of the scores). 6,630 x 1,604 rows stay below it, 50,000 x 50,000 rows take minutes with it.
SEARCH_BUDGET = 4e9
_BLOCK_CELLS = 8_000_000
# Decimals of a similarity of meaning that do not hang on the order in which a machine adds.
MEANING_DIGITS = 4


# Weights of a term, chosen out of fold on `news` and `articles`: what is rare among these passages counts
# half as much again as what is rare at large, another word for the same thing under half of the word.
LOCAL = 1.5
CONCEPT = 0.4
# What is rare at large counts no more than this times what is rare here: the name a story is about stands
# everywhere in it. On the sample corpus, out of fold: mean lax F1 .903 to .913; elsewhere no difference.
TOLD_APART = 1.2


@dataclass(frozen=True, slots=True)
class Terms:
    """What one passage is compared by: its stems, with repetitions, its figures and quotations."""

    stems: tuple[str, ...]
    figures: tuple[Quantity, ...]
    quotations: tuple[Quotation, ...] = ()

    @property
    def keys(self) -> list[str]:
        """Stems, concepts as `~number` and figures as `kind:value`."""
        meant = (concept for part in self.stems for concept in concepts(part))
        return [*self.stems, *meant, *(key for figure in self.figures for key in figure_keys(figure))]


def read_terms(passage: Passage) -> Terms:
    """The terms of a passage."""
    return Terms(tuple(stems(passage.english)), read_figures(passage), quotations(passage.english))


@dataclass(frozen=True, slots=True)
class Space:
    """The vocabulary of a comparison: column and weight of each term, and the pieces of each term."""

    column: dict[str, int]
    weight: Floats
    pieces: sparse.csr_array

    def counts(self, passages: Sequence[Terms]) -> sparse.csr_array:
        """How often each term stands in each passage: passages x terms."""
        tallies = (Counter(self.column[key] for key in terms.keys) for terms in passages)
        return _matrix(tallies, len(passages), len(self.column))

    def words(self, counts: sparse.csr_array) -> sparse.csr_array:
        """Weights of the terms of each row: damped count times rarity, not normalised."""
        damped = counts.copy()
        damped.data = 1.0 + np.log(damped.data)
        return sparse.csr_array(damped.multiply(self.weight[None, :]))

    def vectors(self, counts: sparse.csr_array) -> sparse.csr_array:
        """One unit vector per row: words in the first columns, pieces in the rest."""
        words = self.words(counts)
        halves = [_unit(words), _unit(sparse.csr_array(words @ self.pieces))]
        return sparse.csr_array(sparse.hstack(halves, format="csr") * math.sqrt(0.5))


def space(passages: Iterable[Terms]) -> Space:
    """The space of all passages of both sides; their order does not matter."""
    frequency: Counter[str] = Counter()
    total = 0
    for terms in passages:
        frequency.update(set(terms.keys))
        total += 1
    keys = sorted(frequency)
    weight = np.array([_weight(key, math.log((total + 1) / (frequency[key] + 0.5))) for key in keys])
    return Space({key: at for at, key in enumerate(keys)}, weight, _pieces(keys))


def _weight(key: str, local: float) -> float:
    share = CONCEPT if key[0] == "~" else 1.0
    known = concept_rarity(key) if key[0] == "~" else rarity(key)
    at_large = key_rarity(key) if ":" in key else max(0.1, known - 1.3)
    here = max(local, 0.0)
    return share * (min(at_large, TOLD_APART * here) + LOCAL * here)


def _pieces(keys: Sequence[str]) -> sparse.csr_array:
    parts = [Counter([key] if ":" in key or key[0] == "~" else pieces(key)) for key in keys]
    frequency = Counter(piece for part in parts for piece in part)
    column = {piece: at for at, piece in enumerate(sorted(frequency))}
    weight = {piece: math.log((len(keys) + 1) / frequency[piece]) for piece in column}
    rows = ({column[piece]: number * weight[piece] for piece, number in part.items()} for part in parts)
    return _unit(_matrix(rows, len(keys), len(column)))


def _matrix(
    rows: Iterable[dict[int, float]] | Iterable[Counter[int]], height: int, width: int
) -> sparse.csr_array:
    data: list[float] = []
    columns: list[int] = []
    starts = [0]
    for row in rows:
        for at in sorted(row):
            columns.append(at)
            data.append(float(row[at]))
        starts.append(len(columns))
    parts = (np.array(data), np.array(columns, dtype=np.int32), np.array(starts, dtype=np.int32))
    return sparse.csr_array(parts, shape=(height, width))


def _unit(matrix: sparse.csr_array) -> sparse.csr_array:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1.0
    return sparse.csr_array(matrix.multiply((1.0 / length)[:, None]))


def merge(counts: sparse.csr_array, parts: Sequence[Window]) -> sparse.csr_array:
    """The counts of each window: the sum over its passages."""
    rows = np.repeat(np.arange(len(parts)), [part.size for part in parts])
    columns = np.concatenate(
        [np.arange(part.start, part.stop) for part in parts] or [np.array([], dtype=int)]
    )
    shape = (len(parts), counts.shape[0])
    chosen = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    return sparse.csr_array(chosen @ counts)


def dots(left: sparse.csr_array, right: sparse.csr_array, at: Ints, to: Ints) -> Floats:
    """The dot product of row `at[k]` of `left` with row `to[k]` of `right`, for each k, in blocks."""
    found = np.zeros(len(at))
    for start in range(0, len(at), 20_000):
        part = slice(start, start + 20_000)
        found[part] = np.asarray(left[at[part]].multiply(right[to[part]]).sum(axis=1)).ravel()
    return found


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The rows of the other side most similar to each row, best first; -1 fills short lists."""

    index: Ints
    score: Floats

    def mean(self, depth: int) -> Floats:
        """The mean similarity of the best `depth` rows: how similar this row is to anything at all."""
        return np.asarray(self.score[:, :depth].mean(axis=1))


def nearest(
    left: sparse.csr_array | Floats,
    right: sparse.csr_array | Floats,
    depth: int,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Neighbours, Neighbours]:
    """The `depth` most similar rows of `right` for each row of `left`, and the other way round.

    Works in blocks of rows, so that memory grows with the rows, not with their product.
    """
    product = _product(left, right)
    height, width = left.shape[0], right.shape[0]
    forward = _Best.empty(height, depth)
    backward = _Best.empty(width, depth)
    step = max(1, _BLOCK_CELLS // max(1, width))
    for start in range(0, height, step):
        block = product(start, start + step)
        forward.put(start, block)
        backward.merge(np.ascontiguousarray(block.T), start)
        if on_progress is not None:
            on_progress(min(start + step, height), height)
    return forward.done(), backward.done()


def _product(
    left: sparse.csr_array | Floats, right: sparse.csr_array | Floats
) -> Callable[[int, int], Floats]:
    """The dot products of some rows of `left` with all rows of `right`, free of the last digits' noise."""
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        return lambda start, stop: np.round(np.asarray(left[start:stop] @ right.T), MEANING_DIGITS)
    kept = _searched(left, right)
    turned = sparse.csc_array(right[:, kept]).T.tocsr()
    part = sparse.csr_array(left[:, kept])
    return lambda start, stop: np.round(np.asarray((part[start:stop] @ turned).todense()), 9)


def _searched(left: sparse.csr_array, right: sparse.csr_array) -> Ints:
    """The columns that a search looks at: all, or the rarest that the budget allows."""
    cost = np.bincount(left.indices, minlength=left.shape[1]).astype(float)
    cost *= np.bincount(right.indices, minlength=right.shape[1])
    order = np.argsort(cost, kind="stable")
    affordable = order[np.cumsum(cost[order]) <= SEARCH_BUDGET]
    return np.sort(affordable).astype(np.int64)


@dataclass(frozen=True, slots=True)
class _Best:
    index: Ints
    score: Floats

    @classmethod
    def empty(cls, height: int, depth: int) -> _Best:
        return cls(np.full((height, depth), -1, dtype=np.int64), np.zeros((height, depth)))

    def put(self, start: int, block: Floats) -> None:
        index, score = _top(block, self.index.shape[1])
        self.index[start : start + len(block), : index.shape[1]] = index
        self.score[start : start + len(block), : index.shape[1]] = score

    def merge(self, block: Floats, start: int) -> None:
        """Put in the best of each row of a block whose first column is number `start`."""
        index, score = _top(block, self.index.shape[1])
        indices = np.concatenate([self.index, index + start], axis=1)
        scores = np.concatenate([self.score, score], axis=1)
        order = np.lexsort((indices, -scores), axis=1)[:, : self.index.shape[1]]
        self.index[:] = np.take_along_axis(indices, order, axis=1)
        self.score[:] = np.take_along_axis(scores, order, axis=1)

    def done(self) -> Neighbours:
        self.index[self.score <= 0] = -1
        return Neighbours(self.index, self.score)


def _top(block: Floats, depth: int) -> tuple[Ints, Floats]:
    """Column and value of the `depth` largest of each row, largest first, equal ones by column."""
    depth = min(depth, block.shape[1])
    chosen = np.sort(np.argpartition(block, block.shape[1] - depth, axis=1)[:, -depth:], axis=1)
    values = np.take_along_axis(block, chosen, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    index = np.take_along_axis(chosen, order, axis=1)
    return index.astype(np.int64), np.take_along_axis(values, order, axis=1)
