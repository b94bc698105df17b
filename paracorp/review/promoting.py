"""What was reviewed, made lasting on request: English as memory, links as gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from paracorp.corpus import Corpus, write_text
from paracorp.errors import InputError
from paracorp.formats.tmx import TmxUnit, read_tmx
from paracorp.formats.tmx_memory import write_units
from paracorp.languages import LANGUAGES, join_sentences
from paracorp.records import Origin, Translation, digest
from paracorp.review.anchoring import Key, article_of
from paracorp.review.applying import GOOD, Rendering, Review, read_review, renderings
from paracorp.review.judging import Standing, State
from paracorp.review.loading import Built
from paracorp.translation.memory import normalised
from paracorp.translation.memory_files import memory_files

GOLD_COLUMNS = ("source_article", "source_text", "target_article", "target_text", "strength")


@dataclass(frozen=True, slots=True)
class Promoted:
    """What was written: a memory file per language, with its units, and how many links.

    `known` counts what memory and gold held before, `unquotable` the links whose sentences do not stand
    together in their article, which gold cannot quote.
    """

    memory: dict[Path, int]
    gold: int
    known: int
    unquotable: int


def promote(corpus: Corpus, built: Built, *, gold: bool) -> Promoted:
    """Write the English of accepted and edited units into memory files of its own; with `gold`, links too.

    An acceptance of a pair takes in the English shown with it. What memory or gold has already is not
    written again, so that a second time changes nothing; no file a person made is replaced, and
    gold/links.tsv is only added to.
    """
    review = read_review(corpus, built.segments)
    known = _known(corpus)
    units = list(_units(corpus, built, review))
    new = [unit for unit in units if not _entries(unit, corpus) <= known]
    by_lang = {lang: [unit for unit in new if unit.srclang == lang] for lang in corpus.settings.languages}
    written = {_write_memory(corpus, lang, part): len(part) for lang, part in by_lang.items() if part}
    links = _promotable(review) if gold else []
    rows = [row for row in (_gold_row(key, review) for key in links) if row is not None]
    added = _add_gold(corpus.root / "gold" / "links.tsv", rows) if rows else 0
    return Promoted(
        written,
        gold=added,
        known=len(units) - len(new) + len(rows) - added,
        unquotable=len(links) - len(rows),
    )


def _promotable(review: Review) -> list[Key]:
    return sorted(key for key, state in review.ledger.states.items() if key[1] and state.standing in GOOD)


def _units(corpus: Corpus, built: Built, review: Review) -> Iterator[TmxUnit]:
    """One unit per reviewed sentence, in the order of the corpus, with who reviewed it and when."""
    rendered = {row.segment_id: row for row in built.translations}
    reviewed = dict(_accepted(review, rendered)) | renderings(review, rendered)
    for segment in built.segments:
        english = reviewed.get(segment.id)
        if english is None or not english.text.strip():
            continue
        yield TmxUnit(
            tuid=f"{segment.lang}-{corpus.settings.pivot}-{digest(segment.id, segment.text)}",
            variants={segment.lang: segment.text, corpus.settings.pivot: english.text},
            srclang=segment.lang,
            changed=english.reviewed.strftime("%Y%m%dT%H%M%SZ") if english.reviewed else None,
            props={
                "x-status": str(english.standing),
                "x-reviewer": english.reviewer,
                "x-source-article": segment.article_id,
            },
            line=0,
        )


def _accepted(review: Review, rendered: Mapping[str, Translation]) -> Iterator[tuple[str, Rendering]]:
    """The English in accepted units as it is, but for a side whose English was edited as a whole."""
    for key, state in review.ledger.states.items():
        if state.standing not in GOOD:
            continue
        english = (key[0], "source_english" if key[1] else "target")
        for ids, name in (english, (key[1], "target_english")):
            if name in state.edits:
                continue
            for segment_id in ids:
                row = rendered.get(segment_id)
                if row is not None and row.origin is not Origin.NONE:
                    yield segment_id, _rendering(row, state)


def _rendering(row: Translation, state: State) -> Rendering:
    return Rendering(row.text, Standing.ACCEPTED, state.reviewer, state.reviewed)


def _entries(unit: TmxUnit, corpus: Corpus) -> set[tuple[str, str, str]]:
    """What a unit says, as language, text and English."""
    pivot = corpus.settings.pivot
    english = unit.variants.get(pivot, "")
    return {(lang, normalised(text), english) for lang, text in unit.variants.items() if lang != pivot}


def _known(corpus: Corpus) -> set[tuple[str, str, str]]:
    """All that the memory says; what cannot be read in it a build reports."""
    known: set[tuple[str, str, str]] = set()
    for path in memory_files(corpus):
        try:
            for unit in read_tmx(path, on_reject=lambda _: None):
                known |= _entries(unit, corpus)
        except InputError:
            continue
    return known


def _write_memory(corpus: Corpus, lang: str, units: Sequence[TmxUnit]) -> Path:
    """A file named by its language, day and content, so that it is never another's."""
    pivot = corpus.settings.pivot
    day = max(unit.changed or "" for unit in units)[:8]
    name = digest(*(f"{unit.tuid} {unit.variants[pivot]}" for unit in units))[:8]
    path = corpus.memory / f"reviewed-{lang}-{day}-{name}.tmx"
    tags = {code: facts.bcp47 for code, facts in LANGUAGES.items()} | corpus.settings.export.tags
    write_units(path, units, langs=[lang, pivot], tags=tags)
    return path


def _gold_row(key: Key, review: Review) -> dict[str, str] | None:
    """A link by its texts, as the articles have them; None where a side does not stand together."""
    row = {"strength": "sure"}
    for side, ids in (("source", key[0]), ("target", key[1])):
        segments = review.locator.segments
        article = [name for name in segments if article_of(name) == article_of(ids[0])]
        start = article.index(ids[0])
        if tuple(article[start : start + len(ids)]) != ids:
            return None
        row[f"{side}_article"] = article_of(ids[0])
        row[f"{side}_text"] = join_sentences([segments[name].text for name in ids], segments[ids[0]].lang)
    return row


def _add_gold(path: Path, rows: Iterable[Mapping[str, str]]) -> int:
    """Add the rows that are new to a gold file, whose lines stay as they are; how many were added."""
    text = _read(path) if path.exists() else "\t".join(GOLD_COLUMNS) + "\n"
    header, *lines = text.split("\n")
    columns = header.removeprefix("\ufeff").rstrip("\r").split("\t")
    missing = [name for name in GOLD_COLUMNS[:4] if name not in columns]
    if missing:
        raise InputError(
            f"column {', '.join(missing)} is missing",
            path=path,
            line=1,
            fix=f"The first line needs {', '.join(GOLD_COLUMNS)}, separated by tabs.",
        )
    known = {_quoted(dict(zip(columns, line.rstrip("\r").split("\t"), strict=False))) for line in lines}
    new = [row for row in rows if _quoted(row) not in known]
    if new:
        body = text if text.endswith("\n") else f"{text}\n"
        write_text(
            path, body + "".join("\t".join(row.get(name, "") for name in columns) + "\n" for row in new)
        )
    return len(new)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"cannot be read ({error})", path=path, fix="Save it as UTF-8.") from None


def _quoted(row: Mapping[str, str]) -> tuple[str, ...]:
    """What a row links, white space aside."""
    return tuple("".join(row.get(name, "").split()) for name in GOLD_COLUMNS[:4])
