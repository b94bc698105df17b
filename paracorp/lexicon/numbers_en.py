"""English quantities: $500 billion, tens of thousands, twenty-five, 30 percent, half a square mile."""

from __future__ import annotations

import re
from functools import cache

from paracorp.lexicon.grammar import SLASHED, Amount, Grammar, exact, slashed, vague
from paracorp.lexicon.hints import Hints
from paracorp.lexicon.noise_en import NOISE, WORDY_NOISE
from paracorp.lexicon.quantities import Precision
from paracorp.lexicon.vocabulary import either, starts, vocabulary

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, float] = {word: float(value) for value, word in enumerate(_ONES)} | {
    word: float(10 * value) for value, word in enumerate(_TENS, 2)
}
_MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "k": 1e3,
    "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "t": 1e12, "mln": 1e6, "bln": 1e9,
}  # fmt: skip
_VAGUE = {
    "tens": 10.0, "dozens": 10.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "trillions": 1e12, "scores": 20.0,
}  # fmt: skip
_FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4, "fourth": 1 / 4,
    "fifth": 1 / 5,
    "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10, "sixth": 1 / 6, "eighth": 1 / 8,
    "twentieth": 1 / 20, "twenty-fifth": 1 / 25, "thirtieth": 1 / 30, "fortieth": 1 / 40, "fiftieth": 1 / 50,
    "hundredth": 1 / 100, "thousandth": 1 / 1000, "seventh": 1 / 7, "ninth": 1 / 9,
}  # fmt: skip
_MULTIPLES = {
    "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubling": 2.0, "triple": 3.0, "tripled": 3.0,
    "quadruple": 4.0,
    "quadrupled": 4.0, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0, "tenfold": 10.0,
    "hundredfold": 100.0, "thrice": 3.0,
}  # fmt: skip
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+"
_SCALE = "hundred|thousand|million|billion|trillion|dozen"
_WORD = f"{either(WORDS)}|{_SCALE}"
# What runs over metres, so that 110m are no millions.
_RUN = (
    "hurdles|sprint|dash|race|races|freestyle|butterfly|backstroke|breaststroke|medley|relay|steeplechase|final|"
    "finals|heats|title|run|runner|swim|record|champion|high|tall|deep|wide|long|below|above"
)
_SHARE = rf"{SLASHED}(?=\s(?:of|the|an?)\b)"
_NUMBER_WORDS = (
    *WORDS,
    *_SCALE.split("|"),
    *_VAGUE,
    *_FRACTIONS,
    *_MULTIPLES,
    "decade",
    "century",
    "fortnight",
    "minus",
)
_NUMBER = re.compile(
    rf"(?=[\d.-]|(?<![a-z])(?:{starts(_NUMBER_WORDS)}|a[n\s-]|the\s[pl]))(?:"
    rf"{_SHARE}|"
    rf"(?P<rank>(?<![\w.,-])\d+)(?:st|nd|rd|th)(?![a-z])"
    rf"|(?<![a-z\d.,])(?<![a-z]-)(?:"
    rf"(?P<minus>(?:(?<!%)-|minus\s)(?=[\d.]+\s?(?:°|degrees|%|percent)))?(?P<digits>{_DIGITS})(?:\s(?P<mixed>[1-9]/[2-9])(?![\d/]))?(?P<plus>\+)?"
    rf"(?:[\s-]?(?P<scale>(?:{_SCALE})(?:[\s-](?:{_SCALE}))*)(?![a-z])|(?P<metres>m(?=\s(?:{_RUN})(?![a-z])))|(?P<short>[kmbt]n?|bln|mln)(?![a-z\d]))?"
    rf"|(?P<vague>(?:{either(_VAGUE)})(?:\sof\s(?:{either(_VAGUE)}))*)"
    rf"(?:\s(?:of\s)?(?P<vague_scale>million|billion|trillion))?(?![a-z])"
    rf"|(?P<half>half|(?:a\s)?quarter|a\shalf)[\s-](?:(?:an?|of\sa)[\s-])?(?P<half_scale>{_SCALE}|century)(?![a-z])"
    rf"|(?:a|one)\s(?P<whole_scale>{_SCALE})\sand\sa\shalf(?![a-z])"
    rf"|(?P<century>(?:a|one|the\spast|the\slast)\s)century(?![a-z])(?!\sand)|(?P<fortnight>(?:a\s)?fortnight)(?![a-z])"
    rf"|(?P<top>one|two|three|four|an?|nine)[\s-](?P<bottom>{either(_FRACTIONS)})"
    rf"(?![a-z]|\s(?:century|day|time|year|quarter of (?:19|20)))"
    rf"(?:\sof\sa\s(?P<of_scale>{_SCALE})(?![a-z]))?"
    rf"|(?<!first\s)(?<!second\s)(?<!other\s)(?<!better\s)(?P<fraction>half)(?:\san?(?=\s(?:year|month|day|hour|minute|mile|kilomet|met(?:er|re)|percent))|[\s-](?=(?:hour|mile|year|minute|kilomet|met(?:er|re)|percent|inch|acre))"
    rf"|(?=\s(?:of|the|its|their|that|this|his|her|a\s)))"
    rf"|(?:an?|one)\s(?P<span>year|month|week|day|hour)\sand\sa\shalf(?![a-z])"
    rf"|(?P<multiple>{either(_MULTIPLES)})(?![a-z])"
    rf"|(?P<decade>(?:a|one|the\spast|the\slast)\s)?(?P<decade_word>decade)(?![a-z])"
    rf"|(?P<words>(?:an?\s(?=(?:{_SCALE})(?![a-z])))?(?:{_WORD})(?![a-z])(?:(?:\sand\s|[\s-])(?:{_WORD})(?![a-z]))*)"
    rf"(?P<and_half>\sand\sa\shalf)?(?:\s(?P<half_tail>{_SCALE})(?![a-z]))?"
    rf"))"
)
_HINTS = Hints(_NUMBER_WORDS, starting=True)


