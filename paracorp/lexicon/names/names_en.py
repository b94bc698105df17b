"""Names in English text: runs of capitalised words that are not capitalised for another reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from paracorp.lexicon.names.occurrences import Occurrences
from paracorp.lexicon.names.wordlists import groups, words

_LETTER = "A-Za-z\u00c0-\u024f"
_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}|[{_LETTER}](?:[{_LETTER}0-9&]|[-.'’&](?=[{_LETTER}0-9]))*|[0-9]+[A-Z][A-Za-z]*"
)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$|['’]s$")
_STOPS = ".!?:;…—–"
_OPENING_QUOTES = '“"‘('
_LOWER = re.compile(rf"(?<![{_LETTER}])[a-z][{_LETTER}'’-]*")
# Small words that stand inside names: Bank of Israel, Tahnoun bin Zayed.
_TITLE_CASE_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    initial: bool


def english_names(texts: Sequence[str]) -> Occurrences:
    """The names of all texts with the positions of the texts they stand in.

    A name that is part of a longer one is counted wherever it stands, and left out if it never stands
    alone. A word at the start of a sentence counts only if it is not seen in lower case anywhere.
    """
    lower = Counter(word for text in texts for word in _LOWER.findall(text))
    runs = [list(_runs(text)) for text in texts]
    alone: Counter[str] = Counter()
    for place, text in enumerate(texts):
        certain = not _is_title_case(text)
        for run in runs[place]:
            row = _trimmed(run, lower)
            if row and (certain or _is_marked(row)):
                alone[_joined(row)] += 1
    found = Occurrences()
    for place, _ in enumerate(texts):
        for run in runs[place]:
            for name in _parts(run):
                if name in alone:
                    found.add(name, place)
    return found


def latin_names(texts: Sequence[str]) -> Occurrences:
    """The names in Latin letters inside texts of another script."""
    found = Occurrences()
    for place, text in enumerate(texts):
        for run in _runs(text):
            if row := _stripped([word.text for word in run]):
                found.add(_joined(row), place)
    return found


def merged_aliases(names: Occurrences) -> tuple[Occurrences, dict[str, tuple[str, ...]]]:
    """The occurrences with names such as US and United States as one, and all spellings of those merged.

    The most frequent spelling stands for the others.
    """
    merged = names.keep(names.counts)
    spellings = {}
    for group in groups("en", "aliases"):
        present = sorted(
            (name for name in group if name in names.counts), key=lambda name: -names.counts[name]
        )
        if len(present) > 1:
            for other in present[1:]:
                merged.places[present[0]] = merged.places[present[0]] | merged.places.pop(other)
                merged.counts[present[0]] += merged.counts.pop(other)
            spellings[present[0]] = tuple(present)
    return merged, spellings


def longer_names(names: Occurrences, articles: Sequence[str]) -> dict[str, str]:
    """Surnames to the full names they stand for: Altman to Sam Altman.

    `articles` names the article of each text. A name of one word is short for the one longer name that
    ends in it, if the rest of that is no name itself (as in Stargate UAE) and most articles with the short
    name have the long one too, and not after it.
    """
    by_last: dict[str, list[str]] = {}
    for name in names.counts:
        first, _, last = name.rpartition(" ")
        if (
            first
            and last.istitle()
            and first not in names.counts
            and not words("en", "inner") & set(first.split(" "))
        ):
            by_last.setdefault(last, []).append(name)
    found = {}
    for short, longer in by_last.items():
        if short in names.counts and len(longer) == 1 and _follows(short, longer[0], names, articles):
            found[short] = longer[0]
    return found


def _follows(short: str, longer: str, names: Occurrences, articles: Sequence[str]) -> bool:
    """Whether most articles that use the short name begin with the long one."""
    first: dict[str, int] = {}
    for place in sorted(names.places[longer]):
        first.setdefault(articles[place], place)
    opening: dict[str, int] = {}
    for place in sorted(names.places[short]):
        opening.setdefault(articles[place], place)
    told = sum(first.get(article, place + 1) <= place for article, place in opening.items())
    return 2 * told > len(opening)


def _runs(text: str) -> Iterator[list[_Word]]:
    """Longest rows of capitalised words, small inner ones included, each without what opens and ends it."""
    run: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        joined = text[end : match.start()] == " "
        raw = match[0]
        bare = _bare(raw)
        word = _Word(bare, initial=_is_opening(text, match.start()))
        if _is_capital(bare) and not _is_no_name(bare):
            if run and not joined:
                yield from _ended(run)
                run = []
            run.append(word)
            if _POSSESSIVE.search(raw):
                yield from _ended(run)
                run = []
        elif run and joined and _may_stand_inside(bare, run[-1].text):
            run.append(word)
        else:
            yield from _ended(run)
            run = []
        end = match.end()
    yield from _ended(run)


def _may_stand_inside(word: str, before: str) -> bool:
    if word == "of":
        return before in words("en", "institutions")
    return word in words("en", "inner") and (word != "the" or before == "of")


def _is_opening(text: str, start: int) -> bool:
    """Whether a word stands where a sentence or a quotation may begin."""
    if text[start - 1 : start] and text[start - 1] in _OPENING_QUOTES:
        return True
    before = text[:start].rstrip().rstrip("'\"’”)")
    return not before or before[-1] in _STOPS


def _bare(word: str) -> str:
    """A word without its possessive, and an abbreviation without its points: US for U.S.'s."""
    bare = _POSSESSIVE.sub("", word)
    return bare.replace(".", "") if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", bare) else bare


