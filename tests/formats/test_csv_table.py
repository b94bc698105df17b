"""CSV as spreadsheets have it: quoted cells may hold anything."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.formats.csv_table import read_csv_rows, write_csv
from paracorp.formats.pair_table import PAIR_COLUMNS
from paracorp.formats.units import BitextUnit

CELL = 'say "no", ארה"ב\r\nנגמר; =1\t|'


def test_a_cell_with_quotes_commas_and_line_breaks_stays_one_cell() -> None:
    buffer = io.BytesIO()
    unit = BitextUnit("u", {"zh": "一，二", "he": CELL})
    assert write_csv(buffer, [unit], pair=("zh", "he")) == 1
    rows = list(csv.reader(io.StringIO(buffer.getvalue().decode(), newline="")))
    assert tuple(rows[0]) == PAIR_COLUMNS
    assert rows[1][3:5] == ["一，二", CELL]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_tables_of_other_programs_are_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "x.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["id", "zh", "he"], [], ["1", "总统，说", CELL]])
    assert list(read_csv_rows(path)) == [(3, {"id": "1", "zh": "总统，说", "he": CELL})]


def test_a_row_with_too_few_cells_is_rejected_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a,b\n"1\n2",3\n4\n5,6\n', encoding="utf-8")
    bad: list[InputError] = []
    assert [row["a"] for _, row in read_csv_rows(path, on_reject=bad.append)] == ["1\n2", "5"]
    assert [(error.line, error.reason) for error in bad] == [(4, "1 cells, expected 2 as in the header")]


@pytest.mark.parametrize("first", ["sep=\r\n", 'sep="\r\n'])
def test_a_line_that_says_nothing_of_what_stands_between_cells_is_the_header(
    tmp_path: Path, first: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"{first}1\n".encode())
    assert list(read_csv_rows(path, on_reject=None)) == [(2, {first.strip(): "1"})]


@pytest.mark.parametrize("first", ["sep=;\r\n", "\ufeffSEP=;\n", '"sep=;"\n'])
def test_the_line_excel_begins_a_file_with_says_what_stands_between_cells(tmp_path: Path, first: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f'{first}a,b;c\n1;2\n3\n"4;5";6\n'.encode())
    bad: list[InputError] = []
    rows = list(read_csv_rows(path, on_reject=bad.append))
    assert rows == [(3, {"a,b": "1", "c": "2"}), (5, {"a,b": "4;5", "c": "6"})]
    assert [error.line for error in bad] == [4]


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        ('a,b\n1,"2\n3,4\n', 2, "not a readable CSV"),
        ('a,b\n1,"2"x\n', 2, "not a readable CSV"),
        ("", 0, "empty"),
    ],
)
def test_a_table_whose_rows_cannot_be_told_apart_is_refused(
    tmp_path: Path, body: str, line: int, reason: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(InputError, match=reason) as caught:
        list(read_csv_rows(path))
    assert (caught.value.line or 0) == line


def test_a_cell_longer_than_the_limit_of_the_csv_module_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n" + "x" * 200_000 + ",1\n", encoding="utf-8")
    ((_, row),) = read_csv_rows(path)
    assert len(row["a"]) == 200_000
