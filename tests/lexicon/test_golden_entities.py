"""Precision and recall of the matcher on the golden sentences, which were written before it."""

import json
from pathlib import Path

import pytest

from paracorp.lexicon.matching import Matcher
from paracorp.lexicon.termbase import read_termbase

ROOT = Path(__file__).parents[2]
Span = tuple[str, int, int]


def golden(lang: str) -> list[tuple[str, set[Span], set[Span]]]:
    lines = (ROOT / "tests/golden" / f"entities_{lang}.jsonl").read_text(encoding="utf-8").split("\n")
    cases = [json.loads(line) for line in lines if line]
    return [(case["text"], spans(case["terms"]), spans(case.get("homograph", []))) for case in cases]


def spans(marked: list[dict[str, object]]) -> set[Span]:
    return {(str(m["id"]), int(str(m["start"])), int(str(m["end"]))) for m in marked}


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_terms_are_found_with_precision_and_recall_of_98_percent(lang: str) -> None:
    """Homographs, which only their sense tells apart, count neither for nor against."""
    terms = [t for t in read_termbase(ROOT / "glossaries/ai-politics.csv") if t.status != "forbidden"]
    matcher = Matcher(terms, lang)
    hits = wrong = missed = 0
    notes = []
    for text, expected, either in golden(lang):
        got = {(m.term_id, m.start, m.end) for m in matcher.find(text)} - either
        hits += len(got & expected)
        wrong += len(got - expected)
        missed += len(expected - got)
        if got != expected:
            notes.append(f"{text}: found {sorted(got - expected)}, missed {sorted(expected - got)}")
    assert hits >= 400
    assert hits / (hits + wrong) >= 0.98, "\n".join(notes)
    assert hits / (hits + missed) >= 0.98, "\n".join(notes)
