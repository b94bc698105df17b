"""Rules about form: spaces, punctuation, quotes and brackets, length, repetition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paracorp.checks.registry import Spot, part, rule, whole
from paracorp.checks.views import Text, View
from paracorp.records import Severity

# English characters per source character: 1.08 to 5.85 in 1,238 Chinese, 0.79 to 2.02 in 1,268 Hebrew
# sentences with human English (FLORES dev, reviewed memories), a quarter wider on both sides.
_LENGTHS = {"zh": (0.8, 7.4), "he": (0.6, 2.6)}
_LONG_ENOUGH = 12
_WORD = re.compile(r"\S+")
_SPACES = re.compile(r"^\s+|\s+$|(?<=\S)[ \t\u00a0\u3000]{2,}(?=\S)")
_DOUBLED = re.compile(r"([,;:，、；：])\s?\1+|(?<!\.)\.\.(?!\.)|。{2,}|(?<!…)(?:，。|。，|,\.(?!\.))")
_TWO_MARKS = re.compile(r"[,;:，、；：.。]\s?[,;:，、；：.。]")
_PAIRS = {")": "(", "]": "[", "}": "{", "）": "（", "】": "【", "》": "《", "」": "「", "』": "『", "”": "“"}
_OPENING = frozenset(_PAIRS.values())
_BRACKETS = re.compile("[" + re.escape("".join([*_PAIRS, *_OPENING])) + "]")
_SAID_TWICE = frozenset(["that", "had", "is", "very", "so", "no", "ha", "bye", "more"])
_LONGEST_LOOP = 10  # words


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
    """The English is far too short or far too long for its source."""
    for text, english in view.renderings:
        if text.lang not in _LENGTHS or len(text.text) < _LONG_ENOUGH:
            continue
        low, high = _LENGTHS[text.lang]
        ratio = len(english.text) / len(text.text)
        if not low <= ratio <= high:
            size = "short" if ratio < low else "long"
            yield whole(
                english, f"too {size}: {ratio:.2f} characters for one of the source, {low} to {high} expected"
            )


@rule("repetition", Severity.WARNING)
def repetition(view: View) -> Iterator[Spot]:
    """The English says a word twice in a row or a phrase three times: a model caught in a loop."""
    for _, english in view.renderings:
        span = _loop(english.text.casefold().split())
        if span is not None:
            words = list(_WORD.finditer(english.text))
            start, end = words[span[0]].start(), words[span[1] - 1].end()
            yield part(english, start, end, f"repeated: {english.text[start:end]}")


def _loop(words: list[str]) -> tuple[int, int] | None:
    """The first words that repeat what stands before them: a word once, a phrase twice."""
    if len(set(words)) == len(words):
        return None
    last: dict[str, int] = {}
    for index, word in enumerate(words):
        length = index - last.get(word, -_LONGEST_LOOP)
        if length == 1 and word.isalpha() and word not in _SAID_TWICE:
            return index - 1, index + 1
        if length < _LONGEST_LOOP and words[index - length : index] == words[index : index + length]:
            end = index + 2 * length
            if end <= len(words) and words[index : index + length] == words[index + length : end]:
                return index - length, end
        last[word] = index
    return None
