"""How alike two names sound across scripts: their consonants, compared by a weighted edit distance.

The idea is uroman's (romanise, then compare) on consonants alone: Hebrew hardly writes vowels, and Chinese
adds them between the consonants of a foreign name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from paracorp.lexicon.names.pinyin import pinyin

# A sound is one letter: S is sh, C is ch, J is j and zh, c is ts; P, B, K, X are the Hebrew letters that
# stand for two sounds each (p or f, b or v, k or kh, sh or s), V, Y and H those that may be vowels.
_ENGLISH = (
    (r"sch|sh", "S"),
    (r"tch|ch", "C"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"dg(?=[eiy])|j", "J"),
    (r"ck|q", "k"),
    (r"ng(?![aeiou])", "n"),
    (r"(?<=[aeiou])gh(?=t|\b)", ""),
    (r"\bkn", "n"),
    (r"\bwr", "r"),
    (r"\bwh", "w"),
    (r"\bx", "z"),
    (r"x", "ks"),
    (r"ts|tz", "c"),
    (r"c(?=[eiy])", "s"),
    (r"c", "k"),
    (r"\by", "Y"),
    (r"(?<=[aeo])h?w(?![aeiou])", "V"),
    (r"y", ""),
    (r"h", "H"),
    (r"[aeiou]", ""),
)
_HEBREW = (
    (r"ג['׳]|ז['׳]|דז['׳]|ג׳", "J"),
    (r"צ['׳]|ץ['׳]|טש", "C"),
    (r"ת['׳]|[טת]", "t"),
    (r"וו", "w"),
    (r"[אע]", ""),
    (r"ב", "B"),
    (r"ג", "g"),
    (r"ד", "d"),
    (r"ה", "H"),
    (r"ו", "V"),
    (r"ז", "z"),
    (r"ח", "h"),
    (r"י+", "Y"),
    (r"[כך]", "K"),
    (r"ל", "l"),
    (r"[מם]", "m"),
    (r"[נן]", "n"),
    (r"ס", "s"),
    (r"[פף]", "P"),
    (r"[צץ]", "c"),
    (r"ק", "k"),
    (r"ר", "r"),
    (r"ש", "X"),
)
_INITIALS = {"zh": "J", "ch": "C", "sh": "S", "j": "J", "q": "C", "x": "S", "y": "Y", "w": "V"}
_SYLLABLE = re.compile("(zh|ch|sh|[bcdfghjklmnpqrstwxyz]?)[aeiouv]+(n?)g?(r?)")

# What a sound costs when the other name lacks it; 1 where nothing is said.
_WEAK = {"r": 0.5, "n": 0.6, "h": 0.4, "H": 0.2, "V": 0.2, "Y": 0.15, "w": 0.5, "m": 0.8, "t": 0.8, "d": 0.8}
_NEAR: dict[frozenset[str], float] = {
    frozenset(pair): cost
    for cost, pairs in {
        0.0: "Pp Pf Bb Bv Kk Xs XS VY",
        0.1: "Kh Vv Vw wv Pb hH HK XC",
        0.15: "pb td kg lr sz Bp Bw Bf Kg BV Xz",
        0.25: "Ss CJ vf cz fw gJ YJ Ph SC",
        0.4: "nm cs ct hk SJ zJ hf gh pf bv bw CX Sz Cc dJ tC Ck Jg SK Sh JS rw Hg hg pv",
    }.items()
    for pair in pairs.split()
}


def alike(one: str, one_lang: str, other: str, other_lang: str) -> float:
    """How alike two names sound, in [0, 1]; 0 where one has no consonant or no known reading.

    Names in Latin letters are read as English in any language. Short names are trusted less.
    """
    left, right = _sounds(one, one_lang), _sounds(other, other_lang)
    if not left or not right:
        return 0.0
    whole = max(sum(map(_weight, left)), sum(map(_weight, right)))
    trust = min(1.0, 0.4 + 0.3 * min(len(left), len(right)))
    return max(0.0, 1.0 - _distance(left, right) / max(whole, 1.0)) * trust


@lru_cache(maxsize=65536)
def _sounds(name: str, lang: str) -> str:
    latin = re.search("[A-Za-z]", name) is not None
    read: Callable[[str], str] = english_sounds if latin else _READERS[lang]
    return read(name)


def english_sounds(name: str) -> str:
    """The consonants of a name in Latin letters."""
    plain = unicodedata.normalize("NFKD", name).lower()
    letters = re.sub(r"([a-z])\1", r"\1", re.sub("[^a-z ]", "", plain))
    return _rewritten(letters, _ENGLISH).replace(" ", "")


def hebrew_sounds(name: str) -> str:
    """The consonants of a name in Hebrew letters."""
    letters = re.sub("[^\u05d0-\u05ea'׳]", "", name.replace('"', ""))
    return re.sub("['׳]", "", _rewritten(letters, _HEBREW))


def chinese_sounds(name: str) -> str:
    """The consonants of a name in Han characters; `?` for a character without a known reading."""
    return "".join(_of_syllable(syllable) if syllable else "?" for syllable in pinyin(name))


_READERS: dict[str, Callable[[str], str]] = {
    "en": english_sounds,
    "he": hebrew_sounds,
    "zh": chinese_sounds,
}


def _of_syllable(syllable: str) -> str:
    if syllable == "er":
        return "r"
    match = _SYLLABLE.fullmatch(syllable)
    if match is None:
        return "?"
    initial, nasal, _ = match.groups()
    return _INITIALS.get(initial, initial) + nasal


def _rewritten(text: str, rules: Sequence[tuple[str, str]]) -> str:
    """The text with each rule applied where no earlier rule has written a sound."""
    rule = re.compile("|".join(f"(?P<r{index}>{pattern})" for index, (pattern, _) in enumerate(rules)))
    return rule.sub(lambda match: rules[int((match.lastgroup or "r0")[1:])][1], text)


def _weight(sound: str) -> float:
    return _WEAK.get(sound, 1.0)


@lru_cache(maxsize=65536)
def _distance(one: str, other: str) -> float:
    """The least cost of turning one row of sounds into the other."""
    above = [0.0]
    for sound in other:
        above.append(above[-1] + _weight(sound))
    for left in one:
        row = [above[0] + _weight(left)]
        for column, right in enumerate(other, 1):
            row.append(
                min(
                    above[column] + _weight(left),
                    row[-1] + _weight(right),
                    above[column - 1] + _replacing(left, right),
                )
            )
        above = row
    return above[-1]


def _replacing(left: str, right: str) -> float:
    if left == right and left != "?":
        return 0.0
    return _NEAR.get(frozenset((left, right)), 1.0)
