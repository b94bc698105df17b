import dataclasses
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from paracorp.alignment import Passage, align_pair, mine_tables
from paracorp.records import Link


def ends(links: list[Link]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(link.source_ids, link.target_ids) for link in links]


def test_passages_are_found_in_another_order_and_split(source: list[Passage], target: list[Passage]) -> None:
    found = ends(align_pair(source, target))
    assert (("s1",), ("t4", "t5")) in found
    assert (("s5",), ("t1",)) in found
    assert any("s0" in one and "t3" in other for one, other in found)


def test_passages_without_partner_stay_alone(source: list[Passage], target: list[Passage]) -> None:
    taken = {identity for one, other in ends(align_pair(source, target)) for identity in (*one, *other)}
    assert not taken & {"s2", "s6", "t0"}


def test_unrelated_articles_have_no_links(source: list[Passage]) -> None:
    other = [
        Passage("x0", "", "Scientists have sequenced the genome of a rare orchid."),
        Passage("x1", "", "The flower grows on a single mountain in Borneo."),
        Passage("x2", "", "Its seeds are finer than dust."),
    ]
    assert align_pair(source, other) == []


def test_an_empty_side_has_no_links(source: list[Passage]) -> None:
    assert align_pair(source, []) == []
    assert align_pair([], source) == []
    assert mine_tables([], []) == []


def test_a_passage_without_english_takes_part_in_nothing(
    source: list[Passage], target: list[Passage]
) -> None:
    blank = [dataclasses.replace(item, english=" ") if item.id == "s1" else item for item in source]
    found = ends(align_pair(blank, target))
    assert found
    assert all("s1" not in one for one, _ in found)
    assert align_pair([dataclasses.replace(item, english="") for item in source], target) == []


def test_a_heading_that_echoes_a_paragraph_is_no_pair(
    source: list[Passage], target: list[Passage], heading: Passage
) -> None:
    found = ends(align_pair([heading, *source], target))
    assert all("head" not in one for one, _ in found)


def test_confidence_is_a_probability_and_the_limit_holds(
    source: list[Passage], target: list[Passage]
) -> None:
    everything = align_pair(source, target, min_confidence=0.0)
    assert all(0.0 <= link.confidence <= 1.0 for link in everything)
    assert all(link.confidence >= 0.9 for link in align_pair(source, target, min_confidence=0.9))


def test_evidence_names_what_both_sides_share(source: list[Passage], target: list[Passage]) -> None:
    link = next(link for link in align_pair(source, target) if "s0" in link.source_ids)
    assert "Merrow" in link.evidence.names
    assert any("212" in number for number in link.evidence.numbers)
    assert "ferry" in link.evidence.words
    assert set(link.evidence.similarity) == {"words", "pieces", "cover"}
    assert all(0.0 <= part <= 1.0 for part in link.evidence.similarity.values())
    assert " ~ " in link.evidence.runner_up


def test_evidence_shows_a_contradiction() -> None:
    one = [Passage("a", "", "The Calder ferry carried 212 passengers to Merrow harbour on Tuesday evening.")]
    other = [
        Passage("b", "", "The Calder ferry carried 480 passengers to Merrow harbour on Tuesday evening.")
    ]
    (link,) = align_pair(one, other, min_confidence=0.0)
    assert link.evidence.contradictions == ("212 | 480",)


def test_translations_link_in_order_with_monotonic(source: list[Passage]) -> None:
    copy = [dataclasses.replace(item, id=item.id.replace("s", "t")) for item in source]
    found = ends(align_pair(source, copy, monotonic=True))
    assert found == [((item.id,), (item.id.replace("s", "t"),)) for item in source]


def test_monotonic_links_never_cross(source: list[Passage], target: list[Passage]) -> None:
    found = ends(align_pair(source, target, monotonic=True, min_confidence=0.0))
    assert found
    last = -1
    for _, other in found:
        assert int(other[0][1:]) > last
        last = int(other[-1][1:])


def test_progress_within_one_pair_of_articles_only_grows(
    source: list[Passage], target: list[Passage]
) -> None:
    seen: list[tuple[int, int]] = []
    align_pair(source, target, on_progress=lambda *told: seen.append(told))
    shares = [done / of for done, of in seen]
    assert len(set(shares)) > 3
    assert shares == sorted(shares)
    assert all(0.0 <= part <= 1.0 for part in shares)


_WORDS = ["ferry", "rudder", "cable", "fishermen", "wreck", "harbour", "Merrow", "Calder", "212", "March"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(_WORDS), max_size=6), max_size=8),
    st.lists(st.lists(st.sampled_from(_WORDS), max_size=6), max_size=8),
    st.booleans(),
)
def test_every_passage_is_in_at_most_one_link(
    left: list[list[str]], right: list[list[str]], monotonic: bool
) -> None:
    source, target = (
        [Passage(f"{name}{at}", "", " ".join(words)) for at, words in enumerate(side)]
        for name, side in (("s", left), ("t", right))
    )
    for links in (
        align_pair(source, target, min_confidence=0.01, monotonic=monotonic),
        mine_tables(source, target, min_confidence=0.01),
    ):
        for side in ("source_ids", "target_ids"):
            used = [identity for link in links for identity in getattr(link, side)]
            assert len(used) == len(set(used))


def test_the_same_input_gives_the_same_links_on_any_number_of_threads() -> None:
    program = (
        "from paracorp.alignment import Passage, align_pair\n"
        "sides = [[Passage(f'{n}{i}', '', f'boat {i} hit rock {i * k} near Merrow {i + k}')"
        " for i in range(12)] for n, k in (('s', 3), ('t', 5))]\n"
        "print(align_pair(*sides, min_confidence=0.01))\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads, seed in (("1", "1"), ("2", "2"))
    ]
    assert runs[0] == runs[1]
