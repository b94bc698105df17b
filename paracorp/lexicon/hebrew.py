"""How Hebrew writes names: stacked proclitics, articles, gershayim, hyphens, final letters, niqqud."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from paracorp.lexicon.english import in_fitting_case, is_case_sensitive
from paracorp.lexicon.folding import (
    APOSTROPHES,
    DASHES,
    INVISIBLE,
    QUOTES,
    SPACES,
    FoldTable,
    bounded,
    fold,
    is_latin,
    latin_table,
    letters_of,
    mapping,
)
from paracorp.lexicon.forms import Form, Hit
from paracorp.records import Term

LETTERS = "\u05d0-\u05ea"
_FINALS = dict(zip("ךםןףץ", "כמנפצ", strict=True))
# And; that, when, from when, until when; prepositions. The article comes last; b-, k- and l- swallow it.
PROCLITICS = re.compile(r"ו?(?:ש?(?:כש|לכש|מש|בש)|ש)?(?:מב|מל|מכ|כב|כל|של|[בכלמ])?")
_ARTICLE = re.compile(r"(?:ו?(?:ש?(?:כש|לכש|מש|בש)|ש)?[מכבל]?)ה")
_LETTER = frozenset(chr(code) for code in range(0x5D0, 0x5EB))
_DASH = frozenset(letters_of(DASHES))
_GOES_ON = re.compile(f"[\"']{{0,2}}[{LETTERS}]")
_WORD_BEFORE = re.compile(f"(?<![{LETTERS}\"'])([{LETTERS}]{{1,6}})$")
_NAMES = frozenset({"person", "company"})  # kinds whose Hebrew names take no article
_SHORTEST_STEM = 3  # with fewer letters a proclitic and a stem make some other word: mem + she is Moshe
# Letters from which a word may lose its mark and still be itself: ארהב, but not אזור for אז'ור.
_LONG_ENOUGH = {'"': 4, "'": 5}
# Words that a name spells with a proclitic or without its marks (attaches; horizon).
_COMMON_WORDS = frozenset({"מצרפת", "אופק"})
# Company names that are also the first part of compounds: מטא־אנליזה.
_COMBINING = frozenset({"מטא", "מיקרו", "אינטר", "מגה", "אולטרה", "סופר"})
# The Russians, and "ruined" in the plural: the second after a form of to be or a plural without its article.
_RUINED = "הרוסימ"
_PREDICATED = re.compile(
    rf"(?<![{LETTERS}])(?:[ושכ]{{0,2}}(?:היו|יהיו|נותרו|נשארו|נראו|נראימ|כמעט|כבר|עדיינ)"
    rf"|(?![הבלכשו])[{LETTERS}]{{2,}}(?:ימ|ות)) $"
)
_WORD_JUST_BEFORE = re.compile(f"(?<![{LETTERS}\"'])([{LETTERS}'\"]{{2,}}) $")
_THE_YOUNGER = re.compile(" (?:ג'וניור|ג'וניר)(?![א-ת])")
_SAME_NAME = 0.7  # how alike two spellings of one given name are: אלון and אילון
_LONGEST_COMPOUND = 5  # words, for which all articles are tried


class HebrewRules:
    """Hebrew."""

    def __init__(self) -> None:
        """Make the table: final letters as others, hyphens and maqaf as spaces, one sign for gershayim."""
        self.table = FoldTable(
            latin_table()
            | {ord(final): ord(letter) for final, letter in _FINALS.items()}
            | mapping(letters_of(DASHES), " ")
            | mapping(letters_of(SPACES), " ")
            | mapping(letters_of(APOSTROPHES), "'")
            | mapping(letters_of(QUOTES), '"')
        )
        self._first_names: dict[str, set[str]] = {}
        self.dropped = re.compile(
            f"[{INVISIBLE}\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]"
        )

    def forms(self, term: Term, variant: str) -> Iterator[Form]:
        """The variant with each spelling of its marks and each place of the article."""
        text = fold(variant, self.table, self.dropped).text.strip()
        joined = [text.replace(" ", "")] if re.search(f"[{DASHES}]", variant) else []
        for spelling in dict.fromkeys([text, *joined]):
            for marked in _marks(spelling):
                for form in dict.fromkeys(_articles(marked, term.kind)):
                    yield Form(form, term.id, term.kind, variant, is_case_sensitive(term, variant))
                if marked.startswith("ה") and term.kind not in _NAMES:
                    yield Form(marked[1:], term.id, term.kind, variant, contracted=True)
        words = text.split()
        if term.kind == "person" and len(words) > 1:
            self._first_names.setdefault(term.id, set()).add(words[0])
        if term.kind == "person" and len(words) > 1 and len(words[-1]) > 2:
            yield Form(words[-1], term.id, term.kind, variant.rsplit(maxsplit=1)[-1], weak=True)

    def accept(self, hit: Hit) -> tuple[int, int] | None:
        """A whole word after taking off proclitics that may stand before it."""
        text = hit.folded.text
        if not bounded(text, hit.start, hit.end) or _goes_on(text, hit.end):
            return None
        if any(is_latin(letter) for letter in hit.form.text) and not in_fitting_case(hit):
            return None
        if hit.form.text in _COMBINING and hit.letter(hit.end) in _DASH:
            return None
        start = _with_proclitics(hit)
        if (
            start == hit.start
            and hit.form.kind == "person"
            and " " not in hit.form.text
            and self._is_another(hit)
        ):
            return None
        if start is None or (text[start : hit.end] == _RUINED and _PREDICATED.search(text, 0, start)):
            return None
        return start, hit.end

    def _is_another(self, hit: Hit) -> bool:
        """Whether a surname belongs to another person: after a given name that is none of the person's."""
        text = hit.folded.text
        if _THE_YOUNGER.match(text, hit.end):
            return True
        before = _WORD_JUST_BEFORE.search(text, max(0, hit.start - 20), hit.start)
        if before is None:
            return False
        named = [before[1], PROCLITICS.sub("", before[1], count=1)]
        found = next((name for name in named if name in given_names()), "")
        own = self._first_names.get(hit.form.term_id, ())
        return bool(found) and not any(
            difflib.SequenceMatcher(None, found, name).ratio() >= _SAME_NAME for name in own
        )


