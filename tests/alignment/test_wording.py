import numpy as np
import pytest

from paracorp.alignment.semantic import WIDTH, Words
from paracorp.alignment.wording import joining_features, matches, wording_features, wordings


def words(*places: tuple[str, int]) -> Words:
    """Words that each point along one axis of their own."""
    points = np.zeros((len(places), WIDTH), dtype=np.int8)
    for row, (_, axis) in enumerate(places):
        points[row, axis] = 100
    return Words(tuple(stem for stem, _ in places), points)


FERRY, SHIP, RUDDER, NOTHING = ("ferri", 0), ("ship", 0), ("rudder", 1), ("noth", 2)
AT = np.array([0])


def test_words_that_mean_the_same_answer_each_other() -> None:
    source, target = wordings([words(FERRY, RUDDER)], [words(SHIP, NOTHING)])
    ((one, other),) = matches(source, target, AT, AT)
    assert one.tolist() == [1.0, 0.0]
    assert other.tolist() == [1.0, 0.0]


def test_a_rare_word_weighs_more_than_one_that_stands_everywhere() -> None:
    source, target = wordings([words(FERRY, RUDDER)] + [words(FERRY)] * 8, [words(RUDDER), words(SHIP)])
    assert source.weights[0][1] > source.weights[0][0]
    found = wording_features(source, target, np.array([0, 0]), np.array([0, 1]))
    assert found["wording_low"][0] > found["wording_low"][1]


def test_a_passage_that_covers_the_rest_of_its_partner_gains() -> None:
    source, target = wordings([words(FERRY), words(RUDDER), words(NOTHING)], [words(SHIP, RUDDER)])
    core, edges = np.array([0, 0]), np.array([1, 2])
    found = joining_features(source, target, np.array([0, 0]), core=core, edge=edges)
    assert found["wording_gain"][0] > 0
    assert found["wording_gain"][1] == pytest.approx(0)
    assert found["wording_own"].tolist() == [1.0, 0.0]


def test_a_passage_without_words_matches_nothing() -> None:
    source, target = wordings([words()], [words(SHIP)])
    found = wording_features(source, target, AT, AT)
    assert all(not column.any() for column in found.values())


def test_the_order_of_the_pairs_does_not_matter() -> None:
    source, target = wordings([words(FERRY), words(RUDDER)], [words(SHIP), words(RUDDER, NOTHING)])
    at, to = np.array([1, 0, 1]), np.array([0, 1, 1])
    turned = matches(source, target, at[::-1], to[::-1])[::-1]
    for pair, other in zip(matches(source, target, at, to), turned, strict=True):
        assert [part.tolist() for part in pair] == [part.tolist() for part in other]
