"""Rules over the whole corpus: the same unit twice, and the same source rendered in two ways."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from paracorp.checks.registry import Spot, remembering
from paracorp.checks.views import View
from paracorp.records import Severity


def _number(*texts: str) -> int:
    """A number of 64 bits that stands for texts, in every process the same."""
    body = "\0".join(texts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(body, digest_size=8).digest())


@remembering("duplicate", Severity.INFO)
class Duplicate:
    """The same two texts stand in a unit before."""

    def __init__(self) -> None:
        """Nothing seen yet; keeps a number per unit."""
        self._seen: set[int] = set()

    @staticmethod
    def observe(view: View) -> int:
        """A number for the two texts."""
        return _number(view.source.lang, view.source.text, view.target.lang, view.target.text)

    def judge(self, observed: int) -> Iterator[Spot]:
        """Compare with the units before."""
        if observed in self._seen:
            yield Spot("source", 0, 0, "the same two texts stand in a unit before")
        self._seen.add(observed)


@remembering("conflict", Severity.INFO)
class Conflict:
    """The same source has another target in a unit before."""

    def __init__(self) -> None:
        """Nothing seen yet; keeps two numbers per unit."""
        self._targets: dict[int, int] = {}

    @staticmethod
    def observe(view: View) -> tuple[int, int]:
        """A number for the source with the pair of languages, and one for the target."""
        source = _number(view.source.lang, view.source.text, view.target.lang)
        return source, _number(view.target.text)

    def judge(self, observed: tuple[int, int]) -> Iterator[Spot]:
        """Compare with the units before."""
        source, target = observed
        if self._targets.setdefault(source, target) != target:
            yield Spot("target", 0, 0, "the same source has another target in a unit before")
