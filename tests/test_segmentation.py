"""Sentences: golden cases, properties that hold for any text, the real documents where they are at hand."""

from __future__ import annotations

import json
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp import segmentation
from paracorp.errors import UsageError
from paracorp.records import Article, Block, BlockKind
from paracorp.segmentation import MAX_WHOLE_CHARS, segment_article, split_sentences

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parents[1] / "shared" / "seeds"
LANGS = ("zh", "he", "en")


def sentences(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, lang)]


def golden_cases() -> list[object]:
    cases: list[object] = []
    for lang in ("zh", "he"):
        path = HERE / "golden" / f"segmentation_{lang}.jsonl"
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if line:
                case = json.loads(line)
                cases.append(
                    pytest.param(
                        lang, case["text"], case["sentences"], id=f"{lang}-{number}-{case['why'][:50]}"
                    )
                )
    return cases


@pytest.mark.parametrize(("lang", "text", "expected"), golden_cases())
def test_a_golden_case_is_cut_as_written(lang: str, text: str, expected: list[str]) -> None:
    assert sentences(text, lang) == expected


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_there_are_enough_golden_cases_and_each_is_sound(lang: str) -> None:
    lines = (HERE / "golden" / f"segmentation_{lang}.jsonl").read_text(encoding="utf-8").strip().split("\n")
    cases = [json.loads(line) for line in lines]
    assert len({case["text"] for case in cases}) == len(cases) >= 80
    for case in cases:
        between = case["text"]
        for sentence in case["sentences"]:
            before, found, between = between.partition(sentence)
            assert found
            assert not before.strip()
        assert not between.strip()


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
# Where the rules meet: stops, marks, white space and a few letters, digits and direction marks.
DENSE_TEXT = st.text(
    st.sampled_from(
        "。！？.!?…⋯，、；：:,“”‘’\"'״׳「」『』（）()《》—-- \t\n\u2028\u2029\u3000\u200f"
        "\u200e字她אבג1２aXU𠮷🎉●"
    ),
    max_size=60,
)


@given(text=ANY_TEXT | DENSE_TEXT, lang=st.sampled_from(LANGS))
def test_spans_tile_any_text_up_to_white_space(text: str, lang: str) -> None:
    spans = split_sentences(text, lang)
    end_before = 0
    for start, end in spans:
        assert end_before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[end_before:start].strip()
        end_before = end
    assert not text[end_before:].strip()


@given(text=DENSE_TEXT, lang=st.sampled_from(LANGS))
def test_white_space_around_a_text_moves_the_spans_and_nothing_else(text: str, lang: str) -> None:
    padded = split_sentences(f" \u3000{text} ", lang)
    assert [(start - 2, end - 2) for start, end in padded] == split_sentences(text, lang)


@given(parts=st.lists(DENSE_TEXT, max_size=4), lang=st.sampled_from(LANGS))
def test_paragraphs_do_not_know_each_other(parts: list[str], lang: str) -> None:
    whole = sentences("\n\n".join(parts), lang)
    assert whole == [sentence for part in parts for sentence in sentences(part, lang)]


def test_a_lone_surrogate_is_cut_like_any_other_character() -> None:
    assert sentences("坏字符\ud800。下一句。", "zh") == ["坏字符\ud800。", "下一句。"]


@pytest.mark.parametrize("lang", ["xx", "", "zh-CN"])
def test_an_unknown_language_is_an_error_and_not_english(lang: str) -> None:
    with pytest.raises(UsageError, match="unknown language"):
        split_sentences("One. Two.", lang)


def test_english_is_cut_too() -> None:
    text = '"Why now?" she asked. Acme Inc. of the U.S. grew 3.5 per cent. "We wait. We hope."'
    expected = ['"Why now?" she asked.', "Acme Inc. of the U.S. grew 3.5 per cent.", '"We wait.', 'We hope."']
    assert sentences(text, "en") == expected


