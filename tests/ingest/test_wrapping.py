"""Lines broken at a fixed width are put together; lines that are paragraphs are not."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.ingest.draft import Piece
from paracorp.ingest.wrapping import unwrap, width_of
from tests.ingest.builders import HE_BODY, ZH_BODY


def lines(*texts: str) -> list[Piece]:
    return [Piece(text, number) for number, text in enumerate(texts, 1)]


def joined(*texts: str) -> list[str]:
    return [piece.text for piece in unwrap(lines(*texts), width_of(texts))]


@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapped_hebrew_is_joined_with_spaces(width: int) -> None:
    text = HE_BODY * 1 + " " + HE_BODY[:-1] + " " + HE_BODY
    assert " ".join(joined(*textwrap.wrap(text, width))) == text
    assert all(not piece.endswith(("את", "של", ",")) for piece in joined(*textwrap.wrap(text, width)))


def test_wrapped_chinese_is_joined_without_a_space() -> None:
    text = ZH_BODY * 5
    wrapped = [text[n : n + 30] for n in range(0, len(text), 30)]
    assert "".join(joined(*wrapped)) == text
    assert all(piece.endswith("。") for piece in joined(*wrapped))


def test_a_latin_word_at_the_break_keeps_its_space() -> None:
    first, second = (
        "数据中心的钱由软银负责，运营由来自旧金山的公司 OpenAI",
        "and Oracle 共同承担，其余的都还在商量。",
    )
    assert joined(first, second) == [f"{first} {second}"]


def test_paragraphs_of_one_line_each_are_left_alone() -> None:
    texts = ["小标题", ZH_BODY * 4, "另一个小标题", ZH_BODY * 3 + "没有句号", ZH_BODY * 4]
    assert joined(*texts) == texts


def test_a_short_line_in_a_wrapped_text_ends_its_paragraph() -> None:
    long = "שורה ארוכה שנשברה רק בגלל הרוחב שלה ולכן ממשיכה בשורה הבאה"
    assert joined("כותרת קצרה", long, long + ".") == ["כותרת קצרה", f"{long} {long}."]


@given(
    st.lists(
        st.text(alphabet="甲乙 abc。.", min_size=1, max_size=80)
        .map(lambda text: " ".join(text.split()))
        .filter(bool),
        max_size=12,
    )
)
def test_no_character_is_lost_or_moved(texts: list[str]) -> None:
    assert "".join("".join(joined(*texts)).split()) == "".join("".join(texts).split())
