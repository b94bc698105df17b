"""Acronyms that are words in small letters: their capitals count without a note."""

from __future__ import annotations

import pytest

from paracorp.lexicon.matching import Matcher
from paracorp.records import Term


def found(variant: str, text: str, lang: str = "en", note: str = "") -> list[str]:
    term = Term("x", "organisation", {"en": (variant,)}, "preferred", note)
    return [text[mention.start : mention.end] for mention in Matcher([term], lang).find(text)]


@pytest.mark.parametrize(
    ("variant", "words"),
    [
        ("WHO", "The man who came"),
        ("DOE", "It does not say"),
        ("DOE", "A doe in the wood"),
        ("US", "They told us so"),
        ("U.S.", "They told us so"),
        ("IT", "Is it true?"),
        ("ICE", "The ice melts"),
        ("AIDS", "Hearing aids sold well"),
        ("SWIFT", "A swift reply"),
        ("START", "They start now"),
    ],
)
def test_an_acronym_that_is_a_word_needs_its_capitals(variant: str, words: str) -> None:
    assert found(variant, words) == []
    assert found(variant, words.capitalize()) == []
    assert found(variant, f"Officials of {variant} said") == [variant]


@pytest.mark.parametrize(
    ("lang", "text"), [("zh", "他问it是什么，IT部门回答"), ("he", "הוא שאל it, ב-IT ענו")]
)
def test_its_capitals_count_in_texts_of_other_scripts_too(lang: str, text: str) -> None:
    assert found("IT", text, lang) == ["IT"]


@pytest.mark.parametrize(
    ("variant", "text"),
    [("IBM", "ibm said"), ("NASA", "nasa said"), ("UNESCO", "Unesco said"), ("Who Ltd", "who ltd said")],
)
def test_other_names_match_in_any_case_as_before(variant: str, text: str) -> None:
    assert len(found(variant, text)) == 1


def test_the_other_variants_of_such_an_entry_match_in_any_case() -> None:
    term = Term("who", "organisation", {"en": ("WHO", "World Health Organization")}, "preferred", "")
    text = "the world health organization, which the doctor who came works for"
    assert [mention.variant for mention in Matcher([term], "en").find(text)] == ["World Health Organization"]


@pytest.mark.parametrize("plural", ["WHOs", "WHO's", "WHO"])
def test_plurals_and_possessives_in_capitals_match(plural: str) -> None:
    assert found("WHO", f"Two {plural} met") == ["WHO"]
