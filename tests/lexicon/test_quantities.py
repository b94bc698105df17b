"""How messages word a quantity."""

import datetime as dt

import pytest

from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import describe


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("6000亿美元", "zh", "600 billion USD"),
        ("5月15日", "zh", "15 May"),
        ("2025年5月", "zh", "May 2025"),
        ("2025年5月15日", "zh", "15 May 2025"),
        ("20世纪30年代", "zh", "the 1930s"),
        ("十九世纪", "zh", "the 19th century"),
        ("上周二", "zh", "Tuesday"),
        ("22日", "zh", "the 22nd"),
        ("约两成", "zh", "about 20%"),
        ("数百亿美元", "zh", "10 billion to 100 billion USD"),
        ("1.8万颗", "zh", "18,000"),
        ("5.6吉瓦", "zh", "5.6 gigawatts"),
        ("over 2.5 million shekels", "en", "more than 2.5 million ILS"),
        ("one gigawatt", "en", "1 gigawatt"),
        ("less than 900 square feet", "en", "less than 900 square feet"),
        ("minus 20 degrees", "en", "-20 degrees Celsius"),
        ("1,234,567", "en", "1,234,567"),
        ("פי שלושה", "he", "3 times"),
        ("בינואר", "he", "January"),
    ],
)
def test_a_quantity_is_told_in_english_words(text: str, lang: str, words: str) -> None:
    assert [describe(quantity) for quantity in find_quantities(text, lang)] == [words]


def test_a_relative_date_is_told_as_it_was_resolved() -> None:
    day = dt.date(2025, 2, 8)
    told = [
        describe(found) for text in ("yesterday", "last week") for found in find_quantities(text, "en", day)
    ]
    assert told == ["7 February 2025", "week 5 of 2025"]
