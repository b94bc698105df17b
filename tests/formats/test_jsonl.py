"""JSON Lines: everything of a unit in a line, and back."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from paracorp.errors import InputError
from paracorp.formats.jsonl import read_jsonl, write_jsonl
from paracorp.formats.units import PROPERTIES, BitextUnit
from tests.formats.builders import full_unit


def written(*units: BitextUnit) -> bytes:
    buffer = io.BytesIO()
    assert write_jsonl(buffer, units, pair=("zh", "he")) == len(units)
    return buffer.getvalue()


def test_a_line_holds_everything_with_its_type() -> None:
    fields = json.loads(written(full_unit()))
    assert list(fields) == [
        *("id", "source_lang", "target_lang", "source", "target"),
        *(*PROPERTIES, "notes", "properties"),
    ]
    assert fields["confidence"] == 0.8125
    assert fields["findings"] == ["number-mismatch"]
    assert fields["source_ids"] == ["zh/a#1.0"]
    assert (fields["reviewer"], fields["reviewed"]) == ("דנה", "2026-01-02T03:04:05Z")
    assert fields["source_date"] == "2025-02-08"
    assert fields["origin"] is None
    assert fields["notes"][0] == {
        "category": "finding",
        "text": "number-mismatch: 7 is not 8",
        "about": "target",
        "severity": "warning",
        "start": 1,
        "end": 3,
        "author": "",
    }


def test_a_unit_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    unit = full_unit(props={"x-Domain": "news", "confidence": "high"})
    path.write_bytes(written(unit, unit))
    found = list(read_jsonl(path))
    assert [(item.id, item.variants, item.props, item.notes) for item in found] == [
        (unit.id, unit.variants, unit.props, unit.notes)
    ] * 2
    assert [item.line for item in found] == [1, 2]


def test_no_character_but_the_line_feed_ends_a_line() -> None:
    body = written(full_unit(variants={"zh": "一\u2028二\x85三\n四", "he": "א"})).decode()
    assert len(body.splitlines()) == 1
    assert json.loads(body)["source"] == "一\u2028二\x85三\n四"


def test_polars_reads_the_lines_with_one_schema() -> None:
    frame = pl.read_ndjson(io.BytesIO(written(full_unit(), full_unit(props={}))))
    assert frame["confidence"].to_list() == [0.8125, None] or frame["confidence"].to_list() == [0.8125] * 2
    assert frame["findings"].to_list()[0] == ["number-mismatch"]


def test_other_keys_are_properties_and_numbers_become_text(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    fields: dict[str, Any] = {"source_lang": "zh-TW", "target_lang": "iw", "source": "一", "target": "א"}
    path.write_text(json.dumps(fields | {"id": 7, "rating": 3, "topic": "x"}) + "\n\n", encoding="utf-8")
    (unit,) = read_jsonl(path)
    assert unit.id == "7"
    assert unit.variants == {"zh": "一", "he": "א"}
    assert unit.tags == {"zh": "zh-TW", "he": "iw"}
    assert unit.props == {"rating": "3", "topic": "x"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "not a JSON object"),
        ("{", "not a JSON object"),
        ("[" * 100_000, "not a JSON object"),
        ('{"source": "一", "target": "א", "source_lang": "zh"}', "target_lang is missing"),
        ('{"source": 1, "target": "א", "source_lang": "zh", "target_lang": "he"}', "source is no text"),
        (
            '{"source": "一", "target": "א", "source_lang": "zh", "target_lang": "cmn"}',
            "both sides are in zh",
        ),
        (
            '{"source": "一", "target": "א", "source_lang": "zh", "target_lang": "he", "notes": 1}',
            "notes is no list",
        ),
    ],
)
def test_a_bad_line_is_rejected_and_the_rest_is_read(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(written(full_unit()) + line.encode() + b"\n" + written(full_unit()))
    bad: list[InputError] = []
    assert len(list(read_jsonl(path, on_reject=bad.append))) == 2
    assert [(error.line, reason in error.reason) for error in bad] == [(2, True)]
    with pytest.raises(InputError, match=reason):
        list(read_jsonl(path))


def test_a_moment_is_written_in_utc() -> None:
    unit = full_unit(props={"reviewed": "2026-01-02T05:04:05+02:00"})
    assert json.loads(written(unit))["reviewed"] == "2026-01-02T03:04:05Z"
