"""One engine at work on the texts of one language: raw outputs from its cache, guarded, with the right names.

The cache holds what the engine gave, several hypotheses to a text; what is made of them here follows from
that and the glossary, so another glossary translates only the sentences it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from paracorp.translation.cache import Cache
from paracorp.translation.engine import Attention, Decoding, Engine, EngineOutput, Hypothesis
from paracorp.translation.guards import Fault, is_foreign, is_untranslatable, judge
from paracorp.translation.names import Draft, Names, Required

UNSURE = "translation-unsure"
_TEXTS_AT_ONCE = 2000
_SURE = 1.0

_Faulty = tuple[Fault, Hypothesis]


class Drafter:
    """An engine with its cache and, where names are to be mended, the names of a glossary."""

    def __init__(self, engine: Engine, lang: str, *, cache: Cache | None, names: Names | None) -> None:
        """Nothing is loaded yet."""
        self._engine = engine
        self._lang = lang
        self._cache = cache
        self._names = names

    def render(self, texts: Iterable[str]) -> Iterator[tuple[str, Draft]]:
        """A draft for each text as soon as it is settled; an empty one where the engine gives nothing."""
        wanted = []
        for text in texts:
            if is_untranslatable(text):
                yield text, Draft(text, _SURE)
            else:
                wanted.append(text)
        faulty: dict[str, _Faulty | None] = {}  # of each text the least bad output so far
        nameless: dict[str, tuple[Required, Draft]] = {}
        for decoding in Decoding:
            left = wanted if decoding is Decoding.PLAIN else list(faulty)
            for text, output in self.outputs(left, decoding):
                first = next((item for item in output.hypotheses if self._fault(text, item) is None), None)
                if first is None:
                    faulty[text] = self._least_bad(text, faulty.get(text), output)
                    continue
                faulty.pop(text, None)
                required, draft = self._named(text, first, output)
                if required and self._lacks(required, draft):
                    nameless[text] = (required, draft)
                else:
                    yield text, draft
        yield from ((text, self._doubtful(text, offered)) for text, offered in faulty.items())
        yield from self._mended(nameless)

    def _fault(self, text: str, item: Hypothesis) -> Fault | None:
        return judge(text, item.text, self._lang)

    def _least_bad(self, text: str, known: _Faulty | None, output: EngineOutput) -> _Faulty | None:
        """Of a faulty hypothesis and the hypotheses of an output the earliest with the mildest fault."""
        judged = [
            (fault, item) for item in output.hypotheses if (fault := self._fault(text, item)) is not None
        ]
        offered = [*([known] if known is not None else []), *judged]
        return min(offered, key=lambda pair: pair[0].badness, default=None)

    def outputs(self, texts: Sequence[str], decoding: Decoding) -> Iterator[tuple[str, EngineOutput]]:
        """What the engine gives for texts: first what the cache knows, then the rest batch by batch.

        The batches are planned over all the texts, so that a run that was cut short goes on with the same.
        """
        key = f"{self._engine.key} {decoding}"
        done: set[str] = set()
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            for text, line in self._known(key, texts[start : start + _TEXTS_AT_ONCE]).items():
                done.add(text)
                yield text, EngineOutput.unpacked(line)
        if len(done) == len(texts):
            return
        asked: list[list[str]] = []

        def batches() -> Iterator[list[str]]:
            for batch in self._engine.batches(texts, self._lang):
                left = [text for text in batch if text not in done]
                if left:
                    asked.append(left)
                    yield left

        for outputs in self._engine.translate(batches(), self._lang, decoding):
            fresh = dict(zip(asked.pop(0), outputs, strict=True))
            if self._cache is not None:
                lines = {text: output.packed() for text, output in fresh.items()}
                self._cache.put(key, self._engine.name, self._lang, lines)
            yield from fresh.items()

    def _known(self, key: str, texts: Iterable[str]) -> dict[str, str]:
        return self._cache.get(key, self._lang, texts) if self._cache is not None else {}

    def _named(self, text: str, first: Hypothesis, output: EngineOutput) -> tuple[Required, Draft]:
        """The terms a text names, and its first sound hypothesis or the one that holds more of them."""
        draft = Draft(first.text, first.score)
        required = self._names.required(text) if self._names is not None else {}
        if self._names is None or not required:
            return {}, draft
        if self._names.missing(required, draft.text):
            sound = [item for item in output.hypotheses if self._fault(text, item) is None]
            draft = self._names.choose(required, sound or [first])
        return required, self._names.without_forbidden(required, draft)

    def _lacks(self, required: Required, draft: Draft) -> bool:
        return self._names is not None and bool(self._names.to_mend(required, draft))

    def _doubtful(self, text: str, offered: _Faulty | None) -> Draft:
        """A faulty hypothesis with a note; a text not in its language stands as it is."""
        if is_foreign(text, self._lang):
            return Draft(text, _SURE)
        if offered is None:
            return Draft("", 0.0)
        fault, best = offered
        _, draft = self._named(text, best, EngineOutput((best,)))
        return Draft(draft.text, draft.score, (f"{UNSURE}: {fault.message}", *draft.notes))

    def _mended(self, nameless: dict[str, tuple[Required, Draft]]) -> Iterator[tuple[str, Draft]]:
        """Drafts that lack names: rendered again with placeholders, else put where attention says."""
        if self._names is None:
            return
        by_masked: dict[str, list[str]] = {}
        for text, (required, draft) in nameless.items():
            by_masked.setdefault(self._names.masked(text, required, draft), []).append(text)
        for masked, output in self.outputs(list(by_masked), Decoding.PLAIN):
            for text in by_masked[masked]:
                required, draft = nameless[text]

                def suits(english: str, text: str = text) -> bool:
                    return judge(text, english, self._lang) is None

                draft = self._names.unmasked(text, required, draft, output.hypotheses, suits)
                if self._names.to_mend(required, draft):
                    attention = self._attention(text, draft.text)
                    draft = self._names.located(required, draft, attention) if attention else draft
                yield text, draft

    def _attention(self, source: str, english: str) -> Attention | None:
        key, pair = f"{self._engine.key} attention", f"{source}\0{english}"
        known = self._known(key, [pair])
        if pair in known:
            return Attention.unpacked(known[pair]) if known[pair] else None
        attention = self._engine.attend(source, english, self._lang)
        if self._cache is not None:
            line = attention.packed() if attention is not None else ""
            self._cache.put(key, self._engine.name, self._lang, {pair: line})
        return attention
