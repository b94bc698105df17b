"""The pair table: one row a line whatever the texts hold, and its reader."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.errors import InputError
from paracorp.formats.pair_table import PAIR_COLUMNS
from paracorp.formats.tsv import read_rows, read_tsv, write_tsv
from paracorp.formats.units import Surroundings, describe
from paracorp.records import TranslationUnit
from tests.formats.builders import english_unit, finding, pair_unit


def written(*units: TranslationUnit, rules: Sequence[str] = (), **options: Any) -> bytes:
    buffer = io.BytesIO()
    around = Surroundings({unit.id: [finding(unit.id, rule) for rule in rules] for unit in units})
    pair = (units[0].source.lang, units[0].target.lang) if units else ("zh", "he")
    described = (describe(unit, around) for unit in units)
    assert write_tsv(buffer, described, pair=pair, **options) == len(units)
    return buffer.getvalue()


def test_the_columns_are_those_of_the_contract() -> None:
    assert written().decode() == (
        "id\tsource_lang\ttarget_lang\tsource\ttarget\tsource_english\ttarget_english\tconfidence\tshape"
        "\tstatus\tfindings\tsource_article\ttarget_article\tsource_ids\ttarget_ids\n"
    )


def test_a_linked_unit_fills_every_column() -> None:
    body = written(pair_unit(), rules=["term", "number", "term"]).decode()
    assert body.split("\n")[1].split("\t") == [
        "zh-he-1",
        "zh",
        "he",
        "总统说。",
        "הנשיא אמר.",
        "An English sentence.",
        "An English sentence.",
        "0.8125",
        "1:1",
        "auto",
        "number;term",
        "zh/a",
        "he/a",
        "zh/a#1.0",
        "he/a#1.0",
    ]


def test_an_english_unit_has_its_english_as_target_and_no_confidence_from_memory() -> None:
    cells = written(english_unit()).decode().split("\n")[1].split("\t")
    row = dict(zip(PAIR_COLUMNS, cells, strict=True))
    assert row["target"] == row["source_english"] == "The president said."
    assert row["target_english"] == row["confidence"] == ""


def test_breaks_become_spaces_and_all_else_stays() -> None:
    text = '=1+1\ta\nb\r\nc\rd\u2028e\u2029f\x85g\x0bh\x0ci"j\u200fk'
    cells = written(pair_unit(source=text)).decode().split("\n")[1].split("\t")
    assert cells[3] == '=1+1 a b c d e f g h i"j\u200fk'


def test_further_columns_hold_further_properties() -> None:
    unit = pair_unit(reviewer="דנה")
    body = written(unit, columns=("id", "reviewer", "x-domain")).decode()
    assert body == "id\treviewer\tx-domain\nzh-he-1\tדנה\t\n"


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_rows_come_back_with_breaks_as_spaces(texts: list[tuple[str, str]]) -> None:
    units = [replace(pair_unit(*pair), id=f"u{n}") for n, pair in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.tsv"
        path.write_bytes(written(*units))
        rows = list(read_tsv(path, required=PAIR_COLUMNS))
    assert [row["id"] for row in rows] == [unit.id for unit in units]
    for row, (source, target) in zip(rows, texts, strict=True):
        assert len(row["source"].split("\t")) == 1
        assert row["source"].split() == source.split() or "\x1c" <= min(source) <= "\x1f"
        assert len(row["target"]) <= len(target)


def test_polars_reads_the_same_cells_with_quoting_off() -> None:
    body = written(pair_unit(source='他说"好', target="ארה\"ב 'א"))
    row = pl.read_csv(io.BytesIO(body), separator="\t", quote_char=None).row(0, named=True)
    assert (row["source"], row["target"]) == ('他说"好', "ארה\"ב 'א")


def test_line_ends_of_windows_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(b"\xef\xbb\xbfa\tb\r\n1\t2\r\n\r\n")
    assert list(read_tsv(path)) == [{"a": "1", "b": "2"}]


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        (b"", None, "empty"),
        (b"a\tb\n1\t2\n1\n", 3, "1 cells, expected 2"),
        (b"a\tb\n1\t2\t3\n", 2, "3 cells, expected 2"),
        (b"a\tb\n1\t\xff\n", 2, "not UTF-8"),
        (b"a\tb\n1\t" + b"x" * (16 << 20), 2, "characters"),
        (b"a\ta\n", 1, "two columns 'a'"),
        (b"a\tb\n", 1, "no column 'id'"),
    ],
)
def test_a_bad_table_is_refused_with_its_line(
    tmp_path: Path, body: bytes, line: int | None, reason: str
) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(body)
    with pytest.raises(InputError) as caught:
        list(read_tsv(path, required=["id"] if reason.startswith("no column") else []))
    assert reason in str(caught.value)
    assert caught.value.line == line


def test_rows_come_with_their_lines_and_bad_ones_can_be_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_bytes(b"a\tb\n1\t2\n\n3\n4\t5\n")
    bad: list[InputError] = []
    rows = list(read_rows(path, on_reject=bad.append))
    assert rows == [(2, {"a": "1", "b": "2"}), (5, {"a": "4", "b": "5"})]
    assert [error.line for error in bad] == [4]
