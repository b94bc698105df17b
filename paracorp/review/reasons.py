"""The evidence of a link in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from paracorp.records import Evidence

_LIKENESS = {
    "words": "The English words",
    "pieces": "The English spellings",
    "cover": "What the shorter side says",
    "meaning": "The meaning",
}


def reasons(evidence: Evidence | None) -> list[tuple[str, str]]:
    """What speaks for and against a link, as (kind, sentence); a link without evidence is a person's."""
    if evidence is None or not (evidence.similarity or evidence.names or evidence.words):
        return [("person", "A person made this link")]
    return list(_reasons(evidence))


def _reasons(evidence: Evidence) -> Iterator[tuple[str, str]]:
    for item in evidence.contradictions:
        one, _, other = item.partition(" | ")
        yield "contradiction", f"One side has {_apart(one)}, the other {_apart(other)}"
    if evidence.names:
        yield "names", f"Both name {_listed(evidence.names)}"
    if evidence.numbers:
        yield "numbers", f"The same numbers: {_listed(evidence.numbers)}"
    if evidence.quotes:
        yield "quotes", f"The same quotation: {_listed(evidence.quotes)}"
    if evidence.words:
        yield "words", f"Both say {_listed(evidence.words)}"
    for name, value in sorted(evidence.similarity.items()):
        yield "similarity", f"{_LIKENESS.get(name, name)}: {round(100 * value)} % alike"
    if evidence.runner_up:
        yield "runner_up", f"The next best partner would score {round(100 * evidence.runner_up_score)} %"


def _listed(items: Iterable[str]) -> str:
    return ", ".join(_apart(part) for part in items)


def _apart(text: str) -> str:
    """A text between isolates where it is read from the right, so that it cannot reorder the sentence."""
    rtl = any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    return " = ".join(f"\u2068{part}\u2069" for part in text.split(" = ")) if rtl else text


def rival(evidence: Evidence | None) -> dict[str, object] | None:
    """The best rival of a link, as ids of both sides and its confidence; None where there is none."""
    if evidence is None or " ~ " not in evidence.runner_up:
        return None
    source, _, target = evidence.runner_up.partition(" ~ ")
    return {
        "source_ids": source.split(),
        "target_ids": target.split(),
        "confidence": evidence.runner_up_score,
    }
