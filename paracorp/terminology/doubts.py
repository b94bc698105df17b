"""What is no error in a glossary but may be a slip: kinds nobody knows, variants that repeat another one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from paracorp.lexicon.matching import folded_form
from paracorp.lexicon.scanning import alike
from paracorp.lexicon.termbase import KINDS
from paracorp.records import Term


@dataclass(frozen=True, slots=True)
class Doubts:
    """A sentence each: for unknown kinds, names that two entries share for matching, needless variants."""

    kinds: tuple[str, ...]
    shared: tuple[str, ...]
    repeated: tuple[str, ...]


def find_doubts(terms: Iterable[Term]) -> Doubts:
    """The doubts about good rows, in their order; rows with a doubt are used like all others."""
    kinds: dict[str, list[str]] = {}
    shared: list[str] = []
    repeated: list[str] = []
    owners: dict[tuple[str, str], tuple[Term, str]] = {}
    for term in terms:
        if term.kind not in KINDS:
            kinds.setdefault(term.kind, []).append(term.id)
        shared += _shared(term, owners)
        repeated += _repeated(term)
    sentences = tuple(_kind(kind, ids) for kind, ids in kinds.items())
    return Doubts(sentences, tuple(shared), tuple(repeated))


def _kind(kind: str, ids: list[str]) -> str:
    near = difflib.get_close_matches(kind, KINDS, n=1)
    advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(KINDS)}"
    others = f" and {len(ids) - 1} more" if len(ids) > 1 else ""
    return f"unknown kind {kind!r} of {ids[0]}{others}: {advice}"


def _shared(term: Term, owners: dict[tuple[str, str], tuple[Term, str]]) -> list[str]:
    """Names of earlier entries that matching cannot tell from one of this, which is entered in `owners`."""
    found = []
    for lang, names in term.variants.items():
        for name in names:
            owner, other = owners.setdefault((lang, folded_form(name, lang)), (term, name))
            if owner.id != term.id and alike(name, term, other, owner):
                found.append(f"{lang} variant {name!r} of {term.id} is {other!r} of {owner.id} for matching")
    return found


def _repeated(term: Term) -> list[str]:
    """Variants that differ from one before only in what matching ignores: case, width, script, marks."""
    found = []
    for lang, names in term.variants.items():
        first: dict[str, str] = {}
        for name in names:
            other = first.setdefault(folded_form(name, lang), name)
            if other != name:
                found.append(f"{term.id}: {lang} variant {name!r} is {other!r} but for what matching ignores")
    return found
