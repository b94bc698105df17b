"""How names are looked for in the texts of each language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from paracorp.lexicon.names.names_he import hebrew_candidates, plain_marks, with_article
from paracorp.lexicon.names.names_zh import chinese_candidates, likely_names
from paracorp.lexicon.names.occurrences import Occurrences


def _as_it_is(text: str) -> str:
    return text


def _none_likely(_candidates: Occurrences, _texts: Sequence[str]) -> list[str]:
    return []


def _as_found(name: str, _texts: Sequence[str]) -> str:
    return name


def _hebrew_shown(name: str, texts: Sequence[str]) -> str:
    return with_article(name, texts) if re.match("[\u05d0-\u05ea]", name) else name


@dataclass(frozen=True, slots=True)
class NameReader:
    """One language. `candidates` takes texts and the least count.

    `plain` is a text as names are looked for in it; `likely` gives the candidates that are names by
    themselves, whatever the English says; `shown` is a name as texts (made plain) write it where nothing
    stands before it.
    """

    candidates: Callable[..., Occurrences]
    plain: Callable[[str], str] = _as_it_is
    likely: Callable[[Occurrences, Sequence[str]], list[str]] = _none_likely
    shown: Callable[[str, Sequence[str]], str] = _as_found


NAME_READERS: dict[str, NameReader] = {
    "zh": NameReader(chinese_candidates, likely=likely_names),
    "he": NameReader(hebrew_candidates, plain=plain_marks, shown=_hebrew_shown),
}
