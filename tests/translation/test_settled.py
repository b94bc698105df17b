"""What is settled is read, not judged again, until something it follows from changes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from paracorp.lexicon.termbase import Termbase
from paracorp.records import Term
from paracorp.translation import settled
from paracorp.translation.cache import Cache
from paracorp.translation.drafting import Drafter
from paracorp.translation.engine import Decoding
from paracorp.translation.names import Draft, Names
from tests.translation.fake_engine import FakeEngine, english

TEXT = "奥尔特曼周二宣布了新计划。"
LOOP = "plan plan plan plan plan plan"


def altman(name: str) -> Names:
    return Names(Termbase((Term("altman", "person", {"zh": ("奥尔特曼",), "en": (name,)}),)), "zh", "en")


def drafts(
    file: Path, *texts: str, engine: FakeEngine | None = None, names: Names | None = None
) -> dict[str, Draft]:
    """What a run gives that shares nothing with others but the file."""
    cache = Cache(file, print)
    made = dict(Drafter(engine or FakeEngine(), "zh", cache=cache, names=names).render(texts))
    cache.close()
    return made


def rows(file: Path, table: str) -> int:
    connection = sqlite3.connect(file)
    with connection:
        [count] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(count)


def forget_outputs(file: Path) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("DELETE FROM outputs")
    connection.close()


@pytest.mark.parametrize("names", [None, altman("w0x5965 w1x5c14")])
def test_a_settled_text_needs_neither_its_outputs_nor_the_engine(tmp_path: Path, names: Names | None) -> None:
    file, engine = tmp_path / "c.sqlite", FakeEngine()
    first = drafts(file, TEXT, "好。", names=names)
    forget_outputs(file)
    assert drafts(file, TEXT, "好。", engine=engine, names=names) == first
    assert engine.asked == []


def test_notes_and_scores_come_back_as_they_were(tmp_path: Path) -> None:
    file, names = tmp_path / "c.sqlite", altman("Sam Altman")
    gives = {Decoding.PLAIN: {TEXT: ["Ottman spoke of the plan.", "Sam Altman spoke of the plan."]}}
    first = drafts(file, TEXT, engine=FakeEngine(gives=gives, score=0.1 + 0.2), names=names)
    assert first[TEXT].notes
    forget_outputs(file)
    assert drafts(file, TEXT, names=names) == first


def test_another_glossary_and_other_code_make_it_anew_from_the_outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, engine = tmp_path / "c.sqlite", FakeEngine()
    plain = "Altman spoke of the new plan."
    gives = {Decoding.PLAIN: {TEXT: [plain, plain.replace("Altman", "Ortman")]}}
    drafts(file, TEXT, engine=FakeEngine(gives=gives), names=altman("Altman"))
    assert (
        drafts(file, TEXT, engine=engine, names=altman("Ortman"))[TEXT].text
        == "Ortman spoke of the new plan."
    )
    assert drafts(file, TEXT, engine=engine)[TEXT].text == plain
    monkeypatch.setattr(settled, "_code", lambda: "other")
    assert drafts(file, TEXT, engine=engine)[TEXT].text == plain
    assert engine.asked == []
    assert (rows(file, "settled"), rows(file, "outputs")) == (1, 1)


def test_what_was_at_fault_or_lacks_a_name_is_never_settled(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    gives = {Decoding.PLAIN: {"好好。": [LOOP], TEXT: ["Ottman spoke of the plan."]}}
    drafts(file, "好好。", TEXT, engine=FakeEngine(gives=gives), names=altman("Altman"))
    assert rows(file, "settled") == 0


def test_batches_are_planned_over_settled_texts_too(tmp_path: Path) -> None:
    file, texts = tmp_path / "c.sqlite", ["字" * length for length in (8, 4, 3, 2)]
    drafts(file, texts[1])
    engine = FakeEngine(batch_chars=7)
    assert drafts(file, *texts, engine=engine) == {text: Draft(english(text), 0.5) for text in texts}
    assert [[len(text) for text in batch] for batch in engine.asked] == [[8], [3], [2]]


@pytest.mark.parametrize("row", ["\0\0\0", "[]", "null"])
def test_a_damaged_row_is_made_anew_and_replaced(tmp_path: Path, row: str) -> None:
    file = tmp_path / "c.sqlite"
    first = drafts(file, TEXT)
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("UPDATE settled SET output = ?", (row,))
    connection.close()
    assert drafts(file, TEXT) == first
    forget_outputs(file)
    engine = FakeEngine()
    assert drafts(file, TEXT, engine=engine) == first
    assert engine.asked == []


def test_without_a_cache_nothing_is_kept() -> None:
    engine = FakeEngine()
    drafter = Drafter(engine, "zh", cache=None, names=None)
    assert dict(drafter.render(["好。"])) == dict(drafter.render(["好。"]))
    assert engine.asked == [["好。"], ["好。"]]
