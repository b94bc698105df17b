import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.lexicon.comparing import agree, comparable_key, dates_agree, unmatched
from paracorp.lexicon.entities import EntityReader, shared_entities
from paracorp.lexicon.numbers import find_quantities
from paracorp.lexicon.quantities import Kind, Precision, Quantity
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


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("用户中1/3来自日本", "zh", ("1/3", round(1 / 3, 9), "")),
        ("1/3 of the users", "en", ("1/3", round(1 / 3, 9), "")),
        ("2/3 מהמשתמשים", "he", ("2/3", round(2 / 3, 9), "")),
        ("盐度为35‰。", "zh", ("35‰", 0.035, "")),
        ("基金规模翻了一番", "zh", ("翻了一番", 2, "times")),
        ("销量翻两番", "zh", ("翻两番", 4, "times")),
        ("会谈持续八个多小时", "zh", ("八个多小时", 8, "hour")),
        ("血压为130毫米汞柱", "zh", ("130毫米汞柱", 130, "millimetre_of_mercury")),
        ("המשבר נמשך שנתיים וחצי", "he", ("שנתיים וחצי", 2.5, "year")),
        ("הם חיכו שלוש שנים וחצי", "he", ("שלוש שנים וחצי", 3.5, "year")),
        ("הכול נמחק ביום אחד", "he", ("יום אחד", 1, "day")),
        ("Drink 1.5 liters a day", "en", ("1.5 liters", 1.5, "litre")),
        ("He spoke on March 5 to 15 million viewers", "en", ("15 million", 15e6, "")),
    ],
)
def test_less_common_quantities_are_read(text: str, lang: str, expected: tuple[str, float, str]) -> None:
    found = [quantity for quantity in find_quantities(text, lang) if quantity.kind is not Kind.DATE]
    read = [(text[q.start : q.end], round(q.value, 9), q.unit) for q in found]
    assert read == [expected]


def test_one_of_a_currency_is_money() -> None:
    price = only("המחיר ירד בשקל אחד", "he")
    assert (price.kind, price.currency, price.value) == (Kind.MONEY, "ILS", 1)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("中国队以2-0取胜", "zh"),
        ("波音737客机", "zh"),
        ("双十一促销", "zh"),
        ("They work 24/7", "en"),
        ("The team won 3-1 before its fans", "en"),
    ],
)
def test_scores_and_labels_count_nothing(text: str, lang: str) -> None:
    assert find_quantities(text, lang) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("北约32个成员国", Precision.EXACT),
        ("以北约32公里", Precision.ABOUT),
        ("附近32人", Precision.EXACT),
        ("将近32人", Precision.ABOUT),
        ("其中超过32人", Precision.MORE),
    ],
)
def test_a_word_that_ends_like_a_precision_is_none(text: str, precision: Precision) -> None:
    assert only(text, "zh").precision is precision


@pytest.mark.parametrize(
    ("text", "lang", "dates"),
    [
        ("他在2024年5月13日至16日访问", "zh", ["2024-05-13", "2024-05-16"]),
        ("5月13日抵达，16日离开", "zh", ["2024-05-13", "2024-05-16"]),
        ("מ־13 עד 16 במאי 2023", "he", ["2023-05-13", "2023-05-16"]),
        ("from May 13 to 16, 2023", "en", ["2023-05-13", "2023-05-16"]),
    ],
)
def test_month_and_year_carry_over_to_what_leaves_them_out(text: str, lang: str, dates: list[str]) -> None:
    assert [quantity.date for quantity in find_quantities(text, lang, PUBLISHED)] == dates


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
