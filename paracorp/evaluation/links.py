"""Links and gold links as files hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from paracorp.errors import InputError
from paracorp.evaluation.alignment import Ends, GoldLink
from paracorp.evaluation.gold_table import rows_of
from paracorp.records import Segment

STRENGTHS = {"s": "sure", "sure": "sure", "": "sure", "p": "possible", "possible": "possible"}
CORPUS_COLUMNS = ("source_article", "source_text", "target_article", "target_text", "strength")


def read_gold(path: Path) -> list[GoldLink]:
    """Gold links of a TSV with `source_ids`, `target_ids` (space-separated) and optionally `strength`."""
    return [
        GoldLink(*_ends(row), _strength(row, path, line))
        for line, row in rows_of(path, ("source_ids", "target_ids"))
    ]


def read_links(path: Path) -> list[tuple[Ends, float]]:
    """Links of a LINKS file with their confidence (1 where the file has none)."""
    rows = rows_of(path, ("source_ids", "target_ids"))
    return [(_ends(row), _confidence(row, path, line)) for line, row in rows]


def _confidence(row: dict[str, str], path: Path, line: int) -> float:
    stated = row.get("confidence") or "1"
    try:
        value = float(stated)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        fix = "Write a probability such as 0.85, or leave it empty."
        raise InputError(f"confidence is {stated!r}", path=path, line=line, fix=fix)
    return value


def _ends(row: dict[str, str]) -> Ends:
    return tuple(row["source_ids"].split()), tuple(row["target_ids"].split())


def read_corpus_gold(path: Path, segments: Iterable[Segment]) -> list[GoldLink]:
    """Gold links of a corpus, whose ends are texts quoted from articles, as links of segments.

    A quotation takes every segment of which it covers half or more, so that another segmentation does not
    void it. Raises `InputError` for a text that its article does not hold.
    """
    articles: dict[str, list[Segment]] = defaultdict(list)
    for segment in segments:
        articles[segment.article_id].append(segment)
    gold = []
    for line, row in rows_of(path, CORPUS_COLUMNS[:4]):
        ends = []
        for side in ("source", "target"):
            ids = covered(row[f"{side}_text"], articles[row[f"{side}_article"]])
            if not ids:
                raise InputError(
                    f"{row[f'{side}_article']} does not hold this text: {row[f'{side}_text'][:60]}",
                    path=path,
                    line=line,
                    fix="Quote the text as it stands in the article.",
                )
            ends.append(ids)
        gold.append(GoldLink(ends[0], ends[1], _strength(row, path, line)))
    return gold


def covered(text: str, segments: Sequence[Segment]) -> tuple[str, ...]:
    """Ids of the segments that the text covers half or more of, white space aside."""
    bare = ["".join(segment.text.split()) for segment in segments]
    start = "".join(bare).find("".join(text.split()))
    if start < 0 or not text.strip():
        return ()
    stop = start + len("".join(text.split()))
    found, at = [], 0
    for segment, body in zip(segments, bare, strict=True):
        overlap = min(stop, at + len(body)) - max(start, at)
        if overlap * 2 >= len(body) and overlap > 0:
            found.append(segment.id)
        at += len(body)
    return tuple(found)


def _strength(row: dict[str, str], path: Path, line: int) -> str:
    value = row.get("strength", "").lower()
    if value not in STRENGTHS:
        raise InputError(
            f"unknown strength {value!r}", path=path, line=line, fix="Write sure (S) or possible (P)."
        )
    return STRENGTHS[value]
