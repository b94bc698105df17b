"""Forms of sports, court, market and health reports, and what looks like them."""

import datetime as dt

import pytest

from paracorp.lexicon.comparing import agree
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.numbers_he import parse_words

PUBLISHED = dt.date(2025, 6, 19)


def read(text: str, lang: str) -> list[tuple[str, float, str]]:
    found = find_quantities(text, lang, PUBLISHED)
    return [(text[item.start : item.end], round(item.value, 6), item.unit or item.currency) for item in found]


@pytest.mark.parametrize(
    ("lang", "text", "quantities"),
    [
        ("zh", "成绩10秒72，", [("10秒72", 10.72, "second")]),
        ("zh", "身高1米98，", [("1米98", 1.98, "metre")]),
        ("zh", "身高一米八", [("一米八", 1.8, "metre")]),
        ("zh", "100米9秒87", [("100米", 100, "metre"), ("9秒87", 9.87, "second")]),
        ("zh", "长3米2棵", [("3米", 3, "metre"), ("2", 2, "")]),
        ("zh", "两个半星期", [("两个半星期", 2.5, "week")]),
        ("zh", "200毫克", [("200毫克", 200, "milligram")]),
        ("he", "שבע שנות מאסר", [("שבע שנות", 7, "year")]),
        ("he", "יותר מאלף נפצעו", [("אלף", 1000, "")]),
        ("he", "לומדים מאלף עד תיו", []),
        ("he", "כשעה ורבע", [("שעה ורבע", 1.25, "hour")]),
        ("he", "עשור וחצי", [("עשור וחצי", 15, "year")]),
        ("he", '35 הרוגים בת"א', [("35", 35, "")]),
        ("he", 'בת"א 35 הרוגים', [("35", 35, "")]),
        ("en", "the 110m hurdles", [("110m", 110, "metre")]),
        ("en", "a $110m final", [("$110m", 110e6, "USD")]),
        ("en", "110m people", [("110m", 110e6, "")]),
    ],
)
def test_measures_of_newswire_are_read(
    lang: str, text: str, quantities: list[tuple[str, float, str]]
) -> None:
    assert read(text, lang) == quantities


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "比赛将于20时开始"),
        ("zh", "15时至17时"),
        ("zh", "案号（2024）京01民终1234号"),
        ("zh", "标普500指数、沪深300、中证1000"),
        ("he", "המשחק ה-14 ברציפות"),
        ("he", "עתירה 8425/24"),
        ("he", "תיק 8425/24"),
        ("he", 'מדד ת"א 35'),
        ("he", "מדד ת״א 125"),
        ("en", "the 4x100m relay"),
    ],
)
def test_clock_times_case_numbers_and_indices_are_no_quantities(lang: str, text: str) -> None:
    assert read(text, lang) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("记录到57次余震", "exact"),
        ("开了57个余额账户", "exact"),
        ("震了57次有余", "more_than"),
        ("50余次余震", "more_than"),
    ],
)
def test_the_first_letter_of_an_aftershock_is_no_more_than(text: str, precision: str) -> None:
    assert [found.precision.value for found in find_quantities(text, "zh")] == [precision]


@pytest.mark.parametrize(
    "text", ["By noon on the 14th the quake had", "on the 14th he left", "on the 14th its port was shut"]
)
def test_a_day_before_a_new_clause_is_a_date(text: str) -> None:
    assert [found.date for found in find_quantities(text, "en", PUBLISHED)] == ["2025-06-14"]


@pytest.mark.parametrize("text", ["on the 14th floor", "the 14th victim", "the 14th and 15th seats"])
def test_an_ordinal_before_what_it_counts_is_none(text: str) -> None:
    assert find_quantities(text, "en", PUBLISHED) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("אלפיים ארבע מאות", 2400), ("שלושת אלפים ארבע מאות", 3400), ("אלפיים ושלוש מאות וחמישים", 2350)],
)
def test_hundreds_after_thousands_multiply_only_their_own_figure(words: str, value: float) -> None:
    parsed = parse_words(words)
    assert parsed is not None
    assert parsed[0] == value


@pytest.mark.parametrize(
    ("one", "other"), [("300毫米", '30 ס"מ'), ("500毫克", "חצי גרם"), ("500毫升", "חצי ליטר")]
)
def test_small_measures_agree_with_larger_ones(one: str, other: str) -> None:
    (first,), (second,) = find_quantities(one, "zh"), find_quantities(other, "he")
    assert agree(first, second)
