"""Days as reports write them."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.ingest.published import find_days, first_day


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-08 23:18:10",
        "2025/2/8",
        "2025.02.08",
        "2025年2月8日",
        "2025年02月08日10:20",
        "2025 年 2 月 8 日",
        "2025-02-08T23:18:10+08:00",
        "2025-02-08T21:18:10.123Z",
        "20250208",
        "8.2.2025",
        "08/02/2025",
        "8-2-2025",
        "08.02.25",
        "8 בפברואר 2025",
        "יום שבת, 8 פברואר 2025, 10:20",
        "8 February 2025",
        "Feb 8, 2025",
        "February 8th, 2025",
        "Sat, 08 Feb 2025 23:18:10 +0800",
        "２０２５年２月８日",
    ],
)
def test_the_common_forms_are_read(text: str) -> None:
    assert first_day(text) == dt.date(2025, 2, 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "נובמבר 2023",
        "2025年",
        "2025-13-40",
        "31.2.2025",
        "1.2.3.4",
        "version 12.03",
        "08:30",
        "5000亿美元",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert first_day(text) is None


def test_the_clock_is_part_of_the_span() -> None:
    text = "פורסם: 12.03.2025, 10:20 | עודכן: 13.03.2025"
    first, second = find_days(text)
    assert (text[first.start : first.end], first.timed) == ("12.03.2025, 10:20", True)
    assert (text[second.start : second.end], second.timed) == ("13.03.2025", False)


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%Y年%m月%d日", "%Y/%m/%d"]),
)
def test_every_day_is_read_back(day: dt.date, form: str) -> None:
    assert first_day(day.strftime(form)) == day


@given(st.text(alphabet="0123456789-./年月日 :", max_size=40))
def test_spans_are_in_order_and_do_not_overlap(text: str) -> None:
    days = list(find_days(text))
    assert all(one.end <= other.start for one, other in pairwise(days))
