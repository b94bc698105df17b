import pytest

from paracorp.alignment.background import FLOOR, rarity
from paracorp.alignment.terms import fold, pieces, stem, stems
from paracorp.alignment.thesaurus import concept_rarity, concepts


@pytest.mark.parametrize(
    "forms",
    [
        "stop stops stopped stopping",
        "ship ships shipped shipping shipment",
        "announce announces announced announcing announcement",
        "carry carries carried",
        "organise organize organised organizing organisation organization",
        "buy buys bought buying",
        "woman women",
        "regulator regulators regulated",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("bank", "bang"), ("press", "pres"), ("miss", "mi"), ("gas", "ga")]
)
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_a_stem_never_shrinks_below_three_letters() -> None:
    assert all(len(stem(word)) >= 3 for word in ("users", "using", "ions", "ores", "ages", "does"))


def test_folding_removes_accents_and_typographic_variants() -> None:
    assert fold("Café’s “Über”—Zürich") == "cafe's “uber”-zurich"


def test_numbers_are_no_stems() -> None:
    assert stems("In 2021, 5,000 flights") == [stem("in"), stem("flights")]


def test_pieces_of_two_spellings_of_a_name_overlap() -> None:
    one, other = set(pieces("schumach")), set(pieces("shumach"))
    assert len(one & other) >= 4
    assert pieces("ox") == [" ox "]


def test_common_words_are_less_rare_than_names() -> None:
    assert rarity("the") < rarity(stem("company")) < rarity(stem("dredger"))
    assert 10 ** -rarity("zzyzx") == pytest.approx(FLOOR)


def test_words_for_one_thing_share_a_concept() -> None:
    shared = set(concepts(stem("vessel"))) & set(concepts(stem("ships")))
    assert shared
    assert all(concept_rarity(name) < rarity(stem("vessel")) for name in shared)
    assert concepts("zzyzx") == ()
