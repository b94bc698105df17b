"""Ranges of dates: how they are read, and which dates they contradict."""

import datetime as dt

import pytest

from paracorp.lexicon.comparing import agree, compatible
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import Quantity, describe

PUBLISHED = dt.date(2025, 6, 19)
MAY = "2025-05-13/2025-05-16"
ACROSS = "2025-05-30/2025-06-02"


def dates(text: str, lang: str, published: dt.date | None = PUBLISHED) -> list[Quantity]:
    return [found for found in find_quantities(text, lang, published) if found.date]


@pytest.mark.parametrize(
    ("lang", "text", "interval"),
    [
        ("zh", "会议5月13日至16日举行。", MAY),
        ("zh", "会议5月13至16日举行。", MAY),
        ("zh", "会议从5月13日到5月16日举行。", MAY),
        ("zh", "5月13日（周二）至16日（周五）", MAY),
        ("zh", "5月13日和16日之间", MAY),
        ("zh", "自5月13日起至5月16日止", MAY),
        ("zh", "6月13至16日", "2025-06-13/2025-06-16"),
        ("zh", "从5月30日到6月2日", ACROSS),
        ("zh", "今年1至3月", "2025-01/2025-03"),
        ("zh", "2020年至2023年", "2020/2023"),
        ("zh", "12月30日至1月2日", "2024-12-30/2025-01-02"),
        ("he", "הכנס נערך בין 13 ל-16 במאי.", MAY),
        ("he", "מ־13 עד 16 במאי", MAY),
        ("he", "מה-13 ועד ה-16 במאי", MAY),
        ("he", "ב־13–16 במאי", MAY),
        ("he", "בין 13 במאי ל-16 במאי", MAY),
        ("he", "בין 13 ו-16 במאי", MAY),
        ("he", "מ-13.5.2025 עד 16.5.2025", MAY),
        ("he", "בין ה-13 ל-16 לחודש", "2025-06-13/2025-06-16"),
        ("he", "מ-30 במאי עד 2 ביוני", ACROSS),
        ("he", "בין ינואר למרץ 2025", "2025-01/2025-03"),
        ("en", "from May 13 to 16", MAY),
        ("en", "May 13–16, 2025", MAY),
        ("en", "between May 13 and May 16", MAY),
        ("en", "between 13 and 16 May", MAY),
        ("en", "from the 13th to the 16th of May", MAY),
        ("en", "May 13th through the 16th", MAY),
        ("en", "May 30 to June 2", ACROSS),
        ("en", "2020-2023", "2020/2023"),
    ],
)
def test_both_ends_of_a_range_know_it(lang: str, text: str, interval: str) -> None:
    found = [date for date in dates(text, lang) if date.stated and not date.stated.startswith("W")]
    assert [(date.date, date.interval) for date in found] == [(end, interval) for end in interval.split("/")]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "5月13日和16日"),
        ("zh", "5月13、16日"),
        ("zh", "在5月13日和16日开会"),
        ("zh", "5月13日抵达，16日离开"),
        ("he", "ב-13 וב-16 במאי"),
        ("he", "13 ו-16 במאי"),
        ("en", "on May 13 and 16"),
        ("en", "May 13, and in June 2025"),
    ],
)
def test_dates_that_are_only_named_together_are_no_range(lang: str, text: str) -> None:
    assert len(found := dates(text, lang)) == 2
    assert {date.interval for date in found} == {""}


@pytest.mark.parametrize("text", ["2至3日内完成", "13至16日元", "3-5个月", "2-3日游"])
def test_a_count_of_days_or_money_is_no_range_of_dates(text: str) -> None:
    assert dates(text, "zh") == []


@pytest.mark.parametrize(
    ("ranged", "single"),
    [
        ("5月13日至16日", "15 במאי"),
        ("5月13日至16日", "ב-15 במאי 2025"),
        ("5月13日至16日", "13 במאי"),
        ("5月30日至6月2日", "31 במאי"),
        ("5月30日至6月2日", "1 ביוני"),
        ("1月至3月", "20 בפברואר"),
        ("2020年至2023年", "באוקטובר 2021"),
        ("5月10日至20日", "בין 13 ל-16 במאי"),
    ],
)
def test_a_date_within_a_range_contradicts_it_in_nothing(ranged: str, single: str) -> None:
    for published in (PUBLISHED, None):
        one, other = dates(ranged, "zh", published), dates(single, "he", published)
        assert all(compatible(end, date) and compatible(date, end) for end in one[:2] for date in other)


@pytest.mark.parametrize(
    ("ranged", "single"),
    [
        ("5月13日至16日", "17 במאי"),
        ("5月13日至16日", "15 ביוני"),
        ("5月13日至16日", "בין 13 ל-17 במאי"),
        ("5月13日至16日", "בין 15 ל-18 במאי"),
        ("5月13日至16日", "במאי"),
        ("5月13日至16日", "שנות השלושים"),
        ("5月13日和16日", "15 במאי"),
    ],
)
def test_what_lies_outside_a_range_is_not_compatible_with_it(ranged: str, single: str) -> None:
    one, other = dates(ranged, "zh"), dates(single, "he")
    assert not any(compatible(end, date) for end in one for date in other)


def test_a_date_within_a_range_is_no_proof_of_agreement() -> None:
    one, other = dates("5月13日至16日", "zh"), dates("15 במאי", "he")
    assert not any(agree(end, date) for end in one for date in other)


@pytest.mark.parametrize("text", ["5月13日和16日", "5月13、16日", "5月13日抵达，16日离开"])
def test_a_day_after_a_day_of_a_month_names_that_month_too(text: str) -> None:
    assert [describe(found) for found in dates(text, "zh")] == ["13 May", "16 May"]
