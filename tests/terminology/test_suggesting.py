"""Suggestions from sentences made by hand."""

from __future__ import annotations

from paracorp.records import Term
from paracorp.terminology.pasting import rows_of
from paracorp.terminology.sentences import Sentence
from paracorp.terminology.suggesting import suggest_names

CHINESE = [
    (
        "卡诺港昨天开放，科瓦利主持了仪式。",
        "The port of Karno opened yesterday; Ilan Kovali led the rite.",
    ),
    ("科瓦利说，卡诺港花费很高。", "Kovali said that the port of Karno had cost a lot."),
    ("居民欢迎这座桥。", "Residents welcomed the bridge."),
    ("科瓦利明天离开。", "Kovali leaves tomorrow."),
]
HEBREW = [
    ("נמל קרנו נפתח אתמול בידי קובאלי.", "The port of Karno was opened yesterday by Ilan Kovali."),
    ("לפי קובאלי, הנמל יקר.", "According to Kovali, the port is dear."),
    ("התושבים מרוצים.", "The residents are pleased."),
    ("בקרנו חוגגים עם קובאלי.", "In Karno they celebrate with Kovali."),
]
FILLER = 12


def corpus(*, english: bool = True) -> list[Sentence]:
    found = []
    for lang, rows, filler in (("zh", CHINESE, "今天天气很好"), ("he", HEBREW, "היום חם מאוד")):
        for place, (text, rendering) in enumerate(rows):
            found.append(
                Sentence(f"{lang}/a#{place}.0", f"{lang}/a", lang, text, rendering if english else "")
            )
        for place in range(FILLER):
            name = f"{lang}/b#{place}.0"
            found.append(Sentence(name, f"{lang}/b", lang, filler, "It is warm today." if english else ""))
    return found


LINKS = [((f"zh/a#{place}.0",), (f"he/a#{place}.0",)) for place in (0, 1, 3)] + [
    ((f"zh/b#{place}.0",), (f"he/b#{place}.0",)) for place in range(FILLER)
]


def test_names_come_with_counts_contexts_and_counterparts() -> None:
    found = suggest_names(corpus(), LINKS, [])
    chinese = {item.name: item for item in found["zh"]}
    assert chinese["科瓦利"].count == 3
    assert chinese["科瓦利"].counterparts == {"he": ("קובאלי",), "en": ("Ilan Kovali",)}
    assert chinese["科瓦利"].contexts[0].segment_id == "zh/a#0.0"
    hebrew = {item.name: item for item in found["he"]}
    assert hebrew["קרנו"].counterparts["en"] == ("Karno",)
    assert [item.name for item in found["en"]] == ["Ilan Kovali", "Karno"]


def test_links_speak_where_there_is_no_english() -> None:
    found = suggest_names(corpus(english=False), LINKS, [])
    chinese = {item.name: item for item in found["zh"]}
    assert chinese["科瓦利"].counterparts == {"he": ("קובאלי",)}
    assert found["en"] == []


def test_what_an_entry_covers_is_left_out_and_its_missing_names_are_told() -> None:
    terms = [Term("kovali", "person", {"en": ("Ilan Kovali",), "he": ("קובאלי",)})]
    found = suggest_names(corpus(), LINKS, terms)
    assert [item.name for item in found["en"]] == ["Karno"]
    assert "קובאלי" not in {item.name for item in found["he"]}
    (missing,) = [item for item in found["zh"] if item.term_id]
    assert (missing.name, missing.term_id) == ("科瓦利", "kovali")
    row = next(row for row in rows_of(found, terms, top=30) if row.id == "kovali")
    assert (row.kind, row.status, row.variants) == ("person", "admitted", {"zh": ("科瓦利",)})


def test_rows_get_ids_that_are_free() -> None:
    found = suggest_names(corpus(), LINKS, [Term("karno", "thing", {"en": ("Something else",)})])
    ids = [row.id for row in rows_of(found, [Term("karno", "thing", {"en": ("x",)})], top=30)]
    assert set(ids) >= {"ilan-kovali", "karno-2"}
    assert len(ids) == len(set(ids))


def test_the_same_corpus_gives_the_same_suggestions() -> None:
    assert suggest_names(corpus(), LINKS, []) == suggest_names(corpus(), LINKS, [])


def test_no_sentences_give_no_suggestions() -> None:
    assert suggest_names([], [], []) == {"en": []}
