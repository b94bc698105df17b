"""Every segment into English: memory first, then the models, each text once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from paracorp.lexicon.termbase import Termbase
from paracorp.records import Origin, Segment, Translation
from paracorp.settings import TranslationSettings
from paracorp.translation.cache import Cache
from paracorp.translation.clauses import cut, rejoin
from paracorp.translation.drafting import UNSURE, Drafter
from paracorp.translation.engine import Engine
from paracorp.translation.memory import Memory
from paracorp.translation.names import Draft, Names

PIVOT = "en"
SPLIT = "translation-split"
# Mean probability per token from which a model is taken to know what it says: 90 % of the nonsense that the
# gist packages (BLEU 1) make of the sample corpus and the seeds lies below. No better package was at hand to
# measure how much good English does.
_SURE = 0.3


@dataclass(frozen=True, slots=True)
class _Rendering:
    text: str
    origin: Origin
    engine: str
    score: float
    notes: tuple[str, ...] = ()


_NOTHING = _Rendering("", Origin.NONE, "", 0.0)


def translate_segments(  # noqa: PLR0913 - what can render a text, and how
    segments: Sequence[Segment],
    *,
    memory: Memory | None,
    engines: Sequence[Engine],
    settings: TranslationSettings,
    cache: Cache | None = None,
    termbase: Termbase | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[Translation]:
    """One translation per segment, in order: the memory's exact match, its near match, a model's, or none.

    Equal texts are translated once. With a termbase, and where the settings let it, names in what models
    give are those of the termbase. `on_progress` gets the number of segments newly done; the numbers add
    up to all of them. All texts are translated before the first translation is yielded.
    """
    counts: dict[str, Counter[str]] = {}
    for segment in segments:
        counts.setdefault(segment.lang, Counter())[segment.text] += 1
    found: dict[str, dict[str, _Rendering]] = {lang: {} for lang in counts}

    def take(lang: str, renderings: Iterable[tuple[str, _Rendering]]) -> None:
        for text, rendering in renderings:
            found[lang][text] = rendering
            if on_progress is not None:
                on_progress(counts[lang][text])

    for lang, texts in counts.items():
        if memory is not None and "memory" in settings.engines:
            take(lang, _recalled(texts, lang, memory, settings.fuzzy))
        names = Names(termbase, lang, PIVOT) if termbase and settings.repair_names else None
        for engine in engines:
            if lang in engine.langs:
                left = [text for text in texts if text not in found[lang] and engine.accepts(text, lang)]
                drafter = Drafter(engine, lang, cache=cache, names=names)
                take(lang, _modelled(left, drafter, engine.name))
        take(lang, ((text, _NOTHING) for text in texts if text not in found[lang]))
    for segment in segments:
        made = found[segment.lang][segment.text]
        yield Translation(segment.id, made.text, made.origin, made.engine, made.score, made.notes)


def _recalled(
    texts: Iterable[str], lang: str, memory: Memory, threshold: float
) -> Iterator[tuple[str, _Rendering]]:
    for text in texts:
        match = memory.lookup(text, lang, threshold=threshold)
        if match is not None:
            origin = Origin.MEMORY if match.exact else Origin.FUZZY
            yield text, _Rendering(match.english, origin, match.file, match.similarity)


def _modelled(texts: Sequence[str], drafter: Drafter, name: str) -> Iterator[tuple[str, _Rendering]]:
    """What an engine has for the texts, long ones piece by piece; not those it gives nothing for."""
    pieces = {text: made for text in texts if len(made := cut(text)) > 1}
    whole = {text for text in texts if text not in pieces}
    parts = {piece for made in pieces.values() for piece in made}
    drafts: dict[str, Draft] = {}
    for text, draft in drafter.render(sorted(whole | parts)):
        if text in parts:
            drafts[text] = draft
        if text in whole and draft.text:
            yield text, _rendering(draft, name)
    for text, made in pieces.items():
        if all(drafts[piece].text for piece in made):
            yield text, _rendering(_joined(made, [drafts[piece] for piece in made]), name)


def _rendering(draft: Draft, name: str) -> _Rendering:
    notes = draft.notes
    if draft.score < _SURE and not any(note.startswith(UNSURE) for note in notes):
        notes = (f"{UNSURE}: the model gives its words {draft.score:.2f} on average, under {_SURE}", *notes)
    return _Rendering(draft.text, Origin.MODEL, name, draft.score, notes)


def _joined(pieces: list[str], drafts: list[Draft]) -> Draft:
    """One draft from those of the pieces of a sentence; its score is their mean by length."""
    text = rejoin(pieces, [draft.text for draft in drafts])
    score = sum(draft.score * len(piece) for draft, piece in zip(drafts, pieces, strict=True))
    note = f"{SPLIT}: translated in {len(pieces)} pieces, it is too long for one"
    notes = dict.fromkeys(note for draft in drafts for note in draft.notes)
    return Draft(text, score / sum(map(len, pieces)), (note, *notes))


@dataclass(frozen=True, slots=True)
class Missing:
    """Segments of a language without English.

    `command` mends it; it is empty where a model is installed and gave nothing for them.
    """

    lang: str
    segment_ids: tuple[str, ...]
    command: str


def missing_models(
    segments: Iterable[Segment], translations: Iterable[Translation], engines: Sequence[Engine]
) -> tuple[Missing, ...]:
    """What is left untranslated, per language in the order of the segments; empty where nothing is."""
    untranslated = {row.segment_id for row in translations if row.origin is Origin.NONE}
    by_lang: dict[str, list[str]] = {}
    for segment in segments:
        if segment.id in untranslated:
            by_lang.setdefault(segment.lang, []).append(segment.id)
    served = {lang for engine in engines for lang in engine.langs}
    return tuple(
        Missing(lang, tuple(ids), "" if lang in served else f"paracorp models install {lang}")
        for lang, ids in by_lang.items()
    )
