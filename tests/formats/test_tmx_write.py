"""What `write_tmx` writes: valid, legal, the same twice."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from paracorp.errors import ParacorpError, UsageError
from paracorp.formats import tmx_grammar, tmx_write
from paracorp.formats.safe_xml import legal
from paracorp.formats.tmx import read_tmx, validate_tmx, write_tmx
from paracorp.formats.written import Skipped, Written
from paracorp.records import TranslationUnit
from tests.formats.builders import article, english_unit, pair_unit, unit, variant

GRAMMAR = etree.RelaxNG(file=str(Path(tmx_grammar.__file__).with_name("tmx14.rng")))
TAGS = {"zh": "zh-CN", "he": "he-IL", "en": "en"}


def written(units: Iterable[TranslationUnit], pair: str = "zh-he", **arguments: Any) -> bytes:
    source, target = pair.split("-")
    buffer = io.BytesIO()
    defaults: dict[str, Any] = {"tags": TAGS, "findings": {}, "articles": {}}
    write_tmx(buffer, units, source_lang=source, target_lang=target, **(defaults | arguments))
    return buffer.getvalue()


def parsed(body: bytes) -> Any:
    root = etree.fromstring(body)
    GRAMMAR.assertValid(root)
    return root


def props(body: bytes) -> dict[str, str]:
    return {prop.get("type"): prop.text for prop in parsed(body).iter("prop")}


def test_a_file_without_units_is_valid() -> None:
    assert len(parsed(written([])).find("body")) == 0


def test_the_file_starts_with_declaration_and_doctype_and_no_byte_order_mark() -> None:
    start = (
        b"<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">"
    )
    assert written([pair_unit()]).startswith(start)


def test_the_header_has_all_seven_attributes_and_names_the_source_language() -> None:
    header = parsed(written([])).find("header")
    names = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert set(header.attrib) == names
    assert header.get("srclang") == "zh-CN"
    assert header.get("datatype") == "plaintext"


def test_tags_are_written_as_the_caller_wants_them() -> None:
    root = parsed(written([pair_unit()], tags={"zh": "zh-Hans", "he": "he"}))
    assert root.find("header").get("srclang") == "zh-Hans"
    assert root.xpath("//tuv/@xml:lang") == ["zh-Hans", "he"]


def test_a_linked_unit_says_where_both_sides_come_from() -> None:
    articles = {"zh/a": article("zh/a"), "he/a": article("he/a", published=None, url="")}
    assert props(written([pair_unit()], findings={"zh-he-1": ["number", "term"]}, articles=articles)) == {
        "x-confidence": "0.8125",
        "x-shape": "1:1",
        "x-status": "auto",
        "x-findings": "number;term",
        "x-source-article": "zh/a",
        "x-source-title": "title of zh/a",
        "x-source-date": "2025-02-08",
        "x-source-url": "https://example.org/?a=1&b=2",
        "x-source-ids": "zh/a#1.0",
        "x-source-origin": "model",
        "x-source-engine": "argos translate-zh_en 1.9",
        "x-target-article": "he/a",
        "x-target-title": "title of he/a",
        "x-target-ids": "he/a#1.0",
        "x-target-origin": "model",
        "x-target-engine": "argos translate-zh_en 1.9",
        "x-source-english": "An English sentence.",
        "x-target-english": "An English sentence.",
    }


def test_without_english_neither_it_nor_its_origin_is_written() -> None:
    assert props(written([pair_unit()], english=False)) == {
        "x-confidence": "0.8125",
        "x-shape": "1:1",
        "x-status": "auto",
        "x-source-article": "zh/a",
        "x-source-ids": "zh/a#1.0",
        "x-target-article": "he/a",
        "x-target-ids": "he/a#1.0",
    }


def test_an_english_unit_names_its_article_and_origin_once() -> None:
    assert props(written([english_unit()], pair="zh-en")) == {
        "x-shape": "1:1",
        "x-origin": "memory",
        "x-engine": "zh-en.tmx",
        "x-status": "auto",
        "x-source-article": "zh/a",
        "x-source-ids": "zh/a#1.0",
    }


def test_the_change_date_is_that_of_the_unit_at_midnight_utc() -> None:
    assert parsed(written([pair_unit()])).xpath("//tu/@changedate") == ["20250208T000000Z"]
    assert parsed(written([pair_unit(changed=None)])).xpath("//tu/@changedate") == []


def test_a_review_dates_the_unit_and_names_the_reviewer() -> None:
    moment = dt.datetime(2026, 3, 1, 14, 5, 6, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    body = written([pair_unit(reviewer='Ruth "R" <r@example.org>', reviewed=moment)])
    [tu] = parsed(body).iter("tu")
    assert (tu.get("changedate"), tu.get("changeid")) == ("20260301T120506Z", 'Ruth "R" <r@example.org>')
    assert props(body)["x-reviewer"] == 'Ruth "R" <r@example.org>'
    assert props(body)["x-reviewed"] == "20260301T120506Z"


def test_a_file_of_three_languages_is_marked_and_holds_the_english_of_the_source() -> None:
    one = unit(variant("zh", "好", english="Good"), variant("he", "טוב", english="Fine"))
    root = parsed(written([one], three_languages=True))
    assert root.xpath("header/prop[@type='x-languages']/text()") == ["zh-CN he-IL en"]
    assert root.find("header").get("srclang") == "zh-CN"
    assert root.xpath("//tuv/@xml:lang") == ["zh-CN", "he-IL", "en"]
    assert root.xpath("//seg/text()") == ["好", "טוב", "Good"]
    assert root.xpath("//prop[@type='x-target-english']/text()") == ["Fine"]
    assert root.xpath("//prop[@type='x-source-english']") == []


def test_in_a_file_of_three_languages_the_english_of_the_target_stands_in_for_none() -> None:
    one = unit(variant("zh", "好", english=" \x00"), variant("he", "טוב", english="Fine"))
    none = replace(unit(variant("zh", "好", english=""), variant("he", "טוב", english="")), id="b")
    root = parsed(written([one, none], three_languages=True))
    assert root.xpath("//seg/text()") == ["好", "טוב", "Fine", "好", "טוב"]


def test_three_languages_without_english_is_a_usage_error() -> None:
    with pytest.raises(UsageError):
        written([], english=False, three_languages=True)


def test_a_tag_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="zh_CN"):
        written([], tags={"zh": "zh_CN", "he": "he"})


def test_a_unit_of_several_sentences_is_marked_as_a_paragraph() -> None:
    units = [pair_unit(), replace(pair_unit(shape="2:1"), id="zh-he-2")]
    assert [tu.get("segtype") for tu in parsed(written(units)).iter("tu")] == [None, "paragraph"]


def test_a_tuid_has_no_white_space() -> None:
    assert parsed(written([pair_unit(id="a b\nc")])).xpath("//tu/@tuid") == ["a_b_c"]


def test_what_xml_cannot_hold_is_removed_and_markup_is_escaped() -> None:
    body = written([pair_unit(source="\x0b a<b>&\x00c\ud800\ufffe ", target="\u200fשלום\u2028")])
    assert parsed(body).xpath("//seg/text()") == ["a<b>&c", "\u200fשלום"]


def test_a_unit_with_nothing_left_on_one_side_is_neither_written_nor_counted(tmp_path: Path) -> None:
    units = [pair_unit(source=" \x0b "), replace(pair_unit(), id="zh-he-2")]
    path = tmp_path / "out.tmx"
    done = write_tmx(path, units, source_lang="zh", target_lang="he", tags=TAGS, findings={}, articles={})
    assert done == Written(1, (Skipped("zh-he-1", "its zh text is empty"),))
    assert parsed(path.read_bytes()).xpath("//tu/@tuid") == ["zh-he-2"]


def test_a_second_write_gives_the_same_bytes() -> None:
    units = [replace(pair_unit(), id=f"zh-he-{n}") for n in range(50)]
    assert written(units) == written(iter(units))


def test_units_skipped_for_their_characters_say_so_and_stand_among_others() -> None:
    units = [replace(pair_unit(), id=f"zh-he-{n}") for n in range(200)]
    units[70] = replace(pair_unit(target="\ufffe\x01"), id="bad")
    buffer = io.BytesIO()
    arguments: dict[str, Any] = {"tags": TAGS, "findings": {}, "articles": {}}
    done = write_tmx(buffer, units, source_lang="zh", target_lang="he", **arguments)
    assert done == Written(199, (Skipped("bad", "its he text has no characters that XML can hold"),))
    assert len(parsed(buffer.getvalue()).find("body")) == 199


def test_what_the_writer_got_wrong_is_an_error_of_paracorp_and_names_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tmx_write, "prop_lines", lambda *_: iter(["<prop>no type</prop>\n"]))
    with pytest.raises(ParacorpError, match="line 7: grammar: <prop> lacks an attribute") as caught:
        write_tmx(
            tmp_path / "x.tmx",
            [pair_unit()],
            source_lang="zh",
            target_lang="he",
            tags=TAGS,
            findings={},
            articles={},
        )
    assert caught.value.exit_code == 70


def test_units_of_one_id_are_not_published(tmp_path: Path) -> None:
    arguments: dict[str, Any] = {"tags": TAGS, "findings": {}, "articles": {}}
    with pytest.raises(ParacorpError, match="tuid 'zh-he-1' is that of"):
        write_tmx(tmp_path / "x.tmx", [pair_unit()] * 2, source_lang="zh", target_lang="he", **arguments)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("count", [0, 3, 30, 3000])
def test_a_full_disk_is_an_os_error(count: int) -> None:
    units = [replace(pair_unit(), id=f"zh-he-{n}") for n in range(count)]
    arguments: dict[str, Any] = {"tags": TAGS, "findings": {}, "articles": {}}
    with pytest.raises(OSError, match="No space left"):
        write_tmx(Path("/dev/full"), units, source_lang="zh", target_lang="he", **arguments)


ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029\x85\x0b\r\n\t<&\"'=，״\U0001f600\ufeff"
        ),
    )
)


@given(ANY_TEXT, ANY_TEXT)
@example("\u202eשלום\u202c", '=1+1\t"a"\r\nb\U00020000')
def test_every_text_comes_back_but_for_illegal_characters_and_edges(source: str, target: str) -> None:
    body = written([pair_unit(source=source, target=target)])
    parsed(body)
    expected = [legal(text).strip() for text in (source, target)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.tmx"
        path.write_bytes(body)
        assert list(validate_tmx(path)) == []
        read = [[unit.variants["zh"], unit.variants["he"]] for unit in read_tmx(path, on_reject=None)]
    assert read == ([expected] if all(expected) else [])


@given(ANY_TEXT)
def test_any_article_title_and_engine_name_gives_a_valid_file(text: str) -> None:
    one = unit(variant("zh", "好", engine=text), variant("he", "טוב"))
    parsed(written([one], articles={"zh/a": article("zh/a", title=text, url=text)}))
