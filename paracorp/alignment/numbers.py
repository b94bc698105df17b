"""Numbers and dates as a reader understands them, in English, Chinese and Hebrew text.

A text is read by the scripts that stand in it, so the same function serves a source text and its English;
what one engine garbled, the other side of the passage still shows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


def _from(first: int, words: str, step: int = 1) -> dict[str, int]:
    """Each word with its number, counting on from the first."""
    return {word: first + step * at for at, word in enumerate(words.split())}


_EN_WORDS = _from(0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen")
_EN_WORDS |= _from(15, "fifteen sixteen seventeen eighteen nineteen")
_EN_WORDS |= _from(20, "twenty thirty forty fifty sixty seventy eighty ninety", step=10)
_EN_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
_EN_SCALES |= {f"{name}s": value for name, value in tuple(_EN_SCALES.items()) if len(name) > 2}
_EN_MONTHS = _from(1, "january february march april may june july august september october november december")
_EN_MONTHS |= {name[:3]: number for name, number in tuple(_EN_MONTHS.items()) if name != "may"} | {"sept": 9}

_HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_HAN_DIGITS |= {"零": 0, "两": 2, "兩": 2}
_HAN_SMALL = {"十": 1e1, "百": 1e2, "千": 1e3}
_HAN_LARGE = {"万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}

_HE_MONTHS = _from(1, "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר") | {"מרס": 3}
_HE_SCALES = {
    "אלף": 1e3,
    "אלפים": 1e3,
    "מיליון": 1e6,
    "מיליוני": 1e6,
    "מיליארד": 1e9,
    "מיליארדי": 1e9,
    "טריליון": 1e12,
}
_HE_WORDS = {
    form: value
    for value, forms in {
        3: "שלושה שלוש שלושת",
        4: "ארבעה ארבע ארבעת",
        5: "חמישה חמש חמשת",
        6: "שישה שש ששת",
        7: "שבעה שבע שבעת",
        8: "שמונה שמונת",
        9: "תשעה תשע תשעת",
        10: "עשרה עשר עשרת",
        20: "עשרים",
        30: "שלושים",
        40: "ארבעים",
        50: "חמישים",
        60: "שישים",
        70: "שבעים",
        80: "שמונים",
        90: "תשעים",
        100: "מאה",
        200: "מאתיים",
        1000: "אלף",
        2000: "אלפיים",
    }.items()
    for form in forms.split()
}

_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_EN_NUMBER = re.compile(
    rf"(?<![\w.])(?P<money>us\$|\$|€|£|₪)?\s?(?P<digits>{_PLAIN})"
    r"(?:[\s-]?(?P<scale>(?:hundred|thousand|million|billion|trillion)s?|bn|tn|k|m)\b)?"
    r"(?P<ordinal>st|nd|rd|th|s)?(?:\s?(?P<percent>%|per\s?cent|percent)|(?![\w]))"
)
_EN_SPELLED_PART = "|".join([*sorted(_EN_WORDS, key=len, reverse=True), "hundred"])
_EN_SPELLED = re.compile(
    rf"\b(?P<words>(?:(?:{_EN_SPELLED_PART})\b(?:\s+and\b)?[\s-]?)+|half\s+an?|an?)\s?"
    r"(?P<scale>hundred|thousand|million|billion|trillion)?\b(?:\s?(?P<percent>%|per\s?cent|percent))?"
)
_EN_MONTH = "|".join(sorted(_EN_MONTHS, key=len, reverse=True))
_EN_DATE = re.compile(
    rf"\b(?P<month>{_EN_MONTH})\.?\s(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month2>{_EN_MONTH})\b(?:,?\s(?P<year2>\d{{4}})\b)?"
    rf"|\b(?P<month3>{_EN_MONTH})\.?,?\s(?:of\s)?(?P<year3>\d{{4}})\b"
)
_CLOCK = re.compile(r"(?<![\d:])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])")
_HAN_DATE = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号號])?|(?P<year2>\d{4})年|(?<!\d)(?P<day2>\d{1,2})[日号號]"
)
_HAN_RUN = "〇零一二两兩三四五六七八九十百千万萬亿億兆"
_HAN_NUMBER = re.compile(
    rf"(?P<percent>百分之)?(?P<number>(?:{_PLAIN})\s?[百千]?[万萬亿億兆]{{0,2}}|(?<![{_HAN_RUN}])[{_HAN_RUN}]+)"
    r"(?P<after>%|成(?![为為了立功员員就果长長本]))?"
)
_HE_MONTH = "|".join(sorted(_HE_MONTHS, key=len, reverse=True))
_HE_DATE = re.compile(
    rf"(?<![\d.])(?P<day>\d{{1,2}})\s?[בל]?(?P<month>{_HE_MONTH})(?:\s(?P<year>\d{{4}}))?(?!\w)"
    rf"|(?<!\w)[בלמהו]?(?P<month2>{_HE_MONTH})\s(?P<year2>\d{{4}})(?!\w)"
)
_HE_SCALE = "|".join(sorted(_HE_SCALES, key=len, reverse=True))
_HE_WORD = "|".join(sorted(_HE_WORDS, key=len, reverse=True))
_HE_NUMBER = re.compile(
    rf"(?<![\w.])(?:[א-ת]{{1,3}}[-־])?(?P<digits>{_PLAIN})(?:[\s-](?P<scale>{_HE_SCALE})(?!\w))?"
    r"(?:\s?(?P<percent>%|אחוזים|אחוז))?"
    rf"|(?<!\w)[ובלמהכש]?(?:(?P<half>חצי)\s|(?P<word>{_HE_WORD})\s)?(?P<scale2>{_HE_SCALE})(?!\w)"
    rf"|(?<!\w)[ובלמהכש]?(?P<word3>{_HE_WORD})(?!\w)(?:\s(?P<percent3>אחוזים|אחוז))?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    `kind` is count, percent, year, month, day (of a month), date (month and day) or clock; the value of a
    date is month * 100 + day, of a clock time hour * 60 + minute. `text` is how it stood there.
    """

    kind: str
    value: float
    text: str

    @property
    def key(self) -> str:
        """The same for equal quantities, whatever the language."""
        return f"{self.kind}:{self.value:.10g}"


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number and date in the text, in reading order, each once; empty where there is none."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("־", "-").replace("\u200f", "")
    found: list[tuple[int, Quantity]] = []
    taken = [False] * len(folded)
    readers = [(_EN_DATE, _english_date), (_CLOCK, _clock)]
    if re.search("[\u4e00-\u9fff]", folded):
        readers += [(_HAN_DATE, _han_date), (_HAN_NUMBER, _han_number)]
    if re.search("[\u05d0-\u05ea]", folded):
        readers += [(_HE_DATE, _hebrew_date), (_HE_NUMBER, _hebrew_number)]
    readers += [(_EN_NUMBER, _english_number), (_EN_SPELLED, _english_spelled)]
    for pattern, read in readers:
        for match in pattern.finditer(folded):
            if not match[0].strip() or any(taken[match.start() : match.end()]):
                continue
            values = read(match)
            if values:
                taken[match.start() : match.end()] = [True] * (match.end() - match.start())
                found.extend(
                    (match.start(), Quantity(kind, value, match[0].strip())) for kind, value in values
                )
    found.sort(key=lambda item: item[0])
    return tuple({item.key: item for _, item in reversed(found)}[key] for key in _keys(found))


