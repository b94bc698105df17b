"""Rules about the letters themselves: missing text, the wrong script, characters nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from paracorp.checks.registry import Spot, part, rule, whole
from paracorp.checks.views import PIVOT, View
from paracorp.languages import LANGUAGES
from paracorp.records import Severity

_RUNS = {code: re.compile(f"(?:{facts.letters})+") for code, facts in LANGUAGES.items()}
_FOREIGN_LETTERS = 4
_OTHER_SCRIPTS = re.compile(
    "[\u0370-\u03ff\u1f00-\u1fff\u0400-\u052f\u0600-\u06ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30fa\u30fc-\u30ff\uac00-\ud7af]+"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd\ufffe\uffff\ue000-\uf8ff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@rule("empty", Severity.ERROR)
def empty(view: View) -> Iterator[Spot]:
    """A text or its English is missing."""
    for text, variant in view.expected():
        if not text.text.strip():
            where = ", ".join(variant.segment_ids) or variant.article_id
            yield whole(text, f"no {LANGUAGES[text.lang].name} text for {where}".rstrip(" for"))


@rule("untranslated", Severity.ERROR)
def untranslated(view: View) -> Iterator[Spot]:
    """Letters of the source's script are left in the English, or the English is the source."""
    for text, english in view.renderings:
        if text.text.strip() == english.text.strip() and _RUNS[text.lang].search(text.text):
            yield whole(english, f"the English is the {LANGUAGES[text.lang].name} text itself")
            continue
        for match in _RUNS[text.lang].finditer(english.text):
            name = LANGUAGES[text.lang].name
            yield part(english, *match.span(), f"{name} letters left in the English: {match[0]}")


@rule("wrong-script", Severity.WARNING)
def wrong_script(view: View) -> Iterator[Spot]:
    """A text holds letters of a script that belongs to neither its language nor Latin."""
    for text in view.texts:
        if text.text.isascii():
            continue
        others = [code for code in LANGUAGES if code not in (text.lang, PIVOT)]
        if text.lang == PIVOT:
            others = [code for code in others if code not in (view.source.lang, view.target.lang)]
        for code in others:
            for match in _RUNS[code].finditer(text.text):
                yield part(text, *match.span(), f"{LANGUAGES[code].name} letters: {match[0]}")
        for match in _OTHER_SCRIPTS.finditer(text.text):
            if len(match[0]) >= _FOREIGN_LETTERS or _disguised(text.text, match):
                script = unicodedata.name(match[0][0], "unknown").split()[0].lower()
                yield part(text, *match.span(), f"{script} letters: {match[0]}")


def _disguised(text: str, match: re.Match[str]) -> bool:
    """Whether a Cyrillic letter stands in a Latin word, where it looks like a Latin one."""
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return "\u0400" <= match[0][0] <= "\u052f" and re.search("[A-Za-z]", around) is not None


@rule("control-character", Severity.ERROR)
def control_character(view: View) -> Iterator[Spot]:
    """A text holds a control, private-use or replacement character."""
    for text in view.texts:
        for match in _CONTROL.finditer(text.text):
            yield part(text, *match.span(), f"character U+{ord(match[0]):04X}")


@rule("bidi-character", Severity.INFO)
def bidi_character(view: View) -> Iterator[Spot]:
    """A text holds an invisible mark of writing direction."""
    for text in view.texts:
        for match in _BIDI.finditer(text.text):
            yield part(text, *match.span(), f"direction mark U+{ord(match[0]):04X}")
