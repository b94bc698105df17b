"""The names of a glossary as a corpus uses them: how often in each language, and in which forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paracorp.lexicon.entities import EntityReader
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Segment, Translation

PIVOT = "en"


@dataclass(frozen=True, slots=True)
class EntityRow:
    """A glossary entry: per language its forms in the texts with their counts, most frequent first."""

    id: str
    kind: str
    label: str
    forms: Mapping[str, tuple[tuple[str, int], ...]]

    @property
    def total(self) -> int:
        """Mentions in the original languages."""
        return sum(count for lang, forms in self.forms.items() if lang != PIVOT for _, count in forms)


def entity_rows(
    termbase: Termbase, segments: Iterable[Segment], translations: Iterable[Translation]
) -> list[EntityRow]:
    """The entries that the texts name, most frequent first; the English is that of the segments."""
    reader = EntityReader(termbase)
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    texts = [
        *((row.lang, row.text) for row in segments),
        *((PIVOT, row.text) for row in translations),
    ]
    for lang, text in texts:
        for mention in reader.matcher(lang).find(text):
            counts[mention.term_id][lang][text[mention.start : mention.end]] += 1
    terms = {term.id: term for term in termbase}
    rows = []
    for name, by_lang in counts.items():
        variants = terms[name].variants
        label = (variants.get(PIVOT) or next(iter(variants.values())))[0]
        forms = {lang: tuple(_ranked(counter)) for lang, counter in sorted(by_lang.items())}
        rows.append(EntityRow(name, terms[name].kind, label, forms))
    return sorted(rows, key=lambda row: (-row.total, row.id))


def _ranked(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))
