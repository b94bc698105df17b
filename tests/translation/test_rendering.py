"""Every segment gets exactly one translation, from the best that has it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.lexicon.termbase import Termbase
from paracorp.records import BlockKind, Origin, Segment, Term
from paracorp.settings import TranslationSettings
from paracorp.translation import Cache, Memory, missing_models, translate_segments
from paracorp.translation.clauses import cut
from paracorp.translation.engine import Decoding
from paracorp.translation.memory import Entry
from tests.translation.fake_engine import FakeEngine, english

SETTINGS = TranslationSettings()
SENTENCE = "特朗普周二在白宫宣布了一项人工智能基础设施计划。"


def segments_of(*texts: str, lang: str = "zh") -> list[Segment]:
    return [
        Segment(f"{lang}/a#0.{n}", f"{lang}/a", lang, BlockKind.PARAGRAPH, 0, 0, len(text), text)
        for n, text in enumerate(texts)
    ]


def memory_of(**pairs: str) -> Memory:
    memory = Memory()
    for text, rendering in pairs.items():
        memory.add("zh", Entry(text, rendering, "", "m.tmx", 1, 2, ""))
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
        ("zh/a#0.2", english("新句子。"), Origin.MODEL, "fake 1"),
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
    assert [row.text for row in done] == [english(text) for text in ("一。", "二。", "一。", "一。")]
    assert sorted(itertools.chain(*engine.asked)) == ["一。", "二。"]


def test_what_one_engine_does_not_take_or_has_nothing_for_goes_to_the_next() -> None:
    first, second = FakeEngine(name="first", only="x"), FakeEngine(name="second")
    segments = segments_of("一好x。", "一好y。", "一好x?")
    done = list(translate_segments(segments, memory=None, engines=[first, second], settings=SETTINGS))
    assert [row.engine for row in done] == ["first", "second", ""]
    assert set(itertools.chain(*second.asked)) == {"一好x?", "一好y。"}


@given(st.lists(st.text("字母?", min_size=1, max_size=12), max_size=30), st.integers(1, 8))
def test_progress_adds_up_to_the_number_of_segments(texts: list[str], batch: int) -> None:
    done: list[int] = []
    rows = translate_segments(
        segments_of(*texts),
        memory=None,
        engines=[FakeEngine(batch_chars=batch)],
        settings=SETTINGS,
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
        assert [row.text for row in rows] == [english(text) for text in texts]
        assert engine.asked == ([expected] if expected else [])


def test_a_run_cut_short_loses_only_the_group_in_flight(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite", print)
    segments = segments_of(*("字" * length for length in (8, 4, 3)))

    def run(engine: FakeEngine) -> list[str]:
        done = translate_segments(segments, memory=None, engines=[engine], settings=SETTINGS, cache=cache)
        return [row.text for row in done]

    with pytest.raises(KeyboardInterrupt):
        run(FakeEngine(break_at="字" * 4, batch_chars=1))
    engine = FakeEngine(batch_chars=1)
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


def test_a_batch_a_cut_short_run_finished_in_part_keeps_its_place(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite", print)
    segments = segments_of(*("字" * length for length in (8, 4, 3, 2)))

    def run(engine: FakeEngine, rows: list[Segment]) -> None:
        list(translate_segments(rows, memory=None, engines=[engine], settings=SETTINGS, cache=cache))

    run(FakeEngine(), [segments[1]])
    engine = FakeEngine(batch_chars=7)
    run(engine, segments)
    assert [[len(text) for text in texts] for texts in engine.asked] == [[8], [3], [2]]


def test_a_sentence_too_long_for_a_model_is_translated_in_pieces_and_says_so() -> None:
    clause = "总统在白宫宣布了一项新的人工智能基础设施计划"
    long = "，".join(f"{clause}{number}" for number in "一二三四五六七八") + "。"
    engine = FakeEngine()
    [row, short] = translate_segments(
        segments_of(long, "好。"), memory=None, engines=[engine], settings=SETTINGS
    )
    pieces = cut(long)
    assert len(pieces) > 1
    assert set(itertools.chain(*engine.asked)) == {*pieces, "好。"}
    assert row.origin is Origin.MODEL
    assert row.notes[0] == f"translation-split: translated in {len(pieces)} pieces, it is too long for one"
    assert short.notes == ()


def test_a_long_sentence_of_which_a_piece_has_no_english_has_none() -> None:
    long = "好" * 100 + "，" + "坏" * 100 + "?"
    [row] = translate_segments(segments_of(long), memory=None, engines=[FakeEngine()], settings=SETTINGS)
    assert row.origin is Origin.NONE


def test_what_memory_gives_is_never_mended() -> None:
    termbase = Termbase((Term("altman", "person", {"zh": ("奥尔特曼",), "en": ("Sam Altman",)}),))
    sentence = "奥尔特曼周二在白宫宣布了一项计划。"
    [row] = translate_segments(
        segments_of(sentence),
        memory=memory_of(**{sentence: "Ottman spoke."}),
        engines=[FakeEngine()],
        settings=SETTINGS,
        termbase=termbase,
    )
    assert (row.text, row.notes) == ("Ottman spoke.", ())


@pytest.mark.parametrize("repair", [True, False])
def test_names_are_mended_where_the_settings_let_it(repair: bool) -> None:
    termbase = Termbase((Term("altman", "person", {"zh": ("奥尔特曼",), "en": ("Sam Altman",)}),))
    sentence = "奥尔特曼周二宣布了。"
    engine = FakeEngine(
        gives={
            Decoding.PLAIN: {
                sentence: ["Ottman said it."],
                "X1周二宣布了。": ["On Tuesday X1 spoke."],
            }
        }
    )
    [row] = translate_segments(
        segments_of(sentence),
        memory=None,
        engines=[engine],
        settings=TranslationSettings(repair_names=repair),
        termbase=termbase,
    )
    assert row.text == ("On Tuesday Sam Altman spoke." if repair else "Ottman said it.")
    assert bool(row.notes) is repair


def test_a_rendering_its_model_is_unsure_of_says_so() -> None:
    rows = translate_segments(
        segments_of("好。"), memory=None, engines=[FakeEngine(score=0.2)], settings=SETTINGS
    )
    [row] = rows
    assert row.notes == ("translation-unsure: the model gives its words 0.20 on average, under 0.3",)
    assert row.score == 0.2
