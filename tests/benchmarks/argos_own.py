"""Argos Translate's own `translate()` over paragraphs, for `bench_translation.py`, in its own environment.

    python argos_own.py FROM_CODE PARAGRAPHS.json

PARAGRAPHS.json is a list of paragraphs, each a list of sentences. A stand-in for its sentence splitter gives
these sentences back: it downloads nothing and loses no time. Prints the seconds without model loading.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from argostranslate import settings, translate


class StandIn:
    """Gives the sentences a paragraph was made of."""

    def __init__(self, paragraphs: list[list[str]]) -> None:
        self._sentences = {"".join(sentences): sentences for sentences in paragraphs}

    def split_sentences(self, text: str) -> list[str]:
        return self._sentences.get(text, [text])


def main() -> None:
    """Time it."""
    code, file = sys.argv[1:]
    paragraphs: list[list[str]] = json.loads(Path(file).read_text(encoding="utf-8"))
    translation = translate.get_translation_from_codes(code, "en")
    translation.underlying.sentencizer = StandIn(paragraphs)
    translation.translate(paragraphs[0][0])
    text = "\n".join("".join(sentences) for sentences in paragraphs)
    started, worked = time.perf_counter(), time.process_time()
    lines = translation.translate(text).split("\n")
    took = {"wall": time.perf_counter() - started, "cpu": time.process_time() - worked}
    assert len(lines) == len(paragraphs), (len(lines), len(paragraphs))
    print(json.dumps(took | {"beam": settings.beam_size}))


if __name__ == "__main__":
    main()
