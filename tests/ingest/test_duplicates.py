"""Near-duplicates: exact Jaccard similarity of character 5-grams, within a language."""

from __future__ import annotations

import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paracorp.ingest import near_duplicates
from paracorp.records import NearDuplicate
from tests.ingest.builders import HE_BODY, ZH_BODY, plain_article


def grams(text: str) -> set[str]:
    joined = "".join(text.split())
    return {joined[n : n + 5] for n in range(len(joined) - 4)}


def by_definition(texts: dict[str, str], threshold: float) -> list[NearDuplicate]:
    found = []
    for one, other in combinations(sorted(texts), 2):
        x, y = grams(texts[one]), grams(texts[other])
        if one.split("/")[0] == other.split("/")[0] and x and y:
            similarity = len(x & y) / len(x | y)
            if similarity >= threshold:
                found.append(NearDuplicate(one, other, similarity))
    return found


def test_two_versions_of_one_report_are_found() -> None:
    articles = [
        plain_article("zh/b", ZH_BODY, ZH_BODY[::-1]),
        plain_article("zh/a", ZH_BODY + "！", ZH_BODY[::-1]),
        plain_article("zh/c", ZH_BODY[::-1][:20]),
    ]
    (pair,) = near_duplicates(articles, 0.6)
    assert (pair.first_id, pair.second_id) == ("zh/a", "zh/b")
    assert 0.8 < pair.similarity < 1


def test_white_space_and_paragraph_borders_do_not_count() -> None:
    articles = [plain_article("he/a", HE_BODY, HE_BODY), plain_article("he/b", f"{HE_BODY}  {HE_BODY}")]
    assert near_duplicates(articles, 1.0) == [NearDuplicate("he/a", "he/b", 1.0)]


def test_articles_of_two_languages_are_never_duplicates() -> None:
    assert near_duplicates([plain_article("zh/a", ZH_BODY), plain_article("he/a", ZH_BODY)], 0.1) == []


def test_texts_too_short_for_a_shingle_are_no_duplicates() -> None:
    assert near_duplicates([plain_article("zh/a", "完。"), plain_article("zh/b", "完。")], 0.5) == []
    assert near_duplicates([], 0.5) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(alphabet="甲乙丙", max_size=24), max_size=8),
    st.sampled_from([0.05, 0.2, 1 / 3, 0.5, 0.6, 0.75, 1.0]),
)
def test_the_pairs_are_those_of_the_definition(texts: list[str], threshold: float) -> None:
    named = {f"{'zh' if number % 3 else 'he'}/{number}": text for number, text in enumerate(texts)}
    articles = [plain_article(name, text) for name, text in named.items() if text]
    found = near_duplicates(articles, threshold)
    assert found == by_definition({name: text for name, text in named.items() if text}, threshold)


def test_several_hundred_articles_take_a_moment() -> None:
    chance = random.Random(7)
    alphabet = [chr(0x4E00 + n) for n in range(1500)]
    common = "".join(chance.choices(alphabet, k=60))
    articles = [
        plain_article(f"zh/{n:04}", common, "".join(chance.choices(alphabet, k=1500))) for n in range(300)
    ]
    articles.append(plain_article("zh/copy", *(block.text for block in articles[5].blocks), "补一句话。"))
    start = time.perf_counter()
    found = near_duplicates(articles, 0.6)
    assert [(pair.first_id, pair.second_id) for pair in found] == [("zh/0005", "zh/copy")]
    assert found[0].similarity == pytest.approx(1, abs=0.01)
    assert time.perf_counter() - start < 5
