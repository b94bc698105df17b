"""Files of links and gold links that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.evaluation.links import read_gold, read_links

HEAD = "source_ids\ttarget_ids\tconfidence\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (HEAD + "a\tx\tsure\n", r":2: confidence is 'sure'"),
        (HEAD + "a\tx\t1.5\n", r":2: confidence is '1.5'"),
        (HEAD + "\na\n", r":3: target_ids is empty"),
        (HEAD + "a\tx\t1\tmore\n", r":2: 4 cells, expected 3"),
        ("", r":1: column source_ids, target_ids is missing"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "links.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=problem):
        read_links(path)


def test_another_encoding_and_rows_that_end_early_are_read(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_bytes("source_ids\ttarget_ids\tstrength\r\na b\tx\r\nc\ty\tP\r\n".encode("utf-16"))
    assert [(link.source_ids, link.strength) for link in read_gold(path)] == [
        (("a", "b"), "sure"),
        (("c",), "possible"),
    ]
