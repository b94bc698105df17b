"""The memory of a corpus as files: import, export, counts."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from paracorp.corpus import Corpus, open_corpus
from paracorp.errors import InputError
from paracorp.formats.tmx import read_tmx
from paracorp.translation.memory_files import (
    export_memory,
    import_files,
    memory_files,
    read_memory,
)
from paracorp.translation.memory_stats import count_memory

UNITS = (
    '<tu tuid="1" changedate="20250101T000000Z"><prop type="x-reviewer">Ann</prop>{zh}{en}</tu>',
    '<tu tuid="2" changedate="20250301T000000Z">{zh}{other}</tu>',
)
ZH, EN, OTHER = (
    '<tuv xml:lang="zh-CN"><seg>特朗普宣布了计划。</seg></tuv>',
    '<tuv xml:lang="en-US"><seg>Trump announced the plan.</seg></tuv>',
    '<tuv xml:lang="en-US"><seg>Trump announced a plan.</seg></tuv>',
)
HE = '<tuv xml:lang="he"><seg>טראמפ הכריז על התוכנית.</seg></tuv>'


def tmx(path: Path, *units: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "\n".join(unit.format(zh=ZH, en=EN, other=OTHER, he=HE) for unit in units)
    path.write_text(
        f'<tmx version="1.4"><header srclang="zh-CN"/><body>\n{body}\n</body></tmx>', encoding="utf-8"
    )
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "corpus.toml").write_text('title = "T"\n', encoding="utf-8")
    return open_corpus(root)


class Errors(list[InputError]):
    def __init__(self) -> None:
        super().__init__()

    @property
    def text(self) -> str:
        return "\n".join(error.message for error in self)


@pytest.fixture
def errors() -> Errors:
    return Errors()


def test_a_good_file_is_copied_as_it_is_and_once(corpus: Corpus, tmp_path: Path, errors: Errors) -> None:
    path = tmx(tmp_path / "in" / "a.tmx", *UNITS)
    [added] = import_files(corpus, [path], on_reject=errors.append)
    assert (added.outcome, added.units) == ("added", 1)
    assert added.target.read_bytes() == path.read_bytes()
    [again] = import_files(corpus, [path], on_reject=errors.append)
    assert again.outcome == "already there"
    copy = path.rename(path.with_name("copy.tmx"))
    [copied] = import_files(corpus, [copy], on_reject=errors.append)
    assert (copied.outcome, copied.target.name) == ("already there", "a.tmx")
    assert not errors


def test_no_file_of_the_memory_is_ever_replaced(corpus: Corpus, tmp_path: Path, errors: Errors) -> None:
    there = tmx(corpus.memory / "a.tmx", UNITS[0])
    before = there.read_bytes()
    assert import_files(corpus, [tmx(tmp_path / "a.tmx", UNITS[1])], on_reject=errors.append) == []
    assert "holds other units under this name" in errors.text
    assert there.read_bytes() == before


def test_of_a_file_with_bad_units_the_good_ones_are_added_and_the_bad_ones_named(
    corpus: Corpus, tmp_path: Path, errors: Errors
) -> None:
    path = tmx(tmp_path / "a.tmx", UNITS[0], "<tu>{zh}<tuv xml:lang='en'/></tu>", "<tu>{he}{en}</tu>")
    [added] = import_files(corpus, [path], on_reject=errors.append)
    assert (added.outcome, added.units) == ("added in part", 2)
    assert f"{path}:3:" in errors.text
    assert [
        (unit.tuid, unit.srclang, set(unit.variants)) for unit in read_tmx(added.target, on_reject=None)
    ] == [
        ("1", "zh", {"zh", "en"}),
        ("", "he", {"he", "en"}),  # a unit's source language must be one it has
    ]
    first = next(read_tmx(added.target, on_reject=None))
    assert (first.changed, first.props) == ("20250101T000000Z", {"x-reviewer": "Ann"})


def test_what_cannot_be_used_is_refused_and_the_others_go_on(
    corpus: Corpus, tmp_path: Path, errors: Errors
) -> None:
    folder = tmp_path / "in"
    tmx(folder / "other.tmx", '<tu>{en}<tuv xml:lang="fr"><seg>Oui.</seg></tuv></tu>')
    (folder / "broken.tmx").write_text("<tmx", encoding="utf-8")
    (folder / "note.txt").write_text("x", encoding="utf-8")
    good = tmx(folder / "z.tmx", UNITS[0])
    packed = folder / "packed.tmx.gz"
    packed.write_bytes(gzip.compress(tmx(tmp_path / "p.tmx", UNITS[1]).read_bytes(), mtime=0))
    (tmp_path / "empty").mkdir()
    named = [folder / "note.txt", tmp_path / "none.tmx", tmp_path / "empty", folder]
    done = import_files(corpus, named, on_reject=errors.append)
    assert [item.target.name for item in done] == ["packed.tmx.gz", good.name]
    for problem in (
        "other.tmx: none of its 1 good units pairs zh or he with en",
        "broken.tmx:1",
        "note.txt: ",
        "none.tmx: no such file",
        "empty: no .tmx file in this folder",
    ):
        assert problem in errors.text
    assert [path.name for path in memory_files(corpus)] == ["packed.tmx.gz", "z.tmx"]


def test_texts_the_memory_renders_otherwise_are_counted(
    corpus: Corpus, tmp_path: Path, errors: Errors
) -> None:
    tmx(corpus.memory / "a.tmx", UNITS[0])
    [added] = import_files(
        corpus, [tmx(tmp_path / "b.tmx", UNITS[1], "<tu>{he}{en}</tu>")], on_reject=errors.append
    )
    assert added.contradicting == 1


def test_the_merged_memory_holds_every_text_once_with_the_english_that_counts(
    corpus: Corpus, tmp_path: Path, errors: Errors
) -> None:
    tmx(corpus.memory / "a.tmx", UNITS[0], "<tu tuid='h'>{he}{en}</tu>")
    tmx(corpus.memory / "b.tmx", UNITS[1])
    path = tmp_path / "out.tmx"
    assert export_memory(corpus, path, langs=("zh", "he"), on_reject=errors.append) == {"zh": 1, "he": 1}
    chinese, hebrew = read_tmx(path, on_reject=None)
    assert chinese.variants == {"zh": "特朗普宣布了计划。", "en": "Trump announced a plan."}
    assert (chinese.tuid, chinese.changed, chinese.props) == ("2", "20250301T000000Z", {"x-memory": "b.tmx"})
    assert (hebrew.tuid, hebrew.srclang, hebrew.variants["en"]) == ("h", "he", "Trump announced the plan.")
    first = path.read_bytes()
    export_memory(corpus, path, langs=("zh", "he"), on_reject=errors.append)
    assert path.read_bytes() == first
    assert export_memory(corpus, path, langs=("he",), on_reject=errors.append) == {"he": 1}
    [unit] = read_tmx(path, on_reject=None)
    assert (unit.srclang, b'srclang="he-IL"' in path.read_bytes()) == ("he", True)


def test_an_exported_memory_serves_as_the_one_it_came_from(
    corpus: Corpus, tmp_path: Path, errors: Errors
) -> None:
    tmx(corpus.memory / "a.tmx", *UNITS, "<tu tuid='1'>{he}{en}</tu>")
    before = read_memory(corpus, errors.append)
    path = tmp_path / "out.tmx"
    export_memory(corpus, path, langs=("zh", "he"), on_reject=errors.append)
    (corpus.memory / "a.tmx").unlink()
    import_files(corpus, [path], on_reject=errors.append)
    after = read_memory(corpus, errors.append)
    assert not errors
    assert len(after) == len(before) == 2
    for lang, entry in before.entries():
        found = after.counted(entry.text, lang)
        assert found is not None
        assert (found.english, found.changed, found.trust) == (entry.english, entry.changed, entry.trust)


def test_an_empty_memory_is_not_exported(corpus: Corpus, tmp_path: Path, errors: Errors) -> None:
    with pytest.raises(InputError, match="no units from zh or he"):
        export_memory(corpus, tmp_path / "out.tmx", langs=("zh", "he"), on_reject=errors.append)
    assert not (tmp_path / "out.tmx").exists()


def test_units_texts_repeats_dates_and_conflicts_are_counted(corpus: Corpus, errors: Errors) -> None:
    tmx(corpus.memory / "a.tmx", *UNITS, UNITS[0], "<tu>{he}{en}</tu>", "<tu>{en}</tu>")
    tmx(corpus.memory / "b.tmx", '<tu><prop type="x-status">rejected</prop>{zh}{other}</tu>', "<tu/>")
    stats = count_memory(corpus, errors.append)
    assert stats.files == {"a.tmx": 5, "b.tmx": 1}
    chinese, hebrew = stats.pairs["zh-en"], stats.pairs["he-en"]
    assert (chinese.units, chinese.texts, chinese.duplicates, chinese.conflicts) == (3, 1, 1, 1)
    assert (chinese.oldest, chinese.newest, chinese.undated) == ("20250101T000000Z", "20250301T000000Z", 0)
    assert (hebrew.units, hebrew.oldest, hebrew.undated) == (1, "", 1)
    assert (stats.rejected, stats.other) == (1, 1)
    [conflict] = stats.conflicts
    assert conflict.kept.english == "Trump announced a plan."
    assert "b.tmx:3" in errors.text


def test_a_corpus_without_memory_counts_nothing(corpus: Corpus, errors: Errors) -> None:
    stats = count_memory(corpus, errors.append)
    assert (stats.files, stats.pairs, stats.conflicts) == ({}, {}, ())


def test_a_table_becomes_a_tmx_of_its_good_rows(corpus: Corpus, tmp_path: Path, errors: Errors) -> None:
    path = tmp_path / "pairs.tsv"
    rows = (
        "id\tsource_lang\ttarget_lang\tsource\ttarget",
        "a\tzh\ten\t特朗普宣布了计划。\tTrump announced the plan.",
        "b\tzh\ten\t没有英文。\t",
    )
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    [added] = import_files(corpus, [path], on_reject=errors.append)
    assert (added.target.name, added.outcome, added.units) == ("pairs.tmx", "added in part", 1)
    assert f"{path}:3:" in errors.text
    [unit] = read_tmx(added.target, on_reject=None)
    assert unit.variants == {"zh": "特朗普宣布了计划。", "en": "Trump announced the plan."}
    [again] = import_files(corpus, [path], on_reject=errors.append)
    assert again.outcome == "already there"


def test_every_bad_row_of_a_table_without_a_good_one_is_named(
    corpus: Corpus, tmp_path: Path, errors: Errors
) -> None:
    path = tmp_path / "pairs.tsv"
    rows = ("source_lang\ttarget_lang\tsource\ttarget", "zh\ten\t没有英文。\t", "zh\ten\t也没有。\t")
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    assert import_files(corpus, [path], on_reject=errors.append) == []
    assert [error.line for error in errors] == [2, 3, None]
    assert not list(corpus.memory.glob("*"))
