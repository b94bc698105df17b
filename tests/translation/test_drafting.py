"""Faulty outputs are asked for again, the best is kept, and what stays doubtful says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.lexicon.termbase import Termbase
from paracorp.records import Term
from paracorp.translation.cache import Cache
from paracorp.translation.drafting import Drafter
from paracorp.translation.engine import Attention, Decoding
from paracorp.translation.names import Draft, Names
from tests.translation.fake_engine import FakeEngine, english

TEXT = "总统周二在白宫宣布了一项新的计划。"
GOOD = "The president announced a new plan at the White House."
LOOP = "plan plan plan plan plan plan"
ALTMAN = Term("altman", "person", {"zh": ("奥尔特曼",), "en": ("Altman",)})


def drafts(
    engine: FakeEngine, *texts: str, names: Names | None = None, cache: Cache | None = None
) -> dict[str, Draft]:
    return dict(Drafter(engine, "zh", cache=cache, names=names).render(texts))


def names_of(*terms: Term) -> Names:
    return Names(Termbase(terms), "zh", "en")


def test_a_sound_output_is_taken_as_it_is() -> None:
    engine = FakeEngine()
    assert drafts(engine, TEXT) == {TEXT: Draft(english(TEXT), 0.5)}
    assert engine.ways == [Decoding.PLAIN]


def test_a_faulty_first_hypothesis_gives_way_to_a_sound_one() -> None:
    engine = FakeEngine(gives={Decoding.PLAIN: {TEXT: [LOOP, GOOD]}})
    assert drafts(engine, TEXT)[TEXT] == Draft(GOOD, 0.5)
    assert engine.ways == [Decoding.PLAIN]


@pytest.mark.parametrize("mended_by", [Decoding.CAREFUL, Decoding.WIDE])
def test_a_faulty_output_is_decoded_in_other_ways(mended_by: Decoding) -> None:
    gives = {way: {TEXT: [GOOD if way is mended_by else LOOP]} for way in Decoding}
    engine = FakeEngine(gives=gives)
    assert drafts(engine, TEXT, "好。")[TEXT] == Draft(GOOD, 0.5)
    asked_again = [batch for batch, way in zip(engine.asked, engine.ways, strict=True) if way is mended_by]
    assert asked_again == [[TEXT]]


def test_what_stays_faulty_is_kept_at_its_best_with_a_note() -> None:
    short = "The plan."
    gives = {way: {TEXT * 3: [LOOP, TEXT]} for way in Decoding} | {Decoding.WIDE: {TEXT * 3: [short]}}
    draft = drafts(FakeEngine(gives=gives), TEXT * 3)[TEXT * 3]
    assert draft.text == short
    [note] = draft.notes
    assert note.startswith("translation-unsure: it is too short")


def test_what_an_engine_never_gives_is_an_empty_draft() -> None:
    assert drafts(FakeEngine(), "什么?") == {"什么?": Draft("", 0.0)}


def test_texts_with_nothing_to_translate_stand_as_they_are_and_are_not_asked() -> None:
    engine = FakeEngine()
    assert drafts(engine, "***", "12.5%") == {text: Draft(text, 1.0) for text in ("***", "12.5%")}
    assert engine.asked == []


def test_latin_letters_a_model_makes_nothing_of_stand_as_they_are() -> None:
    gives = {way: {"OpenAI GPT-5": [LOOP]} for way in Decoding}
    assert drafts(FakeEngine(gives=gives), "OpenAI GPT-5") == {"OpenAI GPT-5": Draft("OpenAI GPT-5", 1.0)}


def test_names_are_kept_by_placeholders_and_else_put_where_attention_points() -> None:
    first, second = "奥尔特曼来了。", "奥尔特曼走了。"
    gives = {
        Decoding.PLAIN: {
            first: ["Ottman came."],
            second: ["Then Ottman went."],
            "X1来了。": ["X1 came."],
            "X1走了。": ["He went."],
        }
    }
    looked = Attention(((0, 4),), ((0, 4), (5, 11), (12, 16)), ((0.0,), (0.9,), (0.1,)))
    engine = FakeEngine(gives=gives, attends=looked)
    done = drafts(engine, first, second, names=names_of(ALTMAN))
    assert (done[first].text, done[second].text) == ("Altman came.", "Then Altman went.")
    assert engine.attended == [(second, "Then Ottman went.")]
    assert all(draft.notes for draft in done.values())


def test_an_engine_without_attention_leaves_the_sentence_as_it_was() -> None:
    text = "奥尔特曼走了。"
    engine = FakeEngine(gives={Decoding.PLAIN: {text: ["Ottman went."], "X1走了。": ["He went."]}})
    assert drafts(engine, text, names=names_of(ALTMAN))[text] == Draft("Ottman went.", 0.5)


def test_a_second_run_asks_the_engine_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite", print)
    faulty = {way: {TEXT: [LOOP]} for way in Decoding}
    faulty[Decoding.PLAIN] |= {"奥尔特曼走了。": ["Ottman went."], "X1走了。": ["He went."]}
    texts = (TEXT, "奥尔特曼走了。", "好。")
    first = drafts(FakeEngine(gives=faulty), *texts, names=names_of(ALTMAN), cache=cache)
    engine = FakeEngine()
    assert drafts(engine, *texts, names=names_of(ALTMAN), cache=cache) == first
    assert engine.asked == []
    assert engine.attended == []


def test_another_glossary_asks_again_only_for_the_sentences_it_changes(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite", print)
    texts = ("奥尔特曼走了。", "奥尔特曼来了，他介绍了星际之门。", "好。")
    drafts(FakeEngine(), *texts, cache=cache)
    engine = FakeEngine()
    star = Term("stargate", "project", {"zh": ("星际之门",), "en": ("Stargate",)})
    drafts(engine, *texts, names=names_of(star), cache=cache)
    assert engine.asked == [["奥尔特曼来了，他介绍了X1。"]]


def test_attention_that_is_new_counts_for_no_more_than_what_the_cache_gives_back(tmp_path: Path) -> None:
    tokens = tuple((place, place + 1) for place in range(len(TEXT)))
    words = ((0, 8), (9, 15))  # of "Somebody Ottman spoke"
    shares = tuple(
        tuple(0.24996 if row and place == 0 else 0.0 for place in range(len(TEXT))) for row in (0, 1)
    )
    looked = Attention(tokens, words, shares)
    names = names_of(Term("president", "person", {"zh": ("总统",), "en": ("Altman",)}))
    gives = {Decoding.PLAIN: {TEXT: ["Somebody xyzzy spoke."]}}

    def run(cache: Cache | None) -> Draft:
        engine = FakeEngine(gives=gives, attends=looked)
        return drafts(engine, TEXT, names=names, cache=cache)[TEXT]

    cache = Cache(tmp_path / "c.sqlite", print)
    assert run(cache) == run(cache) == run(None)
