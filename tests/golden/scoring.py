"""Scores the matcher, the number reader and the rules on the golden sets."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from paracorp.checks import RULES, check_units
from paracorp.lexicon.matching import Matcher
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.termbase import Termbase, read_termbase
from paracorp.records import Origin, Status, TranslationUnit, Variant
from paracorp.settings import CheckSettings

GOLDEN = Path(__file__).parent
GLOSSARY = GOLDEN.parents[1] / "glossaries" / "ai-politics.csv"
Case = dict[str, Any]


@dataclass(slots=True)
class Counts:
    """What was found right, found wrongly and missed, with a note for every case that is not right."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, text: str, found: Iterable[tuple[str, ...]], expected: Iterable[tuple[str, ...]]) -> None:
        """Count one case; the first part of each item says under which name."""
        got, wanted = set(found), set(expected)
        for counter, items in (
            (self.right, got & wanted),
            (self.wrong, got - wanted),
            (self.missed, wanted - got),
        ):
            counter.update(item[0] for item in items)
        if got != wanted:
            self.notes.append(f"{text}: found {sorted(got - wanted)}, missed {sorted(wanted - got)}")

    def precision(self, name: str | None = None) -> float:
        """The share of what was found that is right, of one name or of all; 1 where nothing was found."""
        right, wrong = self._sum(self.right, name), self._sum(self.wrong, name)
        return right / (right + wrong) if right + wrong else 1.0

    def recall(self, name: str | None = None) -> float:
        """The share of what is there that was found, of one name or of all; 1 where nothing is there."""
        right, missed = self._sum(self.right, name), self._sum(self.missed, name)
        return right / (right + missed) if right + missed else 1.0

    @staticmethod
    def _sum(counter: Counter[str], name: str | None) -> int:
        return counter.total() if name is None else counter[name]


def cases(name: str) -> list[Case]:
    """The lines of a golden file."""
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@cache
def glossary() -> Termbase:
    """The glossary whose ids the marks name."""
    return read_termbase(GLOSSARY)


@cache
def _matcher(lang: str) -> Matcher:
    return Matcher([term for term in glossary() if term.status != "forbidden"], lang)


def score_terms(name: str) -> Counts:
    """Marks of terms: the id and the span must be right; homographs count neither way."""
    counts = Counts()
    matcher = _matcher(_lang(name))
    for case in cases(name):
        either, marked = (
            {(mark["id"], str(mark["start"]), str(mark["end"])) for mark in case.get(key, ())}
            for key in ("homograph", "terms")
        )
        found = {(m.term_id, str(m.start), str(m.end)) for m in matcher.find(case["text"])}
        counts.add(case["text"], found - either, marked)
    return counts


def score_numbers(name: str) -> Counts:
    """Quantities by kind: span and all values must be right."""
    counts = Counts()
    for case in cases(name):
        published = dt.date.fromisoformat(case["published"])
        quantities = find_quantities(case["text"], _lang(name), published)
        found = {
            (q.kind.value, q.start, q.end, q.date or round(q.value, 9), q.unit, q.currency, q.precision.value)
            for q in quantities
        }
        expected = {
            (
                *(q["kind"], q["start"], q["end"], q["date"] or round(float(q["value"]), 9)),
                *(q["unit"] or "", q["currency"] or "", q["precision"]),
            )
            for q in case["quantities"]
        }
        counts.add(case["text"], (_words(item) for item in found), (_words(item) for item in expected))
    return counts


def score_rules(name: str) -> Counts:
    """Findings by rule: what a unit should raise; rules a case names under `either` count neither way.

    The units of one case are of one article and in order; cases share nothing.
    """
    counts = Counts()
    rows = list(enumerate(cases(name)))
    alone = [(number, row) for number, row in rows if "units" not in row]
    memory = {rule: "off" for rule, facts in RULES.items() if facts.remembers}
    raised = [*_raised(alone, CheckSettings(memory))]
    for number, case in rows:
        if "units" in case:
            raised += _raised([(number, row) for row in case["units"]], CheckSettings())
    for row, found in raised:
        text = f"{row['source']} | {row['target']}"
        counts.add(
            text, {(rule,) for rule in found - set(row.get("either", ()))}, {(r,) for r in row["rules"]}
        )
    return counts


def _raised(rows: list[tuple[int, Case]], settings: CheckSettings) -> Iterator[tuple[Case, set[str]]]:
    """The rules that each unit raises; units of one number are of one article."""
    published: dict[str, dt.date | None] = {}
    units = []
    for index, (number, row) in enumerate(rows):
        source, target = (_side(row, side, number) for side in ("source", "target"))
        for side, variant in (("source", source), ("target", target)):
            published.setdefault(variant.article_id, dt.date.fromisoformat(row[f"{side}_published"]))
        units.append(TranslationUnit(f"u{index}", source, target, None, "1:1", Status.AUTO, "", None))
    found: dict[str, set[str]] = {unit.id: set() for unit in units}
    for finding in check_units(units, glossary(), settings, published=published):
        found[finding.unit_id].add(finding.rule)
    yield from ((row, found[unit.id]) for unit, (_, row) in zip(units, rows, strict=True))


def _side(row: Case, side: str, number: int) -> Variant:
    """One side of a unit; English is of the article it renders."""
    lang = row[f"{side}_lang"]
    article = row["source_lang"] if lang == "en" else lang
    return Variant(lang, row[side], row[f"{side}_english"], f"{article}/{number}", (), Origin.MODEL, "")


def _lang(name: str) -> str:
    return name.split("_")[1]


def _words(item: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(map(str, item))