def _keys(found: list[tuple[int, Quantity]]) -> list[str]:
    return list(dict.fromkeys(item.key for _, item in found))


_Values = list[tuple[str, float]]


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _date(year: str | None, month: int, day: str | None) -> _Values:
    values: _Values = []
    if day and 1 <= int(day) <= 31:
        values.append(("date", month * 100 + int(day)))
    else:
        values.append(("month", month))
    if year:
        values.append(("year", int(year)))
    return values


def _english_date(match: re.Match[str]) -> _Values:
    month = match["month"] or match["month2"] or match["month3"]
    year = match["year"] or match["year2"] or match["year3"]
    return _date(year, _EN_MONTHS[month], match["day"] or match["day2"])


def _clock(match: re.Match[str]) -> _Values:
    return [("clock", int(match["hour"]) * 60 + int(match["minute"]))]


def _english_number(match: re.Match[str]) -> _Values:
    digits, scale = match["digits"], match["scale"]
    if match["percent"]:
        return [("percent", _number(digits))]
    if match["ordinal"] and not scale and digits.isdigit() and match["ordinal"] != "s" and int(digits) <= 31:
        return [("day", int(digits))]
    if _is_year(digits) and not scale and not match["money"]:
        return [("year", int(digits))]
    return [("count", _number(digits) * (_EN_SCALES[scale] if scale else 1))]


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdigit() and 1400 <= int(digits) <= 2100


