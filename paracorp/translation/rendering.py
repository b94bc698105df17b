"""Every segment into English: memory first, then the models, each text once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from paracorp.records import Origin, Segment, Translation
from paracorp.settings import TranslationSettings
from paracorp.translation.cache import Cache
from paracorp.translation.engine import Engine, EngineOutput
from paracorp.translation.memory import Memory

# Texts translated and committed together, in characters per token of a batch: two to four batches of
# Chinese, one or two of Hebrew. A killed run loses at most these.
_WINDOW_CHARS_PER_TOKEN = 4

_Text = tuple[str, str]  # language and text


@dataclass(frozen=True, slots=True)
class _Rendering:
    text: str
    origin: Origin
    engine: str
    score: float


_NOTHING = _Rendering("", Origin.NONE, "", 0.0)


def translate_segments(  # noqa: PLR0913 - what can render a text, and how
    segments: Sequence[Segment],
    *,
    memory: Memory | None,
    engines: Sequence[Engine],
    settings: TranslationSettings,
    cache: Cache | None = None,
    on_progress: Callable[[int], None] | None = None,
) -> Iterator[Translation]:
    """One translation per segment, in order: the memory's exact match, its near match, a model's, or none.

    Equal texts are translated once. `on_progress` gets the number of segments newly done; the numbers add
    up to all of them. All texts are translated before the first translation is yielded.
    """
    counts = Counter((segment.lang, segment.text) for segment in segments)
    found: dict[_Text, _Rendering] = {}

    def take(renderings: Iterable[tuple[_Text, _Rendering]]) -> None:
        for wanted, rendering in renderings:
            found[wanted] = rendering
            if on_progress is not None:
                on_progress(counts[wanted])

    if memory is not None and "memory" in settings.engines:
        take(_recalled(counts, memory, settings.fuzzy))
    for engine in engines:
        for lang in sorted(engine.langs):
            texts = [
                text
                for code, text in counts
                if code == lang and (code, text) not in found and engine.accepts(text, lang)
            ]
            for window in _windows(texts, settings.batch_tokens * _WINDOW_CHARS_PER_TOKEN):
                take(_modelled(window, lang, engine, cache))
    take((wanted, _NOTHING) for wanted in counts if wanted not in found)
    for segment in segments:
        rendering = found[segment.lang, segment.text]
        yield Translation(segment.id, rendering.text, rendering.origin, rendering.engine, rendering.score)


def _recalled(texts: Iterable[_Text], memory: Memory, threshold: float) -> Iterator[tuple[_Text, _Rendering]]:
    for lang, text in texts:
        match = memory.lookup(text, lang, threshold=threshold)
        if match is not None:
            origin = Origin.MEMORY if match.exact else Origin.FUZZY
            yield (lang, text), _Rendering(match.english, origin, match.file, match.similarity)


def _windows(texts: Iterable[str], size_chars: int) -> Iterator[list[str]]:
    """The texts in groups of about equal length, longest first.

    The plan follows from the whole job, so that a run that was cut short goes on with the same groups.
    """
    window: list[str] = []
    chars = 0
    for text in sorted(texts, key=lambda text: (-len(text), text)):
        if window and chars + len(text) > size_chars:
            yield window
            window, chars = [], 0
        window.append(text)
        chars += len(text)
    if window:
        yield window


def _modelled(
    texts: Sequence[str], lang: str, engine: Engine, cache: Cache | None
) -> Iterator[tuple[_Text, _Rendering]]:
    """What the engine, or the cache on its behalf, has for the texts; not those it gives nothing for."""
    outputs = cache.get(engine.key, lang, texts) if cache is not None else {}
    missing = [text for text in texts if text not in outputs]
    if missing:
        fresh: dict[str, EngineOutput] = dict(zip(missing, engine.translate(missing, lang), strict=True))
        if cache is not None:
            cache.put(engine.key, engine.name, lang, fresh)
        outputs |= fresh
    for text in texts:
        if outputs[text].text:
            yield (lang, text), _Rendering(outputs[text].text, Origin.MODEL, engine.name, outputs[text].score)


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
