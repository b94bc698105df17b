"""What the pipeline asks of a machine translation engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Span = tuple[int, int]


class Decoding(StrEnum):
    """How a text is decoded: plainly, or in another way because a plain output is at fault.

    `careful` punishes repetition; `wide` searches wider, allows no pair of words twice and asks for a length.
    """

    PLAIN = "plain"
    CAREFUL = "careful"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One rendering an engine offers, and exp(mean log-probability per token)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class EngineOutput:
    """What an engine has for one text, best first, no text twice; empty where it has nothing."""

    hypotheses: tuple[Hypothesis, ...]

    @property
    def text(self) -> str:
        """The best rendering; empty where there is none."""
        return self.hypotheses[0].text if self.hypotheses else ""

    def packed(self) -> str:
        """As a line of JSON, for a cache."""
        return json.dumps([[item.text, item.score] for item in self.hypotheses], ensure_ascii=False)

    @classmethod
    def unpacked(cls, line: str) -> EngineOutput:
        """From what `packed` gives."""
        return cls(tuple(Hypothesis(text, score) for text, score in json.loads(line)))


@dataclass(frozen=True, slots=True)
class Attention:
    """Where an engine looked while it wrote.

    `source` and `target` are spans of tokens in both texts; `weights` has a row per target token and in it a
    share per source token.
    """

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    weights: tuple[tuple[float, ...], ...]

    def packed(self) -> str:
        """As a line of JSON, for a cache; shares to a thousandth."""
        weights = [[round(share, 3) for share in row] for row in self.weights]
        return json.dumps([self.source, self.target, weights])

    @classmethod
    def unpacked(cls, line: str) -> Attention:
        """From what `packed` gives."""
        source, target, weights = json.loads(line)
        return cls(
            tuple((start, end) for start, end in source),
            tuple((start, end) for start, end in target),
            tuple(map(tuple, weights)),
        )

    def towards(self, start: int, end: int) -> list[tuple[Span, float]]:
        """For each target token its span and how much of its attention went to a span of the source."""
        inside = [index for index, (one, other) in enumerate(self.source) if one < end and start < other]
        return [
            (span, sum(row[index] for index in inside if index < len(row)))
            for span, row in zip(self.target, self.weights, strict=True)
        ]


class Engine(Protocol):
    """One translation model. Making one is cheap; the model is loaded by the first `translate`."""

    @property
    def name(self) -> str:
        """Engine and package with version, for people."""

    @property
    def key(self) -> str:
        """Everything that shapes the output: engine, package, its content, versions, options."""

    @property
    def langs(self) -> frozenset[str]:
        """The languages it translates from."""

    def accepts(self, text: str, lang: str) -> bool:
        """Whether it should have this text; False leaves it to the next engine."""

    def batches(self, texts: Iterable[str], lang: str) -> Iterator[list[str]]:
        """The texts, none twice, in groups of about equal length, longest first.

        The groups follow from the set of texts, so that a run that was cut short goes on with the same ones.
        """

    def translate(
        self, batches: Iterable[Sequence[str]], lang: str, decoding: Decoding = Decoding.PLAIN
    ) -> Iterator[list[EngineOutput]]:
        """For each batch one output per text, in order. May take the next batch before it gives the last."""

    def attend(self, source: str, english: str, lang: str) -> Attention | None:
        """Where it would have looked while writing this English; None where it cannot tell."""
