"""What English is scored against, as files hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.evaluation.samples import (
    built_outputs,
    check_lengths,
    outputs_for,
    read_gold,
    read_lines,
    read_outputs,
    write_outputs,
)
from paracorp.evaluation.translation import Sample
from paracorp.records import BlockKind, Origin, Segment, Translation


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_are_cut_at_line_feeds_only_in_any_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path / "a.txt", "One\u2028two. \r\n\nThree\u0085four.\n", encoding)
    assert read_lines(path) == ["One\u2028two.", "", "Three\u0085four."]


@pytest.mark.parametrize("text", ["", "\n", " \n \n"])
def test_a_file_without_sentences_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="no sentences"):
        read_lines(write(tmp_path / "a.txt", text))


def test_a_difference_in_lines_names_both_files_and_the_line() -> None:
    with pytest.raises(InputError) as caught:
        check_lengths({Path("h.txt"): ["a", "b"], Path("r.txt"): ["a", "b", "c"]})
    assert caught.value.message == "r.txt:3: 3 lines, and h.txt has 2"


def test_gold_is_read_by_the_names_of_its_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "g.tsv", 'english\tlang\tnote\ttext\nSo "it" is.\tzh\t\t是的。\n\n')
    assert read_gold(path, ("zh", "he")) == [Sample("zh", "是的。", 'So "it" is.')]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("lang\ttext\nzh\t是\n", r":1: column english is missing"),
        ("lang\ttext\tenglish\nzh\t是\tyes\tno\n", r":2: 4 cells, expected 3"),
        ("lang\ttext\tenglish\nzh\t是\n", r":2: english is empty"),
        ("lang\ttext\tenglish\nfr\toui\tyes\n", r":2: unknown language 'fr'"),
        ("lang\ttext\tenglish\nzh\t是\tyes\nzh\t是\tit is\n", r":3: the text of line 2 again"),
        ("lang\ttext\tenglish\n", "no rows"),
        ("", r":1: column lang, text, english is missing"),
    ],
)
def test_gold_that_cannot_be_used_is_named_by_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_gold(write(tmp_path / "g.tsv", text), ("zh", "he"))


def segment(place: int, text: str) -> Segment:
    return Segment(f"zh/a#0.{place}", "zh/a", "zh", BlockKind.PARAGRAPH, 0, 0, len(text), text)


SEGMENTS = [segment(0, "他来了。"), segment(1, "她走了。"), segment(2, "下雨。")]
ENGLISH = [
    Translation(item.id, english, Origin.MODEL, "m", 1.0)
    for item, english in zip(SEGMENTS, ("He came.", "She left.", ""), strict=True)
]


def test_a_text_that_covers_several_segments_has_their_english_joined() -> None:
    samples = [Sample("zh", text, "x") for text in ("她走了。", "他来了。她走了。", "下雨。")]
    outputs = built_outputs(samples, SEGMENTS, ENGLISH, Path("g.tsv"))
    assert outputs_for(samples, outputs, Path("g.tsv")) == ["She left.", "He came. She left.", ""]


def test_a_text_no_article_holds_is_an_error() -> None:
    with pytest.raises(InputError, match=r"g\.tsv: no zh article holds this text: 不在。"):
        built_outputs([Sample("zh", "不在。", "x")], SEGMENTS, ENGLISH, Path("g.tsv"))


def test_saved_output_is_read_back_for_the_same_texts(tmp_path: Path) -> None:
    samples = [Sample("zh", "他\t来了。", "x"), Sample("he", "הוא  בא.", "y")]
    path = tmp_path / "out.tsv"
    write_outputs(path, samples, ["He\ncame.", ""])
    assert path.read_text(encoding="utf-8") == "lang\ttext\tenglish\nzh\t他 来了。\tHe came.\nhe\tהוא בא.\t\n"
    assert outputs_for(samples, read_outputs(path), path) == ["He came.", ""]
    with pytest.raises(InputError, match=r"out\.tsv: nothing for the zh text: 还有。"):
        outputs_for([Sample("zh", "还有。", "")], read_outputs(path), path)
