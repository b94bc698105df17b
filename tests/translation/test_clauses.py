"""Long sentences are cut where it hurts least, and nothing of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.translation.clauses import LONGEST, cut, rejoin, weight


def test_a_sentence_that_fits_is_left_whole() -> None:
    assert cut("总统宣布了计划，公司表示欢迎。") == ["总统宣布了计划，公司表示欢迎。"]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("一二三四五，六七八九；十一二三四，五六七。", ["一二三四五，六七八九；", "十一二三四，五六七。"]),
        ("一二三四五六七八九，一二三四五六七八九十", ["一二三四五六七八九，", "一二三四五六七八九十"]),
        ("一二三四五六七1,000八九十，一二三四五六七八", ["一二三四五六七1,000八九十，", "一二三四五六七八"]),
        (
            "他说：“一二三四五六七八。”九十一二三四五六七",
            ["他说：“一二三四五六七八。”", "九十一二三四五六七"],
        ),
        ("一二三四五六七八九十一二三四五六", ["一二三四五六七八", "九十一二三四五六"]),
    ],
)
def test_it_is_cut_at_the_strongest_mark_near_the_middle(text: str, pieces: list[str]) -> None:
    assert cut(text, 15) == pieces


def test_hebrew_is_cut_between_clauses_and_never_in_a_word() -> None:
    text = "הנשיא הכריז על התוכנית החדשה בבית הלבן, והחברה הודיעה שתשקיע בה מיליארדים רבים השנה"
    assert cut(text, 12) == [
        "הנשיא הכריז על התוכנית החדשה בבית הלבן,",
        "והחברה הודיעה שתשקיע בה מיליארדים רבים השנה",
    ]
    assert all(piece in f" {text} " for piece in cut(text, 4))


@given(st.text("字母，。; אבג,.12", max_size=200), st.floats(1, 30))
def test_every_piece_fits_and_nothing_but_spaces_is_lost(text: str, longest: float) -> None:
    pieces = cut(text, longest)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(weight(piece) <= longest for piece in pieces) or pieces == [text]
    assert all(pieces) or pieces == [text]


def test_sentences_of_usual_length_are_not_cut() -> None:
    assert weight("字" * 100) < LONGEST
    assert weight("מילה " * 80) < LONGEST


@pytest.mark.parametrize(
    ("pieces", "english", "whole"),
    [
        (["一，", "二。"], ["The first.", "The second."], "The first, the second."),
        (["一；", "二。"], ["First", "Trump second."], "First; Trump second."),
        (["他说：", "二。"], ["He said", "This is it."], "He said: this is it."),
        (["一", "二。"], ["The first part.", "And the second."], "The first part and the second."),
        (["一。", "二。"], ["The first.", "The second."], "The first. The second."),
        (["一，", "二。"], ["The first.", ""], "The first."),
        (["一——", "二。"], ["The first.", "A second."], "The first – a second."),
    ],
)
def test_the_english_of_the_pieces_is_one_sentence(pieces: list[str], english: list[str], whole: str) -> None:
    assert rejoin(pieces, english) == whole
