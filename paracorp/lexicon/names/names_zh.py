"""Candidates for names in Chinese text: repeated runs of characters that words of function do not cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from paracorp.lexicon.names.occurrences import Occurrences
from paracorp.lexicon.names.pinyin import spells_sounds
from paracorp.lexicon.names.wordlists import letters, words

_RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff·•・]{2,}")
_DOT = re.compile("[·•・]")
_LONGEST = 8
_LONGEST_WITH_DOT = 16
# Words of function, verbs of saying, figures: they stand beside a name, hardly at its edge.
_FUNCTION = frozenset(
    "的了是在和与及也都就而被把将从到向等这那其个们有说称并或以所则却又还让给跟但若且只才更最很已曾正能会可要"
    "不没无我你他她它自由于对为因如同间后前内外时年月日号第每各该此某约近超逾余多几两零一二三四五六七八九十百千万亿"
)
_NOT_FIRST = _FUNCTION | frozenset("者性化员们后里着过")
_NOT_LAST = _FUNCTION | frozenset("小大新老首")
# Some of them do open or close names: 万科, 同济, 百度, 三星, 以色列, 多伦多.
_OPENS_ALL_THE_SAME = frozenset("以多万百三无自同可能约余不如前内外")
_CLOSES_ALL_THE_SAME = frozenset("多内万同里可间")
_INSIDE_NEVER = frozenset("的了是们这那哪和与或在被把将并也都就而说称")


def chinese_candidates(texts: Sequence[str], *, min_count: int) -> Occurrences:
    """Runs of 2 to 8 characters (16 with a middle dot) that stand at least `min_count` times.

    A run that is always written with one character more is left out, unless it spells sounds throughout
    and that character does not: 阿比林, but not 州阿比林 alone nor 盛顿 beside 华盛顿.
    """
    runs = [_RUN.findall(text) for text in texts]
    kept = Occurrences()
    for length in range(2, _LONGEST_WITH_DOT + 1):
        found = Occurrences()
        for place, found_runs in enumerate(runs):
            for run in found_runs:
                for name in _grams(run, length):
                    # A run is as frequent as its parts at most: most long ones need not be counted.
                    if length == 2 or (name[1:] in kept.counts and name[:-1] in kept.counts):
                        found.add(name, place)
        frequent = found.keep(name for name, count in found.counts.items() if count >= min_count)
        if not frequent.counts:
            break
        kept.places.update(frequent.places)
        kept.counts.update(frequent.counts)
    chosen = {name for name in kept.counts if _may_be(name)}
    continued = {part for name in chosen for part in _continued_by(name, kept.counts) if part in chosen}
    return kept.keep(name for name in kept.counts if name in chosen and name not in continued)


def _grams(run: str, length: int) -> Iterator[str]:
    for start in range(len(run) - length + 1):
        name = run[start : start + length]
        if length <= _LONGEST or _DOT.search(name):
            yield name


def _continued_by(name: str, counts: Mapping[str, int]) -> Iterator[str]:
    """The runs one character shorter that are never written without that character."""
    for part, added in ((name[1:], name[0]), (name[:-1], name[-1])):
        same = counts.get(part) == counts[name]
        if same and (not _spelt(part) or _spelt(added)):
            yield part


def _spelt(text: str) -> bool:
    """Whether all of a text spells the sounds of a foreign name, the dots between its parts apart."""
    return spells_sounds(_DOT.sub("", text) or "斯") == 1.0


def _may_be(name: str) -> bool:
    first, last = name[0], name[-1]
    if first in "·•・" or last in "·•・" or _INSIDE_NEVER & set(name[1:-1]):
        return False
    opens = first not in _NOT_FIRST or first in _OPENS_ALL_THE_SAME
    return opens and (last not in _NOT_LAST or last in _CLOSES_ALL_THE_SAME)


def likely_names(candidates: Occurrences, texts: Sequence[str]) -> list[str]:
    """Candidates that look like names by their characters alone, longer ones first, none inside another.

    These are foreign names (a middle dot in them, or three characters or more that all spell sounds) and
    Chinese ones (a surname and one or two characters, twice before a title).
    """
    titles, surnames = "|".join(sorted(words("zh", "titles"))), letters("zh", "surnames")
    titled = Counter(
        name
        for text in texts
        for size in (2, 3)
        for name in re.findall(f"(?=([\u3400-\u9fff]{{{size}}})(?:{titles}))", text)
        if name[0] in surnames
    )
    chosen: list[str] = []
    for name in sorted(candidates.counts, key=lambda name: (-len(name), name)):
        foreign = _DOT.search(name) or (len(name) >= 3 and name[0] != "万" and _spelt(name))
        if (foreign or titled[name] >= 2) and not any(name in longer for longer in chosen):
            chosen.append(name)
    return chosen
