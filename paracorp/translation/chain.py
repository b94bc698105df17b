"""Engines one after another, for two languages without a model between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from paracorp.translation.engine import Attention, Decoding, Engine, EngineOutput, Hypothesis


class _Pair(Protocol):
    @property
    def from_code(self) -> str: ...

    @property
    def to_code(self) -> str: ...


_Step = TypeVar("_Step", bound=_Pair)


def shortest_route(steps: Sequence[_Step], start: str, goal: str) -> list[_Step]:
    """The fewest steps that lead from one language to another; of equal routes the first by codes.

    Empty where none does.
    """
    ordered = sorted(steps, key=lambda step: (step.from_code, step.to_code))
    routes: dict[str, list[_Step]] = {start: []}
    reached = [start]
    for code in reached:
        for step in ordered:
            if step.from_code == code and step.to_code not in routes:
                routes[step.to_code] = [*routes[code], step]
                reached.append(step.to_code)
    return routes.get(goal, [])


class Chain:
    """Engines of which each translates what the one before it gave."""

    def __init__(self, steps: Sequence[Engine]) -> None:
        """At least two engines, in order."""
        self.name = "+".join(step.name for step in steps)
        self.langs = steps[0].langs
        self._steps = steps

    @property
    def key(self) -> str:
        """The keys of all steps."""
        return "+".join(step.key for step in self._steps)

    def accepts(self, text: str, lang: str) -> bool:
        """What the first step accepts."""
        return self._steps[0].accepts(text, lang)

    def batches(self, texts: Iterable[str], lang: str) -> Iterator[list[str]]:
        """The batches of the first step."""
        return self._steps[0].batches(texts, lang)

    def translate(
        self, batches: Iterable[Sequence[str]], lang: str, decoding: Decoding = Decoding.PLAIN
    ) -> Iterator[list[EngineOutput]]:
        """The best of each step goes to the next; the last gives the choice. Scores are multiplied."""
        for batch in batches:
            texts, scores = list(batch), [1.0] * len(batch)
            outputs: list[EngineOutput] = []
            for step in self._steps:
                [outputs] = step.translate([texts], lang, decoding)
                outputs = [_scaled(output, score) for output, score in zip(outputs, scores, strict=True)]
                texts = [output.text for output in outputs]
                scores = [output.hypotheses[0].score if output.hypotheses else 0.0 for output in outputs]
            yield outputs

    def attend(self, source: str, english: str, lang: str) -> Attention | None:  # noqa: ARG002 - see below
        """Nothing: what the first step looked at is lost in the second."""
        return None


def _scaled(output: EngineOutput, factor: float) -> EngineOutput:
    return EngineOutput(tuple(Hypothesis(item.text, item.score * factor) for item in output.hypotheses))
