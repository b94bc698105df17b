"""The review server: what it lets through, what it answers, and that what it takes is on the disk."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from paracorp.corpus import open_corpus
from paracorp.errors import InputError
from paracorp.review.loading import load_build
from paracorp.review.office import Office
from paracorp.review.server import MOST_BODY_BYTES, application
from paracorp.review.serving import host_check
from tests.review.making import HE, ZH, build, decide, event

TOKEN = "t0ken"
BASE = "http://127.0.0.1:8000"
ZH_TITLE, ZH_OPENED, ZH_COST, ZH_FREE, ZH_MAYOR, ZH_WORKERS = ZH
HE_TITLE, HE_OPENED, HE_COST, HE_MAYOR, HE_WORKERS, HE_DRIVERS = HE


class Ticking:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        self.now += dt.timedelta(seconds=1)
        return self.now


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def office(bridge: Path, heard: list[str]) -> Office:
    return Office(open_corpus(bridge), reviewer="anna", clock=Ticking(), say=heard.append)


@pytest.fixture
def make_client(office: Office) -> Callable[[], TestClient]:
    def make() -> TestClient:
        app = application(office, token=TOKEN, known_host=host_check("127.0.0.1", 8000))
        return TestClient(app, base_url=BASE)

    return make


@pytest.fixture
def client(make_client: Callable[[], TestClient]) -> TestClient:
    """A browser that opened the printed address."""
    client = make_client()
    assert client.get(f"/?token={TOKEN}").status_code == 200
    client.headers["origin"] = BASE
    return client


def unit(client: TestClient, source: str, kind: str = "links") -> dict[str, Any]:
    """The unit whose source begins so."""
    index = client.get(f"/api/index?kind={kind}").json()
    at = index["columns"].index("source")
    name = next(row[0] for row in index["rows"] if row[at].startswith(source[:20]))
    found: dict[str, Any] = client.get("/api/units", params={"id": name}).json()["units"][0]
    return found


def decision(unit: dict[str, Any], action: str, reviewer: str = "anna", **data: Any) -> dict[str, Any]:
    """As the page makes it."""
    segments = [*unit["source"]["segments"], *unit["target"]["segments"]]
    return {
        "v": 1,
        "id": "",
        "event": action,
        "unit": unit["id"],
        "content_hash": unit["content_hash"],
        "anchors": [[row["id"], row["text"]] for row in segments],
        "data": data,
        "reviewer": reviewer,
        "at": "2020-01-01T00:00:00Z",
    }


def post(client: TestClient, *events: dict[str, Any]) -> dict[str, Any]:
    answer = client.post("/api/events", json={"events": list(events)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def lines(corpus: Path) -> list[dict[str, Any]]:
    path = corpus / "decisions.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def row(client: TestClient, unit_id: str, kind: str = "links") -> dict[str, Any]:
    index = client.get(f"/api/index?kind={kind}").json()
    return next(dict(zip(index["columns"], row, strict=True)) for row in index["rows"] if row[0] == unit_id)


# Who is let in


def test_the_opened_address_gives_a_cookie_and_leaves_no_token_behind(
    make_client: Callable[[], TestClient],
) -> None:
    answer = make_client().get(f"/?token={TOKEN}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("paracorp-8000=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize(
    "path", ["/", "/?token=wrong", "/?token=", "/api/meta", "/api/index", "/static/review.css"]
)
def test_nothing_is_answered_without_the_token(make_client: Callable[[], TestClient], path: str) -> None:
    answer = make_client().get(path)
    assert answer.status_code == 403
    assert "token" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    "host", ["evil.example:8000", "127.0.0.1:9000", "127.0.0.1", "", "127.0.0.1.evil:8000"]
)
def test_a_foreign_host_is_refused_even_with_the_token(client: TestClient, host: str) -> None:
    assert client.get("/api/meta", headers={"host": host}).status_code == 403


def test_this_machine_may_be_called_localhost(client: TestClient) -> None:
    headers = {"host": "localhost:8000", "x-paracorp-token": TOKEN, "origin": "http://localhost:8000"}
    assert client.get("/api/meta", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9000", "https://127.0.0.1:8000"]
)
def test_a_foreign_origin_may_neither_write_nor_read(client: TestClient, bridge: Path, origin: str) -> None:
    headers = {"origin": origin}
    assert client.get("/api/meta", headers=headers).status_code == 403
    answer = client.post("/api/events", json={"events": []}, headers=headers)
    assert answer.status_code == 403
    assert not (bridge / "decisions.jsonl").exists()


def test_a_post_without_an_origin_needs_the_token_in_a_header(client: TestClient) -> None:
    del client.headers["origin"]
    found = unit(client, ZH_COST)
    body = {"events": [decision(found, "accept")]}
    assert client.post("/api/events", json=body).status_code == 403
    assert client.post("/api/events", json=body, headers={"x-paracorp-token": TOKEN}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/meta", "/nothing", "/static/nothing.js"])
def test_every_answer_has_the_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "name", ["../server.py", "..%2fserver.py", "%2e%2e%2fserver.py", "review.html", ".css"]
)
def test_only_files_of_the_page_are_served(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code in (403, 404)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 400),
        (b"[", "application/json", 400),
        (b'{"events": 5}', "application/json", 400),
        (b'{"events": {}}', "application/json", 400),
        (b'{"events": []}', "application/json", 400),
        (b'{"events": ["x"]}', "application/json", 400),
        (b'{"events": [{}]}', "text/plain", 415),
        (b'{"events": [{}]}', "application/x-www-form-urlencoded", 415),
        (b" " * (MOST_BODY_BYTES + 1), "application/json", 413),
        (b"[" * 200_000, "application/json", 400),
    ],
)
def test_a_body_that_is_no_decision_is_refused_with_a_reason(
    client: TestClient, bridge: Path, body: bytes, kind: str, status: int
) -> None:
    answer = client.post("/api/events", content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    assert not (bridge / "decisions.jsonl").exists()


# What it answers


def test_meta_says_what_the_page_needs(client: TestClient) -> None:
    meta = client.get("/api/meta").json()
    assert (meta["corpus"], meta["title"], meta["reviewer"]) == ("bridge", "Bridge", "anna")
    assert [item["dir"] for item in meta["languages"]] == ["ltr", "rtl"]
    assert {item["kind"]: item["count"] for item in meta["kinds"]} == {"links": 5, "zh": 6, "he": 6}
    pair = meta["pairs"][0]
    assert [meta["articles"][pair[side]]["id"] for side in ("source", "target")] == ["zh/bridge", "he/bridge"]


def test_the_index_is_in_the_order_of_the_text(client: TestClient) -> None:
    index = client.get("/api/index").json()
    at = index["columns"].index("source")
    assert [row[at] for row in index["rows"]] == [ZH_TITLE, ZH_OPENED, ZH_COST, ZH_MAYOR, ZH_WORKERS]
    assert client.get("/api/index?kind=nothing").status_code == 400


def test_a_unit_has_both_texts_their_english_and_what_stands_around_them(client: TestClient) -> None:
    found = unit(client, ZH_COST)
    source, target = found["source"], found["target"]
    assert (source["text"], source["english"]) == (ZH_COST, ZH[ZH_COST])
    assert (target["text"], target["english"]) == (HE_COST, HE[HE_COST])
    assert [row["text"] for row in source["before"]] == [ZH_TITLE, ZH_OPENED]
    assert [row["text"] for row in source["after"]] == [ZH_FREE, ZH_MAYOR]
    assert source["segments"][0]["units"] == [found["id"]]
    assert found["state"]["status"] == "auto"
    assert any("billion" in reason["text"] for reason in found["reasons"])


def test_a_number_has_the_same_group_in_all_four_texts(client: TestClient) -> None:
    found = unit(client, ZH_COST)
    (group,) = [row for row in found["groups"] if row["kind"] == "number"]
    assert group["fields"] == ["source", "source_english", "target", "target_english"]
    for side in ("source", "target"):
        for text, marks in (("text", "marks"), ("english", "english_marks")):
            (mark,) = found[side][marks]
            assert "3" in found[side][text][mark["start"] : mark["end"]]


def test_offsets_are_code_points(bridge: Path, client: TestClient) -> None:
    post(client, decision(unit(client, ZH_COST), "edit", source="\U0001f600\U0001f600 30亿美元"))
    found = unit(client, "\U0001f600")
    (mark,) = found["source"]["marks"]
    assert found["source"]["text"][mark["start"] : mark["end"]] == "30亿美元"


def test_text_is_found_in_any_language_however_it_is_written(client: TestClient) -> None:
    def ids(text: str) -> list[str]:
        found: list[str] = client.get("/api/search", params={"q": text}).json()["ids"]
        return found

    wanted = unit(client, ZH_MAYOR)["id"]
    assert ids("陈丽华") == ids("MAYOR chen") == ids("ראש העיר צ׳ן") == ids("רֹאשׁ הָעִיר") == [wanted]
    assert ids("nowhere") == []
    assert len(ids("")) == 5


def test_a_pair_of_articles_has_all_sentences_and_the_links_between_them(client: TestClient) -> None:
    found = client.get("/api/pair", params={"source": "zh/bridge", "target": "he/bridge"}).json()
    assert [row["text"] for row in found["source"]["segments"]] == list(ZH)
    assert [row["text"] for row in found["target"]["segments"]] == list(HE)
    assert len(found["links"]) == 5
    assert client.get("/api/pair", params={"source": "zh/none", "target": "x"}).status_code == 400


def test_units_that_are_not_there_are_named(client: TestClient) -> None:
    answer = client.get("/api/units", params={"id": ["nothing", "../../x", "\u202e<script>"]}).json()
    assert answer["units"] == []
    assert answer["missing"] == ["nothing", "../../x", "\u202e<script>"]
    many = client.get("/api/units", params={"id": [str(number) for number in range(101)]})
    assert many.status_code == 400


# What it takes


def test_a_decision_is_on_the_disk_when_it_is_answered(client: TestClient, bridge: Path) -> None:
    found = unit(client, ZH_COST)
    answer = post(client, decision(found, "accept"))
    (line,) = lines(bridge)
    assert (line["event"], line["unit"], line["reviewer"]) == ("accept", found["id"], "anna")
    assert line["at"].startswith("2026-05-01")  # the server's clock, not the page's
    assert line["id"] in answer["saved"]
    assert row(client, found["id"])["status"] == "accepted"
    assert unit(client, ZH_COST)["state"]["reviewer"] == "anna"


def test_the_same_event_sent_twice_is_one(client: TestClient, bridge: Path) -> None:
    event = decision(unit(client, ZH_COST), "accept") | {"id": "f" * 32}
    post(client, event)
    post(client, event)
    assert len(lines(bridge)) == 1


def test_a_decision_on_texts_that_are_not_there_is_refused(client: TestClient, bridge: Path) -> None:
    found = decision(unit(client, ZH_COST), "accept")
    found["anchors"][0][1] = "别的"
    answer = client.post("/api/events", json={"events": [found]})
    assert answer.status_code == 409
    assert answer.json()["units"] == [found["unit"]]
    assert not (bridge / "decisions.jsonl").exists()


def test_one_bad_decision_of_several_leaves_all_out(client: TestClient, bridge: Path) -> None:
    good = decision(unit(client, ZH_COST), "accept")
    answer = client.post("/api/events", json={"events": [good, {**good, "event": "burn"}]})
    assert answer.status_code == 400
    assert "burn" in answer.json()["error"]["message"]
    assert not (bridge / "decisions.jsonl").exists()


def test_another_window_sees_the_change(client: TestClient, make_client: Callable[[], TestClient]) -> None:
    other = make_client()
    other.get(f"/?token={TOKEN}")
    meta = other.get("/api/meta").json()
    found = unit(client, ZH_COST)
    post(client, decision(found, "reject", reviewer="bo"))
    news = other.get("/api/changes", params={"since": meta["cursor"], "build": meta["build"]}).json()
    assert [row[0] for row in news["rows"]["links"]] == [found["id"]]
    assert news["by"] == ["bo"]
    assert not news["reload"]
    again = other.get("/api/changes", params={"since": news["cursor"], "build": meta["build"]}).json()
    assert again["rows"]["links"] == again["saved"] == []


@pytest.mark.parametrize("since", ["-1", "999", "x", "", "9" * 30])
def test_a_page_with_an_unknown_cursor_is_told_to_load_anew(client: TestClient, since: str) -> None:
    meta = client.get("/api/meta").json()
    assert client.get("/api/changes", params={"since": since, "build": meta["build"]}).json()["reload"]


def test_decisions_of_another_program_show_up(client: TestClient, bridge: Path) -> None:
    meta = client.get("/api/meta").json()
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST], reviewer="bo"))
    news = client.get("/api/changes", params={"since": meta["cursor"], "build": meta["build"]}).json()
    assert len(news["rows"]["links"]) == 1
    assert unit(client, ZH_COST)["state"]["reviewer"] == "bo"


@pytest.mark.parametrize("beside", [True, False])
def test_a_log_that_was_written_anew_with_the_same_size_is_read_anew(
    client: TestClient, bridge: Path, beside: bool
) -> None:
    path = bridge / "decisions.jsonl"
    decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST]))
    assert unit(client, ZH_COST)["state"]["status"] == "accepted"
    meta = client.get("/api/meta").json()
    other = path.with_name("other") if beside else path
    other.write_text(path.read_text(encoding="utf-8").replace('"accept"', '"reject"'), encoding="utf-8")
    other.replace(path)
    assert unit(client, ZH_COST)["state"]["status"] == "rejected"
    params = {"since": meta["cursor"], "build": meta["build"]}
    assert client.get("/api/changes", params=params).json()["reload"] is True


def test_two_reviewers_who_differ_are_both_shown(client: TestClient) -> None:
    found = unit(client, ZH_COST)
    post(client, decision(found, "accept", reviewer="anna"))
    post(client, decision(found, "reject", reviewer="bo"))
    state = unit(client, ZH_COST)["state"]
    assert (state["status"], state["conflict"]) == ("conflict", True)
    assert {row["reviewer"]: row["event"] for row in state["verdicts"]} == {"anna": "accept", "bo": "reject"}
    both = [row["id"] for row in state["verdicts"]]
    post(client, decision(found, "accept", reviewer="carl", settles=both))
    assert unit(client, ZH_COST)["state"]["status"] == "accepted"


def test_an_undo_brings_the_unit_back(client: TestClient) -> None:
    found = unit(client, ZH_COST)
    saved = post(client, decision(found, "reject"))["saved"][0]
    assert row(client, found["id"])["status"] == "rejected"
    post(client, decision(found, "undo", undoes=saved))
    assert row(client, found["id"])["status"] == "auto"
    assert unit(client, ZH_COST)["state"]["history"] == []


def test_a_merge_shows_the_new_pair_at_once_and_an_undo_takes_it_away(client: TestClient) -> None:
    found = unit(client, ZH_COST)
    after = found["source"]["after"][0]
    source = [[found["source"]["segments"][0][name] for name in ("id", "text")], [after["id"], after["text"]]]
    target = [[row["id"], row["text"]] for row in found["target"]["segments"]]
    news = post(client, decision(found, "merge", links=[[source, target]]))
    assert news["gone"] == [found["id"]]
    ((new, *_),) = news["rows"]["links"]
    merged = client.get("/api/units", params={"id": new}).json()["units"][0]
    assert merged["source"]["text"] == ZH_COST + ZH_FREE
    assert (merged["shape"], merged["confidence"], merged["state"]["status"]) == ("2:1", None, "accepted")
    assert [item["kind"] for item in merged["reasons"]] == ["person"]
    assert row(client, new)["pending"]
    back = post(client, decision(merged, "undo", undoes=news["saved"][0]))
    assert back["gone"] == [new]
    assert back["rows"]["links"][0][0] == found["id"]


def test_edited_english_shows_wherever_the_sentence_is(client: TestClient) -> None:
    news = post(client, decision(unit(client, ZH_COST), "edit", source_english="It cost $3 billion in all."))
    assert len(news["rows"]["links"]) == len(news["rows"]["zh"]) == 1
    found = unit(client, ZH_COST, "zh")
    assert found["target"]["text"] == "It cost $3 billion in all."
    assert found["target"]["original"] == ZH[ZH_COST]
    assert found["state"]["status"] == "edited"


def test_an_edited_text_is_checked_as_it_is_now(client: TestClient) -> None:
    found = unit(client, ZH_COST, "zh")
    assert found["findings"] == []
    post(client, decision(found, "edit", target="The project cost a total of $4 billion."))
    found = unit(client, ZH_COST, "zh")
    assert found["findings"]
    for item in found["findings"]:
        assert 0 <= item["start"] <= item["end"] <= len(found[item["field"]]["text"])


def test_an_edit_of_a_hundred_thousand_characters_is_taken_and_shown(client: TestClient) -> None:
    text = "<script>alert(1)</script>\u202e" + "長" * 100_000
    post(client, decision(unit(client, ZH_COST), "edit", source=text))
    assert unit(client, "<script>")["source"]["text"] == text


@pytest.mark.parametrize("reviewer", ["", None, 5, "\u202eevil\n<b>", "ח" * 5000])
def test_a_reviewer_of_any_name_is_taken_or_refused_but_never_breaks(
    client: TestClient, bridge: Path, reviewer: Any
) -> None:
    found = decision(unit(client, ZH_COST), "accept") | {"reviewer": reviewer}
    answer = client.post("/api/events", json={"events": [found]})
    assert answer.status_code == (400 if reviewer == 5 else 200)
    if reviewer in ("", None):
        assert lines(bridge)[0]["reviewer"] == "anna"


def test_a_full_disk_is_said_and_nothing_changes(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import os

    found = unit(client, ZH_COST)

    def full(handle: int, body: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    answer = client.post("/api/events", json={"events": [decision(found, "accept")]})
    monkeypatch.undo()
    assert answer.status_code == 507
    assert row(client, found["id"])["status"] == "auto"


def test_a_torn_line_is_put_aside_and_said(client: TestClient, bridge: Path, heard: list[str]) -> None:
    (bridge / "decisions.jsonl").write_bytes(b'{"v":1,"ev')
    post(client, decision(unit(client, ZH_COST), "accept"))
    assert [line["event"] for line in lines(bridge)] == ["accept"]
    assert any("put aside" in line for line in heard)


# Builds


def wait_for_build(client: TestClient, before: str) -> dict[str, Any]:
    import time

    for _ in range(100):
        client.get("/api/changes", params={"since": "0", "build": before})
        meta: dict[str, Any] = client.get("/api/meta").json()
        if meta["build"] != before:
            return meta
        time.sleep(0.05)
    raise AssertionError("the new build was not noticed")


def test_a_build_beside_the_server_is_noticed_and_uses_what_was_decided(
    client: TestClient, bridge: Path
) -> None:
    accepted, rejected = unit(client, ZH_COST), unit(client, ZH_MAYOR)
    post(client, decision(accepted, "accept"), decision(rejected, "reject"))
    before = client.get("/api/meta").json()["build"]
    assert row(client, accepted["id"])["pending"]
    assert build(bridge) == 0
    wait_for_build(client, before)
    news = client.get("/api/changes", params={"since": "0", "build": before}).json()
    assert news["reload"]
    assert not row(client, accepted["id"])["pending"]
    assert row(client, accepted["id"])["status"] == "accepted"
    gone = row(client, rejected["id"])
    assert (gone["status"], gone["pending"], gone["confidence"]) == ("rejected", False, None)
    assert unit(client, ZH_MAYOR)["findings"] == []


def test_a_decision_on_changed_texts_is_shown_as_stale(client: TestClient, bridge: Path) -> None:
    post(client, decision(unit(client, ZH_COST), "accept"))
    before = client.get("/api/meta").json()["build"]
    changed = HE_COST.replace("הגיעה", "הסתכמה")
    for name in ("articles/he/bridge.md", "memory/he-en.tmx"):
        path = bridge / name
        path.write_text(path.read_text(encoding="utf-8").replace(HE_COST, changed), encoding="utf-8")
    assert build(bridge) == 0
    wait_for_build(client, before)
    state = unit(client, ZH_COST)["state"]
    assert state["status"] == "stale"
    assert state["stale"][0]["anchors"][1][1] == HE_COST
    post(client, decision(unit(client, ZH_COST), "accept"))
    state = unit(client, ZH_COST)["state"]
    assert (state["status"], state["stale"]) == ("accepted", [])


def test_an_unfinished_build_is_not_shown(client: TestClient, bridge: Path) -> None:
    before = client.get("/api/meta").json()["build"]
    manifest = bridge / "build" / "manifest.json"
    manifest.write_text("{}", encoding="utf-8")
    for _ in range(5):
        client.get("/api/changes", params={"since": "0", "build": before})
    assert client.get("/api/meta").json()["build"] == before
    assert len(client.get("/api/index").json()["rows"]) == 5


def test_decisions_of_many_windows_at_once_are_all_kept(
    office: Office, client: TestClient, bridge: Path
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    found = unit(client, ZH_COST)
    rows = [decision(found, "note", reviewer=f"r{number % 4}", text=str(number)) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda row: office.decide([row]), rows))
    assert len({answer["saved"][0] for answer in answers}) == 40
    assert sorted(int(line["data"]["text"]) for line in lines(bridge)) == list(range(40))
    assert row(client, found["id"])["notes"] == 40


def test_preparing_the_list_changes_nothing_of_it(office: Office) -> None:
    before = office.index("links")["rows"]
    office.prepare()
    assert office.index("links")["rows"] == before


def test_a_damaged_table_is_said_and_mended_by_a_build(bridge: Path) -> None:
    table = bridge / "build" / "links.parquet"
    table.write_bytes(table.read_bytes()[:100])
    with pytest.raises(InputError, match="damaged"):
        load_build(open_corpus(bridge))
    assert build(bridge) == 0
    assert len(load_build(open_corpus(bridge)).links) == 5


def test_a_rejected_rendering_that_is_taken_back_comes_with_the_next_build(
    client: TestClient, bridge: Path
) -> None:
    found = unit(client, ZH_COST, "zh")
    saved = post(client, decision(found, "reject"))["saved"][0]
    before = client.get("/api/meta").json()["build"]
    assert build(bridge) == 0
    wait_for_build(client, before)
    assert not row(client, found["id"], "zh")["pending"]
    post(client, decision(found, "undo", undoes=saved))
    assert row(client, found["id"], "zh")["status"] == "auto"
    assert row(client, found["id"], "zh")["pending"]
