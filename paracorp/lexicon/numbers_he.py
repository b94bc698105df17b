"""Hebrew quantities: 500 מיליארד דולר, מאות מיליארדים, עשרים וחמישה, חצי מיליון, שליש, 30 אחוז, פי שלושה."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from paracorp.lexicon.grammar import SLASHED, Amount, Grammar, exact, slashed, vague
from paracorp.lexicon.hints import Hints
from paracorp.lexicon.quantities import Precision
from paracorp.lexicon.vocabulary import either, starts, vocabulary

_NAMES = {
    1: "אחד אחת", 2: "שניים שתיים שני שתי", 3: "שלוש שלושה שלושת", 4: "ארבע ארבעה ארבעת",
    5: "חמש חמישה חמשת חמישת",
    6: "שש שישה ששת שישת ששה", 7: "שבע שבעה שבעת", 8: "שמונה שמונת", 9: "תשע תשעה תשעת", 10: "עשר עשרה עשרת",
    20: "עשרים", 30: "שלושים", 40: "ארבעים", 50: "חמישים חמשים", 60: "שישים ששים", 70: "שבעים", 80: "שמונים",
    90: "תשעים", 100: "מאה", 200: "מאתיים", 2000: "אלפיים",
}  # fmt: skip
WORDS = {word: float(value) for value, words in _NAMES.items() for word in words.split()}
_TEENS = {"שנים": 2.0, "שתים": 2.0}  # two, only before ten; alone the first is "years"
_MAGNITUDES = {
    "מאות": 1e2, "אלף": 1e3, "אלפים": 1e3, "אלפי": 1e3, "מיליון": 1e6, "מיליוני": 1e6, "מיליונים": 1e6,
    "מליון": 1e6, "מליארד": 1e9,
    "מיליארד": 1e9, "מיליארדי": 1e9, "מיליארדים": 1e9, "טריליון": 1e12, "טריליוני": 1e12, "טריליונים": 1e12,
}  # fmt: skip
_VAGUE = {
    "עשרות": 1e1, "מאות": 1e2, "אלפי": 1e3, "אלפים": 1e3, "רבבות": 1e4, "מיליוני": 1e6, "מיליונים": 1e6,
    "מיליארדי": 1e9, "מיליארדים": 1e9, "טריליוני": 1e12, "טריליונים": 1e12, "מליארדי": 1e9,
}  # fmt: skip
_FRACTIONS = {
    "חצי": 1 / 2, "מחצית": 1 / 2, "שליש": 1 / 3, "רבע": 1 / 4, "חמישית": 1 / 5, "עשירית": 1 / 10,
    "שישית": 1 / 6,
    "שמינית": 1 / 8, "שלישים": 1 / 3, "רבעים": 1 / 4, "רבעי": 1 / 4, "חמישיות": 1 / 5, "עשיריות": 1 / 10,
}  # fmt: skip
_DUALS = {
    "שנתיים": "year",
    "חודשיים": "month",
    "שבועיים": "week",
    "יומיים": "day",
    "שעתיים": "hour",
    "פעמיים": "times",
}
_SPANS = {"דקה": "minute", "שנה": "year", "חודש": "month", "שבוע": "week", "יום": "day", "שעה": "hour"}
_SINGLES = (*vocabulary("he").units, *vocabulary("he").currencies)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_L = "א-ת"
_END = f"(?![{_L}]|[\"'][{_L}])"
_SCALE = either(name for name in _MAGNITUDES if name != "מאות")
_WORD = either([*WORDS, *_MAGNITUDES])
# Between other numerals a hyphen makes a range: שניים-שלושה.
_AFTER_HYPHEN = "עשר|מאות|אלפ|אלף|מיל|טריל"
_TAIL = rf"(?:[ -](?:{_SCALE}){_END})"
_NUMBER_WORDS = (
    *(*WORDS, *_TEENS, *_MAGNITUDES, *_VAGUE, *_FRACTIONS, *_DUALS, *_SPANS),
    *("אחוז", "עשור", "פי ", "כפול", "מינוס", "תריסר"),
)
_NUMBER = re.compile(
    rf"(?<![{_L}])(?=[ושהכבמל]{{0,5}}-?(?:\d|{starts([*_NUMBER_WORDS, *_SINGLES])}))(?:"
    rf"(?<=[{_L}] )ה-?(?<!בן ה)(?<!בן ה-)(?<!בת ה)(?<!בת ה-)(?P<rank>\d{{1,3}})"
    rf"(?![\d%]|[.,]\d| ?(?!ברציפות)[{_L}]+(?:ים|ות|ון|ארד)(?![{_L}]))"
    rf"|(?<![a-z\d.,{_L}\"'])(?<![a-z]-)(?P<prefix>(?:ו?(?:ש|כש)?[במל]?ה?|[ושבמל]{{0,2}}כ)-?)??(?:"
    rf"(?P<dual>{either(_DUALS)}){_END}(?P<dual_half> וחצי{_END})?|{SLASHED}(?= מ|-מ)"
    rf"|(?P<percent>אחוז){_END}(?P<percent_half> וחצי| ורבע)?(?! ה[{_L}])"
    rf"|(?P<one_half>{either(_SPANS)}) ו(?P<half_or_quarter>חצי|רבע){_END}"
    rf"|(?P<half_century>חצי מאה){_END}(?! אחוז)"
    rf"|(?P<decade>עשור){_END}(?P<decade_half> וחצי{_END})?|(?P<dozen>תריסר){_END}"
    rf"|(?P<fold>פי )?(?:"
    rf"(?P<minus>(?:(?<![%\d])-|מינוס )(?=[\d.]+ ?(?:°|מעלות|%|אחוז)))?(?P<digits>{_DIGITS})"
    rf"(?P<half_before> וחצי(?={_TAIL}))?(?P<digit_scale>{_TAIL}*)(?P<and_half> וחצי{_END})?"
    rf"|(?P<vague>(?:{either(_VAGUE)}){_END}(?:[ -](?:{either(_VAGUE)}){_END})*)"
    rf"|(?:(?P<top>שני|שלושת|שלושה|ארבעה|תשעה|שבעה) )?(?P<fraction>{either(_FRACTIONS)})"
    rf"(?P<fraction_scale>{_TAIL}?){_END}(?! יובל| גמר| ה(?:ראשונה?|שנייה?|שניה?|עונה)(?![{_L}]))"
    rf"|(?P<double>כפול|כפולה|כפולים){_END}"
    rf"|(?P<words>(?:{_WORD}|(?:{either(_TEENS)})(?=[ -]עשר)){_END}"
    rf"(?:(?: ו?|-ו|-(?={_AFTER_HYPHEN}))(?:{_WORD}|חצי|רבע){_END})*)"
    rf"))"
    rf"|(?<![{_L}])(?P<prefix_of_one>[ושהבלמ]{{0,3}})(?P<single>{either(_SINGLES)}) (?:אחד|אחת){_END})"
)
_HINTS = Hints([*(word for word in _NUMBER_WORDS if word not in _SPANS), "וחצי"])
_AGE = rf"שנות ה-?(?:\d0|[{_L}]+) ל(?:חיי|חייו|חייה|חייהם)(?![{_L}])"  # in his sixties
_IDIOMS = (
    "שבע ימים|שבע רצון|שבע נחת|שבע אכזבות|"
    "ארבע עיניים|ששת הימים|באר שבע|פעם אחת|בבת אחת|אחד העם|שלוש עשרה עיקרים|מאה אחוז|בשעה אחת"
)
_L_PLURAL = rf"[{_L}]+(?:ים|ות)(?![{_L}])"
# Labels that a number names rather than counts, with what may stand between.
_NOISE = (
    r"(?<!\d)0\d{1,4}[ -]\d{3,4}[ -]?\d{3,4}",
    rf"ת[\"״”]?א[ -](?:35|60|90|125)(?!\d| {_L_PLURAL})|(?<![\d/])\d{{4,}}/\d\d(?![\d/])",
    r"24/7|9/11|\d+[a-zA-Z](?![a-zA-Z])|(?<!\d)\d{4}[-‐-—־]\d\d(?![\d-])|\d+(?:\.\d+){2,}",
    r"\d+:\d+(?::\d+)?|\d+(?:-\d+){2,}|\b\d{2,4}-\d{5,}",
    (
        rf"(?<![{_L}])[בהלמשכו]{{0,3}}(?:{either(vocabulary('he').labels)})"
        rf"(?: הוא| היא)? ?-?\d[\d.:/-]*(?![\d.:/-])"
        rf"(?! ?(?:{_SCALE}|{either(_SINGLES)})(?![{_L}])| ?%| {_L_PLURAL})"
    ),
    rf"רחוב[{_L} ]{{1,20}}\d+|החלט[הת](?: [{_L}]+){{1,2}} \d+",
    rf"\d[\d,]* ?(?:לפנה\"ס|לפנה״ס|לפני הספירה)|{_AGE}",
    _IDIOMS,
)


_ONE_MILLION = re.compile(f"({_SCALE})[ -](?:אחד|אחת)")


def parse_words(text: str) -> tuple[float, float] | None:
    """The value of a number in words and the magnitude at its end (עשרים וחמישה אלף); None for no number."""
    total = section = 0.0
    last = 1.0
    if (million := _ONE_MILLION.fullmatch(text)) is not None:
        return _MAGNITUDES[million[1]], _MAGNITUDES[million[1]]
    for token in re.split(r"[ -]", text):
        word = token if token in WORDS or token in _MAGNITUDES or token in _TEENS else token.removeprefix("ו")
        if word in ("חצי", "רבע"):
            if last > 1:
                total += _FRACTIONS[word] * last
            else:
                section += _FRACTIONS[word]
        elif word in ("עשר", "עשרה") and section % 10 > 0 and section % 100 < 10:
            section += 10
        elif word in _MAGNITUDES and not (word == "מאות" and not section):
            if _MAGNITUDES[word] == 1e2:
                section += section % 1000 * 99  # of the hundreds alone: אלפיים ארבע מאות
                continue
            last = _MAGNITUDES[word]
            whole = section or (total if 0 < total < last else 1.0)
            total = (0.0 if whole == total else total) + whole * last
            section = 0.0
        elif word in WORDS or word in _TEENS:
            section += WORDS.get(word) or _TEENS[word]
        else:
            return None
    return total + section, last


_ORDINAL = re.compile(rf"[{_L}] ה-?$")  # המהדורה העשירית, the tenth edition


def _scale_of(words: str) -> float:
    scale = 1.0
    for word in re.split(r"[ -]", words.strip(" -")):
        scale *= _MAGNITUDES.get(word, 1.0)
    return scale


def _read(match: re.Match[str]) -> Amount | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "fraction" in groups and _ORDINAL.search(match.string, 0, match.start("fraction")):
        return None
    amount = None if "rank" in groups else _figure(groups)
    if amount is None:
        return None
    prefix = groups.get("prefix", "").rstrip("-")
    precision = Precision.ABOUT if prefix.endswith("כ") else amount.precision
    unit = "times" if "fold" in groups else amount.unit
    half = 0.5 if _AND_HALF.match(match.string, match.end()) else 0.0
    return replace(amount, value=amount.value + half, high=amount.high + half, precision=precision, unit=unit)


def _figure(groups: dict[str, str]) -> Amount | None:  # noqa: PLR0911 -- one per form
    if "dual" in groups:
        return exact(2.5 if "dual_half" in groups else 2, unit=_DUALS[groups["dual"]])
    if "slashed" in groups:
        return slashed(groups["slashed"])
    if "percent" in groups:
        rest = groups.get("percent_half", "").strip().removeprefix("ו")
        return exact(1 + _FRACTIONS.get(rest, 0.0), unit="percent")
    if "single" in groups:
        unit = vocabulary("he").units.get(groups["single"], "")
        currency = vocabulary("he").currencies.get(groups["single"], "")
        return None if unit == "times" else replace(exact(1, unit=unit), currency=currency)
    if "dozen" in groups or "half_century" in groups:
        return exact(12) if "dozen" in groups else exact(50, unit="year")
    if "decade" in groups or "one_half" in groups:
        return _one_and_more(groups)
    return exact(2, unit="times") if "double" in groups else _counted(groups)


def _one_and_more(groups: dict[str, str]) -> Amount:
    """A decade, a decade and a half, an hour and a half, an hour and a quarter."""
    if "decade" in groups:
        return exact(15 if "decade_half" in groups else 10, unit="year")
    return exact(1 + _FRACTIONS[groups["half_or_quarter"]], unit=_SPANS[groups["one_half"]])


def _counted(groups: dict[str, str]) -> Amount | None:
    if "digits" in groups:
        scale = _scale_of(groups.get("digit_scale", ""))
        halves = "and_half" in groups or "half_before" in groups
        value = float(groups["digits"].replace(",", "")) + (0.5 if halves else 0)
        return exact(value * scale * (-1 if "minus" in groups else 1), scale)
    if "vague" in groups:
        base = 1.0
        for word in re.split(r"[ -]", groups["vague"]):
            base *= _VAGUE[word]
        return vague(base)
    if "fraction" in groups:
        scale = _scale_of(groups.get("fraction_scale", ""))
        return exact(WORDS.get(groups.get("top", ""), 1.0) * _FRACTIONS[groups["fraction"]] * scale)
    parsed = parse_words(groups["words"])
    return None if parsed is None else exact(*parsed)


_AND_HALF = re.compile(rf"[ -]ה?(?:{either(vocabulary('he').units)}) וחצי{_END}")  # three years and a half
_PLURAL_AFTER = re.compile(
    rf" (?!מה|(?:אחרי|לפני|כדי|לגבי|בפני|כלפי|כי)(?![{_L}]))"
    rf"ה?(?:[{_L}\"']+(?:ים|ות|י|ון|ין|ארד)|איש)(?![{_L}])"
)
_COMPARED = re.compile(rf"(?<![{_L}])[ושהב]{{0,2}}(?:יותר|למעלה|פחות|לפחות|כמעט) $")
_ALSO_WORDS = frozenset({"שני", "שבע", "שש", "אלף", "שתי"})  # second, sated, he rejoiced, the letter


def _needs_unit(match: re.Match[str], _: str) -> bool:
    """One is a pronoun more often than a number; with the article a hundred is a century, seven an oath.

    Some numerals are words of their own unless something plural is counted.
    """
    words, article = match["words"], (match["prefix"] or "").endswith("ה")
    if words == "אלף" and _COMPARED.search(match.string, 0, match.start()):
        return False
    if words in _ALSO_WORDS and not (match["prefix"] or "").endswith("כ"):
        return _PLURAL_AFTER.match(match.string, match.end()) is None
    return words in ("אחד", "אחת") or (words in ("מאה", "שבעה", "שניים") and article)


@cache
def grammar() -> Grammar:
    """The grammar of Hebrew quantities."""
    words = vocabulary("he")
    signs = [name for name in words.currencies if not re.match(f"[{_L}]", name)]
    after_words = ("ויותר", "ומעלה", "+")
    before = either(word for word in words.precisions if word not in after_words)
    return Grammar(
        number=_NUMBER,
        read=_read,
        before=re.compile(
            rf"(?:(?<![{_L}])[ושהבל]{{0,2}}?(?P<precision>{before})(?: על)?(?: ?[מל])?[ -]?)?"
            rf"(?P<currency>{either(signs)})?$"
        ),
        after=re.compile(
            rf"\+?(?:[ -]?ה?(?:(?P<currency>{either(words.currencies)})"
            rf"|(?P<unit>{either(words.units)})){_END}(?P<more_of_unit> וחצי{_END})?)?"
            rf"(?: (?P<precision_after>ויותר|ומעלה|לפחות|לערך|בערך)(?![{_L}]))?"
        ),
        precisions=words.precisions,
        currencies=words.currencies,
        units=words.units,
        joint=re.compile(r" ?(?:עד|ל-?|-|או|ו|ועד) ?"),
        needs_unit=_needs_unit,
        before_ends=(*words.precisions, *signs, "ל", "מ", "על"),
        noise=re.compile("|".join(_NOISE)),
        wordy_noise=re.compile(f"{_AGE}|{_IDIOMS}"),
        hinted=_HINTS,
    )
