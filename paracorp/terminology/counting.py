"""What a glossary holds, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from paracorp.records import Term


@dataclass(frozen=True, slots=True)
class GlossaryCounts:
    """Figures of a glossary.

    `entries` counts rows by kind and status; `covered` counts per language the concepts with an allowed
    name in it, `variants` the names, forbidden ones included.
    """

    concepts: int
    entries: dict[str, dict[str, int]]
    covered: dict[str, int]
    variants: dict[str, int]


def count_glossary(terms: Iterable[Term]) -> GlossaryCounts:
    """Count rows, concepts and names; kinds stand by falling number of rows."""
    rows = list(terms)
    kinds = Counter(term.kind for term in rows)
    statuses = Counter((term.kind, term.status) for term in rows)
    order = dict.fromkeys(term.status for term in rows)
    covered = {(lang, term.id) for term in rows if term.status != "forbidden" for lang in term.variants}
    variants: Counter[str] = Counter()
    for term in rows:
        variants.update({lang: len(names) for lang, names in term.variants.items()})
    return GlossaryCounts(
        concepts=len({term.id for term in rows}),
        entries={
            kind: {status: statuses[kind, status] for status in order if statuses[kind, status]}
            for kind, _ in kinds.most_common()
        },
        covered=dict(Counter(lang for lang, _ in sorted(covered))),
        variants=dict(sorted(variants.items())),
    )
