"""Parquet: typed columns that Polars and pyarrow read, and back."""

from __future__ import annotations

import datetime as dt
import gzip
import io
from pathlib import Path

import polars as pl
import pyarrow.parquet  # type: ignore[import-untyped]
import pytest

from paracorp.errors import InputError
from paracorp.formats.parquet import parquet_schema, read_parquet, write_parquet
from paracorp.formats.units import BitextUnit
from tests.formats.builders import full_unit


def written(*units: BitextUnit) -> bytes:
    buffer = io.BytesIO()
    assert write_parquet(buffer, units, pair=("zh", "he")) == len(units)
    return buffer.getvalue()


def test_polars_reads_typed_columns() -> None:
    frame = pl.read_parquet(io.BytesIO(written(full_unit(), full_unit(props={}))))
    assert dict(frame.schema) == parquet_schema()
    assert frame["confidence"].to_list() == [0.8125, None]
    assert frame["source_ids"].to_list() == [["zh/a#1.0"], None]
    assert frame["reviewed"].to_list()[0] == dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert frame["source_date"].to_list() == [dt.date(2025, 2, 8), None]
    assert frame["notes"].to_list()[0][0]["severity"] == "warning"


def test_pyarrow_reads_the_same() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(written(full_unit())))
    (row,) = table.to_pylist()
    assert (row["source"], row["target"], row["confidence"]) == ("总统说。", "הנשיא אמר.", 0.8125)
    assert row["findings"] == ["number-mismatch"]
    assert str(table.schema.field("confidence").type) == "double"


def test_a_unit_comes_back_as_it_was(tmp_path: Path) -> None:
    unit = full_unit(props={"x-Domain": "news", "reviewed": "yesterday"})
    for name, body in (("x.parquet", written(unit)), ("x.gz", gzip.compress(written(unit)))):
        path = tmp_path / name
        path.write_bytes(body)
        (found,) = read_parquet(path)
        assert (found.id, found.variants, found.props, found.notes) == (
            unit.id,
            unit.variants,
            unit.props,
            unit.notes,
        )


def test_an_empty_table_keeps_its_columns() -> None:
    assert dict(pl.read_parquet(io.BytesIO(written())).schema) == parquet_schema()


def test_the_same_units_give_the_same_bytes() -> None:
    units = [full_unit(id=f"u{number}") for number in range(100)]
    assert written(*units) == written(*units)


def test_many_units_are_read_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("paracorp.formats.parquet._BATCH_ROWS", 7)
    path = tmp_path / "x.parquet"
    path.write_bytes(written(*(full_unit(id=f"u{number}") for number in range(50))))
    assert [unit.id for unit in read_parquet(path)] == [f"u{number}" for number in range(50)]


def test_what_goes_wrong_with_a_unit_is_raised_as_it_was() -> None:
    def units() -> object:
        yield full_unit()
        raise InputError("bad unit", path="x", fix="Mend it.")

    with pytest.raises(InputError, match="bad unit"):
        write_parquet(io.BytesIO(), units(), pair=("zh", "he"))  # type: ignore[arg-type]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_an_os_error() -> None:
    with Path("/dev/full").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        write_parquet(file, [full_unit()], pair=("zh", "he"))


def test_another_file_or_another_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    path.write_bytes(b"no parquet at all")
    with pytest.raises(InputError, match="not readable as Parquet"):
        list(read_parquet(path))
    pl.DataFrame({"a": [1]}).write_parquet(path)
    with pytest.raises(InputError, match="no column 'source_lang'; found a"):
        list(read_parquet(path))
    with pytest.raises(InputError, match="cannot be read"):
        list(read_parquet(tmp_path / "none.parquet"))


def test_a_row_without_text_is_rejected_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    rows = {
        "source_lang": ["zh"] * 2,
        "target_lang": ["he"] * 2,
        "source": ["一", None],
        "target": ["א", "ב"],
    }
    pl.DataFrame(rows).write_parquet(path)
    bad: list[InputError] = []
    assert len(list(read_parquet(path, on_reject=bad.append))) == 1
    assert [(error.line, error.reason) for error in bad] == [(2, "source is missing")]
