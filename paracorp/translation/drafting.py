"""One engine at work on the texts of one language: raw outputs from its cache, guarded, with the right names.

The cache holds what the engine gave, several hypotheses to a text; what is made of them here follows from
that and the glossary, so another glossary translates only the sentences it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from paracorp.translation.cache import Cache
from paracorp.translation.engine import Attention, Decoding, Engine, EngineOutput, Hypothesis
from paracorp.translation.guards import Fault, is_foreign, is_untranslatable, judge
from paracorp.translation.names import Draft, Names, Required
from paracorp.translation.settled import Settled

UNSURE = "translation-unsure"
# Asked of the cache: it reads them in the order of its pages, in half the time it takes for 2,000.
_TEXTS_AT_ONCE = 20_000
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
        self._settled = Settled(engine, lang, cache=cache, names=names)

    def render(self, texts: Iterable[str]) -> Iterator[tuple[str, Draft]]:
        """A draft for each text as soon as it is settled; an empty one where the engine gives nothing."""
        wanted = []
        for text in texts:
            if is_untranslatable(text):
                yield text, Draft(text, _SURE)
            else:
                wanted.append(text)
        settled: set[str] = set()
        for text, draft in self._settled.known(wanted):
            settled.add(text)
            yield text, draft
        yield from self._made(wanted, settled)

    def _made(self, wanted: Sequence[str], settled: set[str]) -> Iterator[tuple[str, Draft]]:
        """Drafts for the texts that are not settled; the batches are planned over all."""
        faulty: dict[str, _Faulty | None] = {}  # of each text the least bad output so far
        nameless: dict[str, tuple[Required, Draft]] = {}
        for decoding in Decoding:
            is_plain = decoding is Decoding.PLAIN
            left, done = (wanted, settled) if is_plain else (list(faulty), set[str]())
            for text, output in self.outputs(left, decoding, done):
                first = next((item for item in output.hypotheses if self._fault(text, item) is None), None)
                if first is None:
                    faulty[text] = self._least_bad(text, faulty.get(text), output)
                    continue
                faulty.pop(text, None)
                required, draft = self._named(text, first, output)
                if self._names is not None and self._names.to_mend(required, draft):
                    nameless[text] = (required, draft)
                    continue
                if is_plain:
                    self._settled.keep(text, draft)
                yield text, draft
            self._settled.write()
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

    def outputs(
        self, texts: Sequence[str], decoding: Decoding, done: AbstractSet[str] = frozenset()
    ) -> Iterator[tuple[str, EngineOutput]]:
        """What the engine gives for texts: first what the cache knows, then the rest batch by batch.

        The batches are planned over all the texts, so that a run that was cut short goes on with the same;
        those in `done` are not asked for.
        """
        key = f"{self._engine.key} {decoding}"
        wanted = [text for text in texts if text not in done]
        known: set[str] = set()
        for start in range(0, len(wanted), _TEXTS_AT_ONCE):
            for text, line in self._known(key, wanted[start : start + _TEXTS_AT_ONCE]).items():
                known.add(text)
                yield text, EngineOutput.unpacked(line)
        if len(known) == len(wanted):
            return
        asked: list[list[str]] = []

        def batches() -> Iterator[list[str]]:
            for batch in self._engine.batches(texts, self._lang):
                left = [text for text in batch if text not in done and text not in known]
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
        """The first sound hypothesis of a text or the one that holds more of its names.

        Before it the terms that a text names, none where the first hypothesis holds them all.
        """
        draft = Draft(first.text, first.score)
        required = self._names.required(text) if self._names is not None else {}
        if self._names is None or not required:
            return {}, draft
        if not self._names.missing(required, draft.text):
            return {}, self._names.without_forbidden(required, draft)
        sound = [item for item in output.hypotheses if self._fault(text, item) is None]
        draft = self._names.choose(required, sound or [first])
        return required, self._names.without_forbidden(required, draft)

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
        line = self._known(key, [pair]).get(pair)
        if line is None:
            attention = self._engine.attend(source, english, self._lang)
            line = attention.packed() if attention is not None else ""
            if self._cache is not None:
                self._cache.put(key, self._engine.name, self._lang, {pair: line})
        # Packing rounds: what is new must not count for more than what the cache gives back.
        return Attention.unpacked(line) if line else None
