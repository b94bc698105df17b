"""Units written back as TMX as they were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.errors import CannotWriteError, ParacorpError
from paracorp.formats.tmx import TmxUnit, read_tmx, validate_tmx
from paracorp.formats.tmx_memory import write_units
from paracorp.records import Severity

TAGS = {"zh": "zh-CN", "he": "he-IL", "en": "en"}


def unit(tuid: str = "", srclang: str = "zh", **variants: str) -> TmxUnit:
    return TmxUnit(tuid, variants or {"zh": "你好。", "en": "Hello."}, srclang, None, {}, 1)


def written(path: Path, *units: TmxUnit) -> list[TmxUnit]:
    count = write_units(path, units, langs=("zh", "he", "en"), tags=TAGS)
    assert [item for item in validate_tmx(path) if item.severity is not Severity.INFO] == []
    read = list(read_tmx(path, on_reject=None))
    assert len(read) == count
    return read


def test_texts_dates_and_properties_come_back(tmp_path: Path) -> None:
    props = {"x-reviewer": "Ann", "x-note": "one\ntwo", "x-client": "ABC & <Co>"}
    first = TmxUnit(
        "a 1", {"zh": "你好。", "he": "שלום.", "en": "Hello."}, "zh", "20250101T120000Z", props, 1
    )
    [read] = written(tmp_path / "m.tmx", first)
    assert (read.tuid, read.variants, read.changed, read.props) == (
        "a_1",
        first.variants,
        first.changed,
        props,
    )


def test_a_unit_states_a_source_language_that_is_not_the_files(tmp_path: Path) -> None:
    read = written(tmp_path / "m.tmx", unit("z"), unit("h", "he", he="שלום.", en="Hello."))
    assert [item.srclang for item in read] == ["zh", "he"]
    assert (tmp_path / "m.tmx").read_text(encoding="utf-8").count("srclang=") == 2


def test_an_id_that_comes_again_is_left_out(tmp_path: Path) -> None:
    assert [item.tuid for item in written(tmp_path / "m.tmx", unit("a"), unit("a"), unit("b"))] == [
        "a",
        "",
        "b",
    ]


def test_what_xml_cannot_hold_is_removed_and_a_unit_left_with_one_text_is_not_written(tmp_path: Path) -> None:
    read = written(
        tmp_path / "m.tmx", unit(zh=" 你\x0b好。 ", en="Hello.\ufffe"), unit(zh="\x01", en="Hello.")
    )
    assert [item.variants for item in read] == [{"zh": "你好。", "en": "Hello."}]


def test_the_same_units_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.tmx", tmp_path / "other.tmx"
    for path in (one, other):
        write_units(path, [unit("a"), unit("b")], langs=("zh", "he", "en"), tags=TAGS)
    assert one.read_bytes() == other.read_bytes()


def test_a_folder_in_the_way_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "m.tmx").mkdir()
    with pytest.raises(CannotWriteError):
        write_units(tmp_path / "m.tmx", [unit()], langs=("zh", "he", "en"), tags=TAGS)
    assert [path.name for path in tmp_path.iterdir()] == ["m.tmx"]


def test_notes_of_a_unit_are_kept(tmp_path: Path) -> None:
    unit = TmxUnit("u", {"zh": "甲", "en": "A"}, "zh", None, {}, 1, notes=("seen by anna", "again"))
    path = tmp_path / "out.tmx"
    assert write_units(path, [unit], langs=("zh", "en"), tags={}) == 1
    (again,) = read_tmx(path, on_reject=None)
    assert again.notes == ("seen by anna", "again")


def test_what_is_not_valid_does_not_take_the_name(tmp_path: Path) -> None:
    unit = TmxUnit("u", {"zh": "甲", "en": "A"}, "zh", "20261399T000000Z", {}, 1)
    path = tmp_path / "out.tmx"
    with pytest.raises(ParacorpError, match="not valid"):
        write_units(path, [unit], langs=("zh", "en"), tags={})
    assert not path.exists()


def test_an_impossible_date_and_a_missing_source_language_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "in.tmx"
    path.write_text(
        '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" '
        'adminlang="en" srclang="zh" datatype="plaintext"/><body><tu changedate="20261399T000000Z">'
        '<tuv xml:lang="he"><seg>א</seg></tuv><tuv xml:lang="en"><seg>A</seg></tuv></tu>'
        '<tu><tuv xml:lang="x_y z"><seg>?</seg></tuv><tuv xml:lang="zh"><seg>乙</seg></tuv>'
        '<tuv xml:lang="en"><seg>B</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    first, second = written(tmp_path / "out.tmx", *read_tmx(path, on_reject=None))
    assert (first.changed, first.srclang) == (None, "he")
    assert second.variants == {"zh": "乙", "en": "B"}
