"""Quality floors on the golden sets that were written apart from the code, with the hashes of their data."""

import hashlib

import pytest

from tests.golden.scoring import GOLDEN, Counts, score_numbers, score_terms

HASHES = {
    "entities_zh_2": "6b202f384380c391ba46d3d4390939261da03f5d94ef2f0ec72d77c14dc60ad9",
    "entities_zh_3": "49b27c55ba3a4b411197b003e14ee52fe522d14df015e38f36f49f045d34fe4d",
    "entities_he_2": "6d99e94444001de0ec0523d97d5d04e5d992170d01a267d370da0128bf7b5fc5",
    "entities_he_3": "3cb22339d1e0bfaa90510947b60e172c36e17d297bfe474294f3d3e5c7b2d860",
    "numbers_zh_2": "48f13d9af977cae78723a9f740588d4d174bc3e5ce0420bbafc9b0faf6991b15",
    "numbers_zh_3": "59617839d32c0f350bb3fa9a0927df9baf90077c4aae65507c7d8b707881b74d",
    "numbers_he_2": "a59a1ea155b3516f04558c98d2149378cede3e78845ce9d3fd753c3b53692e3d",
    "numbers_he_3": "376fab09993732c2e3065c98b12fe21aa8ebac16796f15989f0793995b080bee",
    "numbers_en_2": "a708cdb8a29f00fce622867307db0557af43baa8605bd2259d28a9aa0e4107df",
    "numbers_en_3": "0c855f66e153b9ecf4f75e2fae8675efa3dc662d4f98a7ddd5265475fa84daec",
    "numbers_zh_4": "f83eeab8b3639eb00f0df8c58fbb3add4e909ea9b4e1c971cf20c291abe08285",
    "numbers_he_4": "80444af3a94092917fcfea5413b5d31a707a813ff7d5362aef183aa46cd2a429",
    "numbers_en_4": "dd567732c060f5153208e03d8a55de01f153c2ac8f03227b1d24800e4d159a85",
}
TERMS = 0.98
NUMBERS = 0.97


def held(counts: Counts, name: str, floor: float) -> None:
    digest = hashlib.sha256((GOLDEN / f"{name}.jsonl").read_bytes()).hexdigest()
    assert digest == HASHES[name], "the data changed: set the floors anew"
    assert counts.right.total() > 100
    assert counts.precision() >= floor, counts.notes
    assert counts.recall() >= floor, counts.notes


@pytest.mark.parametrize("name", [name for name in HASHES if name.startswith("entities")])
def test_names_in_sentences_written_apart_are_found(name: str) -> None:
    held(score_terms(name), name, TERMS)


@pytest.mark.parametrize("name", [name for name in HASHES if name.startswith("numbers")])
def test_quantities_in_sentences_written_apart_are_read(name: str) -> None:
    held(score_numbers(name), name, NUMBERS)
