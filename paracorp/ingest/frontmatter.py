"""YAML front matter: what a report says of itself between two lines of `---`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paracorp.errors import InputError
from paracorp.ingest.draft import Claim, Facts
from paracorp.ingest.prose import clean, is_running
from paracorp.ingest.published import first_day
from paracorp.records import Cut

if TYPE_CHECKING:
    import yaml

_OPEN = re.compile(r"\ufeff?(?:[^\S\n]*\n)*---[^\S\n]*\n")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)
_KEY = re.compile(r"""(?:\s*(?:#.*)?\n)*["']?[\w-]+["']?\s*:(?:\s|$)""")
_FIX = (
    "Mend the front matter between the two lines of ---; put texts with colons or quotes in quotation marks."
)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

_DATES = ("date", "published", "pubdate", "publish_date", "created")
_LANGUAGES = ("lang", "language", "languages")
_SUMMARIES = ("summary", "description", "excerpt", "abstract")
_URLS = ("url", "link", "original_url", "canonical")
_PUBLISHERS = ("publisher", "source", "site")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter said; `body` follows it and begins on line `body_line` of the file.

    The summary is among the cuts, as it repeats the text or cuts it short; so is a date nobody can read.
    `title_line` is where the title stands.
    """

    facts: Facts
    claims: tuple[Claim, ...]
    cuts: tuple[Cut, ...]
    title_line: int
    body: str
    body_line: int


def has_front_matter(text: str) -> bool:
    """Whether the text opens with front matter: `---`, then a key, or no prose up to the next `---`."""
    opening = _OPEN.match(text)
    if opening is None:
        return False
    if _KEY.match(text, opening.end()):
        return True
    closing = _CLOSE.search(text, opening.end())
    inside = text[opening.end() : closing.start()] if closing else "\n"
    return not inside.startswith("\n") and not any(is_running(clean(line)) for line in inside.split("\n"))


def read_front_matter(text: str, path: Path) -> FrontMatter:
    """The front matter and the body after it; without one, empty facts and the whole text.

    `InputError` with the line where it is never closed, is no valid YAML or no mapping of keys to values.
    """
    opening = _OPEN.match(text) if has_front_matter(text) else None
    if opening is None:
        return FrontMatter(Facts(), (), (), 1, text, 1)
    first_line = 1 + opening[0].count("\n")
    closing = _CLOSE.search(text, opening.end())
    if closing is None:
        raise InputError(
            "front matter is opened by --- but never closed", path=path, line=first_line - 1, fix=_FIX
        )
    entries = _Entries(_compose(text[opening.end() : closing.start()], first_line, path), first_line)
    body_line = 2 + text[: closing.start()].count("\n")
    return entries.front_matter(text[closing.end() + 1 :], body_line)


def _compose(source: str, first_line: int, path: Path) -> list[tuple[yaml.Node, yaml.Node]]:
    """The top-level keys and values as nodes, which keep the text as written and its line."""
    import yaml

    try:
        node = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + mark.line if mark else first_line
        reason = clean(" ".join(filter(None, (error.context, error.problem))))
        if error.context_mark is not None and error.context_mark.line < line - first_line:
            reason += f"; it begins in line {first_line + error.context_mark.line}"
        raise InputError(f"front matter is no valid YAML: {reason}", path=path, line=line, fix=_FIX) from None
    except yaml.YAMLError as error:
        reason = clean(str(error))
        raise InputError(
            f"front matter is no valid YAML: {reason}", path=path, line=first_line, fix=_FIX
        ) from None
    except RecursionError:
        raise InputError("front matter is nested too deeply", path=path, line=first_line, fix=_FIX) from None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        raise InputError("front matter must be lines of `key: value`", path=path, line=first_line, fix=_FIX)
    return list(node.value)


@dataclass(frozen=True, slots=True)
class _Entries:
    """The keys of a front matter; each is looked up in lower case, the first of two equal ones counts."""

    nodes: list[tuple[yaml.Node, yaml.Node]]
    first_line: int

    def front_matter(self, body: str, body_line: int) -> FrontMatter:
        title, title_line = self._text("title")
        named = [text for text, _ in self._all((*_URLS, *_PUBLISHERS))]
        url = next((text for text in named if _ADDRESS.fullmatch(text)), "")
        publishers = (text for text, _ in self._all(_PUBLISHERS) if not _ADDRESS.fullmatch(text))
        day, day_line = self._text(*_DATES)
        published = first_day(day)
        cuts = [Cut("front-matter-summary", *found) for found in self._all(_SUMMARIES)]
        if day and published is None:
            cuts.append(Cut("unreadable-date", day, day_line))
        author, _ = self._text("author", "authors", "byline")
        return FrontMatter(
            facts=Facts(title, published, url, author, next(publishers, "")),
            claims=self._claims(),
            cuts=tuple(cuts),
            title_line=title_line,
            body=body,
            body_line=body_line,
        )

    def _claims(self) -> tuple[Claim, ...]:
        for key in _LANGUAGES:
            tags, line = self._values(key)
            if tags:
                return (Claim("its front matter", tags, line),)
        return ()

    def _text(self, *keys: str) -> tuple[str, int]:
        """The value of the first key that has one, a list joined by commas, and its line; "" for none."""
        return next(self._all(keys), ("", self.first_line))

    def _all(self, keys: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        for key in keys:
            values, line = self._values(key)
            if values:
                yield ", ".join(values), line

    def _values(self, wanted: str) -> tuple[tuple[str, ...], int]:
        for key, value in self.nodes:
            if isinstance(key.value, str) and key.value.strip().lower() == wanted:
                items = value.value if isinstance(value.value, list) else [value]
                texts = (clean(item.value) for item in items if _is_text(item))
                return tuple(text for text in texts if text), self.first_line + key.start_mark.line
        return (), self.first_line


def _is_text(item: object) -> bool:
    """Whether a node (or, in a mapping, a pair of nodes) is a scalar other than null."""
    value, tag = getattr(item, "value", None), getattr(item, "tag", "")
    return isinstance(value, str) and not tag.endswith(":null")
