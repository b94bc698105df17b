"""Precision and recall of the number reader on the golden sentences, which were written before it."""

import datetime as dt
import json
from pathlib import Path

import pytest

from paracorp.lexicon.numbers import find_quantities

GOLDEN = Path(__file__).parents[1] / "golden"
Found = tuple[int, int, str, str | float, str, str, str]


def golden(lang: str) -> list[tuple[str, dt.date, set[Found]]]:
    lines = (GOLDEN / f"numbers_{lang}.jsonl").read_text(encoding="utf-8").split("\n")
    cases = [json.loads(line) for line in lines if line]
    return [
        (
            case["text"],
            dt.date.fromisoformat(case["published"]),
            {
                (
                    q["start"],
                    q["end"],
                    q["kind"],
                    q["date"] or round(q["value"], 9),
                    q["unit"] or "",
                    q["currency"] or "",
                    q["precision"],
                )
                for q in case["quantities"]
            },
        )
        for case in cases
    ]


def found(text: str, lang: str, published: dt.date) -> set[Found]:
    return {
        (q.start, q.end, q.kind.value, q.date or round(q.value, 9), q.unit, q.currency, q.precision.value)
        for q in find_quantities(text, lang, published)
    }


@pytest.mark.parametrize("lang", ["zh", "he", "en"])
def test_quantities_are_read_with_precision_and_recall_of_97_percent(lang: str) -> None:
    """Span, kind, value, unit, currency, precision and date all have to be right."""
    hits = wrong = missed = 0
    notes = []
    for text, published, expected in golden(lang):
        got = found(text, lang, published)
        hits += len(got & expected)
        wrong += len(got - expected)
        missed += len(expected - got)
        if got != expected:
            notes.append(f"{text}: found {sorted(got - expected)}, missed {sorted(expected - got)}")
    assert hits >= 150
    assert hits / (hits + wrong) >= 0.97, "\n".join(notes)
    assert hits / (hits + missed) >= 0.97, "\n".join(notes)
