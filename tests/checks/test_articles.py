"""What a unit knows of the units before it: whom its article has named in full, and how."""

from collections.abc import Iterable

import pytest

from paracorp.checks import check_units
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Finding, Term, TranslationUnit
from paracorp.settings import CheckSettings
from tests.checks.making import rendered

TERMS = Termbase(
    (
        Term(
            "feldman",
            "person",
            {"en": ("Andrew Feldman",), "zh": ("安德鲁·费尔德曼",), "he": ("אנדרו פלדמן",)},
        ),
        Term(
            "commerce", "office", {"en": ("Commerce Department", "Department of Commerce"), "zh": ("商务部",)}
        ),
        Term("uae", "place", {"en": ("United Arab Emirates", "UAE", "Emirati"), "zh": ("阿联酋",)}),
        Term("chips-act", "law", {"en": ("CHIPS Act", "CHIPS and Science Act"), "zh": ("芯片法案",)}),
        Term(
            "jpmorgan",
            "company",
            {"en": ("JPMorgan", "JPMorgan Chase", "JPMorgan Inc."), "zh": ("摩根大通",)},
        ),
    )
)
FULL = ("安德鲁·费尔德曼离开了公司。", "Andrew Feldman left the company.")
LATER = ("费尔德曼没有回应。", "He did not respond.")


def check(units: Iterable[TranslationUnit], workers: int = 1) -> list[Finding]:
    settings = CheckSettings({"conflict": "off", "duplicate": "off"})
    return list(check_units(units, TERMS, settings, workers=workers))


def rules(units: Iterable[TranslationUnit]) -> list[tuple[str, str]]:
    return [(finding.unit_id, finding.rule) for finding in check(units)]


def unit(texts: tuple[str, str], name: str, article: str = "a") -> TranslationUnit:
    return rendered("zh", *texts, name, article)


def test_a_surname_alone_counts_after_the_full_name_in_an_earlier_unit_of_the_article() -> None:
    assert rules([unit(FULL, "1"), unit(LATER, "2")]) == [("2", "term-missing")]
    hebrew = [
        rendered("he", "אנדרו פלדמן עזב את החברה.", "Andrew Feldman left the company.", "1"),
        rendered("he", "לפלדמן לא היו תשובות.", "He had no answers.", "2"),
    ]
    assert rules(hebrew) == [("2", "term-missing")]


def test_it_does_not_count_before_the_full_name_nor_in_another_article() -> None:
    assert rules([unit(LATER, "1"), unit(FULL, "2")]) == []
    assert rules([unit(FULL, "1"), unit(LATER, "2", "b")]) == []
    assert rules([unit(FULL, "1"), unit(LATER, "2", "b"), unit(LATER, "3")]) == []


def test_several_processes_remember_the_same_names() -> None:
    units = [
        unit(FULL if number % 40 == 0 else LATER, f"u{number}", f"a{number // 40}") for number in range(900)
    ]
    alone = check(units)
    assert alone
    assert check(units, workers=2) == alone


@pytest.mark.parametrize(
    ("chinese", "first", "second", "told"),
    [
        ("商务部", "Commerce Department", "Department of Commerce", True),
        ("芯片法案", "CHIPS Act", "CHIPS and Science Act", True),
        ("摩根大通", "JPMorgan", "JPMorgan Chase", True),
        ("摩根大通", "JPMorgan", "JPMorgan Inc.", False),
        ("阿联酋", "UAE", "United Arab Emirates", False),
        ("阿联酋", "UAE", "Emirati", False),
        ("安德鲁·费尔德曼", "Andrew Feldman", "Feldman", False),
    ],
)
def test_every_kind_of_name_should_be_rendered_one_way(
    chinese: str, first: str, second: str, told: bool
) -> None:
    units = [
        unit((f"这是{chinese}的声明。", f"It is a statement of the {first}."), "1"),
        unit((f"那是{chinese}的回应。", f"That is a reply by the {second}."), "2"),
        unit((f"还有{chinese}的看法。", f"And a view of the {second}."), "3"),
    ]
    found = [finding for finding in check(units) if finding.rule == "term-inconsistent"]
    assert [finding.unit_id for finding in found] == (["2"] if told else [])
    if told:
        assert found[0].message.startswith(f"{second} is {first} earlier in this article for {chinese}")


def test_another_article_of_the_corpus_counts_too() -> None:
    units = [
        unit(("摩根大通涨了。", "JPMorgan rose."), "1", "a"),
        unit(("摩根大通跌了。", "JPMorgan Chase fell."), "2", "b"),
    ]
    assert [finding.message for finding in check(units)] == [
        "JPMorgan Chase is JPMorgan earlier in the corpus for 摩根大通 (jpmorgan)"
    ]
