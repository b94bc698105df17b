"""Names that a corpus uses and its glossary lacks, by language, with their likely counterparts.

The English renderings show what is a name, by its capitals; what stands in the same sentences of the other
languages, and sounds alike where sound tells, is that name there. Links between the languages speak where
the English does not.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paracorp.lexicon.names.names_en import english_names, latin_names, longer_names, merged_aliases
from paracorp.lexicon.names.occurrences import Occurrences
from paracorp.lexicon.names.readers import NAME_READERS
from paracorp.lexicon.names.sounds import alike, english_sounds
from paracorp.records import Term
from paracorp.terminology.association import Match, match_names
from paracorp.terminology.coverage import Coverage, Covered
from paracorp.terminology.sentences import BLOT, Sentence

_LINKED_SOUND = 0.7  # names matched across a link only must sound so much alike
_CONTEXTS = 3
_CONTEXT_CHARS = 30
_COUNTERPARTS = 3
_PIVOT = "en"
_SURNAME = 0.95  # of a whole name's likeness is what a surname alone counts
_SURNAME_SOUNDS = 3  # with fewer consonants, as in Roosevelt Room, a last word sounds like too much
_FIRST_NAMES = 2


@dataclass(frozen=True, slots=True)
class Context:
    """A stretch of a sentence around a name; `segment_id` is where it stands."""

    segment_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name of one language that no entry of the glossary covers.

    `count` is how often it stands in the corpus (its English ones in the renderings); `counterparts` maps
    the other languages to likely names there, likeliest first; `term_id` is the entry it may be one more
    variant of, else empty. Suggestions with the same `concept` name the same thing. `spellings` begins with
    the name: a surname or an abbreviation that is counted with it follows.
    """

    lang: str
    name: str
    count: int
    concept: str
    counterparts: dict[str, tuple[str, ...]]
    term_id: str
    spellings: tuple[str, ...]
    contexts: tuple[Context, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A name before it has its counterparts.

    `hub` is its English name, or `=id` of an entry, or `+name` of one known by links only; empty if unknown.
    """

    name: str
    count: int
    hub: str


def suggest_names(
    sentences: Sequence[Sentence],
    links: Iterable[tuple[Sequence[str], Sequence[str]]],
    termbase: Iterable[Term],
    *,
    min_count: int = 2,
) -> dict[str, list[Suggestion]]:
    """Suggestions per language, the most frequent first; English comes last.

    `links` holds the ids of linked sentences on both sides. The same arguments give the same suggestions.
    """
    covered = Coverage(termbase).read(sentences)
    english, spellings = merged_aliases(english_names([item.english for item in covered]))
    hubs = _hubs(covered, english, min_count)
    langs = list(dict.fromkeys(sentence.lang for sentence in sentences))
    found = {lang: _names(lang, covered, hubs, min_count) for lang in langs if lang in NAME_READERS}
    _match_links(found, covered, sentences, list(links), min_count)
    fuller = longer_names(english, [sentence.article_id for sentence in sentences])
    counts = Counter(english.counts)
    for short, longer in fuller.items():
        counts[longer] = max(english.counts[short], english.counts[longer])
        del counts[short]
    found[_PIVOT] = [_Found(name, count, name) for name, count in counts.items() if count >= min_count]
    return _with_counterparts(found, fuller, spellings, sentences)


def _hubs(covered: Sequence[Covered], english: Occurrences, min_count: int) -> Occurrences:
    """English names, and entries that the English mentions while the text itself does not (as `=id`)."""
    hubs = english.keep(name for name, count in english.counts.items() if count >= min_count)
    for place, item in enumerate(covered):
        for term_id in item.english_ids - item.text_ids:
            hubs.add(f"={term_id}", place)
    return hubs


def _names(lang: str, covered: Sequence[Covered], hubs: Occurrences, min_count: int) -> list[_Found]:
    """The names of one language with the English they stand for."""
    places = [place for place, item in enumerate(covered) if item.lang == lang]
    texts = [covered[place].text for place in places]
    reader = NAME_READERS[lang]
    candidates = reader.candidates(texts, min_count=min_count)
    latin = latin_names(texts)
    matches = match_names(
        _joined(candidates, latin),
        _moved(hubs, {place: index for index, place in enumerate(places)}),
        total=len(texts),
        sound=lambda name, hub: _sound(name, lang, hub),
    )
    counts = candidates.counts + latin.counts
    found = {match.name: _Found(match.name, counts[match.name], match.other) for match in matches}
    for name, count in latin.counts.items():
        found.setdefault(name, _Found(name, count, ""))
    known = list(found)
    for name in reader.likely(candidates, texts):
        if not any(name in other or other in name for other in known):
            found[name] = _Found(name, counts[name], "")
    plain = [reader.plain(text) for text in texts]
    shown = [_Found(reader.shown(item.name, plain), item.count, item.hub) for item in found.values()]
    return [item for item in shown if item.count >= min_count]


def _sound(name: str, lang: str, hub: str) -> float:
    """How alike a name sounds to an English one, or a little less to the surname in that."""
    if hub.startswith("="):
        return 0.0
    whole = alike(name, lang, hub, _PIVOT)
    *rest, surname = hub.split(" ")
    if not 0 < len(rest) <= _FIRST_NAMES or len(english_sounds(surname)) < _SURNAME_SOUNDS:
        return whole
    return max(whole, _SURNAME * alike(name, lang, surname, _PIVOT))


def _joined(one: Occurrences, other: Occurrences) -> Occurrences:
    return Occurrences({**one.places, **other.places}, one.counts + other.counts)


def _moved(occurrences: Occurrences, index: Mapping[int, int]) -> Occurrences:
    """Occurrences by other positions, without the places that have none."""
    moved = {
        name: {index[place] for place in places if place in index}
        for name, places in occurrences.places.items()
    }
    kept = {name: places for name, places in moved.items() if places}
    return Occurrences(kept, Counter({name: len(places) for name, places in kept.items()}))


def _match_links(
    found: dict[str, list[_Found]],
    covered: Sequence[Covered],
    sentences: Sequence[Sentence],
    links: Sequence[tuple[Sequence[str], Sequence[str]]],
    min_count: int,
) -> None:
    """Add names that only links show: they stand on both sides of the same ones and sound alike."""
    position = {sentence.id: place for place, sentence in enumerate(sentences)}
    by_langs: defaultdict[tuple[str, str], list[tuple[list[int], list[int]]]] = defaultdict(list)
    for sides in links:
        left, right = ([position[name] for name in side if name in position] for side in sides)
        if left and right:
            by_langs[covered[left[0]].lang, covered[right[0]].lang].append((left, right))
    for (one, other), pairs in by_langs.items():
        if one not in NAME_READERS or other not in NAME_READERS:
            continue
        for match, counts in _linked(one, other, covered, pairs, min_count):
            known = {item.name: item.hub for lang in (one, other) for item in found[lang]}
            hub = known.get(match.name) or known.get(match.other) or f"+{match.name}"
            for lang, name in ((one, match.name), (other, match.other)):
                _enter(found[lang], _Found(name, counts[name], hub))


def _enter(items: list[_Found], item: _Found) -> None:
    """Add a name, or tell what it stands for; one that overlaps with another name is left out."""
    for place, known in enumerate(items):
        if known.name == item.name and not known.hub:
            items[place] = item
        if item.name in known.name or known.name in item.name:
            return
    items.append(item)


def _linked(
    one: str,
    other: str,
    covered: Sequence[Covered],
    pairs: Sequence[tuple[list[int], list[int]]],
    min_count: int,
) -> list[tuple[Match, Counter[str]]]:
    sides = []
    counts: Counter[str] = Counter()
    for side, lang in enumerate((one, other)):
        texts = [BLOT.join(covered[place].text for place in pair[side]) for pair in pairs]
        # A sentence may be in links of several pairs of articles; it counts once.
        once = [covered[place].text for place in sorted({place for pair in pairs for place in pair[side]})]
        real = NAME_READERS[lang].candidates(once, min_count=min_count)
        sides.append(NAME_READERS[lang].candidates(texts, min_count=min_count).keep(real.counts))
        counts += real.counts
    matches = match_names(
        *sides, total=len(pairs), sound=lambda name, counterpart: alike(name, one, counterpart, other)
    )
    return [
        (match, counts) for match in matches if alike(match.name, one, match.other, other) >= _LINKED_SOUND
    ]


def _with_counterparts(
    found: Mapping[str, Sequence[_Found]],
    fuller: Mapping[str, str],
    spellings: Mapping[str, tuple[str, ...]],
    sentences: Sequence[Sentence],
) -> dict[str, list[Suggestion]]:
    shorter = {longer: (longer, short) for short, longer in fuller.items()}

    def concept(item: _Found) -> str:
        return fuller.get(item.hub, item.hub) or item.name

    groups: dict[str, dict[str, list[_Found]]] = defaultdict(lambda: defaultdict(list))
    for lang, items in found.items():
        for item in sorted(items, key=_most_frequent_first):
            groups[concept(item)][lang].append(item)
    suggestions: dict[str, list[Suggestion]] = {}
    for lang, items in found.items():
        suggestions[lang] = []
        texts = _texts(lang, sentences)
        for item in sorted(items, key=_most_frequent_first):
            suggestions[lang].append(
                Suggestion(
                    lang=lang,
                    name=item.name,
                    count=item.count,
                    concept=concept(item),
                    counterparts=_counterparts(item, lang, groups[concept(item)]),
                    term_id=item.hub[1:] if item.hub.startswith("=") else "",
                    spellings=spellings.get(item.name, shorter.get(item.name, (item.name,)))
                    if lang == _PIVOT
                    else (item.name,),
                    contexts=_contexts(item.name, texts),
                )
            )
    return suggestions


def _counterparts(
    item: _Found, lang: str, group: Mapping[str, Sequence[_Found]]
) -> dict[str, tuple[str, ...]]:
    """The names of a concept in the other languages, by language."""
    return {
        other: tuple(dict.fromkeys(_best_first(item, names)))[:_COUNTERPARTS]
        for other, names in group.items()
        if other != lang
    }


def _best_first(item: _Found, others: Iterable[_Found]) -> list[str]:
    """The names of a group, those for the very same English name first."""
    return [other.name for other in sorted(others, key=lambda other: other.hub != item.hub)]


def _most_frequent_first(item: _Found) -> tuple[int, str]:
    return (-item.count, item.name)


def _texts(lang: str, sentences: Sequence[Sentence]) -> list[tuple[str, Sentence]]:
    """What of the sentences is in a language, as names are looked for in it."""
    if lang == _PIVOT:
        return [(sentence.english, sentence) for sentence in sentences]
    own = [sentence for sentence in sentences if sentence.lang == lang]
    reader = NAME_READERS.get(lang)
    return [(reader.plain(item.text) if reader else item.text, item) for item in own]


def _contexts(name: str, texts: Iterable[tuple[str, Sentence]]) -> tuple[Context, ...]:
    """Stretches around the name, from as many articles as there are."""
    found: dict[str, list[Context]] = defaultdict(list)
    for text, sentence in texts:
        if name in text and len(found[sentence.article_id]) < _CONTEXTS:
            start = text.find(name)
            begin, end = max(0, start - _CONTEXT_CHARS), start + len(name) + _CONTEXT_CHARS
            cut = ("…" if begin else "") + text[begin:end].strip() + ("…" if end < len(text) else "")
            found[sentence.article_id].append(Context(sentence.id, cut))
    rounds = itertools.zip_longest(*found.values())
    return tuple([context for row in rounds for context in row if context is not None][:_CONTEXTS])
