"""Boilerplate rules, read from `boilerplate.toml` beside this file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from paracorp.records import BlockKind

# The marks that decorate a phrase on a line of its own.
_BEFORE = r"[\s【\[（(《<>»«›▼▲▶►◄◀■◆●•·*|｜_—–-]*"
_AFTER = r"[\s】\]）)》<>»«›▼▲▶►◄◀■◆●•·*|｜_:：…。.!！—–-]*"

# Put before links to other reports; and any mark of a list, a dash only before a space.
LINK_BULLET = re.compile(r"[●►▶◄◀⬤»]\s*(?=\S)")
BULLET = re.compile(r"(?:[●•▪◦‣∙■◆◇○►▶◄◀⬤»*]|[-–—·](?=\s))\s*(?=\S)")


class Zone(StrEnum):
    """Where a rule applies: the head ends with the third paragraph, the tail starts at the third last."""

    ANYWHERE = "anywhere"
    HEAD = "head"
    TAIL = "tail"
    EDGES = "edges"


@dataclass(frozen=True, slots=True)
class Rule:
    """What to cut and why; the fields are explained at the top of `boilerplate.toml`."""

    name: str
    why: str
    zone: Zone
    prose: bool
    kind: BlockKind | None
    lines: tuple[re.Pattern[str], ...]
    trims: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the file holds; `labels` are those of bylines, by kind."""

    rules: tuple[Rule, ...]
    related_header: re.Pattern[str]
    tags_header: re.Pattern[str]
    caption_start: re.Pattern[str]
    site_name: re.Pattern[str]
    labels: dict[str, re.Pattern[str]]
    any_label: str


@cache
def load_rules() -> Rules:
    """The rules, compiled once for each process."""
    data = tomllib.loads(files("paracorp.ingest").joinpath("boilerplate.toml").read_text(encoding="utf-8"))
    fragments = {name: _alternatives(value) for name, value in data["fragments"].items()}
    labels = {kind: _alternatives(names) for kind, names in data["labels"].items()}
    names = [name for names in data["labels"].values() for name in names]
    return Rules(
        rules=tuple(_rule(table, fragments) for table in data["rule"]),
        related_header=_compile(_decorated(data["headers"]["related"]), fragments),
        tags_header=_compile(_decorated(data["headers"]["tags"]), fragments),
        caption_start=_compile(_alternatives(data["captions"]["start"]), fragments),
        site_name=_compile(data["titles"]["site"], fragments),
        labels={kind: _compile(names, fragments) for kind, names in labels.items()},
        any_label="|".join(sorted(names, key=len, reverse=True)),
    )


def _rule(table: dict[str, Any], fragments: dict[str, str]) -> Rule:
    whole = [*table.get("lines", ()), *(_decorated(phrase) for phrase in table.get("phrases", ()))]
    return Rule(
        name=table["name"],
        why=table["why"],
        zone=Zone(table.get("zone", Zone.ANYWHERE)),
        prose=table.get("prose", False),
        kind=BlockKind(table["kind"]) if "kind" in table else None,
        lines=tuple(_compile(pattern, fragments) for pattern in whole),
        trims=tuple(_compile(pattern, fragments) for pattern in table.get("trims", ())),
    )


def _alternatives(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "|".join(value)


def _decorated(phrase: str) -> str:
    return f"{_BEFORE}(?:{phrase}){_AFTER}"


def _compile(pattern: str, fragments: dict[str, str]) -> re.Pattern[str]:
    for name, fragment in fragments.items():
        pattern = pattern.replace(f"%{name}%", fragment)
    return re.compile(pattern, re.IGNORECASE)
