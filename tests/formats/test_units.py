"""The neutral record: what is told of a unit of a corpus, and what becomes of it when its languages turn."""

from __future__ import annotations

import datetime as dt

from paracorp.formats.units import (
    BitextUnit,
    Surroundings,
    UnitNote,
    describe,
    free_name,
    parse_moment,
    turned,
)
from paracorp.records import Evidence, Link
from tests.formats.builders import full_unit, pair_unit


def three() -> BitextUnit:
    props = {
        "source_article": "zh/a",
        "target_ids": "he/a#1.0",
        "shape": "2:1",
        "status": "auto",
        "x-rating": "3",
    }
    notes = (UnitNote("finding", "a", "source_english", start=1, end=2), UnitNote("link", "b"))
    return BitextUnit("u", {"zh": "一", "he": "א", "en": "one"}, props, notes)


def test_everything_known_of_a_linked_unit_is_told() -> None:
    unit = full_unit()
    assert unit.props["reviewed"] == "2026-01-02T03:04:05Z"
    assert unit.props["source_url"] == "https://example.org/?a=1&b=2"
    assert {note.category for note in unit.notes} == {"finding", "evidence"}
    assert "" not in unit.props.values()


def test_a_unit_that_is_in_order_stays_as_it_is() -> None:
    unit = three()
    assert turned(unit, "zh", "he") is unit


def test_a_turned_unit_has_its_properties_on_the_other_side() -> None:
    unit = turned(three(), "he", "zh")
    assert list(unit.variants) == ["he", "zh", "en"]
    assert unit.props == {
        "target_article": "zh/a",
        "source_ids": "he/a#1.0",
        "shape": "1:2",
        "status": "auto",
        "x-rating": "3",
    }
    assert [note.about for note in unit.notes] == ["target_english", ""]
    assert turned(unit, "zh", "he") == three()


def test_what_is_said_of_a_side_that_is_left_out_goes_with_it() -> None:
    unit = turned(three(), "en", "he")
    assert unit.props == {"target_ids": "he/a#1.0", "status": "auto", "x-rating": "3"}
    assert [note.text for note in unit.notes] == ["b"]


def test_a_name_that_means_something_in_a_table_is_set_apart() -> None:
    assert free_name("x-Domain") == "x-Domain"
    assert free_name("source") == "x-source"
    assert free_name("en") == "x-en"
    assert free_name("two\u2028lines ") == "two lines"


def test_moments_are_read_with_and_without_their_marks_and_zone() -> None:
    moment = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    for text in (
        "2026-01-02T03:04:05Z",
        "20260102T030405Z",
        "2026-01-02T05:04:05+02:00",
        "2026-01-02 03:04:05",
    ):
        assert parse_moment(text) == moment
    for text in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00+12:00", "soon"):
        assert parse_moment(text) is None
    assert parse_moment("2026-01-02") == dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    assert parse_moment("soon") is None


def test_the_parts_of_a_similarity_are_told_in_one_order_whatever_order_they_come_in() -> None:
    notes = []
    for parts in ({"words": 0.5, "cover": 0.25}, {"cover": 0.25, "words": 0.5}):
        link = Link("l1", ("zh/a#1.0",), ("he/a#1.0",), 0.5, Evidence(parts))
        notes.append(describe(pair_unit(), Surroundings(links={"l1": link})).notes)
    assert notes[0] == notes[1] == (UnitNote("evidence", "similarity: cover 0.25, words 0.50"),)
