"""The records that stream through the stages. Frozen, slotted, without behaviour beyond derived ids.

Ids contain no white space, so that lists of ids can be space-separated in tables.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is in its article."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    LIST_ITEM = "list_item"


class Origin(StrEnum):
    """Where an English rendering comes from; `none` means there is none."""

    MEMORY = "memory"
    FUZZY = "fuzzy"
    MODEL = "model"
    NONE = "none"


class Status(StrEnum):
    """What a person has said of a unit."""

    AUTO = "auto"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"
    STALE = "stale"


class Severity(StrEnum):
    """How bad a finding is, mildest first in `SEVERITIES`."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


SEVERITIES: tuple[Severity, ...] = (Severity.INFO, Severity.WARNING, Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text of an article: markup removed, white space collapsed, no line breaks, never empty."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What a boilerplate rule took out of a file, as it stood there; `line` counts from 1."""

    rule: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """One report. `id` is `lang/stem`; `path` is relative to the corpus folder, with `/`.

    The title, where there is one, is also the first block. `published` is the day the document states,
    None where it states none; `encoding` names how the file was decoded.
    """

    id: str
    lang: str
    title: str
    published: dt.date | None
    url: str
    author: str
    publisher: str
    path: str
    encoding: str
    blocks: tuple[Block, ...]
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two articles of one language that share most of their text; ids in order, similarity in [0, 1]."""

    first_id: str
    second_id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence. `id` is `lang/stem#block.sentence` (both from 0).

    `start` and `end` are the half-open code-point span in the text of its block, and
    `block.text[start:end] == text`: no white space at the edges, only white space between segments.
    """

    id: str
    article_id: str
    lang: str
    kind: BlockKind
    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of one segment; exactly one per segment.

    `score` is a probability-like figure in [0, 1]: 1 for an exact memory match, the similarity for a
    fuzzy one, exp(mean log-probability per token) for a model, 0 for none. `engine` names memory file or
    package with version; empty for `none`. `notes` say what was done to the text or is doubtful in it, each
    `rule: message`.
    """

    segment_id: str
    text: str
    origin: Origin
    engine: str
    score: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """Two articles taken to report the same events, with the score of the pairing in [0, 1]."""

    source_id: str
    target_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a link, as data.

    `similarity` holds named parts in [0, 1]; the lists hold what both sides share or where they
    contradict, in reading order of the source; `runner_up` is the best rival link's ids and its score.
    """

    similarity: dict[str, float] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    runner_up: str = ""
    runner_up_score: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """Segments that say the same thing: m:n, any order; a segment is in at most one link.

    Ids stand in reading order; `confidence` is a calibrated probability.
    """

    id: str
    source_ids: tuple[str, ...]
    target_ids: tuple[str, ...]
    confidence: float
    evidence: Evidence

    @property
    def shape(self) -> str:
        """Sentences on each side, as `2:1`."""
        return f"{len(self.source_ids)}:{len(self.target_ids)}"


@dataclass(frozen=True, slots=True)
class Variant:
    """One side of a translation unit; `english` is empty where the side is English or has no rendering.

    `notes` are those of the translations its English (or, where it is English, its text) comes from.
    """

    lang: str
    text: str
    english: str
    article_id: str
    segment_ids: tuple[str, ...]
    origin: Origin
    engine: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """Two variants that say the same thing, ready for export.

    `confidence` is None where there is no probability (a memory match). `changed` is the day the unit is
    dated by: the later of its articles' dates, or None. `reviewer` and `reviewed` (a moment in UTC) say who
    gave the status, and when; empty and None where no person did.
    """

    id: str
    source: Variant
    target: Variant
    confidence: float | None
    shape: str
    status: Status
    link_id: str
    changed: dt.date | None
    reviewer: str = ""
    reviewed: dt.datetime | None = None

    @property
    def content_hash(self) -> str:
        """Hash over the source-language texts only (not the English): tells a stale decision."""
        sides = [side.text for side in (self.source, self.target) if side.lang != "en"]
        return digest(*sides)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in a unit.

    `field` says in which text: `source`, `target`, `source_english` or `target_english`; `start` and
    `end` are the half-open code-point span there (0, 0 where the finding is about the whole).
    """

    rule: str
    severity: Severity
    unit_id: str
    field: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Term:
    """A named entity or term: `variants` per language, preferred one first.

    `status` is preferred, admitted or forbidden (its variants must not be used).
    """

    id: str
    kind: str
    variants: dict[str, tuple[str, ...]]
    status: str = "preferred"
    note: str = ""


def digest(*parts: str) -> str:
    """A short stable hash (16 hex digits) of texts; their borders count."""
    body = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
