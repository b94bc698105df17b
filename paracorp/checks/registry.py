"""The registry of rules: a function over one unit, or an object that remembers the units before.

A remembering rule works in two steps, so that processes can share the first: `observe` takes what it needs
from one unit, `judge` compares that with the units before, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from paracorp.checks.views import Text, View
from paracorp.records import Severity

RULES: dict[str, Rule] = {}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule found something: a text of the unit, a span in it (0, 0: the whole), and what is wrong."""

    field: str
    start: int
    end: int
    message: str


Check = Callable[[View], Iterator[Spot]]


class Remembering(Protocol):
    """What a remembering rule does; one instance a run."""

    @staticmethod
    def observe(view: View) -> Any:
        """What of one unit the rule compares; it can be pickled and is the same in every process."""
        ...

    def judge(self, observed: Any) -> Iterator[Spot]:
        """Compare with the units before."""
        ...


_Kind = TypeVar("_Kind", bound=Remembering)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule: a `check` of one unit, or objects that `remember`. `doc` is one sentence for people."""

    name: str
    severity: Severity
    doc: str
    check: Check | None = None
    remembers: type[Remembering] | None = None


def rule(name: str, severity: Severity) -> Callable[[Check], Check]:
    """Register a function over one unit as a rule; its docstring's first line is the rule's sentence."""

    def register(check: Check) -> Check:
        RULES[name] = Rule(name, severity, _sentence(check.__doc__), check=check)
        return check

    return register


def remembering(name: str, severity: Severity) -> Callable[[type[_Kind]], type[_Kind]]:
    """Register a class as a rule that compares each unit with those before."""

    def register(kind: type[_Kind]) -> type[_Kind]:
        RULES[name] = Rule(name, severity, _sentence(kind.__doc__), remembers=kind)
        return kind

    return register


def _sentence(doc: str | None) -> str:
    return (doc or "").strip().split("\n")[0]


def whole(text: Text, message: str) -> Spot:
    """A spot that stands for a whole text."""
    return Spot(text.field, 0, 0, message)


def part(text: Text, start: int, end: int, message: str) -> Spot:
    """A spot in a text."""
    return Spot(text.field, start, end, message)
