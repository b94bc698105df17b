"""A unit as typed fields, the same for JSONL and Parquet, and back."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import Any

from paracorp.formats.units import (
    DAYS,
    LISTS,
    MOMENTS,
    NUMBERS,
    PROPERTIES,
    BitextUnit,
    UnitNote,
    free_name,
    language_codes,
    moment_text,
    parse_moment,
    tag_of,
    whole,
)

FIXED = ("id", "source_lang", "target_lang", "source", "target")
LANGS = FIXED[1:3]
NOTE_FIELDS = ("category", "text", "about", "severity", "start", "end", "author")


def fields_of(unit: BitextUnit, pair: tuple[str, str]) -> dict[str, Any]:
    """Every field, always all of them: numbers, moments, days and lists as such, None for one that is absent.

    `notes` is a list of `NOTE_FIELDS`, `properties` one of name and value: another program's, and values that
    are not of the type of their field.
    """
    source, target = pair
    tags = (tag_of(unit, source), tag_of(unit, target))
    texts = (unit.id, *tags, unit.variants[source], unit.variants[target])
    fields: dict[str, Any] = dict(zip(FIXED, map(whole, texts), strict=True))
    other = {name: value for name, value in unit.props.items() if name not in PROPERTIES}
    for name in PROPERTIES:
        value = unit.props.get(name)
        fields[name] = None if value is None else _typed(name, value)
        if value is not None and fields[name] is None:
            other[name] = value
    fields["notes"] = [{name: _scrubbed(getattr(note, name)) for name in NOTE_FIELDS} for note in unit.notes]
    fields["properties"] = [
        {"name": whole(name), "value": whole(value)} for name, value in sorted(other.items())
    ]
    return fields


def _typed(name: str, value: str) -> Any:
    """A property as its type, or None where it is none of it."""
    if name in NUMBERS:
        return _number(value)
    if name in LISTS:
        items = value.split(LISTS[name])
        return [whole(item) for item in items] if all(items) else None
    if name in MOMENTS or name in DAYS:
        moment = parse_moment(value)
        return moment if name in MOMENTS or moment is None else _day(moment, value)
    return whole(value)


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _day(moment: dt.datetime, value: str) -> dt.date | None:
    return moment.date() if moment.date().isoformat() == value else None


def _scrubbed(value: Any) -> Any:
    return whole(value) if isinstance(value, str) else value


def unit_of(fields: Mapping[str, Any], line: int, langs: tuple[str, str] = ("", "")) -> BitextUnit:
    """The unit that has these fields; unknown ones are another program's properties.

    `langs` are its languages where the fields name none. Raises `ValueError` with the reason where a text or
    a language is missing or no text.
    """
    given = {name: lang for name, lang in zip(LANGS, langs, strict=True) if lang and fields.get(name) is None}
    fields = {**fields, **given}
    for name in FIXED[1:]:
        if not isinstance(fields.get(name), str):
            raise ValueError(f"{name} is {'missing' if fields.get(name) is None else 'no text'}")  # noqa: TRY004
    stated = [fields[name] for name in LANGS]
    tags = dict(zip(language_codes(stated), stated, strict=True))
    if len(tags) < 2:
        raise ValueError(f"both sides are in {fields['source_lang']}")
    variants = dict(zip(tags, (fields["source"], fields["target"]), strict=True))
    props: dict[str, str] = {}
    for name, value in fields.items():
        if name not in (*FIXED, "notes", "properties") and (text := _text(name, value)):
            props[name if name in PROPERTIES else free_name(name)] = text
    for item in _records(fields.get("properties"), "properties"):
        if (name := _text("name", item.get("name"))) and (text := _text("value", item.get("value"))):
            props[name if name in PROPERTIES else free_name(name)] = text
    notes = tuple(_note(item) for item in _records(fields.get("notes"), "notes"))
    return BitextUnit(_text("id", fields.get("id")), variants, props, notes, tags, line)


def _text(name: str, value: Any) -> str:
    """A field as the text of a property; empty for None."""
    if isinstance(value, str):
        return _moment(value) if name in MOMENTS else value
    if isinstance(value, dt.date):
        return _moment(moment_text(value)) if isinstance(value, dt.datetime) else value.isoformat()
    if name in NUMBERS and isinstance(value, float):
        return f"{value:.4f}" if round(value, 4) == value else repr(value)
    if name in LISTS and isinstance(value, list):
        return LISTS[name].join(map(str, value))
    return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _moment(text: str) -> str:
    """A moment that is the first of its day stands for the day."""
    return text.removesuffix("T00:00:00Z")


def _records(value: Any, name: str) -> list[Mapping[str, Any]]:
    items = [] if value is None else value
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise ValueError(f"{name} is no list of records")
    return items


def _note(item: Mapping[str, Any]) -> UnitNote:
    values = {name: item[name] for name in NOTE_FIELDS if item.get(name) is not None}
    for name, value in values.items():
        if not isinstance(value, int if name in ("start", "end") else str):
            raise ValueError(f"{name} of a note is {value!r}")  # noqa: TRY004
    return UnitNote(**({"category": "", "text": ""} | values))
