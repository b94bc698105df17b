"""From features to probabilities: three small logistic models whose coefficients come with the package.

First every pair of passages is judged by what the two share (`pair`), and every passage beside a pair by what
it adds (`edge`); then every pair again, in the light of its neighbours and rivals (`context`). The confidence
of a link is the mean probability of its sentence pairs: the share of it that is expected to be right.

The coefficients are fitted by `tests/benchmarks/fit_alignment.py`; its head says on what and how.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import resources
from typing import TypeAlias

import numpy as np

from paracorp.alignment.candidates import Comparison
from paracorp.alignment.context import CONTEXT, Pairs, context_features, pair_sums, pairs_of
from paracorp.alignment.features import EDGE, PAIR, Edges, edge_features, pair_features
from paracorp.alignment.progress import PAIRS, SEARCH, WHOLE, Told, part
from paracorp.alignment.similarity import Floats, Ints

Weights: TypeAlias = dict[str, float]

# What the names of the models for comparisons with an encoder end in.
SEMANTIC = "+semantic"


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: a weight per feature name, the intercept under the empty name."""

    weights: Weights

    def probability(self, names: tuple[str, ...], table: Floats) -> Floats:
        """The probability of each row of a table whose columns are `names`."""
        total = np.full(len(table), self.weights[""])
        for at, name in enumerate(names):
            total += self.weights.get(name, 0.0) * table[:, at]
        return np.asarray(1.0 / (1.0 + np.exp(-total)))


@dataclass(frozen=True, slots=True)
class Model:
    """The three models.

    Heaps of sentences use models of their own: no neighbours there, and far fewer partners.
    """

    pair: Logistic
    edge: Logistic
    context: Logistic


@dataclass(frozen=True, slots=True)
class Judged:
    """Per candidate: its sentence pairs, and how many of them are expected to be right."""

    pairs: Ints
    expected: Floats

    @property
    def confidence(self) -> Floats:
        """The expected share of right sentence pairs."""
        return np.asarray(np.round(self.expected / self.pairs, 6))


@functools.cache
def model(name: str, *, semantic: bool = False) -> Model:
    """The model `articles` or `sentences` that comes with the package, made for an encoder or for none."""
    body = resources.files("paracorp.alignment").joinpath("model.json").read_text(encoding="utf-8")
    data = json.loads(body)[name + SEMANTIC if semantic else name]
    pair, edge, context = (Logistic(data[part]) for part in ("pair", "edge", "context"))
    return Model(pair, edge, context)


def judge(comparison: Comparison, judge_by: Model, on_progress: Told | None = None) -> Judged:
    """The probabilities of all candidates; `on_progress` hears (done, of)."""
    pairs = pairs_of(comparison)
    features = pair_features(comparison, pairs.row)
    edges = edge_features(comparison, part(on_progress, SEARCH + PAIRS, WHOLE - SEARCH - PAIRS, WHOLE))
    return judge_features(comparison, judge_by, pairs, features, edges)


def judge_features(
    comparison: Comparison, judge_by: Model, pairs: Pairs, features: Floats, edges: Edges
) -> Judged:
    """The same from the features of the 1:1 candidates and of the edges."""
    chance = judge_by.pair.probability(PAIR, features)
    joins = judge_by.edge.probability(EDGE, edges.features)
    table = context_features(pairs, chance, edges, joins, ordered=comparison.ordered)
    final = judge_by.context.probability(CONTEXT, table)
    sizes = comparison.source.sizes[comparison.left], comparison.target.sizes[comparison.right]
    return Judged(sizes[0] * sizes[1], pair_sums(comparison, pairs, final))
