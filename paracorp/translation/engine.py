"""What the pipeline asks of a machine translation engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class EngineOutput:
    """The English of one text, empty where the engine has none, and exp(mean log-probability per token)."""

    text: str
    score: float


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

    def translate(self, texts: Sequence[str], lang: str) -> Iterator[EngineOutput]:
        """One output per text, in order. Texts given together are batched together."""
