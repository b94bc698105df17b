"""Encodings are told apart by strict decoding and by which characters are frequent."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.errors import InputError
from paracorp.ingest.encoding import decode, evidence

PATH = Path("articles/zh/report.txt")

# 200 characters each, written for this test.
SIMPLIFIED = (
    "老街上的豆浆铺凌晨三点开门，比环卫工人还早半个小时。店主今年六十八岁，磨了四十一年豆子，手上的茧比鞋底还厚。"
    "他说，机器磨出来的豆浆太匀，喝着没有脾气。每天的头一锅，他一定要用石磨。去年冬天，街道办想给这一带统一装修门面，"
    "他没有反对，只提了一个要求：石磨不能动。后来记者再去的时候，门面换了新的，石磨还在老地方，旁边多了一张小桌子，"
    "几个孩子正在那里写作业，等着喝今天的第一碗豆浆。他们说，这里的灯亮得最早。"
)
TRADITIONAL = (
    "臨海市的交通渡輪這個月換上了電池，從今年夏天開始，每天十二趟航程不再使用柴油。市政府估計，每趟可以省下三百公升的油，"
    "也讓碼頭附近的空氣變得乾淨。渡輪靠岸的時候，岸上的機械手臂會自動把充電頭接上，九分鐘就能充到八成。船長說，過去他要等乘客，"
    "現在變成乘客等電。不過，電池的壽命只有八年，到時候要怎麼回收，市政府還沒有答案。環保團體認為，應該先把回收的辦法想好，"
    "再談下一艘船。碼頭邊的小販倒是很高興。"
)
HEBREW = (
    'בבית הספר שבבאר שבע אין צלצול ואין ציונים, אבל יש מלחם לכל תלמיד. מנהלת בית הספר, ד"ר כץ, מאמינה שמי '
    "שיודע לתקן טוסטר ילמד גם לתקן משפט. בתחילת השנה קיבל כל תלמיד בכיתה ז' מכשיר מקולקל, "
    "ועד חנוכה תוקנו רוב המכשירים."
)
SHORT = 40


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, HEBREW, SIMPLIFIED[:SHORT], TRADITIONAL[:SHORT]])
@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8-sig"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_unicode_encodings_are_read_with_and_without_a_mark(
    text: str, codec: str, mark: bytes, name: str
) -> None:
    decoded = decode(mark + text.encode(codec), PATH)
    assert (decoded.encoding, decoded.text) == (name, text)


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "cp950", "big5"),
        (HEBREW, "cp1255", "windows-1255"),
        (SIMPLIFIED[:SHORT], "gb18030", "gb18030"),
        (TRADITIONAL[:SHORT], "big5", "big5"),
        (TRADITIONAL[:SHORT], "gbk", "gb18030"),
        (HEBREW[:SHORT], "cp1255", "windows-1255"),
        ("标题：" + SIMPLIFIED[:20] + "\r\n" + "OpenAI and SoftBank " * 5, "gbk", "gb18030"),
    ],
)
def test_legacy_encodings_are_told_apart_in_both_directions(text: str, codec: str, name: str) -> None:
    decoded = decode(text.encode(codec), PATH)
    assert (decoded.encoding, decoded.text) == (name, text)


@pytest.mark.parametrize(
    ("text", "codec"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (HEBREW, "cp1255")]
)
@pytest.mark.parametrize("wrong", ["gb18030", "cp950", "big5hkscs", "cp1255", "utf-16-le", "utf-16-be"])
def test_the_right_reading_has_far_more_frequent_characters_than_a_wrong_one(
    text: str, codec: str, wrong: str
) -> None:
    try:
        misread = text.encode(codec).decode(wrong)
    except UnicodeDecodeError:
        return
    if misread != text:
        assert evidence(misread) <= 0.12
    assert evidence(text) >= 0.55


def test_hong_kong_characters_beyond_big5_are_read() -> None:
    text = TRADITIONAL + "佢哋喺碼頭食雲吞麵，啲湯好鮮。"
    decoded = decode(text.encode("big5hkscs"), PATH)
    assert (decoded.encoding, decoded.text) == ("big5", text)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"%PDF-1.7\n", "a PDF file"),
        (b"PK\x03\x04\x14\x00", "a zip file"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"\x1f\x8b\x08\x00", "a gzip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
        (b"{\\rtf1\\ansi hello}", "a Rich Text file"),
        (b"\x00\x00\x00\x18ftypmp42", "a video"),
        (b"plain\x00text\x00with\x01\x02NUL\x00\x00\x00", "NUL bytes"),
    ],
)
def test_a_binary_file_is_named_for_what_it_is(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=kind) as caught:
        decode(data, PATH)
    assert caught.value.fix


def test_a_broken_byte_is_reported_with_line_and_value() -> None:
    data = f"第一行\n第二行{SIMPLIFIED}\n".encode() + b"\xff\xfe broken" + SIMPLIFIED.encode()
    with pytest.raises(InputError, match="byte 0xff at offset") as caught:
        decode(data, PATH)
    assert caught.value.line == 3
    assert str(caught.value).startswith(f"{PATH}:3: ")


def test_a_broken_byte_after_a_mark_is_reported_too() -> None:
    with pytest.raises(InputError, match="byte order mark says utf-8-sig, but byte 0xd7") as caught:
        decode(codecs.BOM_UTF8 + "שלום\n".encode() + b"\xd7", PATH)
    assert caught.value.line == 2


def test_half_a_character_at_the_end_is_no_known_encoding() -> None:
    with pytest.raises(InputError, match="is not UTF-8"):
        decode(HEBREW.encode()[:-1] + b"\xd7", PATH)


@given(st.text(alphabet=SIMPLIFIED + "，。", min_size=60, max_size=200))
def test_any_simplified_text_survives_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030"), PATH).text == text


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_an_input_error(data: bytes) -> None:
    try:
        decoded = decode(data, PATH)
    except InputError:
        return
    assert isinstance(decoded.text, str)
