"""Facts per language: script, direction, joiner, tags.

With `lexicon` and the engine packages, the only place that knows languages by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from paracorp.errors import UsageError


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """What cutting a text into sentences must know of its language.

    `quotation_whole`: whether a quotation of several sentences stays one piece, as newsrooms and reference
    translators of the language treat it. The rest are regular expressions: `attribution` is what follows a
    quotation that opens a sentence and still belongs to it ("..." said she); `abbreviations` are runs whose
    points end no sentence, beyond the Latin ones the library knows; empty for none.
    """

    quotation_whole: bool
    attribution: str
    abbreviations: str = ""


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    `joiner` stands between two sentences put together; `letters` is a regular expression for one letter
    of its script; `tags` are codes read as this language, lower case, primary subtag or full.
    """

    code: str
    name: str
    endonym: str
    bcp47: str
    direction: str
    joiner: str
    letters: str
    tags: tuple[str, ...]
    engine_codes: tuple[str, ...]
    sentences: SentenceFacts


# A clause of up to 40 characters that ends in a verb of saying, as in “……。”一位议员问道。
_ZH_ATTRIBUTION = (
    "[^，。！？：；、,.!?:;“”「」『』]{0,40}"
    "(?:说|說|道|问|問|答|喊|称|稱|写|寫|表示|指出|强调|強調|补充|補充|坦言|感叹|感嘆|回应|回應)"
    "(?=[，。！？,.!?]|$)"
)

# A verb of saying, with at most a pronoun before it: Hebrew puts the verb right after the quotation.
_HE_ATTRIBUTION = (
    "(?:(?:הוא|היא|הם|הן) )?"
    "(?:אמר[הו]?|אומרי?[תם]?|שאל[הו]?|ענ(?:ה|ו|תה)|השיב[הו]?|הוסי(?:ף|פה|פו)|טע(?:ן|נה|נו)|קרא[הו]?|צעק[הו]?|לחש[הו]?"
    "|תה(?:ה|ו|תה)|כתב[הו]?|סיפר[הו]?|הסביר[הו]?|הבהיר[הו]?|הזהיר[הו]?|הכריז[הו]?|הצהיר[הו]?|הדגיש[הו]?|סיכ(?:ם|מה|מו)"
    "|ציי(?:ן|נה|נו)|נמסר|נאמר|נכתב)(?![א-ת])"
)

# Not inside a word, and not the last letter of an acronym or of a word with vowel points.
_HE_WORD_START = "(?<![א-ת\u0591-\u05c7\"'״׳])"
_HE_ABBREVIATIONS = (
    f"{_HE_WORD_START}[א-ת]{{1,3}}(?:\\.[א-ת])+\\."  # dotted acronyms and initials, with up to two prefixes
    f"|{_HE_WORD_START}[א-ת]{{1,4}}(?:\\.[א-ת]{{1,3}}){{2,}}(?![א-ת])"  # foreign letter names, as אן.בי.איי
    f"|{_HE_WORD_START}[א-ת]\\."  # an initial, or the letter of a list
    f"|{_HE_WORD_START}[ובלמשכה]{{0,2}}(?:מס|טל|עמ|סע|פקס)\\.(?= ?[0-9])"  # abbreviations before a number
)


LANGUAGES: dict[str, Language] = {
    language.code: language
    for language in (
        Language(
            code="zh",
            name="Chinese",
            endonym="中文",
            bcp47="zh-CN",
            direction="ltr",
            joiner="",
            letters="[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
            tags=(
                "zh",
                "zho",
                "chi",
                "cmn",
                "chinese",
                "中文",
                "zt",
                "zh-cn",
                "zh-tw",
                "zh-hk",
                "zh-hans",
                "zh-hant",
            ),
            engine_codes=("zh", "zt"),
            sentences=SentenceFacts(quotation_whole=True, attribution=_ZH_ATTRIBUTION),
        ),
        Language(
            code="he",
            name="Hebrew",
            endonym="עברית",
            bcp47="he-IL",
            direction="rtl",
            joiner=" ",
            letters="[\u05d0-\u05ea\ufb1d-\ufb4f]",
            tags=("he", "heb", "iw", "hebrew", "עברית", "he-il", "iw-il"),
            engine_codes=("he",),
            sentences=SentenceFacts(
                quotation_whole=False, attribution=_HE_ATTRIBUTION, abbreviations=_HE_ABBREVIATIONS
            ),
        ),
        Language(
            code="en",
            name="English",
            endonym="English",
            bcp47="en",
            direction="ltr",
            joiner=" ",
            letters="[A-Za-z]",
            tags=("en", "eng", "english", "en-us", "en-gb"),
            engine_codes=("en",),
            sentences=SentenceFacts(quotation_whole=False, attribution="[a-z]"),
        ),
    )
}

_BY_TAG = {tag: language.code for language in LANGUAGES.values() for tag in language.tags}


def language(code: str) -> Language:
    """The facts of a language by its two-letter code; `UsageError` for one paracorp does not know."""
    try:
        return LANGUAGES[code]
    except KeyError:
        known = ", ".join(LANGUAGES)
        raise UsageError(f"unknown language {code!r}", fix=f"Use one of: {known}.") from None


def code_for_tag(tag: str) -> str | None:
    """The code for a tag as documents write it (`zh-Hans-CN`, `iw`, `Hebrew`), or None if unknown."""
    lowered = tag.strip().lower().replace("_", "-")
    return _BY_TAG.get(lowered) or _BY_TAG.get(lowered.split("-")[0])


def letter_counts(text: str, codes: Iterable[str] | None = None) -> dict[str, int]:
    """How many letters of each language's script stand in the text."""
    return {code: len(re.findall(LANGUAGES[code].letters, text)) for code in codes or LANGUAGES}


def detect_by_script(text: str, codes: Iterable[str]) -> str | None:
    """The one of `codes` whose script dominates the text, or None where no letter of them stands in it.

    A Latin letter weighs a quarter, and a Han character double: names and brands are written in Latin
    letters in every language, and one Han character carries about as much as a short word.
    """
    weights = {"en": 0.25, "zh": 2.0}
    counts = letter_counts(text, codes)
    scored = {code: count * weights.get(code, 1.0) for code, count in counts.items() if count}
    return max(scored, key=lambda code: scored[code]) if scored else None


def join_sentences(texts: Iterable[str], code: str) -> str:
    """Sentences of one language as one running text: nothing between Chinese ones, a space elsewhere."""
    return language(code).joiner.join(texts)
