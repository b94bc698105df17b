"""A name put into an English sentence leaves it English."""

from __future__ import annotations

import pytest

from paracorp.lexicon.matching import Mention
from paracorp.lexicon.splicing import as_listed, splice, words_of


@pytest.mark.parametrize(
    ("text", "old", "name", "kind", "expected"),
    [
        ("Then Ottman said so.", "Ottman", "Sam Altman", "person", "Then Sam Altman said so."),
        ("It is Ottman's plan.", "Ottman's", "Altman", "person", "It is Altman's plan."),
        ("It is Ottman’s plan.", "Ottman’s", "Altman", "person", "It is Altman's plan."),
        ("the Masks' firm", "Masks'", "Microsoft", "product", "the Microsoft's firm"),
        ("So the Ottman said so.", "Ottman", "Sam Altman", "person", "So Sam Altman said so."),
        ("In the Wite Hause he spoke.", "Wite Hause", "White House", "place", "In the White House he spoke."),
        ("He left a Open IA team.", "Open IA", "OpenAI", "product", "He left an OpenAI team."),
        ("An Soft Bank fund", "Soft Bank", "SoftBank", "fund", "A SoftBank fund"),
        ("in a Emirates deal", "Emirates", "UAE", "place", "in a UAE deal"),
        ("Sam Ottman said", "Ottman", "Sam Altman", "person", "Sam Altman said"),
        ("Ottman Altman said", "Ottman", "Sam Altman", "person", "Sam Altman said"),
        ("The Boring Firm", "Boring Firm", "The Boring Company", "company", "The Boring Company"),
        ("They build data hubs.", "data hubs", "data center", "", "They build data centers."),
        (
            "smart brains learn",
            "smart brains",
            "artificial intelligence",
            "",
            "Artificial intelligences learn",
        ),
        ("star gate began", "star gate", "xAI", "company", "xAI began"),
        ("They,Ottman,left", "Ottman", "Altman", "person", "They, Altman,left"),
    ],
)
def test_articles_possessives_plurals_and_doubles_are_seen_to(
    text: str, old: str, name: str, kind: str, expected: str
) -> None:
    start = text.index(old)
    assert splice(text, start, start + len(old), name, kind=kind) == expected


def test_mentions_are_written_as_they_are_listed() -> None:
    text = "OPENAI and openai met in the Data Center."
    mentions = [
        Mention("openai", "OpenAI", 0, 6),
        Mention("openai", "OpenAI", 11, 17),
        Mention("dc", "data center", 29, 40),
    ]
    assert as_listed(text, mentions) == "OpenAI and OpenAI met in the Data Center."


@pytest.mark.parametrize(
    ("text", "written", "variant"),
    [
        ("What does it mean?", "doe", "DOE"),
        ("The US Congress", "US", "U.S."),
        ("as U.S. President Biden said", "U.S. President", "U.S. president"),
    ],
)
def test_what_is_no_slip_is_left_alone(text: str, written: str, variant: str) -> None:
    start = text.index(written)
    assert as_listed(text, [Mention("x", variant, start, start + len(written))]) == text


def test_words_keep_their_apostrophes_hyphens_and_points() -> None:
    text = "Altman's U.S.-based, co-founded firm."
    assert [text[start:end] for start, end in words_of(text)] == [
        "Altman's",
        "U.S",
        "based",
        "co-founded",
        "firm",
    ]
