"""Expressions that newspapers write: what the number reader makes of them, by language."""

import datetime as dt

import pytest

from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import describe

PUBLISHED = dt.date(2025, 2, 8)


def told(text: str, lang: str) -> list[str]:
    """Each quantity as it stands there, and in words; dates resolved."""
    found = find_quantities(text, lang, PUBLISHED)
    return [f"{text[item.start : item.end]} = {item.date or describe(item)}" for item in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一亿两千万美元", ["一亿两千万美元 = 120 million USD"]),
        ("1亿零500万元", ["1亿零500万元 = 105 million CNY"]),
        ("壹佰伍拾万元整", ["壹佰伍拾万元 = 1.5 million CNY"]),
        ("港币3亿元", ["港币3亿元 = 300 million HKD"]),
        ("三千米", ["三千米 = 3,000 metres"]),
        ("3千米", ["3千米 = 3 kilometres"]),
        ("三百千米", ["三百千米 = 300 kilometres"]),
        ("60周岁", ["60周岁 = 60 years"]),
        ("两成员工", ["两成 = 20%"]),
        ("七、八年", ["七、八年 = 7 to 8 years"]),
        ("十分之一", ["十分之一 = 0.1"]),
        ("十分钟", ["十分钟 = 10 minutes"]),
        ("5%-10%", ["5% = 5%", "10% = 10%"]),
        ("2024—2025年", ["2024 = 2024", "2025年 = 2025"]),
        ("2025年1月至3月", ["2025年1月 = 2025-01", "3月 = 2025-03"]),
        ("11月至次年2月", ["11月 = 2024-11", "2月 = 2025-02"]),
        ("五花八门", []),
        ("三国演义", []),
        ("十分重要", []),
        ("波音737停在机库", []),
        ("请拨打12345", []),
        ("318国道", []),
        ("十八届三中全会", []),
        ("公元前221年", []),
        ("打八折", []),
        ("房间号是1208", []),
        ("iPhone 16售价799美元", ["799美元 = 799 USD"]),
        ("OpenAI 20名员工", ["20 = 20"]),
    ],
)
def test_chinese(text: str, expected: list[str]) -> None:
    assert told(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("שלוש עד חמש שנים", ["שלוש = 3 years", "חמש שנים = 5 years"]),
        ("שניים-שלושה ימים", ["שניים = 2 days", "שלושה ימים = 3 days"]),
        ("3 וחצי מיליון", ["3 וחצי מיליון = 3.5 million"]),
        ("מיליון אחד", ["מיליון אחד = 1 million"]),
        ("מינוס 20 מעלות", ["מינוס 20 מעלות = -20 degrees Celsius"]),
        ("דקה וחצי", ["דקה וחצי = 1.5 minutes"]),
        ("חצי מאה", ["חצי מאה = 50 years"]),
        ("700 אלף פרנק שווייצרי", ["700 אלף פרנק שווייצרי = 700,000 CHF"]),
        ("ביום ו'", ["יום ו' = 2025-02-07"]),
        ("אחרי ה-7.10", ["7.10 = 2024-10-07"]),
        ("עלה ב-7.10%", ["7.10% = 7.1%"]),
        ("ב-13 וב-16 במאי", ["13 = 2024-05-13", "16 במאי = 2024-05-16"]),
        ("בין ינואר למרץ 2025", ["ינואר = 2025-01", "מרץ 2025 = 2025-03"]),
        ("במחצית הראשונה של המשחק", []),
        ("בשנות ה-60 לחייו", []),
        ("הוא פעל במרץ ובנחישות", []),
        ("המהדורה העשירית אזלה", []),
        ("עשירית מהמלאי", ["עשירית = 0.1"]),
        ("זקן ושבע ימים", []),
        ("טופס 106", []),
        ("בואינג 777", []),
        ("24/7", []),
    ],
)
def test_hebrew(text: str, expected: list[str]) -> None:
    assert told(text, "he") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$5-10 billion", ["$5 = 5 billion USD", "10 billion = 10 billion USD"]),
        ("a million and a half", ["a million and a half = 1.5 million"]),
        ("a quarter of a million", ["a quarter of a million = 250,000"]),
        ("half a century", ["half a century = 50 years"]),
        ("A$5 million", ["A$5 million = 5 million AUD"]),
        ("350 km/h", ["350 km/h = 350 kilometres"]),
        ("3 1/2 years", ["3 1/2 years = 3.5 years"]),
        ("10-15 January 2025", ["10 = 2025-01-10", "15 January 2025 = 2025-01-15"]),
        ("20/1/2025", ["20/1/2025 = 2025-01-20"]),
        ("the Fourth of July", ["Fourth of July = 2024-07-04"]),
        ("on Sunday markets rose", ["Sunday = 2025-02-02"]),
        ("the Sunday papers", []),
        ("10 Downing Street", []),
        ("1600 Pennsylvania Avenue", []),
        ("Call 555-0188 now", []),
        ("Phone 020 7946 0123", []),
        ("the Four Seasons hotel", []),
        ("the Group of Seven", []),
        ("356 BC", []),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert told(text, "en") == expected
