"""An engine that renders as it is told, and writes down what it was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from paracorp.translation.engine import Attention, Decoding, EngineOutput, Hypothesis

Renderings = Mapping[str, Sequence[str]]


def english(text: str) -> str:
    """A word for each character, none like another: nothing a guard could doubt."""
    return " ".join(f"w{place}x{ord(char):x}" for place, char in enumerate(text))


class FakeEngine:
    """Gives `english` for a text; knows nothing for one with a question mark; breaks at `break_at`.

    `gives` says otherwise for some texts, by the way of decoding; `attends` is what `attend` gives.
    """

    def __init__(
        self,
        lang: str = "zh",
        name: str = "fake 1",
        *,
        only: str = "",
        break_at: str = "",
        batch_chars: int = 1000,
        gives: Mapping[Decoding, Renderings] | None = None,
        attends: Attention | None = None,
        score: float = 0.5,
    ) -> None:
        self.name = name
        self.key = f"{name} key"
        self.langs = frozenset((lang,))
        self.asked: list[list[str]] = []
        self.ways: list[Decoding] = []
        self.attended: list[tuple[str, str]] = []
        self._only = only
        self._break_at = break_at
        self._batch_chars = batch_chars
        self._gives = gives or {}
        self._attends = attends
        self._score = score

    def accepts(self, text: str, lang: str) -> bool:
        return self._only in text

    def batches(self, texts: Iterable[str], lang: str) -> Iterator[list[str]]:
        batch: list[str] = []
        for text in sorted(texts, key=lambda text: (-len(text), text)):
            if batch and sum(map(len, batch)) + len(text) > self._batch_chars:
                yield batch
                batch = []
            batch.append(text)
        if batch:
            yield batch

    def translate(
        self, batches: Iterable[Sequence[str]], lang: str, decoding: Decoding = Decoding.PLAIN
    ) -> Iterator[list[EngineOutput]]:
        for batch in batches:
            self.asked.append(list(batch))
            self.ways.append(decoding)
            if self._break_at in batch:
                raise KeyboardInterrupt
            yield [self._output(text, decoding) for text in batch]

    def _output(self, text: str, decoding: Decoding) -> EngineOutput:
        usual = [] if "?" in text else [english(text)]
        found = self._gives.get(decoding, {}).get(text, usual)
        return EngineOutput(tuple(Hypothesis(item, self._score) for item in found))

    def attend(self, source: str, english: str, lang: str) -> Attention | None:
        self.attended.append((source, english))
        return self._attends
