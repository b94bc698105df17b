"""Chinese dates: 2025年1月20日, 1月20日, 去年6月, 上周五, 昨天, 九十年代, 21世纪, 第三季度."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from paracorp.lexicon.dating import (
    century,
    date_quantity,
    decade,
    last_weekday,
    partial_date,
    shifted_day,
    shifted_month,
    shifted_week,
    weekday_of_week,
)
from paracorp.lexicon.numbers_zh import HAN, parse_figure
from paracorp.lexicon.quantities import Quantity

_N = rf"\d{{1,2}}|[{HAN}]{{1,3}}"
_YEARS = {"去年": -1, "今年": 0, "明年": 1, "前年": -2, "后年": 2, "本年": 0, "上年": -1}
_DAYS = {
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "今晨": 0,
    "明天": 1,
    "明日": 1,
    "前天": -2,
    "后天": 2,
}
_MONTHS = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "下个月": 1, "下月": 1}
_WEEKS = {"上上": -2, "上个": -1, "上": -1, "本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1}
_WEEKDAYS = {letter: index for index, letter in enumerate("一二三四五六日")} | {"天": 6}
# A day may leave its 日 to the end of its range or list: 5月13至16日.
_DAY = r"(?:[日号]|(?=\s?[至到~、-]\s?\d{1,2}[日号]))"
_NO_SPAN = "(?!内|元|圆|均|报|游|线|之内|以内)"  # 3日内 is within three days, 3日元 are yen
_NO_THING = "(?!球|薪|饼|亮|牙|租|台)"
_HINTS = re.compile("[年月日天晚晨周期拜纪]")
_DATE = re.compile(
    rf"(?=[\d{HAN}去今明前后本上这下周星礼昨])(?:"
    r"(?P<from_year>(?<![\d.])(?:1[5-9]|20)\d\d|[一二][〇零一二三四五六七八九]{3})(?=\s?[至到~-]\s?(?:(?:1[5-9]|20)\d\d|[一二][〇零一二三四五六七八九]{3})财?年)|"
    r"(?:(?P<year>(?<![\d.])(?:1[5-9]|20)\d\d|[一二][〇零一二三四五六七八九]{3})财?年度?"
    rf"|(?P<relative>{'|'.join(_YEARS)}))(?P<decade_mark>代)?"
    rf"(?:(?P<month>{_N})(?:月份?(?:(?P<day>{_N}){_DAY})?|(?=\s?[至到~-]\s?\d{{1,2}}月)))?"
    rf"|(?<![\d个.{HAN}])(?P<month_only>{_N})月{_NO_THING}(?:份|(?P<month_day>{_N}){_DAY})?"
    r"(?:(?P<until>\s?[至到~-]\s?)(?P<until_day>\d{1,2})[日号])?"
    rf"|(?<![\d个.])(?P<from_month>\d{{1,2}})(?=\s?[至到~-]\s?\d{{1,2}}月{_NO_THING})"
    r"|(?:(?P<of>\d\d|二十一?|十[五六七八九]|上)世纪)?(?<!\d)(?P<decade>(?:1[5-9]|20)?\d0|[二三四五六七八九]十)年代"
    rf"|(?P<century>{_N})世纪"
    rf"|(?P<week>{'|'.join(sorted(_WEEKS, key=len, reverse=True))})?(?:周|星期|礼拜)"
    r"(?:(?P<weekday>[一二三四五六日天])(?![年期周个]))?(?!末|边|围|刊|期|知)"
    rf"|(?P<month_word>{'|'.join(_MONTHS)})(?:(?P<word_day>{_N})[日号])?|(?P<day_word>{'|'.join(_DAYS)})"
    rf"|(?<![\d.])(?P<day_only>\d{{1,2}})(?:(?=\s?[至到~-]\s?\d{{1,2}}日{_NO_SPAN})|日{_NO_SPAN}))"
)


def find_dates(text: str, _: str, published: dt.date | None) -> Iterator[Quantity]:
    """The dates in folded Chinese text; relative ones only where the day of publication is known."""
    if not _HINTS.search(text):
        return
    for match in _DATE.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        date = _date(groups, published)
        if date:
            end = match.start("until") if "until" in groups else match.end()
            yield date_quantity(match.start(), end, date, _date(groups, None))
        if "until" in groups:
            last = partial_date(None, _number(groups, "month_only"), _number(groups, "until_day"))
            yield date_quantity(match.end("until"), match.end(), last)


def _number(groups: dict[str, str], name: str) -> int | None:
    value = parse_figure(groups[name]) if name in groups else None
    return None if value is None else int(value)


def _date(groups: dict[str, str], published: dt.date | None) -> str:  # noqa: PLR0911 -- one per form
    if "from_year" in groups:
        return str(_number(groups, "from_year"))
    if "year" in groups or "relative" in groups:
        return _of_year(groups, published)
    if "month_only" in groups:
        return partial_date(None, _number(groups, "month_only"), _number(groups, "month_day"))
    if "from_month" in groups:
        return partial_date(None, _number(groups, "from_month"), None)
    if "decade" in groups:
        named = groups.get("of", "上") != "上"
        return decade(_number(groups, "decade") or 0, (_number(groups, "of") or 20) if named else 20)
    if "century" in groups:
        return century(_number(groups, "century") or 0)
    if "weekday" in groups or "week" in groups:
        return _of_week(groups, published)
    return _relative(groups, published)


def _of_year(groups: dict[str, str], published: dt.date | None) -> str:
    year = _number(groups, "year")
    if year is None and published is not None:
        year = published.year + _YEARS[groups["relative"]]
    if "decade_mark" in groups:
        return decade(year) if year is not None else ""
    return partial_date(year, _number(groups, "month"), _number(groups, "day"))


def _of_week(groups: dict[str, str], published: dt.date | None) -> str:
    shift = _WEEKS[groups["week"]] if "week" in groups else None
    if "weekday" not in groups:
        return shifted_week(published, shift or 0) if published is not None and shift is not None else ""
    weekday = _WEEKDAYS[groups["weekday"]]
    if published is None:
        return f"W{weekday + 1}"
    if shift is None:
        return last_weekday(published, weekday, today=True)
    return weekday_of_week(published, weekday, shift)


def _relative(groups: dict[str, str], published: dt.date | None) -> str:
    day = _number(groups, "word_day") or _number(groups, "day_only")
    if published is None or "day_only" in groups:
        return partial_date(None, None, day)
    if "month_word" in groups:
        month = shifted_month(published, _MONTHS[groups["month_word"]])
        return month if day is None else f"{month}-{day:02d}"
    return shifted_day(published, _DAYS[groups["day_word"]]) if "day_word" in groups else ""
