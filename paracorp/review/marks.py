"""Names and numbers in the texts of a unit, those that are the same in one group across all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paracorp.lexicon.comparing import comparable_key, telling
from paracorp.lexicon.entities import EntityReader
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import describe
from paracorp.lexicon.termbase import Termbase

# Longer texts are shown without marks: looking for names takes time that grows with the text.
LONGEST_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a unit; `field` is its name, `published` the day of its article."""

    field: str
    text: str
    lang: str
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Group:
    """A name or number and the fields it stands in."""

    label: str
    kind: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span (half-open, code points) that belongs to a group, by its number."""

    start: int
    end: int
    group: int


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    key: tuple[str, str]
    label: str
    telling: bool


class Marker:
    """Finds names by one termbase, and numbers."""

    def __init__(self, termbase: Termbase) -> None:
        """Keep the matchers, which are built when first needed."""
        self._reader = EntityReader(termbase)
        self._labels = {term.id: _label(term.variants) or term.id for term in termbase}

    def mark(self, texts: Iterable[Text]) -> tuple[list[Group], dict[str, list[Mark]]]:
        """The groups in reading order, and the marks of each field in order, none overlapping.

        A name is marked wherever it stands; a small number only where another text has it too.
        """
        found = {text.field: self._find(text) for text in texts}
        fields: dict[tuple[str, str], list[str]] = defaultdict(list)
        labels: dict[tuple[str, str], str] = {}
        worthy: set[tuple[str, str]] = set()
        for field, items in found.items():
            for item in items:
                labels.setdefault(item.key, item.label)
                if field not in fields[item.key]:
                    fields[item.key].append(field)
                if item.telling or len(fields[item.key]) > 1:
                    worthy.add(item.key)
        kept = [key for key in fields if key in worthy]
        numbers = {key: number for number, key in enumerate(kept)}
        groups = [Group(labels[key], key[0], tuple(fields[key])) for key in kept]
        marks = {
            field: [Mark(item.start, item.end, numbers[item.key]) for item in items if item.key in numbers]
            for field, items in found.items()
        }
        return groups, marks

    def _find(self, text: Text) -> list[_Found]:
        if len(text.text) > LONGEST_CHARS:
            return []
        names = [
            _Found(item.start, item.end, ("name", item.term_id), self._labels[item.term_id], telling=True)
            for item in self._reader.matcher(text.lang).find(text.text)
        ]
        numbers = [
            _Found(item.start, item.end, ("number", comparable_key(item)), describe(item), telling(item))
            for item in find_quantities(text.text, text.lang, text.published)
        ]
        free: list[_Found] = []
        end = 0
        for item in sorted([*names, *numbers], key=lambda row: (row.start, row.key[0], -row.end)):
            if item.start >= end:
                free.append(item)
                end = item.end
        return free


def _label(variants: Mapping[str, tuple[str, ...]]) -> str:
    names = variants.get("en") or next(iter(variants.values()), ())
    return names[0] if names else ""
