import pytest

from paracorp.checks import RULES, check_units
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Term
from paracorp.settings import CheckSettings
from tests.checks.making import findings, rendered, side, spots, unit

GOOD_ZH, GOOD_EN = "马斯克说软银没有5000亿美元。", "Musk said SoftBank does not have $500 billion."
GOOD_HE = "מאסק אמר שלסופטבנק אין 500 מיליארד דולר."


def test_a_good_rendering_has_no_findings() -> None:
    assert spots(rendered("zh", GOOD_ZH, GOOD_EN), rendered("he", GOOD_HE, GOOD_EN, "v")) == []


def test_a_good_pair_has_no_findings() -> None:
    assert spots(unit(side("zh", GOOD_ZH, GOOD_EN), side("he", GOOD_HE, GOOD_EN))) == []


@pytest.mark.parametrize(
    ("lang", "text", "english", "expected"),
    [
        (
            "zh",
            "马斯克说了话，就走了。",
            "Masker said something and left.",
            ("term-missing", "source", "马斯克"),
        ),
        ("he", "אתמול ולמאסק אין כסף", "Yesterday Mosk has no money.", ("term-missing", "source", "מאסק")),
        (
            "zh",
            "甲骨文的股价上涨了。",
            "Shares of Oracle, oracle bone, rose.",
            ("term-forbidden", "target", "oracle bone"),
        ),
        (
            "zh",
            "项目耗资5000亿美元。",
            "The project costs $50 billion.",
            ("number-mismatch", "source", "5000亿美元"),
        ),
        (
            "he",
            "הפרויקט יעלה 500 מיליון דולר",
            "The project costs 500 million dollars, or 90%.",
            ("number-mismatch", "target", "90%"),
        ),
        (
            "zh",
            "项目耗资5000亿元。",
            "The project costs $500 billion.",
            ("currency-mismatch", "source", "5000亿元"),
        ),
        (
            "zh",
            "会议于1月20日举行。",
            "The meeting took place on January 21.",
            ("date-mismatch", "source", "1月20日"),
        ),
        (
            "he",
            "הפגישה נקבעה ל־20 בינואר 2025",
            "The meeting was set for January 20, 2026",
            ("date-mismatch", "source", "20 בינואר 2025"),
        ),
        (
            "zh",
            "公司在杭州成立了。",
            "The company was founded in 杭州 then.",
            ("untranslated", "target", "杭州"),
        ),
        ("he", "החברה נוסדה בחיפה", "The company was חיפה founded there", ("untranslated", "target", "חיפה")),
        ("zh", "公司成立了，很大。", "The компания was founded big.", ("wrong-script", "target", "компания")),
        ("zh", "公司成立了，很大。", "The company\x07 was founded.", ("control-character", "target", "\x07")),
        ("he", "החברה\u200f נוסדה שם", "The company was founded", ("bidi-character", "source", "\u200f")),
        ("he", "החברה נוסדה שם", "The company was  founded", ("spaces", "target", "  ")),
        ("he", "החברה נוסדה שם", "The company, , was founded", ("doubled-punctuation", "target", ", ,")),
        ("he", "החברה (הגדולה) נוסדה שם", "The company (big was founded", ("unbalanced", "target", "(")),
        (
            "he",
            "החברה נוסדה שם",
            "The company company was founded",
            ("repetition", "target", "company company"),
        ),
    ],
)
def test_a_fault_is_found_at_its_place(
    lang: str, text: str, english: str, expected: tuple[str, str, str]
) -> None:
    assert expected in spots(rendered(lang, text, english))


def test_a_phrase_in_a_loop_is_found() -> None:
    english = "He said that the plan is good, the plan is good, the plan is good, and left for home again."
    rules = [rule for rule, _, _ in spots(rendered("zh", "他说这个计划很好，然后就离开回家去了。", english))]
    assert rules == ["repetition"]


def test_english_far_too_short_is_found_as_a_whole() -> None:
    found = findings(rendered("zh", "公司今天宣布将在当地建设一座大型工厂并雇用许多工人。", "Yes."))
    assert [(finding.rule, finding.start, finding.end) for finding in found] == [("length", 0, 0)]


def test_missing_english_is_found_on_its_side() -> None:
    found = findings(unit(side("zh", GOOD_ZH, GOOD_EN), side("he", GOOD_HE)))
    assert [(finding.rule, finding.field) for finding in found] == [("empty", "target_english")]


def test_a_text_left_as_it_was_is_untranslated() -> None:
    assert ("untranslated", "target", "") in spots(rendered("zh", GOOD_ZH, GOOD_ZH))


def test_the_sides_of_a_pair_must_agree_on_names_and_numbers() -> None:
    chinese = side("zh", "马斯克出资10亿美元。", "Musk puts up $1 billion.")
    hebrew = side("he", "אורקל תשקיע 2 מיליארד דולר.", "Oracle will invest $2 billion.")
    found = spots(unit(chinese, hebrew))
    assert ("entity-one-sided", "source", "马斯克") in found
    assert ("entity-one-sided", "target", "אורקל") in found
    assert ("number-mismatch", "source", "10亿美元") in found
    assert ("number-mismatch", "target", "2 מיליארד דולר") in found


def test_a_name_spelled_differently_later_is_inconsistent() -> None:
    first = rendered("zh", "这是OpenAI公司的产品。", "This is a product of OpenAI.", "u1")
    later = rendered("zh", "那是OpenAI公司的产品。", "That is a product of Openai.", "u2")
    assert [f.rule for f in findings(first, later)] == []
    other = rendered("zh", "这是埃隆·马斯克说的。", "Elon Musk said this.", "u3")
    assert [f.rule for f in findings(other, rendered("zh", "马斯克说的。", "Musk said it.", "u4"))] == []


def test_the_same_unit_twice_and_another_target_are_found() -> None:
    one = rendered("zh", "股价上涨了。", "Shares rose.", "u1")
    same = rendered("zh", "股价上涨了。", "Shares rose.", "u2")
    other = rendered("zh", "股价上涨了。", "The stock went up.", "u3")
    assert [(f.rule, f.unit_id) for f in findings(one, same, other)] == [
        ("duplicate", "u2"),
        ("conflict", "u3"),
    ]


def test_every_rule_says_what_it_finds() -> None:
    assert all(rule.doc.endswith(".") for rule in RULES.values())


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("A trucк stood on the bridge.", ("wrong-script", "target", "к")),
        ("The door was locked;.", ("doubled-punctuation", "target", ";.")),
        ("They waited for news for news for news.", ("repetition", "target", "for news for news for news.")),
        ("He owns 5μm of it, etc., and more.", None),
        ("No, no, no, he said, it is theirs.", None),
    ],
)
def test_marks_and_letters_count_where_they_are_out_of_place(
    english: str, expected: tuple[str, str, str] | None
) -> None:
    found = spots(rendered("he", "הם חיכו שם זמן רב מאוד לחדשות", english))
    assert (expected in found) if expected else (found == [])


def test_a_forbidden_name_is_found_in_every_language() -> None:
    terms = Termbase((Term("x.forbidden", "company", {"he": ("שער הכוכבים",)}, "forbidden"),))
    units = [unit(side("zh", "星门项目启动。"), side("he", "מיזם שער הכוכבים יצא לדרך."))]
    found = list(check_units(units, terms, CheckSettings({"empty": "off"})))
    assert [(finding.rule, finding.field) for finding in found] == [("term-forbidden", "target")]
