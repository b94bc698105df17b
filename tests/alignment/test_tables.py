import json
from pathlib import Path

import polars as pl
import pytest

from paracorp.alignment import Passage, read_table, write_links
from paracorp.errors import InputError
from paracorp.records import BlockKind, Evidence, Link


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_quotation_marks_in_a_cell_are_text(tmp_path: Path) -> None:
    path = write(tmp_path / "t.tsv", "id\ttext\tenglish", 'a\tצה"ל\t"Only one mark')
    assert read_table(path) == [Passage("a", 'צה"ל', '"Only one mark')]


def test_the_three_kinds_of_file_read_alike(tmp_path: Path) -> None:
    row = {
        "article": "one",
        "id": "a",
        "kind": "heading",
        "paragraph": 2,
        "date": "2024-03-05",
        "text": "标题",
        "english": "A title",
        "extra": "x",
    }
    tsv = write(tmp_path / "t.tsv", "\t".join(row), "\t".join(str(value) for value in row.values()))
    jsonl = write(tmp_path / "t.jsonl", json.dumps(row))
    parquet = tmp_path / "t.parquet"
    pl.DataFrame([row]).write_parquet(parquet)
    (passage,) = read_table(tsv)
    assert passage.kind is BlockKind.HEADING
    assert passage.date is not None
    assert passage.paragraph == 2
    assert read_table(tsv) == read_table(jsonl) == read_table(parquet)


def test_optional_columns_may_be_missing_or_empty(tmp_path: Path) -> None:
    path = write(tmp_path / "t.tsv", "id\ttext\tenglish\tarticle\tdate\tparagraph\tkind", "a\tx\ty\t\t\t\t")
    assert read_table(path) == [Passage("a", "x", "y")]


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        (("id\ttext", "a\tx"), 1, "english"),
        (("id\ttext\tenglish", "a\tx\ty", "a\tx\ty"), 3, "stands in line 2"),
        (("id\ttext\tenglish", "a\tx"), 2, "2 cells"),
        (("id\ttext\tenglish", "a b\tx\ty"), 2, "white space"),
        (("id\ttext\tenglish", "\tx\ty"), 2, "empty"),
        (("id\ttext\tenglish\tkind", "a\tx\ty\tpoem"), 2, "poem"),
        (("id\ttext\tenglish\tparagraph", "a\tx\ty\ttwo"), 2, "two"),
        (("id\ttext\tenglish\tdate", "a\tx\ty\t5 March"), 2, "5 March"),
    ],
)
def test_a_bad_row_is_named_with_its_line(
    tmp_path: Path, lines: tuple[str, ...], line: int, says: str
) -> None:
    path = write(tmp_path / "t.tsv", *lines)
    with pytest.raises(InputError) as caught:
        read_table(path)
    assert caught.value.line == line
    assert says in caught.value.message


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("t.txt", b""),
        ("t.tsv", b""),
        ("t.tsv", b"id\ttext\tenglish\na\t\xff\xfe\ty\n"),
        ("t.jsonl", b"[1]\n"),
        ("t.jsonl", b"{nonsense\n"),
        ("t.parquet", b"not parquet"),
    ],
)
def test_a_file_of_another_kind_is_an_input_error(tmp_path: Path, name: str, body: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(body)
    with pytest.raises(InputError):
        read_table(path)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    for name in ("t.tsv", "t.parquet"):
        with pytest.raises(InputError):
            read_table(tmp_path / name)


def test_a_language_that_contradicts_the_script_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "t.tsv", "id\ttext\tenglish", "a\tשלום לכולם\tHello all")
    assert read_table(path, "he")
    with pytest.raises(InputError, match="Chinese"):
        read_table(path, "zh")


def test_links_are_written_as_promised(tmp_path: Path) -> None:
    evidence = Evidence(
        similarity={"words": 0.5}, names=("Merrow",), runner_up="s2 ~ t9", runner_up_score=0.1
    )
    path = tmp_path / "links.tsv"
    write_links([Link("x", ("s0", "s1"), ("t3",), 0.9, evidence)], path)
    head, row = path.read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == ["source_ids", "target_ids", "confidence", "evidence"]
    cells = row.split("\t")
    assert cells[:3] == ["s0 s1", "t3", "0.9000"]
    assert json.loads(cells[3]) == {
        "similarity": {"words": 0.5},
        "names": ["Merrow"],
        "runner_up": "s2 ~ t9",
        "runner_up_score": 0.1,
    }
