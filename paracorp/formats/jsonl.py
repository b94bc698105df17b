"""JSON Lines: one unit a line, with everything that is known of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from paracorp.errors import InputError
from paracorp.formats.opening import lines_of
from paracorp.formats.typed_fields import fields_of, unit_of
from paracorp.formats.units import BitextUnit, moment_text

# Legal in JSON, but a line end to some readers.
_BREAKS = re.compile("[\x85\u2028\u2029]")


def write_jsonl(target: BinaryIO, units: Iterable[BitextUnit], *, pair: tuple[str, str]) -> int:
    """Write one object a line, streaming, each with the same keys in the same order; the number of lines.

    The same arguments give the same bytes.
    """
    count = 0
    for unit in units:
        body = json.dumps(fields_of(unit, pair), ensure_ascii=False, default=_date)
        target.write(_BREAKS.sub(_escaped, body).encode() + b"\n")
        count += 1
    return count


def _date(value: dt.date) -> str:
    return moment_text(value) if isinstance(value, dt.datetime) else value.isoformat()


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def read_jsonl(
    path: Path,
    *,
    langs: tuple[str, str] = ("", ""),
    on_reject: Callable[[InputError], None] | None = None,
) -> Iterator[BitextUnit]:
    """The units in order, in flat memory. Needs the keys source, target, source_lang and target_lang.

    `langs` are the languages of lines that lack the last two.

    A line that holds no unit goes to `on_reject`, or is raised without it; empty lines are skipped.
    """
    for line, text in lines_of(path):
        if not text.strip():
            continue
        try:
            unit = unit_of(_object(text), line, langs)
        except ValueError as reason:
            error = InputError(
                str(reason),
                path=path,
                line=line,
                fix="Write one object a line, with source, target, source_lang and target_lang.",
            )
            if on_reject is None:
                raise error from None
            on_reject(error)
        else:
            yield unit


def _object(text: str) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 -- one kind of error for all reasons
    return cast("dict[str, Any]", fields)
