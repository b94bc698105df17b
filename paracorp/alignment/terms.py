"""The English of a passage as terms to compare: stemmed words, and pieces of words.

Two engines (or two reporters) rarely choose the same form of a word, so words are reduced to a stem; pieces
of four letters catch names that were spelled from two scripts (Schumacher, Shumacher).
"""

from __future__ import annotations

import functools
import re
import unicodedata

_FOLDED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-", "\u00ad": ""})
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:[.,]\d+)*")
_VOWEL = re.compile(r"[aeiouy]")

# Verbs and plurals whose stem no rule finds; only forms that are common in reports.
_IRREGULAR: dict[str, str] = {
    form: stem
    for stem, forms in {
        "begin": "began begun",
        "break": "broke broken",
        "bring": "brought",
        "build": "built",
        "buy": "bought",
        "catch": "caught",
        "child": "children",
        "choose": "chose chosen",
        "come": "came",
        "cost": "costs",
        "deal": "dealt",
        "die": "dying died",
        "draw": "drew drawn",
        "drive": "drove driven",
        "eat": "ate eaten",
        "fall": "fell fallen",
        "feel": "felt",
        "fight": "fought",
        "find": "found",
        "flee": "fled",
        "fly": "flew flown",
        "foot": "feet",
        "get": "got gotten",
        "give": "gave given",
        "go": "went gone",
        "grow": "grew grown",
        "hear": "heard",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "leave": "left",
        "life": "lives",
        "lose": "lost",
        "make": "made",
        "man": "men",
        "mean": "meant",
        "meet": "met",
        "pay": "paid",
        "person": "people",
        "rise": "rose risen",
        "run": "ran",
        "say": "said",
        "see": "saw seen",
        "sell": "sold",
        "send": "sent",
        "shake": "shook shaken",
        "shoot": "shot",
        "sink": "sank sunk",
        "sit": "sat",
        "sleep": "slept",
        "speak": "spoke spoken",
        "spend": "spent",
        "stand": "stood",
        "steal": "stole stolen",
        "strike": "struck",
        "swear": "swore sworn",
        "take": "took taken",
        "teach": "taught",
        "tell": "told",
        "think": "thought",
        "throw": "threw thrown",
        "understand": "understood",
        "wear": "wore worn",
        "win": "won",
        "woman": "women",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
_DERIVED = (
    ("isation", "iz"),
    ("ization", "iz"),
    ("ising", "iz"),
    ("ised", "iz"),
    ("ises", "iz"),
    ("ise", "iz"),
    ("izing", "iz"),
    ("ized", "iz"),
    ("izes", "iz"),
    ("ize", "iz"),
    ("ations", "at"),
    ("ation", "at"),
    ("ating", "at"),
    ("ated", "at"),
    ("ates", "at"),
    ("ate", "at"),
    ("ements", ""),
    ("ement", ""),
    ("ments", ""),
    ("ment", ""),
    ("nesses", ""),
    ("ness", ""),
    ("ities", ""),
    ("ity", ""),
    ("ings", ""),
    ("ing", ""),
    ("edly", ""),
    ("ied", "i"),
    ("ed", ""),
    ("ies", "i"),
    ("ians", "i"),
    ("ian", "i"),
    ("ions", ""),
    ("ion", ""),
    ("ally", "al"),
    ("ers", ""),
    ("er", ""),
    ("ors", ""),
    ("or", ""),
    ("ours", ""),
    ("our", ""),
    ("es", ""),
    ("ly", ""),
    ("s", ""),
    ("e", ""),
    ("y", "i"),
)


def fold(text: str) -> str:
    """Lower case without accents, with one kind of apostrophe and dash; NFKC first."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_FOLDED))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The part of a lower-case English word that its forms share; made for matching, not for reading.

    A light suffix stripper: one suffix from an ordered list, never leaving fewer than three letters or none
    with a vowel, then a doubled last consonant is halved (stopped, stopping, stops: stop).
    """
    word = word.split("'", maxsplit=1)[0]
    word = _IRREGULAR.get(word, word)
    if len(word) <= 3 or word.endswith("ss"):
        return word
    for suffix, put in _DERIVED:
        if not word.endswith(suffix):
            continue
        root = word[: len(word) - len(suffix)] + put
        if len(root) >= 3 and _VOWEL.search(root[: len(root) - len(put)] or ""):
            word = root
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word


def words(text: str) -> list[str]:
    """Lower-case words and digit runs in reading order."""
    return _WORD.findall(fold(text))


def stems(text: str) -> list[str]:
    """The stems of the words, in reading order; numbers are left to `evidence`."""
    return [stem(word) for word in words(text) if not word[0].isdigit()]


def pieces(stem_: str) -> list[str]:
    """Runs of four characters of one stem with its edges marked; a short stem is its own piece."""
    marked = f" {stem_} "
    return [marked[at : at + 4] for at in range(max(1, len(marked) - 3))]
