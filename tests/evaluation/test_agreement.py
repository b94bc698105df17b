"""Cohen's kappa against figures worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.evaluation.agreement import agreements


def judged(*verdicts: tuple[str, str, int]) -> dict[str, dict[str, str]]:
    """Units by the verdicts of anna and bo, so many of each."""
    rows = [(one, other) for one, other, count in verdicts for _ in range(count)]
    return {str(number): {"anna": one, "bo": other} for number, (one, other) in enumerate(rows)}


def test_kappa_of_a_table_worked_out_by_hand() -> None:
    verdicts = judged(("yes", "yes", 20), ("yes", "no", 5), ("no", "yes", 10), ("no", "no", 15))
    (found,) = agreements(verdicts)
    assert (found.first, found.second, found.units) == ("anna", "bo", 50)
    assert found.observed == pytest.approx(0.7)
    assert found.expected == pytest.approx(0.5)
    assert found.kappa == pytest.approx(0.4)


def test_full_agreement_is_one_and_full_disagreement_below_zero() -> None:
    (same,) = agreements(judged(("a", "a", 3), ("b", "b", 2)))
    assert same.kappa == pytest.approx(1.0)
    (opposite,) = agreements(judged(("a", "b", 5), ("b", "a", 5)))
    assert opposite.kappa == pytest.approx(-1.0)


def test_kappa_is_undefined_where_both_say_only_one_thing() -> None:
    (found,) = agreements(judged(("a", "a", 7)))
    assert (found.observed, found.kappa) == (1.0, None)


def test_one_who_always_says_the_other_thing_agrees_as_chance_would() -> None:
    (found,) = agreements(judged(("a", "b", 7)))
    assert found.kappa == 0.0


def test_only_units_that_two_judged_are_compared() -> None:
    verdicts = {
        "1": {"anna": "a"},
        "2": {"anna": "a", "bo": "a", "carl": "b"},
        "3": {"bo": "a", "carl": "a"},
    }
    found = agreements(verdicts)
    assert [(item.first, item.second, item.units) for item in found] == [
        ("anna", "bo", 1),
        ("anna", "carl", 1),
        ("bo", "carl", 2),
    ]
    assert agreements({"1": {"anna": "a"}, "2": {"bo": "a"}}) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_lies_between_minus_one_and_one_and_does_not_see_who_is_first(
    pairs: list[tuple[str, str]],
) -> None:
    (found,) = agreements({str(at): {"x": one, "y": other} for at, (one, other) in enumerate(pairs)})
    (turned,) = agreements({str(at): {"x": other, "y": one} for at, (one, other) in enumerate(pairs)})
    if found.kappa is None:
        assert turned.kappa is None
    else:
        assert -1.0 - 1e-9 <= found.kappa <= 1.0 + 1e-9
        assert turned.kappa == pytest.approx(found.kappa)
