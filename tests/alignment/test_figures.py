import datetime as dt

import pytest

from paracorp.alignment.figures import (
    agreement,
    clashing_figures,
    figure_keys,
    read_figures,
    same_figure,
    shared_figures,
)
from paracorp.alignment.passages import Passage
from paracorp.lexicon.quantities import Quantity

DAY = dt.date(2025, 1, 22)


def figures(text: str, english: str = "", date: dt.date | None = DAY) -> tuple[Quantity, ...]:
    return read_figures(Passage("p", text, english or "", date=date))


def keys(text: str, date: dt.date | None = DAY) -> list[str]:
    english = text if text.isascii() else ""
    return [key for figure in figures("" if english else text, english, date) for key in figure_keys(figure)]


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (("5000亿美元", "500 מיליארד דולר", "$500 billion", "US$ 500bn"), "amount:5e+11"),
        (("二十五万人", "250 אלף איש", "250,000 people", "250 thousand people"), "amount:250000"),
        (("百分之十八", "18%", "18 אחוזים", "18 percent"), "percent:18"),
        (("3月8日", "8 במרץ", "March 8", "8 March", "8th of March"), "day:03-08"),
        (("2009年", "ב-2009", "in 2009"), "year:2009"),
        (("25分钟", "25 דקות", "25 minutes", "twenty-five minutes"), "durationminute:25"),
        (("去年6月", "יוני 2024", "last June"), "month:06"),
        (("1.4万亿", "1.4 טריליון", "1.4 trillion"), "amount:1.4e+12"),
    ],
)
def test_one_figure_reads_the_same_in_every_language(texts: tuple[str, ...], key: str) -> None:
    for text in texts:
        assert key in keys(text), text


def test_a_month_with_its_year_gives_both() -> None:
    assert keys("2021年7月") == ["month:07", "year:2021"]


def test_the_english_adds_only_what_the_text_does_not_say() -> None:
    read = figures("拟投5000亿美元。", "plans to invest 500 billion US dollars in 4 years")
    assert [figure.value for figure in read] == [5e11, 4]


def test_a_month_told_from_the_day_of_publication_is_the_same_as_one_with_its_year() -> None:
    (last_june,) = figures("去年6月")
    (june,) = figures("", "in June 2024", dt.date(2024, 8, 1))
    (other,) = figures("", "in June 2023", dt.date(2024, 8, 1))
    assert last_june.date == "2024-06"
    assert same_figure(last_june, june)
    assert last_june.date != other.date


def test_a_year_is_not_found_in_every_date_of_that_year() -> None:
    (year,) = figures("", "in 2025")
    (day,) = figures("", "on January 21")
    (full,) = figures("", "on January 21, 2025")
    assert not same_figure(year, day)
    assert same_figure(year, full)


def test_rounded_figures_are_one_figure_and_small_counts_are_not() -> None:
    def count(value: int) -> Quantity:
        (found,) = figures("", f"{value:,} boats")
        return found

    assert same_figure(count(916_000), count(900_000))
    assert not same_figure(count(916_000), count(550_000))
    assert not same_figure(count(3), count(4))


def test_a_day_fits_the_date_it_is_part_of() -> None:
    (day,) = figures("7日", date=None)
    (date,) = figures("", "on July 7", None)
    (other,) = figures("", "on July 8", None)
    assert same_figure(day, date)
    assert same_figure(date, day)
    assert not same_figure(day, other)


def test_agreement_counts_for_and_contradiction_against() -> None:
    agree, clash = agreement(figures("", "5,000 flights in 2009"), figures("", "more than 5,000 flights"))
    assert agree > 0
    assert clash == 0
    agree, clash = agreement(figures("", "42 percent"), figures("", "17 percent"))
    assert (agree, clash) == (0, 1)


def test_about_and_tens_of_contradict_nothing() -> None:
    one, other = figures("", "about 350 boats"), figures("", "210 boats")
    assert clashing_figures(one, other, shared_figures(one, other)) == []


def test_text_without_figures_gives_none() -> None:
    assert figures("没有数字。", "Nothing to count here.") == ()


def test_a_day_within_a_range_neither_speaks_for_nor_against_a_pair() -> None:
    ranged, day, later = (figures("", text) for text in ("May 13 to 16", "May 15", "May 21"))
    assert agreement(ranged, day) == (0, 0)
    assert agreement(ranged, later) == (0, 1)
