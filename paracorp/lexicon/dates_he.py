"""Hebrew dates: 20 בינואר 2025, ביוני אשתקד, שנות השלושים, המאה ה־21, ביום שני, אתמול."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from paracorp.lexicon.dating import (
    century,
    date_quantity,
    decade,
    last_weekday,
    next_weekday,
    partial_date,
    shifted_day,
    shifted_month,
    shifted_week,
)
from paracorp.lexicon.hints import Hints
from paracorp.lexicon.numbers_he import parse_words
from paracorp.lexicon.quantities import Quantity

_NAMES = "ינואר פברואר מרץ|מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"
_MONTHS = {name: index for index, names in enumerate(_NAMES.split(), 1) for name in names.split("|")}
_WEEKDAYS = {"ראשון": 6, "שני": 0, "שלישי": 1, "רביעי": 2, "חמישי": 3, "שישי": 4, "שבת": 5}
_WEEKDAYS |= {f"{letter}'": day for letter, day in zip("אבגדהו", (6, 0, 1, 2, 3, 4), strict=True)}
_YEARS = {"שעבר": -1, "שעברה": -1, "אשתקד": -1, "השנה": 0, "הקרוב": 0}
_DAYS = {"אתמול": -1, "אמש": -1, "היום": 0, "מחר": 1, "שלשום": -2, "מחרתיים": 2}
_TENS = "עשרים שלושים ארבעים חמישים שישים ששים שבעים שמונים תשעים"
_ORDINALS = {"עשרים": 20, "עשרים ואחת": 21, "תשע עשרה": 19, "שמונה עשרה": 18}
_ALSO_WORDS = frozenset({"מרץ", "מרס", "מאי", "יוני", "יולי"})  # vigour, Mars, what, Yoni, Yuli
_M = "|".join(_MONTHS)
_L = "א-ת"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d|[.,]\d)"
_COUNTED = (
    r"(?! ?(?:%|אחוז|דולר|שקל|אירו|מיליון|מיליארד|אלף|טריליון|איש|אנשים|בני|ש\"ח|ק\"מ|מטר|עובד|"
    r"משרות|שבבים|יחיד|"
    r"מגה|גיגה|טון|שעות|ימים|כרטיס|חברות|₪|\$))"
)
_BARE_MONTH = re.compile(
    r"(?:(?<![א-ת])[ושה]*[בלמ]|עד |מאז |חודש |החודשים |בין |בסביבות |סוף |תחילת |אמצע )$"
)
_WITH_VIGOUR = re.compile(rf" וב(?!-?(?:{_M}|\d))")  # במרץ ובנחישות, with vigour and resolve
_DATE = re.compile(
    rf"(?=\d|(?<![{_L}])[{_L}]|שנות|מאה |יום )(?:"
    rf"(?P<from>(?<!\d)\d{{1,2}}) ?(?:-|(?:ו?עד|ל-|וב-|ו-|ובין) ?(?:[הל]-)?) ?"
    rf"(?=\d{{1,2}} ?(?:ב-?(?P<from_month>{_M})(?![{_L}])(?:,? ?(?P<from_year>{_YEAR}))?|[בל]חודש(?![{_L}])))"
    rf"|(?<!\d)(?P<day>\d{{1,2}}) ?[בל]?-?(?P<day_month>{_M})(?![{_L}])(?:,? ?(?P<day_year>{_YEAR}))?"
    rf"(?: (?P<day_relative>אשתקד|השנה))?"
    rf"|(?<!\d)(?P<month_day>\d{{1,2}}) [בל]חודש(?![{_L}])"
    rf"|(?<!\d)(?P<d>\d{{1,2}})(?P<sep>[./])(?P<m>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?<=[בהמ]-)(?P<short_day>\d{{1,2}})\.(?P<short_month>1[0-2])(?!\d|[.,]\d|%)"
    rf"(?! ?(?:אחוז|נקוד|מיליו|מיליאר|אלף|דולר|שקל))"
    rf"|(?<![{_L}\"'])(?:[ושהבלמכ]{{1,3}}-?)?(?<![{_L}])?(?P<month>{_M})(?![{_L}\"'])(?! רב)"
    rf"(?:,? (?:של )?(?P<month_year>{_YEAR})| (?P<month_relative>שעבר|אשתקד|השנה|הקרוב)(?![{_L}]))?"
    rf"|(?P<decades>שנות ה-?(?P<decade>(?:1[5-9]|20)?\d0|{_TENS.replace(' ', '|')}|אלפיים)"
    rf"(?! ל(?:חייו|חייה|חייהם|חיי))"
    rf"(?: של המאה ה-?(?P<of_number>\d\d|{'|'.join(_ORDINALS)}))?)(?![{_L}])"
    rf"|(?P<of_century>מאה ה-?(?P<century>\d\d?|{'|'.join(_ORDINALS)}))(?![{_L}\d])"
    rf"|(?P<of_week>יום (?P<weekday>{'|'.join(_WEEKDAYS)}))(?![{_L}])"
    rf"(?: (?P<week>שעבר|האחרון|הקרוב|הבא|השבוע)(?![{_L}]))?"
    rf"|(?<!סוף )(?<!סופי )(?<![{_L}])[ושבהלמ]{{0,2}}"
    rf"(?P<span>(?P<unit>שנה|חודש|שבוע) (?P<shift>שעברה?|הבאה?)|אשתקד)(?![{_L}])"
    rf"|(?<![{_L}])[וש]?(?P<day_word>{'|'.join(_DAYS)}|השנה)(?![{_L}\"'])"
    rf"|(?<![{_L}\d.,$€₪/])(?<!(?<!\d{{4}})-)(?:[ושהבלמכ]{{0,4}}-?)?(?:שנת )?"
    rf"(?P<year>{_YEAR})(?!-\d(?!\d{{3}})){_COUNTED})"
)
_HINTS = Hints([*_MONTHS, *_DAYS, "שנות ה", "מאה ה", "יום ", "שנה ", "אשתקד", "חודש ", "שבוע ", "השנה"])


def find_dates(text: str, _: str, published: dt.date | None) -> Iterator[Quantity]:
    """The dates in folded Hebrew text; relative ones only where the day of publication is known."""
    if not _HINTS(text):
        return
    for match in _DATE.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        if "month" in groups and not _is_month(text, match, groups):
            continue
        date = _date(groups, published)
        if date:
            yield date_quantity(*_span(match, groups), date, _date(groups, None))


def _span(match: re.Match[str], groups: dict[str, str]) -> tuple[int, int]:
    """The date without proclitics in front of it."""
    names = (
        "from",
        "month_day",
        "day",
        "d",
        "short_day",
        "month",
        "decades",
        "of_century",
        "of_week",
        "span",
        "day_word",
        "year",
    )
    first = next(name for name in names if name in groups)
    return match.start(first), match.end("from") if first == "from" else match.end()


def _is_month(text: str, match: re.Match[str], groups: dict[str, str]) -> bool:
    """Whether a month's name alone is one and not Yoni or Yuli: a preposition or a year beside it."""
    if "month_year" in groups or "month_relative" in groups:
        return True
    if groups["month"] not in _ALSO_WORDS:
        return True
    if _WITH_VIGOUR.match(text, match.end()):
        return False
    return _BARE_MONTH.search(text[: match.start("month")].removesuffix("-")) is not None


