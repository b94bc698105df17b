"""The translation memory: what a person has translated, found again exactly or nearly."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paracorp.errors import InputError
from paracorp.formats.tmx import TmxUnit, read_tmx
from paracorp.languages import code_for_tag
from paracorp.lexicon.folding import APOSTROPHES, DASHES, INVISIBLE, QUOTES
from paracorp.translation.fuzzy import FuzzyIndex
from paracorp.translation.meaning import same_marks

_MARKS = f"{QUOTES}{APOSTROPHES}‚‹›「」『』﹁﹂﹃﹄〝〞〟"
_QUOTE = re.compile(f"[{_MARKS}]")
_DASH = re.compile(f"[{DASHES}]+")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_GAP = re.compile(r"(?<=\d)[\s\"]+(?=\d)|([\s\"]+)")
# In a shorter text one edit may be the whole difference, as between two names.
_SHORTEST_FUZZY = 10
# What a person said of a unit (our own exports carry it); a memory made elsewhere counts as reviewed.
_TRUST = {"accepted": 2, "edited": 2, "": 2, "stale": 1, "auto": 0}


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a memory with its English. `changed` is empty or `YYYYMMDDThhmmssZ`.

    `props` are what other tools, and our own exports, noted of the unit.
    """

    text: str
    english: str
    tuid: str
    file: str
    line: int
    trust: int
    changed: str
    props: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """The English a memory has for a text. `similarity` is 1 for an exact match and below it otherwise."""

    english: str
    similarity: float
    exact: bool
    tuid: str
    file: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Units with one source text and different English; `kept` is the one that counts."""

    lang: str
    kept: Entry
    others: tuple[Entry, ...]


class Memory:
    """Entries per language by normalised text; made by `load_memory`."""

    def __init__(self) -> None:
        """An empty memory."""
        self._entries: dict[str, dict[str, Entry]] = {}
        self._heads: dict[str, dict[str, Entry]] = {}
        self._rivals: dict[tuple[str, str], list[Entry]] = {}
        self._fuzzy: dict[str, tuple[list[str], FuzzyIndex]] = {}

    def __len__(self) -> int:
        """How many different texts it has English for."""
        return sum(map(len, self._entries.values()))

    def add(self, lang: str, entry: Entry) -> None:
        """Take an entry in; the more trusted, then the newer, then the earlier one counts."""
        key = normalised(entry.text)
        entries = self._entries.setdefault(lang, {})
        known = entries.get(key)
        if known is None or (entry.trust, entry.changed) > (known.trust, known.changed):
            entries[key] = entry
        if known is not None and known.english != entry.english:
            self._rivals.setdefault((lang, key), [known]).append(entry)
        self._fuzzy.pop(lang, None)
        head = _without_credit(entry)
        if head is not None:
            self._heads.setdefault(lang, {}).setdefault(normalised(head.text), head)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Language and entry of every text, the one that counts, in the order the texts were met."""
        for lang, entries in self._entries.items():
            for entry in entries.values():
                yield lang, entry

    def counted(self, text: str, lang: str) -> Entry | None:
        """The entry that counts for a text, equal but for quotes, white space, dashes and the like."""
        return self._entries.get(lang, {}).get(normalised(text))

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Texts with more than one English, in the order they were met."""
        found = []
        for (lang, key), rivals in self._rivals.items():
            kept = self._entries[lang][key]
            others = tuple(entry for entry in rivals if entry.english != kept.english)
            found.append(Conflict(lang, kept, others))
        return tuple(found)

    def lookup(self, text: str, lang: str, *, threshold: float = 0.85) -> Match | None:
        """The match for a text: exact but for quotes, white space, dashes and the like, else the nearest.

        A unit `text / credit`, as memories keep photo captions, also serves the text alone.

        A near match must reach `threshold` (edits per length of the normalised texts), have the same
        figures, numerals and negations, and be no shorter than ten characters.
        """
        key = normalised(text)
        entry = self._entries.get(lang, {}).get(key) or self._heads.get(lang, {}).get(key) if key else None
        if entry is not None:
            return Match(entry.english, 1.0, exact=True, tuid=entry.tuid, file=entry.file)
        if len(key) < _SHORTEST_FUZZY or not self._entries.get(lang):
            return None
        keys, index = self._fuzzy_index(lang)
        for position, similarity in index.search(key, threshold):
            entry = self._entries[lang][keys[position]]
            if same_marks(text, entry.text):
                return Match(entry.english, similarity, exact=False, tuid=entry.tuid, file=entry.file)
        return None

    def _fuzzy_index(self, lang: str) -> tuple[list[str], FuzzyIndex]:
        if lang not in self._fuzzy:
            keys = list(self._entries[lang])
            self._fuzzy[lang] = (keys, FuzzyIndex(keys))
        return self._fuzzy[lang]


def _without_credit(entry: Entry) -> Entry | None:
    """The part of a unit before the credit, where both of its sides hold one ` / `; else None."""
    (text, *tail), (english, *english_tail) = entry.text.split(" / "), entry.english.split(" / ")
    if len(tail) == len(english_tail) == 1 and text.strip() and english.strip():
        return dataclasses.replace(entry, text=text, english=english)
    return None


def normalised(text: str) -> str:
    """What two texts share that count as equal: quotes, gershayim, spaces and invisible marks are dropped.

    Dashes are made one, compatibility characters plain (NFKC). Between two digits a gap stays a gap. The
    stop at the end stays: a heading is not a sentence.
    """
    text = unicodedata.normalize("NFKC", _QUOTE.sub('"', text))
    text = _INVISIBLE.sub("", _QUOTE.sub('"', text))
    return _GAP.sub(lambda match: "" if match[1] else " ", _DASH.sub("-", text))


def load_memory(
    paths: Sequence[Path],
    source_langs: Sequence[str],
    pivot: str = "en",
    on_reject: Callable[[InputError], None] | None = None,
) -> Memory:
    """The memory in TMX files, for texts in any of `source_langs` with a rendering in `pivot`.

    A unit that a person rejected is left out. `on_reject` hears of malformed units, of units without
    such a pair (once a file), and of files that cannot be read, of which nothing is used; without it
    the first of these is raised.
    """
    memory = Memory()
    for path in paths:
        try:
            units = [unit for unit in read_tmx(path, on_reject=on_reject) if not is_rejected(unit)]
        except InputError as error:
            _report(error, on_reject)
            continue
        useless = []
        for unit in units:
            pairs = list(entries_of(unit, source_langs, pivot, path.name))
            for lang, entry in pairs:
                memory.add(lang, entry)
            if not pairs:
                useless.append(unit)
        if useless:
            _report(_useless(path, useless, source_langs, pivot), on_reject)
    return memory


def is_rejected(unit: TmxUnit) -> bool:
    """Whether a person said no to a unit."""
    return unit.props.get("x-status") == "rejected"


def entries_of(
    unit: TmxUnit, source_langs: Sequence[str], pivot: str, file: str
) -> Iterator[tuple[str, Entry]]:
    """Language and entry for every variant of a unit that the pivot renders."""
    english = unit.variants.get(pivot)
    if english is None:
        return
    trust = _TRUST.get(unit.props.get("x-status", ""), _TRUST[""])
    for tag, text in unit.variants.items():
        lang = code_for_tag(tag)
        if lang is not None and lang in source_langs:
            changed = unit.changed or ""
            yield lang, Entry(text, english, unit.tuid, file, unit.line, trust, changed, unit.props)


def _useless(path: Path, units: Sequence[TmxUnit], source_langs: Sequence[str], pivot: str) -> InputError:
    return InputError(
        f"{len(units)} of its units do not pair {' or '.join(source_langs)} with {pivot}, the first one here",
        path=path,
        line=units[0].line,
        fix="Take them out of the memory, or mend their language tags.",
    )


def _report(error: InputError, on_reject: Callable[[InputError], None] | None) -> None:
    if on_reject is None:
        raise error
    on_reject(error)
