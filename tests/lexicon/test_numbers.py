import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.lexicon.comparing import agree, comparable_key, dates_agree, unmatched
from paracorp.lexicon.entities import EntityReader, shared_entities
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import Quantity
from paracorp.records import Term

PUBLISHED = dt.date(2025, 2, 8)


def only(text: str, lang: str) -> Quantity:
    (quantity,) = find_quantities(text, lang)
    return quantity


@pytest.mark.parametrize(
    ("chinese", "hebrew", "english"),
    [
        ("5000亿美元", "500 מיליארד דולר", "$500 billion"),
        ("3万5千个", "35,000", "thirty-five thousand"),
        ("数百亿美元", "עשרות מיליארדי דולרים", "tens of billions of dollars"),
        ("百分之三十", "שלושים אחוז", "30 percent"),
        ("两成", "20%", "20%"),
        ("三分之一", "שליש", "one-third"),
        ("半年", "שישה חודשים", "six months"),
        ("560万千瓦", "5.6 גיגה-ואט", "5.6 gigawatts"),
        ("十倍", "פי עשרה", "tenfold"),
        ("1月20日", "20 בינואר", "January 20"),
        ("20世纪30年代", "שנות השלושים", "the 1930s"),
        ("19世纪30年代", "שנות ה-30 של המאה ה-19", "the 1830s"),
        ("十九世纪", "המאה ה-19", "the nineteenth century"),
        ("2008 年", "2008", "2008"),
        ("5890亿美元", "כ-590 מיליארד דולר", "nearly $600 billion"),
    ],
)
def test_the_same_quantity_agrees_across_languages(chinese: str, hebrew: str, english: str) -> None:
    quantities = [only(chinese, "zh"), only(f"היו {hebrew} שם", "he"), only(f"it was {english}", "en")]
    assert agree(quantities[0], quantities[1])
    assert agree(quantities[1], quantities[2])
    assert agree(quantities[2], quantities[0])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$500 billion", "$50 billion"),
        ("$5", "€5"),
        ("30%", "31%"),
        ("January 20", "January 21"),
        ("5 km", "5 miles"),
    ],
)
def test_different_quantities_do_not_agree(one: str, other: str) -> None:
    assert not agree(only(f"it was {one}", "en"), only(f"it was {other}", "en"))


def test_a_date_agrees_with_what_names_less_of_it() -> None:
    assert dates_agree("2025-01-20", "--01-20")
    assert dates_agree("2025-01", "2025")
    assert dates_agree("2025-01-21", "W2")
    assert dates_agree("1935", "193X")
    assert not dates_agree("2025-01-21", "W3")
    assert not dates_agree("2025-01-21", "2025-01-20")
    assert not dates_agree("1945", "193X")


@pytest.mark.parametrize(
    ("text", "lang", "date"),
    [
        ("他上周五到访。", "zh", "2025-01-31"),
        ("去年6月，他们见面。", "zh", "2024-06"),
        ("הם נפגשו ביוני אשתקד", "he", "2024-06"),
        ("הוא הגיע אתמול", "he", "2025-02-07"),
        ("They met last June.", "en", "2024-06"),
        ("They meet next Monday.", "en", "2025-02-10"),
        ("发布会定于12月26日", "zh", "2024-12-26"),
    ],
)
def test_relative_dates_count_from_the_day_of_publication(text: str, lang: str, date: str) -> None:
    assert [quantity.date for quantity in find_quantities(text, lang, PUBLISHED)] == [date]


def test_relative_dates_are_left_out_where_the_day_is_not_known() -> None:
    assert find_quantities("He came yesterday, he said.", "en") == []


def test_small_counts_may_be_left_out_by_a_translator() -> None:
    assert unmatched(find_quantities("三家公司", "zh"), []) == []
    assert len(unmatched(find_quantities("300家公司", "zh"), [])) == 1


def test_a_range_shares_its_magnitude_and_unit() -> None:
    low, high = find_quantities("it costs 10 to 20 billion dollars", "en")
    assert [(low.value, low.currency), (high.value, high.currency)] == [(1e10, "USD"), (2e10, "USD")]


def test_invisible_characters_do_not_shift_offsets() -> None:
    text = "\u200fעלות של\u200f 500\u200f מיליארד דולר היום"
    (quantity,) = find_quantities(text, "he")
    assert text[quantity.start : quantity.end] == "500\u200f מיליארד דולר"


def test_comparable_keys_are_equal_across_languages() -> None:
    assert (
        comparable_key(only("5000亿美元", "zh"))
        == comparable_key(only("a $500 billion plan", "en"))
        == "USD:5e+11"
    )


def test_shared_entities_are_what_both_texts_name_and_count() -> None:
    reader = EntityReader([Term("musk", "person", {"zh": ("马斯克",), "he": ("מאסק",)})])
    chinese = reader.read("马斯克说软银没有100亿美元。", "zh")
    hebrew = reader.read("מאסק דיבר על 10 מיליארד דולר ועל 300 איש", "he")
    shared = shared_entities(chinese, hebrew)
    assert shared.terms == frozenset({"musk"})
    assert shared.quantities == frozenset({"USD:1e+10"})


@given(
    st.text(
        st.sampled_from("0123456789.,-% 亿万十百一两多年月日美元מיליארד דולרב־כ$billionhalf of a"),
        max_size=30,
    ),
    st.sampled_from(["zh", "he", "en"]),
)
def test_any_text_is_read_in_order_without_overlap(text: str, lang: str) -> None:
    end = 0
    for quantity in find_quantities(text, lang, PUBLISHED):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.value <= quantity.high
        end = quantity.end
