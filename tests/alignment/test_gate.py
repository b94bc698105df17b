"""Quality floors on the development benchmarks, beside the hashes of their data.

`news` comes with the tests; the others lie beside the checkout. The floors stand below the figures that
`tests/benchmarks/fit_alignment.py` prints out of fold, so that they hold for unseen articles too.
"""

import hashlib
from pathlib import Path

import pytest

from paracorp.alignment import Encoder, mine_tables, model_folder, read_table
from paracorp.evaluation.alignment import LinkScores, read_gold, score

NEWS = Path(__file__).parents[1] / "fixtures" / "news"
HASHES = {
    "news": "89a41f86b8f9f553c88f5ab61de3681804ae5e560cb98ab08d52ebaa6ee57d63",
    "articles": "01589f813b650523b499344b941ff852f3afdfafa6c6d04679c2a35795a05b50",
    "mining": "8ce7111be5c79fc5502c449e6ac30500947c18db5416c85f5ff9c1ac2cc02f19",
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    folder = model_folder()
    if folder is None:
        pytest.skip("paracorp[semantic] is not installed")
    return Encoder(folder, cache=None, on_message=lambda _: None)


def scores(folder: Path, encoder: Encoder | None = None) -> LinkScores:
    digest = hashlib.sha256()
    for name in ("zh.tsv", "he.tsv", "gold.tsv"):
        digest.update((folder / name).read_bytes())
    assert digest.hexdigest() == HASHES[folder.name], "the data changed: set the floors anew"
    tables = read_table(folder / "zh.tsv", "zh"), read_table(folder / "he.tsv", "he")
    links = mine_tables(*tables, encoder=encoder)
    return score([(link.source_ids, link.target_ids) for link in links], read_gold(folder / "gold.tsv"))


def test_independent_reports_are_paired_by_what_they_share() -> None:
    found = scores(NEWS)
    assert found.lax.f1 >= 0.74
    assert found.lax.precision >= 0.80


def test_comparable_articles_with_merged_sentences_are_linked(shared: Path) -> None:
    found = scores(shared / "bench" / "articles")
    assert found.strict.f1 >= 0.93
    assert found.lax.f1 >= 0.95


def test_translated_pairs_are_found_among_noise(shared: Path) -> None:
    found = scores(shared / "bench" / "mining")
    assert found.strict.f1 >= 0.92


def test_the_meaning_of_the_english_pairs_more_independent_reports(encoder: Encoder) -> None:
    found = scores(NEWS, encoder)
    assert found.lax.f1 >= 0.80
    assert found.lax.precision >= 0.88


def test_the_meaning_of_the_english_links_more_comparable_articles(shared: Path, encoder: Encoder) -> None:
    found = scores(shared / "bench" / "articles", encoder)
    assert found.strict.f1 >= 0.97
    assert found.lax.f1 >= 0.975


def test_the_meaning_of_the_english_finds_more_translated_pairs(shared: Path, encoder: Encoder) -> None:
    found = scores(shared / "bench" / "mining", encoder)
    assert found.strict.f1 >= 0.93
