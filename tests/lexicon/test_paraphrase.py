import pytest

from paracorp.lexicon.paraphrase import paraphrased


@pytest.mark.parametrize(
    ("kind", "variants", "english", "named"),
    [
        ("person", ("Elon Musk", "Musk"), "a Muskian boldness", True),
        ("person", ("Trump",), "the rise of Trumpism", True),
        ("person", ("Trump",), "he blew a trumpet", False),
        ("person", ("Musk",), "a muskrat swam by", False),
        ("law", ("export controls", "export restrictions"), "restrictions on the export of chips", True),
        ("law", ("export controls",), "controls at the border", False),
        ("company", ("Thinking Machines",), "machines that are thinking", False),
    ],
)
def test_a_term_may_be_said_in_other_words(
    kind: str, variants: tuple[str, ...], english: str, named: bool
) -> None:
    assert paraphrased(kind, variants, english) is named
