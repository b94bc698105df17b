"""Rules about form: spaces, punctuation, quotes and brackets, length, repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paracorp.checks.registry import Spot, part, rule, whole
from paracorp.checks.views import Text, View
from paracorp.lexicon.lengths import length_ratios
from paracorp.records import Severity

_LONG_ENOUGH = 12  # characters from which a text can be too short
_SOME_WORDS = 24  # characters by which a short text may be longer
_WORD = re.compile(r"\S+")
_SPACES = re.compile(r"^\s+|\s+$|(?<=\S)[ \t\u00a0\u3000]{2,}(?=\S)")
_DOUBLED = re.compile(
    r"([,;:，、；：])\s?\1+|(?<!\.)\.\.(?!\.)|。{2,}|[，、；：][，、；：。]|(?<!…)。[，、；：]|[,;:](?:\.(?!\.)|[,;:])"
)
_TWO_MARKS = re.compile(r"[,;:，、；：.。]\s?[,;:，、；：.。]")
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "》": "《", "」": "「", "』": "『", "”": "“"}
_OPENING = frozenset(_PAIRS.values())
_BRACKETS = re.compile("[" + re.escape("".join([*_PAIRS, *_OPENING])) + "]")
_SAID_TWICE = frozenset(["that", "had", "is", "very", "so", "no", "ha", "bye", "more"])
_LONGEST_LOOP = 10  # words
_MARKS = ".,;:!?\"'“”‘’()"


@rule("spaces", Severity.INFO)
def spaces(view: View) -> Iterator[Spot]:
    """A text begins or ends with a space, or has two in a row."""
    for text in view.texts:
        if text.text == text.text.strip() and "  " not in text.text and "\u3000" not in text.text:
            continue
        for match in _SPACES.finditer(text.text):
            edge = match.start() == 0 or match.end() == len(text.text)
            yield part(text, *match.span(), "space at the edge" if edge else "more than one space")


@rule("doubled-punctuation", Severity.INFO)
def doubled_punctuation(view: View) -> Iterator[Spot]:
    """A punctuation mark stands twice, or two stand together that exclude each other."""
    for text in view.texts:
        if not _TWO_MARKS.search(text.text):
            continue
        for match in _DOUBLED.finditer(text.text):
            yield part(text, *match.span(), f"doubled punctuation: {match[0]}")


@rule("unbalanced", Severity.INFO)
def unbalanced(view: View) -> Iterator[Spot]:
    """A bracket or quotation mark is left open, or closed without opening, on one side only."""
    for pair in view.renderings:
        spots = [list(_unpaired(text)) for text in pair]
        if any(spots) and not all(spots):
            yield from (spot for found in spots for spot in found)


def _unpaired(text: Text) -> Iterator[Spot]:
    stack: list[int] = []
    for match in _BRACKETS.finditer(text.text):
        index, letter = match.start(), match[0]
        if letter in _OPENING:
            stack.append(index)
        elif not _enumerator(text.text, index):
            if stack and text.text[stack[-1]] == _PAIRS[letter]:
                stack.pop()
            elif letter != "”" or "„" not in text.text[:index]:
                yield part(text, index, index + 1, f"{letter} closes what was not opened")
    for index in stack:
        yield part(text, index, index + 1, f"{text.text[index]} is not closed")
    yield from _straight_quotes(text)


def _enumerator(text: str, index: int) -> bool:
    """Whether a bracket belongs to `1)` or `a)` at the start of the text."""
    return re.fullmatch(r"\s*\w{1,2}", text[:index]) is not None


def _straight_quotes(text: Text) -> Iterator[Spot]:
    """An odd number of straight quotation marks, where none may be gershayim or inches."""
    if text.text.count('"') % 2 and not re.search(r'[א-ת]"[א-ת]|\d"(?!\w)', text.text):
        last = text.text.rindex('"')
        yield part(text, last, last + 1, "odd number of quotation marks")


@rule("length", Severity.WARNING)
def length(view: View) -> Iterator[Spot]:
    """The English, or the other side of a pair, is far too short or far too long for its source."""
    pairs = [*view.renderings, *([(view.source, view.target)] if view.across else [])]
    for text, other in pairs:
        bounds = length_ratios(text.lang, other.lang)
        if bounds is None or not text.text.strip() or not other.text.strip():
            continue
        low, high = bounds
        ratio = len(other.text) / len(text.text)
        too_short = ratio < low and len(text.text) >= _LONG_ENOUGH
        if too_short or len(other.text) > high * len(text.text) + _SOME_WORDS:
            size = "short" if too_short else "long"
            expected = f"{low:.2g} to {high:.2g} expected"
            message = f"too {size}: {ratio:.2f} characters for one of the {text.field}, {expected}"
            yield whole(other, message)


@rule("repetition", Severity.WARNING)
def repetition(view: View) -> Iterator[Spot]:
    """The English says a word twice in a row or a phrase three times: a model caught in a loop."""
    for _, english in view.renderings:
        span = _loop(english.text.casefold().split())
        if span is not None:
            words = list(_WORD.finditer(english.text))
            start, end = words[span[0]].start(), words[span[1] - 1].end()
            yield part(english, start, end, f"repeated: {english.text[start:end]}")


def _loop(written: list[str]) -> tuple[int, int] | None:
    """The first words that repeat what stands before them: a word once, a phrase twice.

    Marks count between the two words, and not in phrases: `He said, that that` and `at sea, at sea, at sea.`
    """
    words = [word.strip(_MARKS) for word in written]
    if len(set(words)) == len(words):
        return None
    last: dict[str, int] = {}
    for index, word in enumerate(words):
        length = index - last.get(word, -_LONGEST_LOOP)
        if length == 1 and written[index - 1] == word and word.isalpha() and word not in _SAID_TWICE:
            return index - 1, index + 1
        if 1 < length < _LONGEST_LOOP and words[index - length : index] == words[index : index + length]:
            end = index + 2 * length
            if end <= len(words) and words[index : index + length] == words[index + length : end]:
                return index - length, end
        last[word] = index
    return None
