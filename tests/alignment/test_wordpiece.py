import pytest

from paracorp.alignment.wordpiece import WordPieces

VOCABULARY = (
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "un",
    "##aff",
    "##able",
    "cafe",
    "am",
    "##ster",
    "##dam",
    ",",
    "'",
    "s",
    "桥",
)


def pieces(text: str, longest: int = 64) -> list[str]:
    return [VOCABULARY[number] for number in WordPieces(VOCABULARY).read(text, longest).numbers[1:-1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unaffable", ["un", "##aff", "##able"]),
        ("Café", ["cafe"]),
        ("Amsterdam's", ["am", "##ster", "##dam", "'", "s"]),
        ("un,un", ["un", ",", "un"]),
        ("un桥un", ["un", "桥", "un"]),
        ("u\u00adn\u200b \u00a0 cafe\n", ["un", "cafe"]),
        ("unable unknown", ["un", "##able", "[UNK]"]),
        ("un" * 60, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_marks_stand_around_a_text_and_long_ones_are_cut() -> None:
    numbers = WordPieces(VOCABULARY).read("un un un un un", 4).numbers
    assert [VOCABULARY[number] for number in numbers] == ["[CLS]", "un", "un", "[SEP]"]


def test_every_piece_names_the_word_it_is_part_of() -> None:
    read = WordPieces(VOCABULARY).read("unable, Amsterdam", 64)
    assert read.words == ("unable", ",", "amsterdam")
    assert read.owners == [-1, 0, 0, 1, 2, 2, 2, -1]
