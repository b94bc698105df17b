"""Marks that turn the meaning of a sentence: figures, numerals, negations.

Two sentences that differ in one of them are not the same sentence, however alike their letters are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
# Written together with what they negate or count, so single characters; 别 and 半 have other uses as
# well: a good match lost to them costs less than a wrong one taken.
_CHARACTERS = frozenset("不没沒無无未非否勿莫别別两双雙半")
_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        לא אין אינו אינה אינם אינן אינני איני אל בל בלי ללא בלתי טרם מבלי אף כלום מעולם
        אחד אחת שניים שתיים שני שתי שלושה שלוש ארבעה ארבע חמישה חמש שישה שש שבעה שבע שמונה תשעה תשע
        עשרה עשר עשרות עשרים שלושים ארבעים חמישים שישים שבעים שמונים תשעים מאה מאתיים מאות אלף אלפיים אלפים
        מיליון מיליוני מיליונים מיליארד מיליארדי מיליארדים טריליון חצי רבע כפול
        """,
    )
)
_PREFIXES = "ושהכבלמ"


def same_marks(first: str, second: str) -> bool:
    """Whether two texts hold the same marks, in any order."""
    return Counter(_marks(first)) == Counter(_marks(second))


def _marks(text: str) -> Iterator[str]:
    text = unicodedata.normalize("NFKC", text)
    for match in _FIGURE.finditer(text):
        yield _THOUSANDS.sub("", match[0])
    for char in text:
        if char in _CHARACTERS or (not char.isdigit() and unicodedata.numeric(char, None) is not None):
            yield char
    for word in re.findall(r"[^\W\d_]+", text):
        bare = _bare(word)
        if bare:
            yield bare


def _bare(word: str) -> str:
    """The word if it is a mark, alone or behind up to two one-letter prefixes; else empty."""
    for start in range(3):
        if word[start:] in _WORDS:
            return word[start:]
        if word[start : start + 1] not in _PREFIXES:
            break
    return ""