def _ended(run: list[_Word]) -> Iterator[list[_Word]]:
    while run and run[-1].text in words("en", "inner"):
        run = run[:-1]
    if run:
        yield run


def _is_capital(word: str) -> bool:
    """Whether a word has a capital: OpenAI, xAI, G42, 3M."""
    return any(letter.isupper() for letter in word)


def _is_no_name(word: str) -> bool:
    """Whether a word is capitalised without being a name: January, CEOs, I'm."""
    stem = re.sub(r"(?<=[A-Z]{2})s$|(?<=^I)['’].*", "", word)
    return stem in words("en", "no_names")


def _is_marked(row: Sequence[str]) -> bool:
    """Whether capitals inside or digits make the row a name even in a headline."""
    return any(re.search(r"[a-z][A-Z]|^[A-Z]{2,}$|[A-Z]\d", word) for word in row)


def _is_title_case(text: str) -> bool:
    """Whether a text is a headline with a capital on every word but small ones."""
    longer = [word for word in re.findall(f"[{_LETTER}]+", text) if word.lower() not in words("en", "small")]
    return len(longer) >= _TITLE_CASE_WORDS and all(word[0].isupper() for word in longer)


def _trimmed(run: list[_Word], lower: Counter[str]) -> list[str]:
    """The name in a run: without the capital of the sentence's start, titles, and peoples alone."""
    row = list(run)
    while row and row[0].initial and not _opens_name(row, lower):
        row = row[1:]
        if row and row[0].text in words("en", "inner"):
            row = row[1:]
        row = [_Word(word.text, initial=False) for word in row]
    return _stripped([word.text for word in row])


def _opens_name(row: list[_Word], lower: Counter[str]) -> bool:
    first = row[0].text
    if _is_marked([first]):
        return True
    return first not in words("en", "openers") and not lower[first.lower()]


def _stripped(row: list[str]) -> list[str]:
    while row and (
        row[0] in words("en", "titles")
        or row[0] in words("en", "inner")
        or (len(row) > 1 and _is_people_before_title(row))
    ):
        row = row[1:]
    while row and (row[-1] in words("en", "inner") or row[-1] in words("en", "titles")):
        row = row[:-1]
    if len(row) == 1 and (
        row[0] in words("en", "peoples") or row[0] in words("en", "openers") or len(row[0]) < 2
    ):
        return []
    return row


def _is_people_before_title(row: Sequence[str]) -> bool:
    return row[0] in words("en", "peoples") and row[1] in words("en", "titles")


def _parts(run: list[_Word]) -> Iterator[str]:
    row = [word.text for word in run]
    for start in range(len(row)):
        for end in range(start + 1, len(row) + 1):
            yield _joined(row[start:end])


def _joined(row: Iterable[str]) -> str:
    return " ".join(row)
