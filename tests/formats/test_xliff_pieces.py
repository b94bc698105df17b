"""A unit of XLIFF that is no well-formed XML fails alone."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.formats.xliff_check import check_xliff
from paracorp.formats.xliff_read import read_xliff

V2 = (
    '<?xml version="1.0" encoding="{encoding}"?>\n<{x}xliff version="2.0" srcLang="zh" trgLang="he" '
    'xmlns{ns}="urn:oasis:names:tc:xliff:document:2.0">\n<{x}file id="f">\n{body}</{x}file></{x}xliff>\n'
)


def two(body: str, *, encoding: str = "UTF-8", prefix: str = "") -> str:
    ns = f":{prefix}" if prefix else ""
    return V2.format(body=body, encoding=encoding, ns=ns, x=prefix and f"{prefix}:")


def unit(name: str, source: str = "一") -> str:
    return f'<unit id="{name}"><segment><source>{source}</source><target>א</target></segment></unit>\n'


def read(tmp_path: Path, body: str | bytes) -> tuple[list[tuple[str, int]], list[int | None]]:
    """Ids and lines of the units read, and lines of those rejected."""
    path = tmp_path / "x.xlf"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    bad: list[InputError] = []
    return [(found.id, found.line) for found in read_xliff(path, bad.append)], [error.line for error in bad]


DAMAGED = {
    "a bare ampersand": unit("2", "一 & 二"),
    "tags out of order": unit("2").replace("</source>", "", 1),
    "a quote that never ends": unit("2").replace('id="2"', 'id="2'),
    "an entity declared nowhere": unit("2", "&nbsp;"),
    "a character XML cannot hold": unit("2", "\0"),
    "a reference to such a character": unit("2", "&#11;"),
    "deep nesting": unit("2", '<pc id="1">' * 100_000 + "</pc>" * 100_000),
}


@pytest.mark.parametrize("damaged", DAMAGED.values(), ids=DAMAGED)
def test_an_ill_formed_unit_is_rejected_with_its_line_and_the_rest_is_read(
    tmp_path: Path, damaged: str
) -> None:
    body = two(f'{unit("1")}<group id="g">\n{damaged}</group>\n{unit("3")}')
    assert read(tmp_path, body) == ([("1", 4), ("3", 8)], [6])
    problems = list(check_xliff(tmp_path / "x.xlf"))
    assert [(problem.line, problem.rule) for problem in problems] == [(6, "well-formed")]
    with pytest.raises(InputError, match="cannot be read as XML") as caught:
        list(read_xliff(tmp_path / "x.xlf", None))
    assert caught.value.line == 6


def test_a_file_whose_only_unit_is_ill_formed_is_not_told_to_be_empty(tmp_path: Path) -> None:
    assert read(tmp_path, two(unit("1", "&"))) == ([], [4])
    assert [(found.line, found.rule) for found in check_xliff(tmp_path / "x.xlf")] == [(4, "well-formed")]


def test_what_ends_the_reading_hides_no_ill_formed_unit_before_it(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(two(unit("1", "&")).replace("</file>", "</fil>"), encoding="utf-8")
    found = [(problem.line, problem.rule) for problem in check_xliff(path)]
    assert found == [(4, "well-formed"), (5, "well-formed")]


def test_a_file_without_units_is_told_whatever_stands_in_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(two(f'{unit("1")}</file>\n<file id="g">\n'), encoding="utf-8")
    assert [(found.line, found.rule) for found in check_xliff(path)] == [(6, "empty-file")]


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_lines_are_right_behind_long_units_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    long = unit("long", "x\n" * 1000)
    body = two(long + unit("2", "&") + unit("3") + unit("4", "<") + unit("5"), encoding=encoding)
    packed = gzip.compress(body.replace("\n", "\r\n").encode(encoding))
    assert read(tmp_path, packed) == ([("long", 4), ("3", 1006), ("5", 1008)], [1005, 1007])


def test_a_unit_that_is_not_closed_takes_no_other_with_it(tmp_path: Path) -> None:
    body = two(unit("1") + unit("2").replace("</unit>", "") + unit("3"))
    assert read(tmp_path, body) == ([("1", 4), ("3", 6)], [6])


def test_marks_of_units_inside_comments_and_character_data_are_none(tmp_path: Path) -> None:
    body = two(f"<!-- <unit> & </unit> -->\n{unit('1', '<![CDATA[</unit> & <unit>]]>')}{unit('2', '&')}")
    assert read(tmp_path, body) == ([("1", 5)], [6])


def test_prefixes_may_be_declared_anywhere_above_a_unit(tmp_path: Path) -> None:
    units = (unit("1") + unit("2", "&") + unit("3").replace("<unit", '<unit q:a="1"')).replace("<", "<x:")
    body = two(units.replace("<x:/", "</x:"), prefix="x").replace("<x:file", '<x:file xmlns:q="urn:q"')
    assert read(tmp_path, body) == ([("1", 4), ("3", 6)], [5])


def test_units_of_version_one_fail_alone_in_several_files(tmp_path: Path) -> None:
    def file(*sources: str) -> str:
        units = "".join(
            f'<trans-unit id="{source}"><source>{source}</source><target>א</target></trans-unit>\n'
            for source in sources
        )
        return (
            '<file original="a" datatype="x" source-language="zh" target-language="he"><header/><body>'
            f"<group>\n{units}</group></body></file>\n"
        )

    root = '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">'
    body = f"{root}\n{file('一', '&')}{file('<', '二')}</xliff>"
    assert read(tmp_path, body) == ([("一", 3), ("二", 8)], [4, 7])


@pytest.mark.parametrize("old", ["</file>", "<file", "</xliff>"])
def test_damage_outside_of_units_stops_the_file(tmp_path: Path, old: str) -> None:
    with pytest.raises(InputError, match="cannot be read as XML"):
        read(tmp_path, two(unit("1")).replace(old, f"&{old}"))


def test_a_namespace_that_is_no_address_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r":2: .*not a valid URI"):
        read(tmp_path, two(unit("1")).replace("urn:oasis", "urn>:oasis"))