def test_a_very_long_quotation_is_cut_inside() -> None:
    sentence = "水位还在上涨，堤坝上的人一夜没有合眼。"
    short, long = (
        f"他说：“{sentence * count}”众人沉默。" for count in (3, MAX_WHOLE_CHARS // len(sentence) + 1)
    )
    assert len(sentences(short, "zh")) == 2
    assert len(sentences(long, "zh")) == MAX_WHOLE_CHARS // len(sentence) + 2


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_where_the_windows_for_the_library_fall_changes_nothing(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = HERE / "golden" / f"segmentation_{lang}.jsonl"
    cases = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").strip().split("\n")]
    text = " ".join(" ".join(cases).split())
    expected = split_sentences(text, lang)
    for window_chars in (37, 500, len(text)):
        monkeypatch.setattr(segmentation, "_WINDOW_CHARS", window_chars)
        assert split_sentences(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("zh", "他说：“雨停了。路也通了。”"), ("he", '"לאן?" שאל הנהג בתחנה. '), ("zh", "“")],
)
def test_a_paragraph_of_400000_characters_takes_linear_time(lang: str, sentence: str) -> None:
    # About 1 s here; the library alone, asked at once, would take 12 s for the Chinese one.
    text = sentence * (400_000 // len(sentence))
    started = time.perf_counter()
    spans = split_sentences(text, lang)
    assert time.perf_counter() - started < 8
    assert len(spans) in {1, 400_000 // len(sentence)}


def article(*blocks: Block, lang: str = "zh") -> Article:
    return Article(
        id=f"{lang}/report",
        lang=lang,
        title="",
        published=None,
        url="",
        author="",
        publisher="",
        path=f"articles/{lang}/report.txt",
        encoding="utf-8",
        blocks=blocks,
    )


def test_a_title_is_one_segment_whatever_it_holds() -> None:
    block = Block(BlockKind.TITLE, "桥断了。谁来修？")
    assert [segment.text for segment in segment_article(article(block))] == ["桥断了。谁来修？"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("谁来买单？居民质疑新税", ["谁来买单？居民质疑新税"]),
        ("房价跌了。谁在买？", ["房价跌了。", "谁在买？"]),
        ("旧城新生", ["旧城新生"]),
    ],
)
def test_a_heading_is_cut_only_into_whole_sentences(text: str, expected: list[str]) -> None:
    block = Block(BlockKind.HEADING, text)
    assert [segment.text for segment in segment_article(article(block))] == expected


def test_a_caption_of_two_sentences_is_cut() -> None:
    block = Block(BlockKind.CAPTION, "הנמל בלילה. המנופים עומדים / צילום: דנה ברק")
    texts = [segment.text for segment in segment_article(article(block, lang="he"))]
    assert texts == ["הנמל בלילה.", "המנופים עומדים / צילום: דנה ברק"]


def test_segments_carry_ids_spans_and_kinds_and_repeat_equal_sentences() -> None:
    blocks = (
        Block(BlockKind.TITLE, "渡轮停航"),
        Block(BlockKind.PARAGRAPH, "没有船。 没有船。"),
        Block(BlockKind.LIST_ITEM, "没有船。"),
    )
    segments = list(segment_article(article(*blocks)))
    assert [segment.id for segment in segments] == [
        "zh/report#0.0",
        "zh/report#1.0",
        "zh/report#1.1",
        "zh/report#2.0",
    ]
    assert [(segment.start, segment.end) for segment in segments] == [(0, 4), (0, 4), (5, 9), (0, 4)]
    assert [segment.kind for segment in segments] == [blocks[segment.block].kind for segment in segments]
    for segment in segments:
        assert blocks[segment.block].text[segment.start : segment.end] == segment.text


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents (../shared/seeds) are not here")
@pytest.mark.parametrize("lang", ["zh", "he"])
def test_every_sentence_of_the_reference_memory_is_one_of_ours(lang: str) -> None:
    references = [
        "".join(unit.find("tuv/seg").itertext())  # type: ignore[union-attr]
        for unit in ET.parse(SEEDS / "memory" / f"{lang}-en.tmx").iter("tu")
    ]
    ours = {
        sentence
        for path in SEEDS.glob("*.txt")
        for line in seed_lines(path)
        for sentence in sentences(line, lang)
    }
    assert len(references) > 100
    assert [reference for reference in references if reference not in ours] == []


def seed_lines(path: Path) -> list[str]:
    """The paragraphs of a seed without the marking that ingest takes off: bold, `title:`, a date label."""
    lines = path.read_text(encoding="utf-8").replace("**", "").split("\n")
    return [re.sub(r'^title: "(.*)"$|^ date \S+ \S+ ', r"\1", line) for line in lines]
