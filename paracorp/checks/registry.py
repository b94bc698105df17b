"""The registry of rules: a rule is a function over one unit, or an object that remembers the units before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. `doc` is one sentence for people.

    `begin` gives its check for one run over a corpus; `remembers` says that the check must see all units.
    """

    name: str
    severity: Severity
    doc: str
    begin: Callable[[], Check]
    remembers: bool


def rule(name: str, severity: Severity) -> Callable[[Check], Check]:
    """Register a function over one unit as a rule; its docstring's first line is the rule's sentence."""

    def register(check: Check) -> Check:
        RULES[name] = Rule(name, severity, _sentence(check.__doc__), lambda: check, remembers=False)
        return check

    return register


def remembering(name: str, severity: Severity) -> Callable[[type[Check]], type[Check]]:
    """Register a class whose instances are called with the units in order, one instance a run."""

    def register(kind: type[Check]) -> type[Check]:
        RULES[name] = Rule(name, severity, _sentence(kind.__doc__), kind, remembers=True)
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
