import pytest

from paracorp.alignment.evidence import agreement, same_quantity
from paracorp.alignment.numbers import Quantity, quantities


def keys(text: str) -> list[str]:
    return [number.key for number in quantities(text)]


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (("5000亿美元", "500 מיליארד דולר", "$500 billion", "US$ 500bn"), "count:5e+11"),
        (("二十五万人", "250 אלף איש", "250,000 people", "250 thousand people"), "count:250000"),
        (("百分之十八", "18%", "18 אחוזים", "eighteen per cent", "18 percent"), "percent:18"),
        (("3月8日", "8 במרץ", "ב-8 במרס", "March 8", "8 March", "8th of March"), "date:308"),
        (("2009年", "ב-2009", "in 2009"), "year:2009"),
        (("25分钟", "25 דקות", "25 minutes", "twenty-five minutes"), "count:25"),
        (("九成以上", "90%", "ninety percent"), "percent:90"),
        (("חצי מיליון", "half a million", "五十万", "50万"), "count:500000"),
        (("1.4万亿", "1.4 טריליון", "1.4 trillion"), "count:1.4e+12"),
        (("04:09", "בשעה 04:09", "at 4:09"), "clock:249"),
    ],
)
def test_one_figure_reads_the_same_in_every_language(texts: tuple[str, ...], key: str) -> None:
    for text in texts:
        assert key in keys(text), text


def test_a_month_with_its_year_gives_both() -> None:
    assert keys("2021年7月") == ["month:7", "year:2021"]


def test_numerals_inside_chinese_words_are_no_numbers() -> None:
    assert keys("一些人一箱难求") == []


def test_each_number_comes_once_in_reading_order() -> None:
    assert keys("7 of 12 boats, then 7 of 30") == ["count:7", "count:12", "count:30"]


def test_text_without_numbers_gives_none() -> None:
    assert quantities("Nothing to count here.") == ()


def test_rounded_figures_are_one_figure_and_small_counts_are_not() -> None:
    def count(value: float) -> Quantity:
        return Quantity("count", value, str(value))

    assert same_quantity(count(916e6), count(900e6))
    assert not same_quantity(count(916e6), count(550e6))
    assert not same_quantity(count(3), count(4))


def test_a_day_fits_the_date_it_is_part_of() -> None:
    (day,) = quantities("on the 7th")
    (date,) = quantities("on July 7")
    (other,) = quantities("on July 8")
    assert same_quantity(day, date)
    assert same_quantity(date, day)
    assert not same_quantity(day, other)


def test_agreement_counts_for_and_contradiction_against() -> None:
    agree, clash = agreement(quantities("5,000 flights in 2009"), quantities("more than 5,000 flights"))
    assert agree > 0
    assert clash == 0
    agree, clash = agreement(quantities("42 percent"), quantities("17 percent"))
    assert (agree, clash) == (0, 1)
