from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from paracorp.alignment.candidates import Comparison, compare
from paracorp.alignment.confidence import Judged
from paracorp.alignment.passages import Passage
from paracorp.alignment.search import LEAST, best_chain, best_set, best_threshold, worth

SIDE = [Passage(f"p{at}", "", "ferry rudder cable") for at in range(4)]


def comparison() -> Comparison:
    return compare(SIDE, SIDE, longest=2, ordered=True)


def spans(found: Comparison, row: int) -> tuple[set[int], set[int]]:
    one, other = found.source.windows[found.left[row]], found.target.windows[found.right[row]]
    return set(range(one.start, one.stop)), set(range(other.start, other.stop))


def clash(found: Comparison, one: int, other: int) -> bool:
    first, second = spans(found, one), spans(found, other)
    return bool(first[0] & second[0] or first[1] & second[1])


def crossing(found: Comparison, one: int, other: int) -> bool:
    first, second = spans(found, one), spans(found, other)
    return (max(first[0]) < min(second[0])) != (max(first[1]) < min(second[1]))


def best_total(found: Comparison, value: list[float], *, ordered: bool) -> float:
    """By trying every set of candidates that have a value."""
    rows = [row for row, worth in enumerate(value) if worth > 0]
    best = 0.0
    for size in range(len(rows) + 1):
        for chosen in combinations(rows, size):
            pairs = list(combinations(chosen, 2))
            if any(clash(found, *pair) or (ordered and crossing(found, *pair)) for pair in pairs):
                continue
            best = max(best, sum(value[row] for row in chosen))
    return best


FOUND = comparison()


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, len(FOUND.left) - 1), st.integers(1, 9).map(lambda tenth: tenth / 10), max_size=7
    )
)
def test_the_best_set_and_chain_are_exact(values: dict[int, float]) -> None:
    value = np.array([values.get(row, 0.0) for row in range(len(FOUND.left))])
    for solve, ordered in ((best_set, False), (best_chain, True)):
        rows = solve(FOUND, value).tolist()
        assert not any(clash(FOUND, *pair) for pair in combinations(rows, 2))
        assert abs(value[rows].sum() - best_total(FOUND, value.tolist(), ordered=ordered)) < 1e-6


def test_nothing_of_value_gives_nothing() -> None:
    nothing = np.zeros(len(FOUND.left))
    assert best_set(FOUND, nothing).tolist() == []
    assert best_chain(FOUND, nothing).tolist() == []


def judged(*chances: float) -> Judged:
    """Pairs of passages that share none, so that any of them may be chosen together."""
    return Judged(np.ones(len(chances), dtype=np.int64), np.array(chances))


def test_the_threshold_is_half_the_f1_to_expect_where_pairs_are_clear() -> None:
    assert best_threshold(judged(0.99, 0.98, 0.97, 0.02), np.flatnonzero) == 0.49


def test_the_threshold_gives_the_set_of_greatest_expected_f1() -> None:
    found = judged(0.95, 0.9, 0.8, 0.47, 0.44, 0.41, 0.36, 0.1)
    total = found.expected.sum()
    by_size = [2 * found.expected[:size].sum() / (size + total) for size in range(1, 9)]
    kept = np.flatnonzero(worth(found, best_threshold(found, np.flatnonzero)))
    assert len(kept) == int(np.argmax(by_size)) + 1


def test_two_texts_that_hardly_meet_do_not_lower_the_threshold() -> None:
    assert best_threshold(judged(0.36, 0.3, 0.3, 0.2), np.flatnonzero) == LEAST
    assert best_threshold(judged(0.1), np.flatnonzero) == LEAST
