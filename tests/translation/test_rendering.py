"""Every segment gets exactly one translation, from the best that has it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.records import BlockKind, Origin, Segment
from paracorp.settings import TranslationSettings
from paracorp.translation import Cache, EngineOutput, Memory, missing_models, translate_segments
from paracorp.translation.memory import Entry

SETTINGS = TranslationSettings()
SENTENCE = "特朗普周二在白宫宣布了一项人工智能基础设施计划。"


class FakeEngine:
    """Puts a text between brackets; knows nothing for one with a question mark; breaks at `break_at`."""

    def __init__(self, lang: str = "zh", name: str = "fake 1", only: str = "", break_at: str = "") -> None:
        self.name = name
        self.key = f"{name} key"
        self.langs = frozenset((lang,))
        self.asked: list[list[str]] = []
        self._only = only
        self._break_at = break_at

    def accepts(self, text: str, lang: str) -> bool:
        return self._only in text

    def translate(self, texts: Sequence[str], lang: str) -> Iterator[EngineOutput]:
        self.asked.append(list(texts))
        for text in texts:
            if text == self._break_at:
                raise KeyboardInterrupt
            yield EngineOutput("" if "?" in text else f"[{text}]", 0.5)


def segments_of(*texts: str, lang: str = "zh") -> list[Segment]:
    return [
        Segment(f"{lang}/a#0.{n}", f"{lang}/a", lang, BlockKind.PARAGRAPH, 0, 0, len(text), text)
        for n, text in enumerate(texts)
    ]


def memory_of(**pairs: str) -> Memory:
    memory = Memory()
    for text, english in pairs.items():
        memory.add("zh", Entry(text, english, "", "m.tmx", 1, 2, ""))
    return memory


def test_memory_comes_before_near_matches_before_models_before_none() -> None:
    near = SENTENCE.replace("宣布", "公布")
    done = translate_segments(
        [*segments_of(SENTENCE, near, "新句子。"), *segments_of("חדש", lang="he")],
        memory=memory_of(**{SENTENCE: "From memory."}),
        engines=[FakeEngine()],
        settings=SETTINGS,
    )
    assert [(row.segment_id, row.text, row.origin, row.engine) for row in done] == [
        ("zh/a#0.0", "From memory.", Origin.MEMORY, "m.tmx"),
        ("zh/a#0.1", "From memory.", Origin.FUZZY, "m.tmx"),
        ("zh/a#0.2", "[新句子。]", Origin.MODEL, "fake 1"),
        ("he/a#0.0", "", Origin.NONE, ""),
    ]


def test_scores_are_one_for_exact_the_similarity_for_near_and_the_models_own() -> None:
    near = SENTENCE.replace("宣布", "公布")
    memory = memory_of(**{SENTENCE: "x"})
    segments = [*segments_of(SENTENCE, near, "新句子。"), *segments_of("חדש", lang="he")]
    done = translate_segments(segments, memory=memory, engines=[FakeEngine()], settings=SETTINGS)
    assert [row.score for row in done] == [1.0, pytest.approx(1 - 1 / 24), 0.5, 0.0]


def test_the_threshold_of_the_settings_is_used() -> None:
    segments = segments_of(SENTENCE.replace("宣布", "公布"))
    settings = TranslationSettings(fuzzy=0.99)
    [row] = translate_segments(segments, memory=memory_of(**{SENTENCE: "x"}), engines=(), settings=settings)
    assert row.origin is Origin.NONE


def test_a_memory_the_settings_leave_out_is_not_asked() -> None:
    settings = TranslationSettings(engines=("argos",))
    [row] = translate_segments(
        segments_of(SENTENCE), memory=memory_of(**{SENTENCE: "x"}), engines=(), settings=settings
    )
    assert row.origin is Origin.NONE


def test_equal_texts_are_translated_once_and_every_segment_has_one_translation() -> None:
    engine = FakeEngine()
    segments = segments_of("一。", "二。", "一。", "一。")
    done = list(translate_segments(segments, memory=None, engines=[engine], settings=SETTINGS))
    assert [row.segment_id for row in done] == [segment.id for segment in segments]
    assert [row.text for row in done] == ["[一。]", "[二。]", "[一。]", "[一。]"]
    assert sorted(itertools.chain(*engine.asked)) == ["一。", "二。"]


def test_what_one_engine_does_not_take_or_has_nothing_for_goes_to_the_next() -> None:
    first, second = FakeEngine(name="first", only="x"), FakeEngine(name="second")
    segments = segments_of("x.", "y.", "x?")
    done = list(translate_segments(segments, memory=None, engines=[first, second], settings=SETTINGS))
    assert [row.engine for row in done] == ["first", "second", ""]
    assert sorted(itertools.chain(*second.asked)) == ["x?", "y."]


def test_texts_are_given_in_groups_of_about_equal_length_longest_first() -> None:
    engine = FakeEngine()
    segments = segments_of(*("字" * length for length in (1, 9, 2, 8, 3)))
    settings = TranslationSettings(batch_tokens=3)
    list(translate_segments(segments, memory=None, engines=[engine], settings=settings))
    assert [[len(text) for text in texts] for texts in engine.asked] == [[9], [8, 3], [2, 1]]


@given(st.lists(st.text("字母?", min_size=1, max_size=12), max_size=30), st.integers(1, 8))
def test_progress_adds_up_to_the_number_of_segments(texts: list[str], batch: int) -> None:
    done: list[int] = []
    rows = translate_segments(
        segments_of(*texts),
        memory=None,
        engines=[FakeEngine()],
        settings=TranslationSettings(batch_tokens=batch),
        on_progress=done.append,
    )
    assert len(list(rows)) == len(texts) == sum(done)


def test_what_the_cache_has_is_not_translated_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite", print)
    for expected in (["三三。", "一。"], ["二。"], None):
        engine = FakeEngine()
        texts = ("一。", "三三。") if expected and len(expected) == 2 else ("一。", "三三。", "二。")
        rows = list(
            translate_segments(
                segments_of(*texts), memory=None, engines=[engine], settings=SETTINGS, cache=cache
            )
        )
        assert [row.text for row in rows] == [f"[{text}]" for text in texts]
        assert engine.asked == ([expected] if expected else [])


def test_a_run_cut_short_loses_only_the_group_in_flight(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite", print)
    settings = TranslationSettings(batch_tokens=1)
    segments = segments_of(*("字" * length for length in (8, 4, 3)))

    def run(engine: FakeEngine) -> list[str]:
        done = translate_segments(segments, memory=None, engines=[engine], settings=settings, cache=cache)
        return [row.text for row in done]

    with pytest.raises(KeyboardInterrupt):
        run(FakeEngine(break_at="字" * 4))
    engine = FakeEngine()
    run(engine)
    assert [[len(text) for text in texts] for texts in engine.asked] == [[4], [3]]


def test_what_is_left_open_is_listed_per_language_with_the_command_that_mends_it() -> None:
    segments = [*segments_of("好。", "什么?"), *segments_of("שלום", "מה", lang="he")]
    engines = [FakeEngine()]
    rows = list(translate_segments(segments, memory=None, engines=engines, settings=SETTINGS))
    chinese, hebrew = missing_models(segments, rows, engines)
    assert (chinese.lang, chinese.segment_ids, chinese.command) == ("zh", ("zh/a#0.1",), "")
    assert (hebrew.lang, hebrew.segment_ids) == ("he", ("he/a#0.0", "he/a#0.1"))
    assert hebrew.command == "paracorp models install he"


def test_nothing_is_missing_where_everything_has_english() -> None:
    segments = segments_of("好。")
    rows = list(translate_segments(segments, memory=None, engines=[FakeEngine()], settings=SETTINGS))
    assert missing_models(segments, rows, []) == ()
