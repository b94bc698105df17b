"""Suggestions as rows of a glossary, ready to be pasted and then to be read over by a person."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from paracorp.records import Term
from paracorp.terminology.suggesting import Suggestion

_NO_KIND = "name"


def rows_of(
    suggestions: Mapping[str, Sequence[Suggestion]], termbase: Iterable[Term], *, top: int
) -> list[Term]:
    """A row for every concept among the first `top` names of a language, the most frequent first.

    A row has the names of all languages. The kind is `name`, for a person to put right. A name that may be
    one more variant of an entry becomes an admitted row of that entry, or, where it has one, a row of its
    own whose note says so.
    """
    groups: dict[str, list[Suggestion]] = defaultdict(list)
    wanted = {item.concept for names in suggestions.values() for item in names[:top]}
    for names in suggestions.values():
        for item in names:
            if item.concept in wanted:
                groups[item.concept].append(item)
    entries = {(term.id, term.status): term for term in termbase}
    taken = {term_id for term_id, _ in entries}
    owned: set[tuple[str, str]] = set()
    rows = []
    for group in sorted(groups.values(), key=lambda group: -sum(item.count for item in group)):
        row = _row(group, entries, taken, owned)
        if row is not None:
            rows.append(row)
            taken.add(row.id)
    return rows


def _row(
    group: list[Suggestion],
    entries: Mapping[tuple[str, str], Term],
    taken: set[str],
    owned: set[tuple[str, str]],
) -> Term | None:
    variants: dict[str, tuple[str, ...]] = {}
    for item in sorted(group, key=lambda item: -item.count):
        for name in item.spellings:
            if (item.lang, name) not in owned and "|" not in name:
                owned.add((item.lang, name))
                variants[item.lang] = (*variants.get(item.lang, ()), name)
    if not variants:
        return None
    mentions = sum(item.count for item in group if item.lang != "en") or group[0].count
    note = f"suggested; stands {mentions} times"
    term_id = group[0].term_id
    kind = next((term.kind for (found, _), term in entries.items() if found == term_id), _NO_KIND)
    if term_id and (term_id, "admitted") not in entries:
        return Term(term_id, kind, variants, "admitted", note)
    if term_id:
        note += f"; perhaps one more variant of {term_id}"
    return Term(_new_id(group, taken), kind, variants, "preferred", note)


def _new_id(group: list[Suggestion], taken: set[str]) -> str:
    english = next((item.name for item in group if item.lang == "en"), group[0].name)
    plain = unicodedata.normalize("NFKD", english).lower()
    slug = re.sub(r"[^\w]+", "-", re.sub("[\u0300-\u036f'’\"]", "", plain)).strip("-") or "name"
    found, number = slug, 1
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    return found