def parse_words(text: str) -> float | None:
    """The value of a number in words, such as `two hundred and fifty thousand`; None for no number."""
    total = section = 0.0
    seen = False
    for word in re.findall(r"[a-z]+", text):
        if word in WORDS:
            section += WORDS[word]
        elif word in ("hundred", "dozen"):
            section = (section or 1.0) * _MAGNITUDES[word]
        elif word in _MAGNITUDES:
            total += (section or 1.0) * _MAGNITUDES[word]
            section = 0.0
        else:
            continue
        seen = True
    return total + section if seen else None


def _scale_of(words: str) -> float:
    scale = 1.0
    for word in re.findall(r"[a-z]+", words):
        scale *= _MAGNITUDES[word]
    return scale


def _read(match: re.Match[str]) -> Amount | None:  # noqa: PLR0911 -- one per form
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "rank" in groups:
        return None
    if "slashed" in groups:
        return slashed(groups["slashed"])
    if "digits" in groups:
        scale = _scale_of(groups.get("scale") or groups.get("short") or "")
        part = slashed(groups.get("mixed", "0/1"))
        value = float(groups["digits"].replace(",", "")) + (part.value if part else 0.0)
        value *= scale * (-1 if "minus" in groups else 1)
        if "metres" in groups:
            return _metres_or_millions(value, match)
        return Amount(value, value, Precision.MORE if "plus" in groups else Precision.EXACT, scale)
    if "vague" in groups:
        base = _scale_of(groups.get("vague_scale", ""))
        for word in groups["vague"].split(" of "):
            base *= _VAGUE[word]
        return vague(base)
    if "century" in groups:
        return exact(100.0, unit="year")
    if "fortnight" in groups:
        return exact(2.0, unit="week")
    if "decade_word" in groups:
        return exact(10.0, unit="year") if "decade" in groups else None
    return _read_words(groups)


def _metres_or_millions(value: float, match: re.Match[str]) -> Amount:
    """110m before a word of running or jumping: metres, but after a sign of currency millions."""
    money = match.start() > 0 and match.string[match.start() - 1] in "$€£¥₪"
    return exact(value * 1e6, 1e6) if money else exact(value, unit="metre")


def _read_words(groups: dict[str, str]) -> Amount | None:  # noqa: PLR0911 -- one per form
    if "half" in groups:
        share = 0.25 if "quarter" in groups["half"] else 0.5
        if groups["half_scale"] == "century":
            return exact(100 * share, unit="year")
        return exact(_scale_of(groups["half_scale"]) * share)
    if "whole_scale" in groups:
        return exact(1.5 * _scale_of(groups["whole_scale"]))
    if "bottom" in groups:
        whole = _scale_of(groups.get("of_scale", ""))
        return exact(WORDS.get(groups["top"], 1.0) * _FRACTIONS[groups["bottom"]] * whole)
    if "fraction" in groups or "span" in groups:
        return exact(0.5) if "fraction" in groups else exact(1.5, unit=groups["span"])
    if "multiple" in groups:
        return exact(_MULTIPLES[groups["multiple"]], unit="times")
    value = parse_words(groups["words"])
    if value is None:
        return None
    value += 0.5 if "and_half" in groups else 0
    scale = _scale_of(groups.get("half_tail", ""))
    ending = re.search(rf"({_SCALE})$", groups["words"])
    return exact(value * scale, scale if scale > 1 or ending is None else _MAGNITUDES[ending[1]])


@cache
def grammar() -> Grammar:
    """The grammar of English quantities."""
    words = vocabulary("en")
    signs = [name for name in words.currencies if not name[0].isalpha() or name.endswith("$")]
    names = [name for name in words.currencies if name[0].isalpha()]
    after_words = ("-plus", "-odd", "odd", "+", "or so", "or more", "or less")
    before = either(word for word in words.precisions if word not in after_words)
    return Grammar(
        number=_NUMBER,
        read=_read,
        before=re.compile(
            rf"(?:\b(?P<precision>{before})\s(?:a\s|the\s)?)?(?P<currency>{either(signs)}|(?:usd|rmb|nis)\s?)?$"
        ),
        after=re.compile(
            rf"(?P<precision>\+|-plus|-odd|\sodd)?[\s-]?(?:of\s)?(?:(?P<currency>{either(names)})"
            rf"|(?P<unit>{either(words.units)}))?(?![a-z\d])(?P<precision_after>\sor\sso|\sor\smore|\sor\sless)?"
        ),
        precisions=words.precisions,
        currencies=words.currencies | {f"{name} ": code for name, code in words.currencies.items()},
        units=words.units,
        joint=re.compile(r"\s?(?:to|and|or|-)\s?"),
        needs_unit=lambda match, _: match["words"] in ("one", "zero") and not match["and_half"],
        before_ends=(*words.precisions, *words.currencies, " a", " the"),
        noise=NOISE,
        wordy_noise=WORDY_NOISE,
        hinted=_HINTS,
    )
