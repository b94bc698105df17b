"""Links a person fixed or ruled out."""

from __future__ import annotations

import pytest

from paracorp.alignment import Passage, align_pair
from paracorp.records import Evidence, Link

ENGLISH = {
    "source": [
        "The harbour bridge opened to traffic on 5 March.",
        "The project cost 3 billion dollars in total.",
        "Mayor Chen Lihua attended the opening ceremony.",
        "The bridge was built by 450 workers in four years.",
    ],
    "target": [
        "On 5 March the harbour bridge was opened to traffic.",
        "The cost of the project reached 3 billion dollars.",
        "Chen Lihua, the mayor, took part in the ceremony.",
        "In four years 450 workers built the bridge.",
    ],
}


def passages(side: str) -> list[Passage]:
    return [Passage(f"{side[0]}{at}", f"{side}{at}", english) for at, english in enumerate(ENGLISH[side])]


def ends(links: list[Link]) -> list[tuple[str, str]]:
    return [(" ".join(link.source_ids), " ".join(link.target_ids)) for link in links]


SOURCE, TARGET = passages("source"), passages("target")
AS_FOUND = [(f"s{at}", f"t{at}") for at in range(4)]


def test_without_a_word_from_a_person_nothing_is_other_than_before() -> None:
    assert ends(align_pair(SOURCE, TARGET)) == AS_FOUND
    assert align_pair(SOURCE, TARGET, fixed=(), forbidden=()) == align_pair(SOURCE, TARGET)


def test_fixing_what_would_be_found_changes_nothing() -> None:
    fixed = [((source,), (target,)) for source, target in AS_FOUND]
    assert align_pair(SOURCE, TARGET, fixed=fixed) == align_pair(SOURCE, TARGET)


def test_a_fixed_link_stays_below_the_threshold_with_its_own_confidence() -> None:
    (link,) = align_pair(SOURCE, TARGET, fixed=[(("s1",), ("t1",))], min_confidence=1.0)
    assert link == align_pair(SOURCE, TARGET)[1]
    assert link.confidence < 1.0


def test_a_fixed_link_takes_its_sentences_from_all_others() -> None:
    found = ends(align_pair(SOURCE, TARGET, fixed=[(("s0",), ("t1",))]))
    assert ("s0", "t1") in found
    assert [pair for pair in found if "s0" in pair[0] or "t1" in pair[1]] == [("s0", "t1")]
    assert {("s2", "t2"), ("s3", "t3")} <= set(found)


def test_a_link_that_is_no_candidate_is_kept_as_a_persons_word() -> None:
    far = (("s0", "s2"), ("t3",))
    found = {link.source_ids: link for link in align_pair(SOURCE, TARGET, fixed=[far])}
    link = found["s0", "s2"]
    assert (link.target_ids, link.confidence, link.evidence) == (("t3",), 1.0, Evidence())
    assert ends(list(found.values())) == [("s0 s2", "t3"), ("s1", "t1")]


def test_a_sentence_without_english_can_be_linked_by_a_person() -> None:
    source = [*SOURCE, Passage("s4", "无", "")]
    target = [*TARGET, Passage("t4", "אין", "")]
    assert ends(align_pair(source, target, fixed=[(("s4",), ("t4",))])) == [*AS_FOUND, ("s4", "t4")]


@pytest.mark.parametrize("monotonic", [False, True])
def test_a_rejected_link_does_not_come_back_nor_a_larger_one(monotonic: bool) -> None:
    found = align_pair(
        SOURCE, TARGET, forbidden=[(("s1",), ("t1",))], min_confidence=0.01, monotonic=monotonic
    )
    assert not [link for link in found if "s1" in link.source_ids and "t1" in link.target_ids]


def test_a_part_of_a_rejected_link_may_come_back() -> None:
    found = ends(align_pair(SOURCE, TARGET, forbidden=[(("s1", "s2"), ("t1",))]))
    assert ("s1", "t1") in found


def test_a_fixed_link_may_hold_a_rejected_one() -> None:
    wide = (("s1", "s2"), ("t1", "t2"))
    found = ends(align_pair(SOURCE, TARGET, fixed=[wide], forbidden=[(("s1",), ("t1",))]))
    assert found == [("s0", "t0"), ("s1 s2", "t1 t2"), ("s3", "t3")]


def test_the_same_links_come_in_the_order_of_the_source() -> None:
    fixed = [(("s3",), ("t0",)), (("s0",), ("t3",))]
    found = ends(align_pair(SOURCE, TARGET, fixed=fixed))
    assert found == sorted(found)
