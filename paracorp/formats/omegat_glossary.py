"""The glossary of OmegaT: source, target and comment, tab-separated, in a `.txt` in UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from paracorp.corpus import write_text
from paracorp.records import Term

_BREAKS = re.compile("[\\s\x85\u2028\u2029]+")


def write_omegat(path: Path, terms: Iterable[Term], *, source_lang: str, target_lang: str) -> int:
    """Write the names of two languages as an OmegaT glossary; the number of lines.

    Every allowed source variant has a line with the preferred target variant; the comment holds the other
    target variants (`also:`), the forbidden ones (`not:`), the kind and the note. What has no name in one of
    the languages is left out (`unheld_by_omegat` tells). The same terms give the same bytes.
    """
    concepts = _concepts(terms)
    lines = [line for rows in concepts for line in _lines(rows, source_lang, target_lang)]
    write_text(path, "".join(lines))
    return len(lines)


def unheld_by_omegat(terms: Iterable[Term], *, source_lang: str, target_lang: str) -> list[str]:
    """A sentence for every concept, or single name, that is left out of the glossary of two languages."""
    left_out = []
    for rows in _concepts(terms):
        sources, targets = _allowed(rows, source_lang), _allowed(rows, target_lang)
        missing = [lang for lang, names in ((source_lang, sources), (target_lang, targets)) if not names]
        if missing:
            left_out.append(f"entry {rows[0].id}: no {' and no '.join(missing)} name that may be used")
        else:
            remarks = [name for name in sources if _is_remark(name)]
            left_out += [f"entry {rows[0].id}: {name!r} would read as a remark" for name in remarks]
    return left_out


def _concepts(terms: Iterable[Term]) -> list[list[Term]]:
    """The rows of each concept; what it forbids may stand under its id with `.forbidden` behind it."""
    concepts: dict[str, list[Term]] = {}
    for term in terms:
        concepts.setdefault(term.id.removesuffix(".forbidden"), []).append(term)
    return list(concepts.values())


def _is_remark(name: str) -> bool:
    """Whether OmegaT would take a line that begins with this name for a remark."""
    return name.startswith("#")


def _lines(rows: list[Term], source_lang: str, target_lang: str) -> Iterator[str]:
    sources, targets = _allowed(rows, source_lang), _allowed(rows, target_lang)
    if not targets:
        return
    forbidden = [
        name for row in rows if row.status == "forbidden" for name in row.variants.get(target_lang, ())
    ]
    parts = [
        ", ".join(dict.fromkeys(row.kind for row in rows)),
        f"also: {', '.join(targets[1:])}" if targets[1:] else "",
        f"not: {', '.join(forbidden)}" if forbidden else "",
        *dict.fromkeys(row.note for row in rows),
    ]
    comment = "; ".join(filter(None, parts))
    for source in sources:
        if not _is_remark(source):
            yield "\t".join(map(_cell, (source, targets[0], comment))) + "\n"


def _allowed(rows: list[Term], lang: str) -> list[str]:
    """The variants that may be used, those of the preferred row first."""
    ordered = sorted(
        (row for row in rows if row.status != "forbidden"), key=lambda row: row.status != "preferred"
    )
    return [name for row in ordered for name in row.variants.get(lang, ())]


def _cell(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()
