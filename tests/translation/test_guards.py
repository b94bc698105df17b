"""What a model may do wrong is told from its output, and good English is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.translation.guards import is_foreign, is_untranslatable, judge

SOURCE = "总统周二在白宫宣布了一项新的计划。"


@pytest.mark.parametrize(
    ("english", "message"),
    [
        ("", "gave nothing"),
        ("...", "gave nothing"),
        (SOURCE, "the Chinese was copied"),
        ("On Tuesday the president announced a 新的计划.", "4 of its letters are Chinese"),
        ("Президент объявил во вторник новый план.", "another script (Cyrillic)"),
        ("The plan the plan the plan the plan", "repeats itself: the plan"),
        ("The plan, the new plan, the new plan, the new plan was announced.", "repeats itself"),
        ("students, students, students and more", "repeats itself: students"),
        ("The pla" + "nana" * 12, "repeats itself"),
        ("it is a plan of it a plan it of is it a of plan is a it of plan it", "different ones"),
        (" ".join(f"word{number}" for number in range(60)), "too long"),
        ("Plan", "too short"),
    ],
)
def test_a_faulty_output_is_told_with_its_fault(english: str, message: str) -> None:
    fault = judge(SOURCE * (3 if message == "too short" else 1), english, "zh")
    assert fault is not None
    assert message in fault.message


@pytest.mark.parametrize(
    ("source", "english", "lang"),
    [
        (SOURCE, "The president announced a new plan at the White House on Tuesday.", "zh"),
        ("哈哈哈哈哈哈哈哈", "Ha ha ha ha ha ha ha ha", "zh"),
        ("不，不，不！", "No, no, no!", "zh"),
        ("OpenAI", "OpenAI", "zh"),
        ("好", "Very well, then.", "zh"),
        ("α粒子", "α particles", "zh"),
        ("—", "—", "zh"),
        ("שלום", "Hello", "he"),
        ("קפה", "café", "he"),
    ],
)
def test_a_sound_output_has_no_fault(source: str, english: str, lang: str) -> None:
    assert judge(source, english, lang) is None


def test_the_worst_fault_is_the_one_named() -> None:
    copied, repeated = judge(SOURCE, SOURCE, "zh"), judge(SOURCE, "a plan " * 5, "zh")
    assert copied is not None
    assert repeated is not None
    assert copied.badness > repeated.badness


def test_a_language_paracorp_does_not_know_is_guarded_without_its_script() -> None:
    assert judge("le plan du président", "the plan of the president", "fr") is None
    assert judge("le plan du président", "", "fr") is not None


def test_texts_without_letters_and_without_letters_of_their_language_are_told_apart() -> None:
    assert [is_untranslatable(text) for text in ("***", "12.5%", "OpenAI", "好")] == [
        True,
        True,
        False,
        False,
    ]
    assert [is_foreign(text, "zh") for text in ("OpenAI 2025", "OpenAI公司")] == [True, False]
    assert not is_foreign("plan", "fr")


def test_human_english_of_the_news_sets_is_not_doubted(shared: Path) -> None:
    doubted = total = 0
    for lang in ("zh", "he"):
        rows = (shared / "bench" / "flores-argos" / "pairs.tsv").read_text(encoding="utf-8").split("\n")
        header = rows[0].split("\t")
        for row in rows[1:]:
            cells = dict(zip(header, row.split("\t"), strict=False))
            if cells.get("english"):
                total += 1
                doubted += judge(cells[lang], cells["english"], lang) is not None
    assert total > 1900
    assert doubted <= total // 500