def _date(groups: dict[str, str], published: dt.date | None) -> str:
    if "decade" in groups:
        of = groups.get("of_number", "20")
        return _decade(groups["decade"], _ORDINALS.get(of) or int(of))
    if "century" in groups:
        return century(_ORDINALS.get(groups["century"]) or int(groups["century"]))
    if "weekday" in groups:
        return _weekday(groups, published)
    return groups.get("year") or _in_month(groups, published) or _relative(groups, published)


def _in_month(groups: dict[str, str], published: dt.date | None) -> str:  # noqa: PLR0911 -- one per form
    if "from" in groups:
        year = _year(groups.get("from_year"), None, published)
        month = _MONTHS[groups["from_month"]] if "from_month" in groups else None
        return partial_date(year, month, int(groups["from"]))
    if "month_day" in groups:
        return partial_date(None, None, int(groups["month_day"]))
    if "day" in groups:
        year = _year(groups.get("day_year"), groups.get("day_relative"), published)
        return partial_date(year, _MONTHS[groups["day_month"]], int(groups["day"]))
    if "d" in groups:
        year = int(groups["y"]) + (2000 if len(groups["y"]) == 2 else 0)
        return partial_date(year, int(groups["m"]), int(groups["d"]))
    if "short_day" in groups:
        return partial_date(None, int(groups["short_month"]), int(groups["short_day"]))
    if "month" in groups:
        year = _year(groups.get("month_year"), groups.get("month_relative"), published)
        return partial_date(year, _MONTHS[groups["month"]], None)
    return ""


def _year(stated: str | None, relative: str | None, published: dt.date | None) -> int | None:
    if stated:
        return int(stated)
    return published.year + _YEARS[relative] if relative and published else None


def _decade(words: str, in_century: int) -> str:
    if words == "אלפיים":
        return "200X"
    parsed = parse_words(words)
    return decade(int(words) if words.isdigit() else int(parsed[0]) if parsed else 0, in_century)


def _weekday(groups: dict[str, str], published: dt.date | None) -> str:
    weekday = _WEEKDAYS[groups["weekday"]]
    if published is None:
        return f"W{weekday + 1}"
    if groups.get("week") in ("הבא", "הקרוב"):
        return next_weekday(published, weekday)
    return last_weekday(published, weekday, today=groups.get("week") not in ("שעבר", "האחרון"))


def _relative(groups: dict[str, str], published: dt.date | None) -> str:
    if published is None or ("day_word" not in groups and "span" not in groups):
        return ""
    if "day_word" in groups:
        word = groups["day_word"]
        return str(published.year) if word == "השנה" else shifted_day(published, _DAYS[word])
    shift = 1 if groups.get("shift", "").startswith("הבא") else -1
    if groups.get("unit", "שנה") == "שנה":
        return str(published.year + shift)
    return (shifted_month if groups["unit"] == "חודש" else shifted_week)(published, shift)
