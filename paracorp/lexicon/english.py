"""How English writes names: case, possessives, plurals, hyphens, diacritics, word edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from paracorp.lexicon.folding import (
    APOSTROPHES,
    DASHES,
    INVISIBLE,
    QUOTES,
    SPACES,
    FoldTable,
    bounded,
    fold,
    latin_table,
    letters_of,
    mapping,
)
from paracorp.lexicon.forms import Form, Hit
from paracorp.records import Term

_SHORT = 5  # letters of an acronym that has to be told from a word: US is not us, WHO is not who
_ACRONYM = re.compile(r"[A-Z](?:\.?[A-Z])+\.?")
_PLURAL = re.compile(r"(?:es|s)(?![a-z0-9])")


@lru_cache(maxsize=1)
def english_table() -> FoldTable:
    """Lower case without diacritics; hyphens are spaces, so that `data-center` equals `data center`."""
    return FoldTable(
        latin_table()
        | mapping(letters_of(DASHES), " ")
        | mapping(letters_of(SPACES), " ")
        | mapping(letters_of(APOSTROPHES), "'")
        | mapping(letters_of(QUOTES), '"')
    )


class EnglishRules:
    """English, and names in Latin letters inside other languages."""

    def __init__(self) -> None:
        """Make the table; combining marks go, as the letters that carry them precomposed lose theirs."""
        self.table = english_table()
        self.dropped = re.compile(f"[{INVISIBLE}\u0300-\u036f]")

    def forms(self, term: Term, variant: str) -> Iterator[Form]:
        """The variant, without its dots (`U.S.`) or hyphens, with a plural in -ies; a surname is weak."""
        text = fold(variant, self.table, self.dropped).text.strip()
        spellings = [text, re.sub(r"(?<=\w)\.(?=\w|$| )", "", text)]
        if re.search(f"[{DASHES}]", variant):
            spellings.append(text.replace(" ", ""))
        if re.search(r"[^aeiou]y$", text):
            spellings.append(text[:-1] + "ies")
        for spelling in dict.fromkeys(spellings):
            if spelling:
                yield Form(spelling, term.id, term.kind, variant, is_case_sensitive(term, variant))
        surname = text.split()[-1] if term.kind == "person" and " " in text else ""
        if len(surname) > 2:
            yield Form(surname, term.id, term.kind, variant.rsplit(maxsplit=1)[-1], weak=True)

    def accept(self, hit: Hit) -> tuple[int, int] | None:
        """A whole word in fitting case, with what a plural adds left out of the span."""
        text, end = hit.folded.text, hit.end
        plural = _PLURAL.match(text, end) if len(hit.form.text) > 1 else None
        if not bounded(text, hit.start, end if plural is None else plural.end()):
            return None
        if not in_fitting_case(hit) or not _alone(hit):
            return None
        return hit.start, end


def is_case_sensitive(term: Term, variant: str) -> bool:
    """Whether the capitals of a variant count: the note of its term says so, as for Apple, or without them
    it is a common word, as WHO, DOE (does) and U.S. are.
    """
    return is_noted_case_sensitive(term) or _is_word_without_capitals(variant)


def is_noted_case_sensitive(term: Term) -> bool:
    """Whether the note of a term says that the capitals of its variants count."""
    return term.note.startswith("case-sensitive")


@lru_cache(maxsize=4096)
def _is_word_without_capitals(variant: str) -> bool:
    if not _ACRONYM.fullmatch(variant):
        return False
    word = variant.replace(".", "").lower()
    return len(word) <= _SHORT and not _common_words().isdisjoint((word, f"{word}s"))


@cache
def _common_words() -> frozenset[str]:
    """Common English words of two to five letters."""
    text = files("paracorp.lexicon").joinpath("words", "words_en.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def in_fitting_case(hit: Hit) -> bool:
    """Whether a name is written in a case that its term allows."""
    return not hit.form.case_sensitive or fits_case(hit.form.variant, hit.written)


@lru_cache(maxsize=4096)
def fits_case(variant: str, written: str) -> bool:
    """Whether a name is written in a case that its variant allows.

    Short acronyms need their capitals; a capitalised name needs its first one (an apple is no Apple);
    a name with capitals inside (`OpenAI`, `xAI`) or without any may be written anyhow.
    """
    letters = [letter for letter in variant if letter.isalpha()]
    if not letters or not any(letter.isupper() for letter in letters):
        return True
    if all(letter.isupper() for letter in letters) and len(letters) <= _SHORT:
        return all(letter.isupper() for letter in written if letter.isalpha())
    words = variant.split()
    inner = len(words) == 1 and any(letter.isupper() for letter in variant[1:])
    if inner or not variant[0].isupper():
        return True
    return written[0].isupper()


def _alone(hit: Hit) -> bool:
    """A name of one letter, such as X, is none in `X-ray` or `Mr. X`."""
    if len(hit.form.text) > 1:
        return True
    around = hit.letter(hit.start - 1) + hit.letter(hit.end)
    return not re.search(f"[{DASHES}.&']", around)
