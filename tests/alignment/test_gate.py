"""Quality floors on the development benchmarks and the sample corpus, beside the hashes of their data.

`news` and the corpus come with the repository; the others lie beside the checkout. The floors stand below
the figures that `tests/benchmarks/fit_alignment.py` prints out of fold, so that they hold for unseen articles
too. Strict figures of the sample corpus: P 0.87, R 0.83; its gold also has many links as possible.
"""

import hashlib
import shutil
from pathlib import Path

import pytest

from paracorp import tables
from paracorp.alignment import Encoder, mine_tables, model_folder, read_table
from paracorp.cli import main
from paracorp.evaluation.alignment import LinkScores, calibration, score
from paracorp.evaluation.links import read_corpus_gold, read_gold

ROOT = Path(__file__).parents[2]
NEWS = ROOT / "tests" / "fixtures" / "news"
SAMPLE = ROOT / "corpora" / "stargate"
HASHES = {
    "news": "89a41f86b8f9f553c88f5ab61de3681804ae5e560cb98ab08d52ebaa6ee57d63",
    "articles": "01589f813b650523b499344b941ff852f3afdfafa6c6d04679c2a35795a05b50",
    "mining": "8ce7111be5c79fc5502c449e6ac30500947c18db5416c85f5ff9c1ac2cc02f19",
    "stargate": "29b7b28ec29def517df58ab7ea03bb1c166890d3af7df4bf4dade22f8fe64df8",
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
    assert found.strict.f1 >= 0.955
    assert found.lax.f1 >= 0.97


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
    assert found.lax.f1 >= 0.98


def test_the_meaning_of_the_english_finds_more_translated_pairs(shared: Path, encoder: Encoder) -> None:
    found = scores(shared / "bench" / "mining", encoder)
    assert found.strict.f1 >= 0.93


def test_the_links_of_the_sample_corpus_are_those_made_by_hand(tmp_path: Path) -> None:
    digest = hashlib.sha256()
    for part in ("articles", "memory", "gold"):
        for path in sorted((SAMPLE / part).rglob("*.*")):
            digest.update(path.relative_to(SAMPLE).as_posix().encode() + path.read_bytes())
    assert digest.hexdigest() == HASHES["stargate"], "the data changed: set the floors anew"
    root = tmp_path / "corpora" / "stargate"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("build"))
    shutil.copytree(ROOT / "glossaries", tmp_path / "glossaries")
    assert main(["align", str(root)]) == 0
    segments = tables.read_table(root / "build" / "segments.parquet", tables.SEGMENTS.record)
    links = tables.read_table(root / "build" / "links.parquet", tables.LINKS.record)
    gold = read_corpus_gold(root / "gold" / "links.tsv", segments)
    found = score([(link.source_ids, link.target_ids) for link in links], gold)
    assert found.lax.precision >= 0.95
    assert found.lax.recall >= 0.86
    assert found.strict.precision >= 0.85
    assert found.strict.recall >= 0.82
    accepted = {(one, other) for item in gold for one in item.source_ids for other in item.target_ids}
    right = [
        sum((one, other) in accepted for one in link.source_ids for other in link.target_ids)
        / (len(link.source_ids) * len(link.target_ids))
        for link in links
    ]
    assert calibration([link.confidence for link in links], right).ece <= 0.05
