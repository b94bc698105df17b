"""Pairs of independent reports: what one side merely adds, and where the two contradict each other."""

import pytest

from paracorp.records import Severity, TranslationUnit
from tests.checks.making import findings, side, unit


def pair(chinese: str, hebrew: str) -> TranslationUnit:
    return unit(side("zh", chinese), side("he", hebrew))


def told(chinese: str, hebrew: str) -> list[tuple[str, str]]:
    found = findings(pair(chinese, hebrew), entity_one_sided="off", empty="off", length="off")
    return [(finding.rule, finding.field) for finding in found]


@pytest.mark.parametrize(
    ("chinese", "hebrew"),
    [
        ("公司投资10亿美元，雇用300人。", "החברה תשקיע מיליארד דולר."),
        ("公司投资。", "החברה תעסיק 300 עובדים."),
        ("工厂占地20公顷，投资10亿美元。", "המפעל יעסיק 300 עובדים."),
    ],
)
def test_a_number_that_one_side_adds_is_only_worth_knowing(chinese: str, hebrew: str) -> None:
    assert {rule for rule, _ in told(chinese, hebrew)} == {"number-one-sided"}


def test_what_one_side_adds_is_information_and_a_contradiction_a_warning() -> None:
    one_sided = findings(pair("公司投资10亿美元。", "החברה תשקיע."), empty="off")
    contrary = findings(pair("公司投资10亿美元。", "החברה תשקיע 2 מיליארד דולר."), empty="off")
    assert {finding.severity for finding in one_sided} == {Severity.INFO}
    assert {finding.severity for finding in contrary} == {Severity.WARNING}
    assert (
        contrary[0].message == "10亿美元 (1 billion USD) may be 2 מיליארד דולר (2 billion USD) in the target"
    )


def test_of_several_figures_the_nearest_is_named_as_the_contradiction() -> None:
    found = findings(pair("地震造成41人死亡，326人受伤。", "43 בני אדם נהרגו ו-330 נפצעו."))
    assert [finding.message.split(" in the ")[0] for finding in found if finding.field == "source"] == [
        "41 (41) may be 43 (43)",
        "326 (326) may be 330 (330)",
    ]


def test_a_date_that_one_side_adds_contradicts_nothing() -> None:
    assert told("他5月15日抵达。", "הוא הגיע.") == [("date-one-sided", "source")]
    assert told("他5月15日抵达。", "הוא הגיע ב-2024.") == [
        ("date-one-sided", "source"),
        ("date-one-sided", "target"),
    ]
    assert told("他5月15日抵达。", "הוא הגיע ב-16 במאי.") == [
        ("date-mismatch", "source"),
        ("date-mismatch", "target"),
    ]


@pytest.mark.parametrize(
    ("chinese", "hebrew"),
    [
        ("会议5月13日至16日举行。", "הכנס נערך ב-15 במאי."),
        ("会议5月15日举行。", "הכנס נערך ב-13–16 במאי."),
        ("会议从5月30日到6月2日举行。", "הכנס נערך ב-1 ביוני."),
        ("会议5月10日至20日举行。", "הכנס נערך בין 13 ל-16 במאי."),
        ("会议5月13日至16日举行。", "הכנס נפתח ב-13 במאי."),
    ],
)
def test_a_date_within_the_range_of_the_other_side_is_no_other_date(chinese: str, hebrew: str) -> None:
    assert told(chinese, hebrew) == []


@pytest.mark.parametrize(
    ("chinese", "hebrew"),
    [
        ("会议5月13日至16日举行。", "הכנס נערך ב-17 במאי."),
        ("会议5月13日至16日举行。", "הכנס נערך בין 13 ל-17 במאי."),
        ("会议5月13日和16日举行。", "הכנס נערך ב-15 במאי."),
    ],
)
def test_a_date_outside_the_range_of_the_other_side_is_another(chinese: str, hebrew: str) -> None:
    assert {rule for rule, _ in told(chinese, hebrew)} == {"date-mismatch"}


def test_english_must_hold_both_ends_of_a_range() -> None:
    found = findings(unit(side("zh", "会议5月13日至16日举行。"), side("en", "The meeting is on May 15.")))
    assert {finding.rule for finding in found} == {"date-mismatch"}


def test_the_only_small_counts_of_both_sides_must_agree() -> None:
    assert told("四名记者被拘留。", "חמישה עיתונאים נעצרו.") == [("number-mismatch", "source")]
    assert told("四名记者被拘留。", "ארבעה עיתונאים נעצרו.") == []
    assert told("四名记者和两名司机被拘留。", "חמישה נעצרו.") == []


def test_english_must_hold_every_number_of_its_source() -> None:
    found = findings(unit(side("zh", "公司雇用300人。"), side("en", "The company hires people.")))
    assert [finding.rule for finding in found] == ["number-mismatch"]
    words = unit(
        side("zh", "他会成为首位“万亿美元富豪”。"), side("en", "He would be the first trillionaire.")
    )
    assert findings(words) == []


@pytest.mark.parametrize(
    ("hebrew", "rules"),
    [
        ("כן.", {"length"}),
        ("החברה הודיעה היום שתקים במקום מפעל גדול ותעסיק בו עובדים רבים.", set[str]()),
        ("מילים רבות " * 40, {"length"}),
    ],
)
def test_a_side_far_too_short_or_long_for_the_other_is_found(hebrew: str, rules: set[str]) -> None:
    chinese = "公司今天宣布将在当地建设一座大型工厂并雇用许多工人。"
    assert {finding.rule for finding in findings(pair(chinese, hebrew.strip()), empty="off")} == rules
