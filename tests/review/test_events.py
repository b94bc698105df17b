"""Lines of `decisions.jsonl`: what is one, and what is said of one that is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from paracorp.review.events import Action, MalformedEventError, parse, parse_line, row_of

ROW: dict[str, Any] = {
    "v": 1,
    "event": "accept",
    "unit": "zh-he-1",
    "content_hash": "",
    "anchors": [["zh/a#0.0", "一"], ["he/a#0.0", "אחת"]],
    "data": {},
    "reviewer": "anna",
    "at": "2026-01-31T12:00:00Z",
}
LINK = [[["zh/a#0.0", "一"]], [["he/a#0.0", "אחת"]]]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"event": "note", "data": {"text": "so"}},
        {"event": "edit", "data": {"source": "二", "target_english": "two"}},
        {"event": "relink", "data": {"links": [LINK], "note": "why", "settles": ["x"]}},
        {"event": "undo", "data": {"undoes": "abc"}},
        {"id": "given", "reviewer": "חנה"},
    ],
)
def test_an_event_is_read_back_as_it_was_written(changes: dict[str, Any]) -> None:
    event = parse({**ROW, **changes})
    assert parse(row_of(event)) == event


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"v": 2}, "version 2"),
        ({"event": "delete"}, "unknown event 'delete'"),
        ({"anchors": [["zh/a#0.0"]]}, "no pair"),
        ({"anchors": "x"}, "no list"),
        ({"at": "yesterday"}, "at is 'yesterday'"),
        ({"at": None}, "at is None"),
        ({"event": "edit", "data": {}}, "edit of nothing"),
        ({"event": "edit", "data": {"source": " \n "}}, "source is empty"),
        ({"event": "edit", "data": {"source": 5}}, "source is no text"),
        ({"event": "merge", "data": {}}, "merge without links"),
        ({"event": "merge", "data": {"links": [[[], []]]}}, "both sides"),
        ({"event": "merge", "data": {"links": [LINK, LINK]}}, "twice"),
        ({"reviewer": "\ud800"}, "half a character"),
        ({"data": [1]}, "data is no JSON object"),
        ({"unit": "", "anchors": []}, "names no unit"),
    ],
)
def test_what_is_no_event_says_why(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(MalformedEventError, match=reason):
        parse({**ROW, **changes})


@pytest.mark.parametrize("line", [b"", b"[", b"\xff", b"null", b"[" * 100_000])
def test_a_line_that_is_no_json_object_is_malformed(line: bytes) -> None:
    with pytest.raises(MalformedEventError):
        parse_line(line)


def test_an_event_without_an_id_is_named_by_what_it_says() -> None:
    assert parse(ROW).id == parse(json.loads(json.dumps(ROW))).id
    assert parse(ROW).id != parse({**ROW, "reviewer": "bo"}).id


def test_line_breaks_and_controls_in_an_edit_become_spaces() -> None:
    event = parse({**ROW, "event": "edit", "data": {"source": "一\r\n二\x00三\u2028 "}})
    assert event.edits == {"source": "一 二 三"}


def test_a_time_without_a_zone_is_utc() -> None:
    assert parse({**ROW, "at": "2026-01-31T12:00:00"}).at == parse(ROW).at


def test_an_acceptance_of_a_rendering_carries_the_english() -> None:
    event = parse({**ROW, "anchors": ROW["anchors"][:1], "data": {"target": "One."}})
    assert (event.action, event.edits) == (Action.ACCEPT, {"target": "One."})
    assert parse({**ROW, "data": {"target": "One."}}).edits == {}
