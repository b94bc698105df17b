"""What the page and the report show of small things."""

from __future__ import annotations

import pytest

from paracorp.review.describing import isolated


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("13 במאי (13 May) may be 5月15日", "⟨13 במאי⟩ (13 May) may be 5月15日"),
        ('the target says "עוד 12 שנים", not 13', 'the target says "⟨עוד 12 שנים⟩", not 13'),
        ('one side has צה"ל, the other IDF', 'one side has ⟨צה"ל⟩, the other IDF'),
        ("Israel (ישראל) and Egypt (מצרים)", "Israel (⟨ישראל⟩) and Egypt (⟨מצרים⟩)"),
        ("no word from the right: 15 May, 软银", "no word from the right: 15 May, 软银"),
    ],
)
def test_words_read_from_the_right_cannot_reorder_an_english_message(message: str, shown: str) -> None:
    assert isolated(message) == shown.replace("⟨", "\u2068").replace("⟩", "\u2069")