def _english_spelled(match: re.Match[str]) -> _Values:
    words = [word for word in re.split(r"[\s-]+", match["words"]) if word not in ("", "and")]
    if not words:
        return []
    scale = _EN_SCALES[match["scale"]] if match["scale"] else 1.0
    if words[0] in ("half", "a", "an"):
        if not match["scale"]:
            return []
        value = 0.5 if words[0] == "half" else 1.0
    else:
        value = 0.0
        for word in words:
            value = max(value, 1) * 100 if word == "hundred" else value + _EN_WORDS[word]
    kind = "percent" if match["percent"] else "count"
    return [(kind, value * scale)]


def _han_date(match: re.Match[str]) -> _Values:
    if match["month"]:
        month = int(match["month"])
        return _date(match["year"], month, match["day"]) if 1 <= month <= 12 else []
    return [("year", int(match["year2"]))] if match["year2"] else [("day", int(match["day2"]))]


def _han_number(match: re.Match[str]) -> _Values:
    value = _han_value(match["number"])
    if value is None:
        return []
    if match["after"] == "成":
        return [("percent", value * 10)] if value < 10 else []
    if match["percent"] or match["after"]:
        return [("percent", value)]
    digits = match["number"]
    return [("year", value)] if _is_year(digits) else [("count", value)]


def _han_value(text: str) -> float | None:
    leading = re.match(_PLAIN, text)
    if leading:
        value = _number(leading[0])
        for char in text[leading.end() :].strip():
            value *= _HAN_SMALL.get(char) or _HAN_LARGE[char]
        return value
    if len(text) == 1 and text != "十":
        # A single numeral is mostly part of a word (一些, 三角); two and more characters are a number.
        return float(_HAN_DIGITS[text]) if text in "两兩三四五六七八九" else None
    if all(char in _HAN_DIGITS for char in text):
        return float("".join(str(_HAN_DIGITS[char]) for char in text)) if len(text) == 4 else None
    return _han_positional(text)


def _han_positional(text: str) -> float | None:
    total = section = digit = 0.0
    for char in text:
        if char in _HAN_DIGITS:
            digit = float(_HAN_DIGITS[char])
        elif char in _HAN_SMALL:
            section += (digit or 1.0) * _HAN_SMALL[char]
            digit = 0.0
        else:
            section += digit
            if section == 0 and total == 0:
                return None
            total = (
                (total + section) * _HAN_LARGE[char]
                if total < _HAN_LARGE[char]
                else total + section * _HAN_LARGE[char]
            )
            section = digit = 0.0
    return total + section + digit


def _hebrew_date(match: re.Match[str]) -> _Values:
    month = _HE_MONTHS[match["month"] or match["month2"]]
    return _date(match["year"] or match["year2"], month, match["day"])


def _hebrew_number(match: re.Match[str]) -> _Values:
    if match["digits"]:
        digits, scale = match["digits"], match["scale"]
        if match["percent"]:
            return [("percent", _number(digits))]
        if _is_year(digits) and not scale:
            return [("year", int(digits))]
        return [("count", _number(digits) * (_HE_SCALES[scale] if scale else 1))]
    if match["scale2"]:
        factor = 0.5 if match["half"] else float(_HE_WORDS[match["word"]]) if match["word"] else 1.0
        return [("count", factor * _HE_SCALES[match["scale2"]])]
    value = float(_HE_WORDS[match["word3"]])
    return [("percent" if match["percent3"] else "count", value)]
