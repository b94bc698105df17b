"""What two windows share or where they contradict each other: as figures, and for a person to see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

from paracorp.alignment.background import rarity
from paracorp.alignment.candidates import Comparison, Side, alike, window_figures, window_quotations
from paracorp.alignment.figures import clashing_figures, shared_figures
from paracorp.alignment.passages import Window
from paracorp.alignment.quotes import shared_quotations
from paracorp.alignment.similarity import Floats, Ints
from paracorp.alignment.terms import fold, stem
from paracorp.alignment.wording import answered, joined
from paracorp.lexicon.quantities import describe
from paracorp.records import Evidence

# Shared words shown at most, rarest first.
SHOWN = 8
# A capitalised word this rare at large (see `rarity`) is shown as a name.
NAME_RARITY = 3.5
# Share of common letters from which two spellings are one name (Schumacher, Shumacher: 0.94).
SPELLING = 0.8

_NAME = re.compile(r"[^\W\d_][\w'’-]*")


def explain(comparison: Comparison, rivals: Rivals, row: int) -> Evidence:
    """The evidence of one candidate, with its best rival."""
    source, target = comparison.source, comparison.target
    left, right = int(comparison.left[row]), int(comparison.right[row])
    spans = source.windows[left], target.windows[right]
    figures = window_figures(source, spans[0]), window_figures(target, spans[1])
    quoted = window_quotations(source, spans[0]), window_quotations(target, spans[1])
    shared = shared_figures(*figures)
    rival, rival_score = rivals.best(row)
    names = _shared_names(source, spans[0], target, spans[1])
    return Evidence(
        similarity=_parts(comparison, row),
        names=names,
        numbers=_once(_both(describe(one), describe(other)) for one, other in shared),
        quotes=_once(_both(one.text, other.text) for one, other in shared_quotations(*quoted)),
        words=_shared_words(source, spans[0], target, spans[1], names),
        contradictions=_once(
            f"{describe(one)} | {describe(other)}" for one, other in clashing_figures(*figures, shared)
        ),
        runner_up=rival,
        runner_up_score=rival_score,
    )


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _both(one: str, other: str) -> str:
    return one if one == other else f"{one} = {other}"


def _parts(comparison: Comparison, row: int) -> dict[str, float]:
    """Cosine of the words, of their pieces, the share of the smaller side's terms that are shared, and,
    with an encoder, the cosine of the meanings and the share of the words that find a match.
    """
    source, target = comparison.source, comparison.target
    left, right = int(comparison.left[row]), int(comparison.right[row])
    terms = source.weights.shape[1]
    one, other = source.vectors[[left]], target.vectors[[right]]
    words = 2 * float((one[:, :terms] @ other[:, :terms].T).sum())
    mine, theirs = source.weights[[left]], target.weights[[right]].indices
    mass = float(mine.data[np.isin(mine.indices, theirs)].sum())
    parts = {
        "words": round(words, 3),
        "pieces": round(2 * float(comparison.base[row]) - words, 3),
        "cover": round(mass / max(min(float(source.mass[left]), float(target.mass[right])), 1e-9), 3),
    }
    if source.meaning is not None:
        meant = float(alike(source, target, np.array([left]), np.array([right]))[0])
        parts["meaning"] = round(max(meant, 0.0), 3)
        parts["wording"] = round(max(_wording(source, target, left, right), 0.0), 3)
    return parts


def _wording(source: Side, target: Side, left: int, right: int) -> float:
    """How much of the words of two windows finds a match in the other, both ways on average."""
    if source.meaning is None or target.meaning is None:
        raise ValueError("the comparison was made without an encoder")
    return answered(
        joined(source.meaning.wording, source.windows[left]),
        joined(target.meaning.wording, target.windows[right]),
    )


@dataclass(frozen=True, slots=True)
class Rivals:
    """Finds the candidates that take a passage of another one, without looking at all of them."""

    comparison: Comparison
    confidence: Floats
    by_target: Ints
    targets: Ints

    @classmethod
    def of(cls, comparison: Comparison, confidence: Floats) -> Rivals:
        """Candidates come sorted by source window; sort them by target window too."""
        order = np.argsort(comparison.right, kind="stable")
        return cls(comparison, confidence, order, comparison.right[order])

    def best(self, row: int) -> tuple[str, float]:
        """Ids and confidence of the best candidate that shares passages with this one on one side only.

        Written as the source ids, ` ~ `, the target ids; empty where there is none.
        """
        found = self._rivals(row)
        if not len(found):
            return "", 0.0
        best = int(found[np.argmax(self.confidence[found])])
        source, target = self.comparison.source, self.comparison.target
        one, other = source.windows[self.comparison.left[best]], target.windows[self.comparison.right[best]]
        ids = (
            " ".join(passage.id for passage in side.passages[span.start : span.stop])
            for side, span in ((source, one), (target, other))
        )
        return " ~ ".join(ids), round(float(self.confidence[best]), 4)

    def _rivals(self, row: int) -> Ints:
        source, target = self.comparison.source, self.comparison.target
        one, other = self.comparison.left[row], self.comparison.right[row]
        left = np.concatenate(
            [_run(self.comparison.left, at) for at in _overlapping(source, source.windows[one])]
        )
        right = np.concatenate(
            [self.by_target[_run(self.targets, at)] for at in _overlapping(target, target.windows[other])]
        )
        return np.setxor1d(left, right)


def _run(values: Ints, value: int) -> Ints:
    """The places of a value in a sorted array."""
    return np.arange(np.searchsorted(values, value), np.searchsorted(values, value, side="right"))


def _overlapping(side: Side, span: Window) -> list[int]:
    """The windows that share a passage with this one."""
    longest = len(side.window) - 1
    found = []
    for size in range(1, longest + 1):
        numbers = side.window[size, max(0, span.start - size + 1) : span.stop]
        found += [int(number) for number in numbers if number >= 0]
    return found


def _english(side: Side, span: Window) -> str:
    return " ".join(passage.english for passage in side.passages[span.start : span.stop])


def _shared_names(source: Side, one: Window, target: Side, other: Window) -> tuple[str, ...]:
    """Capitalised rare words of the source that the target has too, if spelled a little differently."""
    theirs = [fold(name) for name in _names(_english(target, other))]
    found: dict[str, None] = {}
    for name in _names(_english(source, one)):
        if any(_same_name(fold(name), their) for their in theirs):
            found[name] = None
    return tuple(found)


def _names(text: str) -> list[str]:
    words = (match[0].removesuffix("'s").removesuffix("’s") for match in _NAME.finditer(text))
    return [word for word in words if word[0].isupper() and rarity(stem(fold(word))) >= NAME_RARITY]


def _same_name(one: str, other: str) -> bool:
    if one == other or stem(one) == stem(other):
        return True
    return min(len(one), len(other)) >= 4 and SequenceMatcher(None, one, other).ratio() >= SPELLING


def _shared_words(
    source: Side, one: Window, target: Side, other: Window, names: Sequence[str]
) -> tuple[str, ...]:
    """The rarest words both have, as the source writes them, in reading order; names are left to `names`."""
    theirs = {term for terms in target.terms[other.start : other.stop] for term in terms.stems}
    named = {stem(fold(name)) for name in names}
    found: dict[str, str] = {}
    for match in _NAME.finditer(_english(source, one)):
        root = stem(fold(match[0]))
        if root in theirs and root not in named:
            found.setdefault(root, fold(match[0]))
    kept = sorted(found, key=lambda root: (-rarity(root), root))[:SHOWN]
    return tuple(word for root, word in found.items() if root in kept and rarity(root) >= 2.5)
