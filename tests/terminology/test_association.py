"""Counterparts by the places names share."""

from __future__ import annotations

import pytest

from paracorp.lexicon.names.occurrences import Occurrences
from paracorp.terminology.association import log_likelihood, match_names


def standing(**names: tuple[int, ...]) -> Occurrences:
    found = Occurrences()
    for name, places in names.items():
        for place in places:
            found.add(name, place)
    return found


def silent(name: str, other: str) -> float:
    return 0.0


def test_the_likelihood_ratio_is_that_of_the_textbook() -> None:
    # 2 * sum(k * ln(k / expected)) over the table ((10, 0), (0, 90)).
    assert log_likelihood(10, 10, 10, 100) == pytest.approx(65.0166, abs=1e-3)
    assert log_likelihood(1, 10, 10, 100) == 0.0
    assert log_likelihood(0, 5, 5, 100) == 0.0


def test_names_that_stand_together_match_and_each_place_is_explained_once() -> None:
    names = standing(软银=(1, 2, 3, 4), 公司=(1, 2, 3, 5, 6, 7), 白宫=(8, 9, 10))
    others = standing(SoftBank=(1, 2, 3, 4), House=(8, 9, 10))
    matches = match_names(names, others, total=50, sound=silent)
    assert {(match.name, match.other) for match in matches} == {("软银", "SoftBank"), ("白宫", "House")}


def test_of_two_readings_of_the_same_letters_one_stands() -> None:
    names = standing(星际=(1, 2, 3), 星际之门=(1, 2, 3), 际之门=(1, 2, 3))
    (match,) = match_names(names, standing(Stargate=(1, 2, 3)), total=50, sound=silent)
    assert match.name == "星际之门"


def test_sound_decides_where_places_do_not() -> None:
    names = standing(东京=(1, 2), 纽约=(1, 2))
    others = standing(Tokyo=(1, 2), York=(1, 2))
    like = {("东京", "Tokyo"), ("纽约", "York")}
    matches = match_names(names, others, total=50, sound=lambda *pair: float(pair in like))
    assert {(match.name, match.other) for match in matches} == like


def test_what_stands_together_once_must_sound_alike() -> None:
    names, others = standing(设备=(1,)), standing(Huawei=(1,))
    assert match_names(names, others, total=50, sound=silent) == []
    assert len(match_names(names, others, total=50, sound=lambda *_: 0.9)) == 1
