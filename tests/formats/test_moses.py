"""Moses pairs: two files of lines that belong together."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.formats.moses import read_moses, write_moses
from paracorp.formats.units import BitextUnit


def written(*texts: tuple[str, str]) -> tuple[bytes, bytes]:
    source, target = io.BytesIO(), io.BytesIO()
    units = [BitextUnit("", {"zh": zh, "he": he}) for zh, he in texts]
    assert write_moses(source, target, units, pair=("zh", "he")) == len(texts)
    return source.getvalue(), target.getvalue()


def files(folder: Path, source: bytes, target: bytes) -> tuple[Path, Path]:
    paths = folder / "x.zh", folder / "x.he"
    paths[0].write_bytes(source)
    paths[1].write_bytes(target)
    return paths


def test_each_unit_is_a_line_in_both_files_and_nothing_else() -> None:
    assert written(("一，二", 'ארה"ב'), ("=1", "\u200fב")) == (
        "一，二\n=1\n".encode(),
        'ארה"ב\n\u200fב\n'.encode(),
    )


def test_every_kind_of_line_break_becomes_a_space() -> None:
    source, target = written(("a\r\nb\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\u2029j", "ב\tג"))
    assert source.decode() == "a b c d e f g h i j\n"
    assert target.decode() == "ב\tג\n"
    assert len(source.decode().splitlines()) == 1


def test_lines_come_back_as_units(tmp_path: Path) -> None:
    paths = files(tmp_path, *written(("一", "א"), ("二", "ב")))
    units = list(read_moses(*paths, pair=("zh", "he")))
    assert [(unit.variants, unit.line) for unit in units] == [
        ({"zh": "一", "he": "א"}, 1),
        ({"zh": "二", "he": "ב"}, 2),
    ]


@pytest.mark.parametrize(
    ("source", "target", "longer", "line"),
    [(b"1\n2\n3\n", b"1\n2\n", "x.zh", 3), (b"1\n", b"1\n2\n3\n", "x.he", 2), (b"", b"1", "x.he", 1)],
)
def test_unequal_files_are_refused_with_the_first_line_that_has_no_partner(
    tmp_path: Path, source: bytes, target: bytes, longer: str, line: int
) -> None:
    paths = files(tmp_path, source, target)
    with pytest.raises(InputError, match="no partner") as caught:
        list(read_moses(*paths, pair=("zh", "he")))
    assert (caught.value.path.name, caught.value.line) == (longer, line)


def test_a_line_against_an_empty_one_is_rejected_and_two_empty_ones_are_nothing(tmp_path: Path) -> None:
    paths = files(tmp_path, b"1\n\n3\n4\n", b"1\n\n3\n \n")
    bad: list[InputError] = []
    assert [unit.line for unit in read_moses(*paths, pair=("zh", "he"), on_reject=bad.append)] == [1, 3]
    assert [(error.path.name, error.line) for error in bad] == [("x.he", 4)]
