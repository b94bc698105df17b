"""How well the words of two passages answer each other, each word by what it means where it stands.

After BERTScore (Zhang et al., 2020): every word of one passage is held against its best match in the other
one, words that are rare among these passages counting more. Needs an encoder.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paracorp.alignment.passages import Window
from paracorp.alignment.semantic import Words
from paracorp.alignment.similarity import Floats, Ints

# A match below this is no match: two unrelated words in unrelated sentences are about this alike.
UNALIKE = 0.5
# Weight of a word that stands in every passage.
_LEAST_WEIGHT = 0.05
# Decimals of a similarity that are kept.
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of the passages of one side, and the weight of each word."""

    words: Sequence[Words]
    weights: Sequence[Floats]


def wordings(source: Sequence[Words], target: Sequence[Words]) -> tuple[Wording, Wording]:
    """Both sides of a comparison, their words weighed by how few of all the passages have them."""
    frequency = Counter(word for words in (*source, *target) for word in set(words.stems))
    total = len(source) + len(target) + 1

    def weigh(words: Words) -> Floats:
        found = [math.log(total / (frequency[word] + 0.5)) for word in words.stems]
        return np.maximum(np.array(found, dtype=np.float64), _LEAST_WEIGHT)

    return (
        Wording(source, [weigh(words) for words in source]),
        Wording(target, [weigh(words) for words in target]),
    )


def matches(source: Wording, target: Wording, at: Ints, to: Ints) -> list[tuple[Floats, Floats]]:
    """For passages `at[k]` and `to[k]`: the best match of each word of the one, and of the other.

    A match is a cosine from -1 to 1. All figures are whole numbers until the last division, so that they do
    not hang on the order in which a machine adds.
    """
    width = len(target.words) + 1
    codes, place = np.unique(at * width + to, return_inverse=True)
    one, other = codes // width, codes % width
    cuts = np.flatnonzero(np.diff(one)) + 1
    found: list[tuple[Floats, Floats]] = []
    for rows in np.split(np.arange(len(codes)), cuts) if len(codes) else ():
        found += _against(source, target, int(one[rows[0]]), other[rows])
    return [found[number] for number in place.tolist()]


def _against(source: Wording, target: Wording, at: int, to: Ints) -> list[tuple[Floats, Floats]]:
    """The matches of one passage with several."""
    one = source.words[at].points.astype(np.float32)
    others = [target.words[place].points for place in to.tolist()]
    stacked = np.concatenate(others).astype(np.float32)
    # Sums of 384 products of whole numbers up to 127 are exact in single precision.
    dots = (one @ stacked.T).astype(np.float64)
    lengths = (
        np.sqrt((one * one).sum(axis=1, dtype=np.float64)),
        np.sqrt((stacked * stacked).sum(axis=1, dtype=np.float64)),
    )
    alike = np.round(dots / np.maximum(lengths[0][:, None] * lengths[1][None, :], 1.0), _DIGITS)
    stops = np.cumsum([len(other) for other in others])
    parts = (alike[:, stop - len(other) : stop] for stop, other in zip(stops.tolist(), others, strict=True))
    return [(part.max(axis=1, initial=0.0), part.max(axis=0, initial=0.0)) for part in parts]


def wording_features(source: Wording, target: Wording, at: Ints, to: Ints) -> dict[str, Floats]:
    """How much of the less and of the better covered passage finds a match, and the weight of the matches."""
    low, high, mass = np.zeros(len(at)), np.zeros(len(at)), np.zeros(len(at))
    for row, best in enumerate(matches(source, target, at, to)):
        weights = source.weights[int(at[row])], target.weights[int(to[row])]
        shares = [share(*side) for side in zip(weights, best, strict=True)]
        low[row], high[row] = sorted(shares)
        clear = [np.maximum(part - UNALIKE, 0.0) / (1 - UNALIKE) for part in best]
        mass[row] = sum(float((weight * part).sum()) for weight, part in zip(weights, clear, strict=True))
    return {"wording_low": low, "wording_high": high, "wording_mass": np.log1p(mass)}


def joined(side: Wording, span: Window) -> Wording:
    """A window of passages as if it were one passage."""
    words, weights = side.words[span.start : span.stop], side.weights[span.start : span.stop]
    stems = tuple(stem for part in words for stem in part.stems)
    return Wording([Words(stems, np.concatenate([part.points for part in words]))], [np.concatenate(weights)])


def answered(source: Wording, target: Wording) -> float:
    """The mean share of the words of two single passages that finds a match in the other."""
    first = np.zeros(1, dtype=np.int64)
    ((one, other),) = matches(source, target, first, first)
    return (share(source.weights[0], one) + share(target.weights[0], other)) / 2


def share(weights: Floats, best: Floats) -> float:
    """The weighted mean of the matches of a passage's words; 0 for a passage without words."""
    return float((weights * best).sum() / weights.sum()) if len(weights) else 0.0


def joining_features(here: Wording, there: Wording, to: Ints, *, core: Ints, edge: Ints) -> dict[str, Floats]:
    """How much more of passage `to[k]` finds a match once `edge[k]` stands beside `core[k]`, and how much of
    `edge[k]` finds one.
    """
    gain, own = np.zeros(len(to)), np.zeros(len(to))
    both = matches(here, there, np.concatenate([core, edge]), np.concatenate([to, to]))
    for row, ((_, before), (mine, added)) in enumerate(zip(both[: len(to)], both[len(to) :], strict=True)):
        weights = there.weights[int(to[row])]
        gain[row] = share(weights, np.maximum(before, added)) - share(weights, before)
        own[row] = share(here.weights[int(edge[row])], mine)
    return {"wording_gain": gain, "wording_own": own}
