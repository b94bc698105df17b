"""What a model may do wrong, told from its output: nothing, copies, loops, wrong length or script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from paracorp.languages import LANGUAGES

# English characters for a letter of a script written without spaces, and for another character. In FLORES dev
# and the reviewed memories (1,238 Chinese and 1,268 Hebrew sentences with human English) Chinese has 1.08 to
# 5.85 English characters for one of its own, Hebrew 0.79 to 2.02.
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_PER_WIDE, _PER_OTHER = 2.9, 1.3
# Four times off is wild: human English stays within 2.7 times. Short texts get room for a name or two.
_WILD = 4.0
_ROOM_ABOVE, _ROOM_BELOW = 24, 4
_LONGEST_PHRASE = 12  # words
_MANY_WORDS, _POOR = 16, 0.4
_STUTTER = re.compile(r"(\S{1,8}?)\1{5,}")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SAID_OFTEN = frozenset(["ha", "no", "very", "so", "bye", "yes", "la", "oh"])
# Letters of scripts other than Latin.
_LAST_LATIN = "\u024f"
_FOREIGN_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an output; the higher `badness`, the less of it can be used."""

    badness: int
    message: str


def judge(source: str, english: str, lang: str) -> Fault | None:
    """The worst fault of a rendering of a text; None where none is found."""
    if not any(char.isalnum() for char in english):
        return Fault(5, "the model gave nothing") if any(map(str.isalnum, source)) else None
    repeated = _repeated(english)
    if repeated is not None and _STUTTER.search(source):
        repeated = None  # as its source does
    return _wrong_script(source, english, lang) or repeated or _wrong_length(source, english)


def is_untranslatable(text: str) -> bool:
    """Whether a text holds nothing to translate: no letter of any script."""
    return not any(char.isalpha() for char in text)


def is_foreign(text: str, lang: str) -> bool:
    """Whether a text holds no letter of its language, as names and addresses in Latin letters do."""
    return lang in LANGUAGES and not re.search(LANGUAGES[lang].letters, text)


def _wrong_script(source: str, english: str, lang: str) -> Fault | None:
    if english.isascii():
        return None
    own = LANGUAGES[lang].letters if lang in LANGUAGES else ""
    left = len(re.findall(own, english)) if own and not re.search(own, "a") else 0
    letters = sum(char.isalpha() for char in english)
    if left * 2 > letters:
        return Fault(4, f"the {LANGUAGES[lang].name} was copied")
    if left:
        return Fault(3, f"{left} of its letters are {LANGUAGES[lang].name}")
    foreign = sum(char > _LAST_LATIN and char.isalpha() for char in english)
    foreign -= sum(char > _LAST_LATIN and char.isalpha() for char in source if char in english)
    if foreign > _FOREIGN_SHARE * letters:
        char = next(char for char in english if char > _LAST_LATIN and char.isalpha())
        script = unicodedata.name(char, "unknown").split()[0].capitalize()
        return Fault(4, f"it is written in another script ({script})")
    return None


def _repeated(english: str) -> Fault | None:
    words = _WORD.findall(english.casefold())
    counts = Counter(words)
    phrase = _looped(words, {word for word, count in counts.items() if count > 2})
    if phrase:
        return Fault(3, f"it repeats itself: {phrase}")
    if len(words) >= _MANY_WORDS and len(counts) < _POOR * len(words):
        return Fault(2, f"{len(words)} words, of them only {len(counts)} different ones")
    stutter = _STUTTER.search(english) if len(max(english.split(), key=len)) > 20 else None
    if stutter and any(map(str.isalnum, stutter[1])):
        return Fault(3, f"it repeats itself: {stutter[1] * 3}")
    return None


def _looped(words: list[str], often: AbstractSet[str]) -> str:
    """The first phrase that stands three times in a row, of words that come so often; empty for none."""
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words if often else ()):
        if word not in often:
            continue
        before = places.setdefault(word, [])
        for other in reversed(before):
            length = index - other
            start = index + 1 - 3 * length
            if length > _LONGEST_PHRASE or start < 0:
                break
            phrase = words[other + 1 : index + 1]
            if words[start : start + length] == words[start + length : other + 1] == phrase:
                if _SAID_OFTEN.issuperset(phrase):
                    continue
                return " ".join(phrase)
        before.append(index)
    return ""


def _wrong_length(source: str, english: str) -> Fault | None:
    least, most = len(source) * _PER_OTHER, len(source) * _PER_WIDE
    if most / _WILD <= len(english) + _ROOM_BELOW and len(english) <= least * _WILD + _ROOM_ABOVE:
        return None  # whatever its characters are; counting them takes longer than all else here
    wide = 0 if source.isascii() else len(_WIDE.findall(source))
    expected = wide * _PER_WIDE + (len(source) - wide) * _PER_OTHER
    if len(english) > expected * _WILD + _ROOM_ABOVE:
        return Fault(2, f"it is too long: {len(english)} characters where about {expected:.0f} are usual")
    if len(english) + _ROOM_BELOW < expected / _WILD:
        return Fault(2, f"it is too short: {len(english)} characters where about {expected:.0f} are usual")
    return None
