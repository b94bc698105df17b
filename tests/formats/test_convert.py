"""From one format to another: which units go over, what is said of the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from paracorp.errors import InputError, ParacorpError, UsageError
from paracorp.formats.converting import Conversion, convert
from paracorp.formats.jsonl import read_jsonl, write_jsonl
from paracorp.formats.tmx_read import read_tmx
from paracorp.formats.tmx_validate import validate_tmx
from paracorp.formats.tsv import read_tsv
from paracorp.formats.units import BitextUnit, UnitNote
from tests.formats.builders import full_unit


def tmx(*units: str, srclang: str = "zh-CN") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="t" '
        f'creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" '
        f'srclang="{srclang}" datatype="plaintext"/><body>\n' + "\n".join(units) + "\n</body></tmx>\n"
    )


def tu(tuid: str = "1", props: str = "", **texts: str) -> str:
    variants = "".join(
        f'<tuv xml:lang="{lang.replace("_", "-")}"><seg>{text}</seg></tuv>' for lang, text in texts.items()
    )
    return f'<tu tuid="{tuid}">{props}{variants}</tu>'


def run(
    folder: Path, name: str, body: str, target: str, **options: Any
) -> tuple[Conversion, list[InputError]]:
    (folder / name).write_text(body, encoding="utf-8")
    bad: list[InputError] = []
    return convert(folder / name, folder / target, on_reject=bad.append, **options), bad


def jsonl(folder: Path, *units: BitextUnit) -> Path:
    path = folder / "in.jsonl"
    with path.open("wb") as file:
        write_jsonl(file, units, pair=("zh", "he"))
    return path


def test_in_is_out_and_rejected_and_each_rejected_unit_has_its_line(tmp_path: Path) -> None:
    body = tmx(
        tu("1", zh_CN="一", he="א"),
        tu("2", zh_CN="二", he=" "),
        tu("3", zh_CN="三", en="c"),
        tu("4", zh="四", he="ד"),
    )
    done, bad = run(tmp_path, "in.tmx", body, "out.tsv")
    assert (done.found, done.written, done.rejected) == (4, 2, 2)
    assert [error.line for error in bad] == [4, 5]
    assert "no text in he, found zh and en" in bad[1].reason
    assert [row["id"] for row in read_tsv(tmp_path / "out.tsv")] == ["1", "4"]


def test_without_anyone_to_take_rejected_units_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "in.tmx").write_text(tmx(tu(zh="一", he="א"), tu(zh="二")), encoding="utf-8")
    with pytest.raises(InputError, match="no text in he"):
        convert(tmp_path / "in.tmx", tmp_path / "out.tsv")
    assert not (tmp_path / "out.tsv").exists()


def test_what_stands_under_the_name_stays_when_the_input_breaks_off(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("old", encoding="utf-8")
    (tmp_path / "in.tmx").write_text(tmx(tu(zh="一", he="א"))[:-20], encoding="utf-8")
    with pytest.raises(InputError):
        convert(tmp_path / "in.tmx", tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tmx", "out.jsonl"]


@pytest.mark.parametrize("body", [b"", b"{}\n", b"broken\n"])
def test_a_file_that_does_not_read_back_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    def write(stream: BinaryIO, units: Iterable[BitextUnit], **_: object) -> int:
        return stream.write(body) * 0 + len(list(units))

    monkeypatch.setattr("paracorp.formats.forms.write_jsonl", write)
    source = tmp_path / "in.tmx"
    source.write_text(tmx(tu(zh="一", he="א")), encoding="utf-8")
    with pytest.raises(ParacorpError, match="was not published"):
        convert(source, tmp_path / "out.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["in.tmx"]


def test_a_third_language_goes_into_tmx_only_and_is_named_elsewhere(tmp_path: Path) -> None:
    body = tmx(tu(zh="一", he="א", en="one"))
    done, _ = run(tmp_path, "in.tmx", body, "out.tmx")
    assert done.losses == {}
    assert (tmp_path / "out.tmx").read_text(encoding="utf-8").count("<tuv") == 3
    assert list(validate_tmx(tmp_path / "out.tmx")) == []  # it says that it has three
    done, _ = run(tmp_path, "in.tmx", body, "out.csv")
    assert done.losses == {"the text in en: the file holds zh and he": 1}


def test_the_person_says_which_languages(tmp_path: Path) -> None:
    body = tmx(
        tu(
            "1",
            '<prop type="x-source-article">zh/a</prop><prop type="x-shape">2:1</prop>',
            zh="一",
            he="א",
            en="a",
        )
    )
    done, _ = run(tmp_path, "in.tmx", body, "out.tsv", tags=("he", "zh"))
    assert done.pair == ("he", "zh")
    (row,) = read_tsv(tmp_path / "out.tsv")
    assert (row["source_lang"], row["source"], row["target"]) == ("he", "א", "一")
    assert (row["target_article"], row["source_article"], row["shape"]) == ("zh/a", "", "1:2")
    done, _ = run(tmp_path, "in.tmx", body, "out.tsv", tags=("", "en"))
    assert done.pair == ("zh", "en")
    (row,) = read_tsv(tmp_path / "out.tsv")
    assert (row["source_article"], row["shape"]) == ("zh/a", "")


def test_a_tag_with_a_script_or_a_region_is_written_as_it_was_said(tmp_path: Path) -> None:
    run(tmp_path, "in.tmx", tmx(tu(zh="一", he="א")), "out.xlf", tags=("zh-Hant", ""))
    assert 'srcLang="zh-Hant" trgLang="he-IL"' in (tmp_path / "out.xlf").read_text(encoding="utf-8")
    done = convert(tmp_path / "out.xlf", tmp_path / "back.tmx")
    assert done.losses == {}
    assert 'xml:lang="zh-Hant"' in (tmp_path / "back.tmx").read_text(encoding="utf-8")
    done = convert(tmp_path / "out.xlf", tmp_path / "back.zh")
    assert done.losses["the language tag zh-Hant: zh is written"] == 1


@pytest.mark.parametrize("form", ["tsv", "csv", "xlf", "jsonl", "parquet"])
def test_a_tag_of_a_memory_is_kept(tmp_path: Path, form: str) -> None:
    run(tmp_path, "in.tmx", tmx(tu(zh_TW="一", he_IL="א"), srclang="zh-TW"), f"out.{form}")
    done = convert(tmp_path / f"out.{form}", tmp_path / "back.tmx")
    assert done.losses == {}
    text = (tmp_path / "back.tmx").read_text(encoding="utf-8")
    assert 'srclang="zh-TW"' in text
    assert 'xml:lang="zh-TW"' in text
    assert 'xml:lang="he-IL"' in text


@pytest.mark.parametrize("form", ["tsv", "jsonl", "parquet"])
def test_a_tag_that_a_person_names_stands_in_tables_too(tmp_path: Path, form: str) -> None:
    run(tmp_path, "in.tmx", tmx(tu(zh="一", he="א"), srclang="zh"), f"out.{form}", tags=("zh-Hant", ""))
    convert(tmp_path / f"out.{form}", tmp_path / "back.tsv")
    (row,) = read_tsv(tmp_path / "back.tsv")
    assert (row["source_lang"], row["target_lang"]) == ("zh-Hant", "he")


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("zh_CN", "zh-CN"),
        ("zho", "zh-CN"),
        ("cmn-Hant-TW", "zh-Hant-TW"),
        ("zh_Hans", "zh-Hans"),
        ("chi", "zh-CN"),
    ],
)
def test_a_tag_is_written_as_it_is_today_and_that_is_no_loss(
    tmp_path: Path, stated: str, written: str
) -> None:
    body = tmx(
        tu(he="א").replace("</tu>", f'<tuv xml:lang="{stated}"><seg>一</seg></tuv></tu>'), srclang="he"
    )
    done, _ = run(tmp_path, "in.tmx", body, "out.tmx")
    assert f'xml:lang="{written}"' in (tmp_path / "out.tmx").read_text(encoding="utf-8")
    assert done.losses == {}


@pytest.mark.parametrize("form", ["tmx", "tsv", "csv", "xlf", "jsonl", "parquet"])
def test_two_forms_of_one_language_are_two_languages(tmp_path: Path, form: str) -> None:
    run(tmp_path, "in.tmx", tmx(tu(zh_CN="云", zh_TW="雲")), f"out.{form}")
    convert(tmp_path / f"out.{form}", tmp_path / "back.tmx")
    (unit,) = read_tmx(tmp_path / "back.tmx", on_reject=None)
    assert unit.variants == {"zh": "云", "zh-tw": "雲"}


def test_a_unit_in_another_form_of_a_language_than_the_first_is_told_of(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"source_lang": tag, "target_lang": "he", "source": "一", "target": "א"}) + "\n"
        for tag in ("zh-TW", "zh-CN", "zh", "zh-HK")
    )
    done, _ = run(tmp_path, "in.jsonl", lines, "out.tmx")
    assert done.losses == {"the language tag zh-HK: zh-TW is written": 1}


def test_the_old_name_of_hebrew_is_never_written(tmp_path: Path) -> None:
    body = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" datatype="x" '
        'source-language="zh" target-language="iw-IL"><body><trans-unit id="1"><source>一</source>'
        "<target>א</target></trans-unit></body></file></xliff>"
    )
    run(tmp_path, "in.xlf", body, "out.tmx")
    assert "he-IL" in (text := (tmp_path / "out.tmx").read_text(encoding="utf-8"))
    assert "iw" not in text


def test_properties_become_columns_and_columns_properties(tmp_path: Path) -> None:
    body = tmx(
        tu("1", '<prop type="x-Domain">news</prop><prop type="x-reviewer">דנה</prop>', zh="一", he="א")
    )
    run(tmp_path, "in.tmx", body, "out.tsv")
    (row,) = read_tsv(tmp_path / "out.tsv")
    assert list(row)[15:] == ["reviewer", "x-Domain"]
    convert(tmp_path / "out.tsv", tmp_path / "back.tmx")
    text = (tmp_path / "back.tmx").read_text(encoding="utf-8")
    assert '<prop type="x-Domain">news</prop>' in text
    assert '<prop type="x-reviewer">דנה</prop>' in text


def test_what_moses_cannot_hold_is_counted(tmp_path: Path) -> None:
    unit = full_unit(variants={"zh": "一\n二", "he": "א"})
    done = convert(jsonl(tmp_path, unit, full_unit()), tmp_path / "out.he")
    assert [path.name for path in done.files] == ["out.zh", "out.he"]
    assert done.losses == {
        "ids, properties and notes": 2,
        "line breaks in texts: they became spaces": 1,
    }


def test_what_xml_cannot_hold_is_counted_and_the_file_is_valid(tmp_path: Path) -> None:
    unit = full_unit(variants={"zh": " 一\x01", "he": "א"})
    done = convert(jsonl(tmp_path, unit), tmp_path / "out.tmx")
    assert done.losses == {
        "control characters in texts: XML cannot hold them": 1,
        "white space at the edges of texts": 1,
        "the places in the texts that notes are about": 1,
        "how severe notes are": 1,
        "the kinds of notes": 1,
        "which texts notes are about": 1,
    }
    assert [item for item in validate_tmx(tmp_path / "out.tmx") if item.severity == "error"] == []
    done = convert(jsonl(tmp_path, unit), tmp_path / "out.xlf")
    assert list(done.losses) == ["the places in the texts that notes are about"]


def test_ids_that_come_twice_are_told_apart_in_tmx_and_xliff(tmp_path: Path) -> None:
    source = jsonl(tmp_path, full_unit(id="a b"), full_unit(id="a b"))
    convert(source, tmp_path / "out.tmx")
    text = (tmp_path / "out.tmx").read_text(encoding="utf-8")
    assert 'tuid="a_b"' in text
    assert 'tuid="a_b.2"' in text
    assert convert(source, tmp_path / "out.tmx").losses["white space in ids: it became _"] == 2


def test_inline_tags_are_counted_and_so_are_the_units_that_had_some(tmp_path: Path) -> None:
    nested = "<hi>二<hi>三</hi></hi><ph><sub>x</sub></ph>"
    body = tmx(tu("1", zh="一<ph>x</ph>", he="א"), tu("2", zh=nested, he="ב"), tu("3", zh="三", he="ג"))
    done, _ = run(tmp_path, "in.tmx", body, "out.jsonl")
    assert done.losses == {"inline tags in texts": 2}
    assert done.inline_tags == 5


def test_what_is_said_with_notes_and_not_held_is_named(tmp_path: Path) -> None:
    note = UnitNote("comment", "a", "target", "warning", author="דנה")
    source = jsonl(tmp_path, replace(full_unit(), notes=(note,)))
    said = {"who wrote notes", "the kinds of notes", "which texts notes are about", "how severe notes are"}
    assert said <= convert(source, tmp_path / "out.tmx").losses.keys()
    assert convert(source, tmp_path / "out.xlf").losses == {"who wrote notes": 1}
    assert convert(source, tmp_path / "out.parquet").losses == {}


def test_a_status_that_is_not_ours_survives_xliff(tmp_path: Path) -> None:
    source = jsonl(tmp_path, full_unit(props={"status": "checked twice"}))
    convert(source, tmp_path / "out.xlf")
    convert(tmp_path / "out.xlf", tmp_path / "back.jsonl")
    assert [unit.props["status"] for unit in read_jsonl(tmp_path / "back.jsonl")] == ["checked twice"]


def test_a_table_with_a_column_per_language_is_read(tmp_path: Path) -> None:
    done, bad = run(tmp_path, "in.csv", "Chinese,he-IL,topic\n一,א,x\n二,,\n", "out.jsonl")
    assert (done.pair, done.written, len(bad)) == (("zh", "he"), 1, 1)
    assert [unit.props for unit in read_jsonl(tmp_path / "out.jsonl")] == [{"topic": "x"}]


def test_a_table_in_another_encoding_is_read_and_the_encoding_told(tmp_path: Path) -> None:
    (tmp_path / "in.tsv").write_bytes("source\ttarget\n总统说，\tהנשיא\n".encode("gb18030"))
    done = convert(tmp_path / "in.tsv", tmp_path / "out.jsonl", tags=("zh", "he"))
    assert done.encoding == "gb18030"
    assert [unit.variants for unit in read_jsonl(tmp_path / "out.jsonl")] == [
        {"zh": "总统说，", "he": "הנשיא"}
    ]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("source\ttarget", "no columns source_lang and target_lang"),
        ("id\ttext\tenglish", "no two texts in the columns id, text, english"),
        ("id\tkind\ten\tzh\the\tstatus\tnote", "this is a glossary"),
        ("zh\tzh\the", "two columns 'zh'"),
    ],
)
def test_a_table_that_is_no_table_of_units_is_refused(tmp_path: Path, header: str, reason: str) -> None:
    body = f"{header}\n" + "\t".join("x" for _ in header.split("\t")) + "\n"
    with pytest.raises(InputError, match=reason):
        run(tmp_path, "in.tsv", body, "out.jsonl")


def test_the_partner_of_a_moses_file_is_found_or_asked_for(tmp_path: Path) -> None:
    for lang, text in (("zh", "一\n"), ("he", "א\n")):
        (tmp_path / f"x.{lang}").write_text(text, encoding="utf-8")
    assert convert(tmp_path / "x.he", tmp_path / "out.jsonl").pair == ("he", "zh")
    assert convert(tmp_path / "x.he", tmp_path / "out.jsonl", tags=("zh", "")).pair == ("zh", "he")
    (tmp_path / "x.en").write_text("one\n", encoding="utf-8")
    with pytest.raises(UsageError, match="both stand beside it"):
        convert(tmp_path / "x.he", tmp_path / "out.jsonl")
    assert convert(tmp_path / "x.he", tmp_path / "out.jsonl", tags=("", "en")).pair == ("he", "en")
    assert convert(tmp_path / "x", tmp_path / "out.jsonl", tags=("zh", "en")).pair == ("zh", "en")


def test_a_moses_name_that_says_other_languages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not hold zh and he"):
        convert(jsonl(tmp_path, full_unit()), tmp_path / "out.en")


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("out.docx", "unknown suffix '.docx'"),
        ("out", "has no suffix"),
        ("out.tbx", "no format of translation units"),
        ("out.sdlxliff", "files are only read"),
        ("in.jsonl", "is the file to convert"),
    ],
)
def test_a_target_that_cannot_be_is_a_usage_error(tmp_path: Path, target: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        convert(jsonl(tmp_path, full_unit()), tmp_path / target)


@pytest.mark.parametrize("target", ["out.tmx", "out.tsv", "out.jsonl", "out.parquet", "out.xlf"])
def test_a_source_without_a_translation_in_it_is_told_and_its_bad_units_are_named(
    tmp_path: Path, target: str
) -> None:
    body = tmx(tu("1", zh="一"), tu("2", zh="二 & 三", he="א"))
    bad: list[InputError] = []
    (tmp_path / "in.tmx").write_text(body, encoding="utf-8")
    with pytest.raises(InputError, match="no unit in it has two texts"):
        convert(tmp_path / "in.tmx", tmp_path / target, on_reject=bad.append)
    assert [error.line for error in bad] == [4]
    assert not (tmp_path / target).exists()


@pytest.mark.parametrize("form", ["jsonl", "parquet", "tsv"])
def test_a_table_without_languages_is_read_once_a_person_names_them(tmp_path: Path, form: str) -> None:
    import polars as pl

    table = pl.DataFrame({"source": ["一"], "target": ["א"]})
    path = tmp_path / f"in.{form}"
    if form == "parquet":
        table.write_parquet(path)
    else:
        body = '{"source": "一", "target": "א"}\n' if form == "jsonl" else "source\ttarget\n一\tא\n"
        path.write_text(body, encoding="utf-8")
    with pytest.raises(InputError):
        convert(path, tmp_path / "out.jsonl")
    done = convert(path, tmp_path / "out.jsonl", tags=("zh", "he"))
    assert (done.pair, done.written) == (("zh", "he"), 1)


def test_a_memory_says_of_languages_that_only_later_units_have(tmp_path: Path) -> None:
    body = tmx(tu("1", zh="一", he="א"), tu("2", zh="二", he="ב", fr="b"))
    run(tmp_path, "in.tmx", body, "out.tmx")
    assert list(validate_tmx(tmp_path / "out.tmx")) == []


def test_a_folder_beside_a_moses_pair_may_have_the_name_of_its_stem(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    for name, text in (("x.zh", "一\n"), ("x.he", "א\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert convert(tmp_path / "x", tmp_path / "out.jsonl").written == 1


def test_the_stem_of_a_moses_pair_names_it(tmp_path: Path) -> None:
    for name, text in (("x.zh", "一\n"), ("x.he", "א\n"), ("y.1.zh.gz", ""), ("y.1.he.gz", "")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert convert(tmp_path / "x", tmp_path / "out.jsonl").pair == ("zh", "he")
    assert convert(tmp_path / "x", tmp_path / "out.jsonl", tags=("he", "")).pair == ("he", "zh")
    assert convert(tmp_path / "y.1", tmp_path / "out.jsonl").pair == ("zh", "he")
    (tmp_path / "x.en").write_text("a\n", encoding="utf-8")
    with pytest.raises(UsageError, match="the files beside it are in zh, he, en"):
        convert(tmp_path / "x", tmp_path / "out.jsonl")
    with pytest.raises(UsageError, match="has no suffix"):
        convert(tmp_path / "z", tmp_path / "out.jsonl")


def test_an_empty_source_needs_its_languages_named(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="no unit in it has two texts"):
        convert(tmp_path / "in.jsonl", tmp_path / "out.tmx")
    done = convert(tmp_path / "in.jsonl", tmp_path / "out.tmx", tags=("zh", "he"))
    assert (done.found, done.written) == (0, 0)


@pytest.mark.parametrize("name", ["out.tmx", "out.tsv", "out.jsonl", "out.parquet", "out.zh-he"])
def test_a_source_without_a_usable_unit_replaces_nothing(tmp_path: Path, name: str) -> None:
    for file in (name, "out.zh-he.zh"):
        (tmp_path / file).write_text("old", encoding="utf-8")
    body = tmx(tu("1", zh_CN="一", en="a"), tu("2", zh_CN="二", en="b"))
    with pytest.raises(InputError, match="none of its 2 units"):
        run(tmp_path, "in.tmx", body, name, tags=("zh", "he"))
    assert [(tmp_path / file).read_text(encoding="utf-8") for file in (name, "out.zh-he.zh")] == ["old"] * 2


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    source = jsonl(tmp_path, *(full_unit(id=f"u{number}") for number in range(20)))
    for name in ("tmx.gz", "tsv.gz", "xlf.gz", "jsonl.gz", "parquet.gz", "csv.gz"):
        bodies = []
        for stem in ("a", "b"):
            convert(source, tmp_path / f"{stem}.{name}")
            bodies.append((tmp_path / f"{stem}.{name}").read_bytes())
        assert bodies[0] == bodies[1], name


def test_a_line_of_json_with_half_a_character_is_mended_and_told(tmp_path: Path) -> None:
    fields = {"source_lang": "zh", "target_lang": "he", "source": "一\ud800", "target": "א"}
    done, _ = run(tmp_path, "in.jsonl", json.dumps(fields), "out.csv")
    assert done.losses == {"halves of characters: they became U+FFFD": 1}


@pytest.mark.parametrize("target", ["out.tmx", "out.tsv", "out.csv", "out.xlf", "out.parquet", "out.zh"])
def test_half_characters_anywhere_break_no_format(tmp_path: Path, target: str) -> None:
    half = "\ud800"
    fields = {
        "source_lang": "zh",
        "target_lang": "he",
        "source": f"一{half}",
        "target": "א",
        "id": half,
        half: half,
    }
    done, _ = run(tmp_path, "in.jsonl", json.dumps(fields), target)
    assert (done.written, done.rejected) == (1, 0)
