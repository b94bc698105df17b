"""A name put into an English sentence in place of other words, so that the sentence stays English."""

from __future__ import annotations

import re

from paracorp.lexicon.matching import Mention

_ARTICLE = re.compile(r"\b(an?|the)\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_WORD = re.compile(r"[\w'’]+(?:[-.&][\w'’]+)*")
# A vowel letter that is not said as one: `a European`, `a UAE`, `an hour`, `an xAI`.
_CONSONANT_SOUND = re.compile(r"(?:eu|u(?:n[iae]|s[aei ]|k\b|ae\b|ti)|one\b)", re.IGNORECASE)
_VOWEL_NAMED = frozenset("AEFHILMNORSX")  # letters whose names begin with a vowel, in acronyms
# Names of persons and makers take no article; those of places, offices and laws may have one.
_WITHOUT_ARTICLE = frozenset({"person", "company"})
_GAPS = re.compile(r"[\s\u2010-\u2015-]+")
_OPENERS = "\"'“‘([—-"


def splice(text: str, start: int, end: int, name: str, *, kind: str = "") -> str:
    """The text with `name` for the words in a span.

    A possessive, and where the name is a common noun the plural, go over to it; an article before it agrees
    or goes; a word of the name that would stand twice stands once; a sentence begins with a capital.
    """
    old = text[start:end]
    before, after = text[:start], text[end:]
    ending = _POSSESSIVE.search(old)
    if ending:
        after = ("'s" if ending[0] != "'" or not name.endswith("s") else "'") + after
        old = old[: ending.start()]
    is_common = name == name.lower()
    if is_common and _is_plural(old) and not _is_plural(name):
        name = _plural(name)
    before = _with_article(before, name, kind)
    before, after = _without_doubles(before, name, after)
    return _spaced(before, _capitalised(name, before), after)


def as_listed(text: str, mentions: list[Mention]) -> str:
    """The text with each mention written as its variant is listed, where only case, hyphens or spaces differ.

    Words in small letters keep a capital, which headings and titles before a name give them, and what has an
    ending is left alone: `does` may be no plural of DOE. `mentions` are in reading order and do not overlap.
    """
    for mention in reversed(mentions):
        written = text[mention.start : mention.end]
        before, after = text[: mention.start], text[mention.end :]
        if not after[:1].isalpha() and _is_slip(written, mention.variant):
            text = before + _capitalised(mention.variant, before) + after
    return text


def _is_slip(written: str, variant: str) -> bool:
    """Whether only case, hyphens or spaces are other than in the variant, and not as titles have them."""
    if variant == variant.lower() or _letters(written) != _letters(variant):
        return False
    words, listed = (_GAPS.split(name) for name in (written, variant))
    titled = len(words) == len(listed) and any(
        one[:1].isupper() and other == other.lower() for one, other in zip(words, listed, strict=True)
    )
    return written != variant and not titled


def _letters(name: str) -> str:
    return _GAPS.sub("", name).casefold()


def _with_article(before: str, name: str, kind: str) -> str:
    found = _ARTICLE.search(before)
    if found is None:
        return before
    article = found[1]
    if re.match(r"(?:the|an?)\s", name, re.IGNORECASE) or kind in _WITHOUT_ARTICLE:
        return before[: found.start()]
    if article.lower() == "the":
        return before
    right = "an" if _begins_with_vowel(name) else "a"
    right = right.capitalize() if article[0].isupper() else right
    return before[: found.start()] + right + before[found.start() + len(article) :]


def _begins_with_vowel(name: str) -> bool:
    word = re.match(r"\w*", name)
    if word is None or not word[0]:
        return False
    if re.match("[a-z][A-Z]", name):
        return word[0][0].upper() in _VOWEL_NAMED | set("IU")
    is_spelled = word[0].isupper() and (len(word[0]) <= 3 or not re.search("[AEIOU]", word[0]))
    if is_spelled:
        return word[0][0] in _VOWEL_NAMED
    return word[0][0].lower() in "aeiou" and not _CONSONANT_SOUND.match(name)


def _without_doubles(before: str, name: str, after: str) -> tuple[str, str]:
    """What stands around a name, without words of it that would stand twice."""
    words = name.split()
    for count in range(len(words), 0, -1):
        head = r"\s+".join(map(re.escape, words[:count]))
        before = re.sub(rf"(?<!\w){head}\s+$", "", before, flags=re.IGNORECASE)
        tail = r"\s+".join(map(re.escape, words[-count:]))
        after = re.sub(rf"^\s+{tail}(?!\w)", "", after, flags=re.IGNORECASE)
    return before, after


def _capitalised(name: str, before: str) -> str:
    """A lower-case name with a capital where it begins a sentence; one with capitals inside stays."""
    rest = before.rstrip().rstrip(_OPENERS).rstrip()
    begins = not rest or rest[-1] in ".!?"
    first = name.split(maxsplit=1)[0] if name.split() else name
    return name[:1].upper() + name[1:] if begins and first == first.lower() else name


def _spaced(before: str, name: str, after: str) -> str:
    if before and (before[-1].isalnum() or before[-1] in ",;:.!?"):
        before += " "
    if after and after[0].isalnum():
        after = " " + after
    return before + name + after


def _is_plural(words: str) -> bool:
    return re.search(r"[^s'’iu]s$", words.rstrip()) is not None


def _plural(name: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", name):
        return name + "es"
    return name[:-1] + "ies" if re.search(r"[^aeiou]y$", name) else name + "s"


def words_of(text: str) -> list[tuple[int, int]]:
    """The spans of the words of an English text, with their apostrophes, hyphens and inner points."""
    return [match.span() for match in _WORD.finditer(text)]
