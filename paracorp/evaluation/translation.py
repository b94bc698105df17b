"""How good English is: BLEU, chrF and TER by sacreBLEU, compared with another system's, and names.

Every score comes with the signature of the settings that made it. Intervals and comparisons are
sacreBLEU's (paired) bootstrap, 1,000 draws from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paracorp.lexicon.termbase import Termbase
from paracorp.translation.names import Names

if TYPE_CHECKING:
    from sacrebleu.significance import Result

ROUNDS = 1000
_PIVOT = "en"


@dataclass(frozen=True, slots=True)
class Sample:
    """A text of a language, and how a person renders it. The language may be empty: not known."""

    lang: str
    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class MetricScore:
    """One metric over a whole test set, in percent; `interval` is half the width of its 95 % interval.

    With a baseline, `p_value` is the probability of a difference as large if both systems were as good.
    """

    name: str
    score: float
    interval: float
    signature: str
    baseline: float | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class MissedName:
    """A term of a text that its English holds by no approved name."""

    place: int
    term_id: str
    written: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameScore:
    """How many of the terms in the texts (each once a text) the English names as the glossary does."""

    required: int
    missed: tuple[MissedName, ...]

    @property
    def accuracy(self) -> float:
        """The share that is named; 1 where no term is asked for."""
        return 1 - len(self.missed) / self.required if self.required else 1.0


def score_translations(
    hypotheses: Sequence[str], references: Sequence[str], *, baseline: Sequence[str] | None = None
) -> list[MetricScore]:
    """BLEU, chrF and TER of English, and of a baseline's on the same sentences.

    The tokenizer of BLEU is 13a, which is right for English. Raises `ValueError` for no sentences, or
    sequences of different lengths.
    """
    lengths = {len(hypotheses), len(references), len(references if baseline is None else baseline)}
    if len(lengths) != 1 or not hypotheses:
        raise ValueError(f"{sorted(lengths)} sentences")
    systems = (
        [("system", hypotheses)] if baseline is None else [("baseline", baseline), ("system", hypotheses)]
    )
    return list(_bootstrapped(systems, references))


def _bootstrapped(
    systems: Sequence[tuple[str, Sequence[str]]], references: Sequence[str]
) -> Iterator[MetricScore]:
    """The scores of the last system, against the first where there are two.

    The intervals are those of sacreBLEU's test: its `corpus_score` (2.6) fails to draw them from sentences of
    which some share nothing with their references.
    """
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER
    from sacrebleu.significance import PairedTest, Result

    kinds = (("BLEU", BLEU), ("chrF", CHRF), ("TER", TER))
    metrics = {name: kind(references=[references]) for name, kind in kinds}
    signatures, results = PairedTest(list(systems), metrics, None, test_type="bs", n_samples=ROUNDS)()
    for name, signature in signatures.items():
        *before, after = (item for item in results[name] if isinstance(item, Result))
        baseline, p_value = _compared(before[0], after) if before else (None, None)
        score, interval = float(after.score), float(after.ci or 0.0)
        yield MetricScore(name, score, interval, str(signature), baseline, p_value)


def _compared(before: Result, after: Result) -> tuple[float, float]:
    """The baseline's score, and p. sacreBLEU gives equal systems the smallest p, as no draw parts them."""
    p_value = 1.0 if before.score == after.score else float(after.p_value or 0.0)
    return float(before.score), p_value


def score_names(samples: Sequence[Sample], hypotheses: Sequence[str], termbase: Termbase) -> NameScore:
    """How the English names what the glossary lists; a sentence without English misses all its terms."""
    names = {lang: Names(termbase, lang, _PIVOT) for lang in dict.fromkeys(item.lang for item in samples)}
    required, missed = 0, []
    for place, (sample, english) in enumerate(zip(samples, hypotheses, strict=True)):
        wanted = names[sample.lang].required(sample.text)
        required += len(wanted)
        lacking = names[sample.lang].missing(wanted, english)
        for term_id in sorted(lacking, key=lambda name: wanted[name][0].start):
            mention = wanted[term_id][0]
            written = sample.text[mention.start : mention.end]
            missed.append(MissedName(place, term_id, written, termbase.approved(term_id, _PIVOT)))
    return NameScore(required, tuple(missed))


def worst(hypotheses: Sequence[str], references: Sequence[str], count: int) -> list[tuple[int, float]]:
    """Places and chrF of the sentences that are least like their references, worst first."""
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    scored = [
        (metric.sentence_score(hypothesis, [reference]).score, place)
        for place, (hypothesis, reference) in enumerate(zip(hypotheses, references, strict=True))
    ]
    return [(place, score) for score, place in sorted(scored)[:count]]
