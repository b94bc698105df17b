"""The evidence of a link in words."""

from __future__ import annotations

from paracorp.records import Evidence
from paracorp.review.reasons import reasons, rival

EVIDENCE = Evidence(
    similarity={"words": 0.55},
    names=("OpenAI",),
    numbers=("30亿 = 3 מיליארד",),
    words=("bridge",),
    contradictions=("4 | 5",),
    runner_up="zh/a#0.0 zh/a#0.1 ~ he/a#0.0",
    runner_up_score=0.4,
)


def test_every_kind_of_evidence_is_a_sentence() -> None:
    assert reasons(EVIDENCE) == [
        ("contradiction", "One side has 4, the other 5"),
        ("names", "Both name OpenAI"),
        ("numbers", "The same numbers: \u206830亿\u2069 = \u20683 מיליארד\u2069"),
        ("words", "Both say bridge"),
        ("similarity", "The English words: 55 % alike"),
        ("runner_up", "The next best partner would score 40 %"),
    ]


def test_a_link_without_evidence_is_a_persons() -> None:
    assert reasons(None) == reasons(Evidence()) == [("person", "A person made this link")]


def test_the_rival_is_given_by_its_segments() -> None:
    assert rival(EVIDENCE) == {
        "source_ids": ["zh/a#0.0", "zh/a#0.1"],
        "target_ids": ["he/a#0.0"],
        "confidence": 0.4,
    }
    assert rival(Evidence()) is None
