"""Rules over the whole corpus: the same unit twice, and the same source rendered in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.checks.registry import Spot, remembering, whole
from paracorp.checks.views import View
from paracorp.records import Severity


@remembering("duplicate", Severity.INFO)
class Duplicate:
    """The same two texts stand in a unit before; keeps a number per unit."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._seen: set[int] = set()

    def __call__(self, view: View) -> Iterator[Spot]:
        """Compare with the units before."""
        key = hash((view.source.lang, view.source.text, view.target.lang, view.target.text))
        if key in self._seen:
            yield whole(view.source, "the same two texts stand in a unit before")
        self._seen.add(key)


@remembering("conflict", Severity.INFO)
class Conflict:
    """The same source has another target in a unit before; keeps two numbers per unit."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        self._targets: dict[int, int] = {}

    def __call__(self, view: View) -> Iterator[Spot]:
        """Compare with the units before."""
        source = hash((view.source.lang, view.source.text, view.target.lang))
        target = hash(view.target.text)
        if self._targets.setdefault(source, target) != target:
            yield whole(view.target, "the same source has another target in a unit before")
