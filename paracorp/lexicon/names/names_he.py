"""Candidates for names in Hebrew text: rows of words, with and without the letters that may be proclitics."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from paracorp.lexicon.hebrew import PROCLITICS
from paracorp.lexicon.names.occurrences import Occurrences
from paracorp.lexicon.names.wordlists import words as listed

_WORD = re.compile("[\u05d0-\u05ea]+(?:[\"'][\u05d0-\u05ea]+)*'?(?:[-\u05be][\u05d0-\u05ea]+'?)*")
_MARKS = str.maketrans("״׳’”“", '"\'\'""')
_NIQQUD = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
_LONGEST = 4
_SHORTEST_STEM = 3


def hebrew_candidates(texts: Sequence[str], *, min_count: int) -> Occurrences:
    """Rows of one to four words that stand at least `min_count` times, whatever proclitics stand before them.

    Each reading of a word, with its first letters as its own or as proclitics, is a candidate.
    """
    found = Occurrences()
    for place, text in enumerate(texts):
        for words in _rows(plain_marks(text)):
            for name in _readings(words):
                found.add(name, place)
    return found.keep(name for name, count in found.counts.items() if count >= min_count and _may_be(name))


def with_article(name: str, texts: Iterable[str]) -> str:
    """A name with its article where the texts write it so as often as without, as in הבית הלבן."""
    written = Counter(
        word for text in texts for word in re.findall(f"(?<![א-ת])ה?{re.escape(name)}(?![א-ת])", text)
    )
    return f"ה{name}" if written[f"ה{name}"] >= max(1, written[name]) else name


def plain_marks(text: str) -> str:
    """The text without niqqud, with one sign for gershayim and one for geresh."""
    return _NIQQUD.sub("", text).translate(_MARKS)


def _rows(text: str) -> Iterator[list[str]]:
    words = list(_WORD.finditer(text))
    for start, first in enumerate(words):
        row = [first[0]]
        yield row
        end = first.end()
        for word in words[start + 1 : start + _LONGEST]:
            if text[end : word.start()] != " ":
                break
            row = [*row, word[0]]
            yield row
            end = word.end()


def _readings(words: list[str]) -> Iterator[str]:
    first, *rest = words
    shortest = _SHORTEST_STEM - 1 if rest else _SHORTEST_STEM
    for cut in range(min(len(first), 5)):
        if cut and (len(first) - cut < shortest or not _is_proclitic(first[:cut])):
            continue
        stem = first[cut:].removeprefix("-").removeprefix("\u05be")
        yield " ".join([stem, *rest])


def _is_proclitic(letters: str) -> bool:
    plain = letters.rstrip("-\u05be")
    return PROCLITICS.fullmatch(plain.removesuffix("ה")) is not None


def _may_be(name: str) -> bool:
    words = name.split(" ")
    return (
        not listed("he", "function") & {words[0], words[-1]}
        and len(name) >= 2
        and not (len(words) == 1 and name.startswith("ה") and len(name) < 4)
    )
