"""BLEU, chrF, TER, comparisons of two systems, and names."""

from __future__ import annotations

import pytest
import sacrebleu

from paracorp.evaluation.translation import Sample, score_names, score_translations, worst
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Term

REFERENCES = [
    "The president announced the plan at the White House on Tuesday.",
    "The company will invest 500 billion dollars in data centres.",
    "He said the deal would create many jobs.",
    "Critics doubt that the money is there.",
]
GOOD = [
    "The president announced a plan at the White House on Tuesday.",
    "The company will invest $500 billion in data centres.",
    "He said the deal will create many jobs.",
    "Critics doubt the money is there.",
]
BAD = ["President plan.", "Money for centre of data five hundred.", "Jobs, he says.", "There is no doubt."]


def test_the_figures_are_those_of_sacrebleu_with_its_signatures() -> None:
    bleu, chrf, ter = score_translations(GOOD, REFERENCES)
    assert bleu.score == pytest.approx(sacrebleu.corpus_bleu(GOOD, [REFERENCES]).score)
    assert chrf.score == pytest.approx(sacrebleu.corpus_chrf(GOOD, [REFERENCES]).score)
    assert ter.score == pytest.approx(sacrebleu.corpus_ter(GOOD, [REFERENCES]).score)
    assert [item.name for item in (bleu, chrf, ter)] == ["BLEU", "chrF2", "TER"]
    assert "tok:13a" in bleu.signature
    assert all("seed:12345" in item.signature and "version:" in item.signature for item in (bleu, chrf, ter))
    assert all(item.interval > 0 and item.baseline is None for item in (bleu, chrf, ter))


def test_the_same_sentences_give_the_same_figures_every_time() -> None:
    assert score_translations(GOOD, REFERENCES) == score_translations(GOOD, REFERENCES)


def test_a_clearly_better_system_differs_from_the_baseline_and_itself_does_not() -> None:
    for score in score_translations(GOOD * 10, REFERENCES * 10, baseline=BAD * 10):
        assert score.p_value is not None
        assert score.p_value < 0.01
        assert "bs:1000" in score.signature
        assert score.baseline is not None
        assert (score.score > score.baseline) == (score.name != "TER")
    for score in score_translations(GOOD * 10, REFERENCES * 10, baseline=GOOD * 10):
        assert score.p_value == 1.0
        assert score.baseline == score.score


def test_sentences_that_share_nothing_with_their_references_are_scored_too() -> None:
    """Draws without any match made sacreBLEU 2.6 fail."""
    bleu, _, ter = score_translations(["", "x"], REFERENCES[:2])
    assert bleu.score == 0
    assert ter.score > 90
    assert score_translations(["", *GOOD[1:2]], REFERENCES[:2])[0].score > 0


def test_no_sentences_or_unequal_numbers_are_refused() -> None:
    for hypotheses, references, baseline in (([], [], None), (GOOD, BAD[:2], None), (GOOD, BAD, GOOD[:1])):
        with pytest.raises(ValueError, match="sentences"):
            score_translations(hypotheses, references, baseline=baseline)


TERMBASE = Termbase(
    (
        Term("altman", "person", {"en": ("Sam Altman", "Altman"), "zh": ("奥尔特曼",), "he": ("אלטמן",)}),
        Term("softbank", "company", {"en": ("SoftBank",), "zh": ("软银",)}),
        Term("untranslated", "company", {"zh": ("甲骨文",)}),
    )
)


def test_names_count_once_a_text_and_by_any_approved_variant() -> None:
    samples = [
        Sample("zh", "奥尔特曼和软银见面，奥尔特曼走了。", ""),
        Sample("he", "אלטמן הגיע לבית הלבן.", ""),
        Sample("zh", "甲骨文来了。", ""),
        Sample("zh", "今天天气很好。", ""),
    ]
    outputs = ["Altman met Soft Bank, and he left.", "Altman came.", "It came.", "The weather is nice."]
    score = score_names(samples, outputs, TERMBASE)
    assert score.required == 3
    (missed,) = score.missed
    assert (missed.place, missed.term_id, missed.written, missed.expected) == (
        0,
        "softbank",
        "软银",
        ("SoftBank",),
    )
    assert score.accuracy == pytest.approx(2 / 3)


def test_a_sentence_without_english_misses_all_its_names() -> None:
    score = score_names([Sample("zh", "奥尔特曼和软银见面。", "")], [""], TERMBASE)
    assert (score.required, len(score.missed), score.accuracy) == (2, 2, 0.0)


def test_without_names_nothing_is_asked_for() -> None:
    assert score_names([Sample("zh", "今天天气很好。", "")], ["Nice."], TERMBASE).accuracy == 1.0


def test_the_worst_sentences_come_first() -> None:
    places = [place for place, _ in worst(["x", *GOOD[1:]], REFERENCES, 2)]
    assert places[0] == 0
    assert len(places) == 2
