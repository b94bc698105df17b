import pytest

from paracorp.alignment import Passage, align_pair
from paracorp.alignment.quotes import quotations, quoted_alike, shared_quotations


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("He said “the bridge will hold” and left.", ["the bridge will hold"]),
        ('Both "Calder" and "Merrow" sailed.', ["Calder", "Merrow"]),
        ("She said: “We shall look again.", ["We shall look again."]),
        ("We shall look again,” she said.", ["We shall look again,"]),
        ("The film 《Harbour》 and the book «Nets».", ["Harbour", "Nets"]),
        ('A pipe of 12" width.', ["width."]),
        ("It's the owners' boat.", []),
        ("", []),
    ],
)
def test_what_stands_between_quotation_marks_is_found(english: str, expected: list[str]) -> None:
    assert [quotation.text for quotation in quotations(english)] == expected


def test_quotations_are_one_when_most_of_the_shorter_one_is_in_both() -> None:
    one = quotations("“The rudder cable was rotten,” he said.")
    other = quotations("The engineer called it “a rotten cable”.")
    assert [(a.text, b.text) for a, b in shared_quotations(one, other)] == [
        ("The rudder cable was rotten,", "a rotten cable")
    ]
    assert quoted_alike(one, other)[0] > 0


def test_two_telling_quotations_without_a_word_in_common_speak_against() -> None:
    one = quotations("“The rudder cable was rotten,” he said.")
    other = quotations("“Passengers behaved magnificently aboard,” said the captain.")
    assert quoted_alike(one, other) == (0.0, 1.0)


def test_a_short_quotation_contradicts_nothing() -> None:
    assert quoted_alike(quotations("“No,” he said."), quotations("“Yes,” she said.")) == (0.0, 0.0)


def test_the_evidence_shows_what_both_sides_quote() -> None:
    source = [Passage("s", "", "The engineer said “the rudder cable of the ferry was rotten”.")]
    target = [Passage("t", "", "According to the engineer the ferry had “a rotten rudder cable”.")]
    (link,) = align_pair(source, target, min_confidence=0.0)
    assert link.evidence.quotes == ("the rudder cable of the ferry was rotten = a rotten rudder cable",)