@cache
def given_names() -> frozenset[str]:
    """Given names, folded: before a surname they make another person of the family."""
    text = files("paracorp.lexicon").joinpath("words", "given_names_he.txt").read_text(encoding="utf-8")
    names = (name for line in text.split("\n") if not line.startswith("#") for name in line.split())
    rules = HebrewRules()
    return frozenset(fold(name, rules.table, rules.dropped).text for name in names)


def _marks(text: str) -> list[str]:
    """Spellings of gershayim (one sign, two apostrophes, none) and geresh (with or without)."""
    found = [text]
    if '"' in text:
        found.append(text.replace('"', "''"))
    for mark in ('"', "'"):
        bare = text.replace(mark, "")
        if mark in text and len(bare) >= _LONG_ENOUGH[mark] and bare not in _COMMON_WORDS:
            found.append(bare)
    return found


def _articles(text: str, kind: str) -> Iterator[str]:
    """The text, and for a compound of common words an article before its later words."""
    yield text
    words = text.split(" ")
    if kind in _NAMES or not 1 < len(words) <= _LONGEST_COMPOUND:
        return
    for chosen in itertools.product(("", "ה"), repeat=len(words) - 1):
        later = [
            word if is_latin(word[:1]) or word.startswith("ה") else article + word
            for article, word in zip(chosen, words[1:], strict=True)
        ]
        yield " ".join([words[0], *later])


def _goes_on(text: str, end: int) -> bool:
    """Whether Hebrew letters follow, directly or after a mark that makes an acronym."""
    return _GOES_ON.match(text, end) is not None


def _with_proclitics(hit: Hit) -> int | None:
    """Where the mention begins with its proclitics, or None where what stands before cannot be such."""
    text, start = hit.folded.text, hit.start
    gap = start
    while gap > 0 and start - gap < 2 and (text[gap - 1] == '"' or hit.letter(gap - 1) in _DASH):
        gap -= 1
    before = _WORD_BEFORE.search(text[max(0, gap - 8) : gap])
    attached = start > 0 and text[start - 1] in _LETTER
    if before is None:
        acronym = gap < start and text[start - 1] == '"' and text[gap - 1 : gap] in _LETTER
        return None if attached or acronym or hit.form.contracted else start
    if may_precede(before[1], hit, spaced=gap < start):
        return gap - len(before[1])
    return start if gap < start and text[gap] != '"' and not hit.form.contracted else None


def may_precede(word: str, hit: Hit, *, spaced: bool) -> bool:
    """Whether letters are proclitics that may stand before a name; `spaced` by a hyphen or quotation mark."""
    stem = hit.form.text
    hebrew = stem[0] in _LETTER
    if hit.form.contracted:
        return PROCLITICS.fullmatch(word) is not None and word[-1] in "בכל"
    short = len(re.sub(r"\W", "", stem)) < _SHORTEST_STEM and '"' not in stem
    if hebrew and not spaced and (short or word + stem in _COMMON_WORDS):
        return False
    if PROCLITICS.fullmatch(word):
        return True
    takes_article = not hebrew or hit.form.kind not in _NAMES
    return takes_article and _ARTICLE.fullmatch(word) is not None
