"""The review page when things go wrong: a server that dies, texts that change, reviewers who differ."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from paracorp.corpus import Corpus
from paracorp.review.journal import append_rows
from tests.review.page.conftest import Served, current, decisions, go_to, reload, saved, status, until

pytestmark = pytest.mark.loopback
GONE = ["ERR_CONNECTION", "ERR_EMPTY_RESPONSE", "ERR_SOCKET"]


@pytest.fixture
def command(stargate: Corpus) -> Iterator[Callable[[int], tuple[Any, str]]]:
    """`paracorp review` in a process of its own, and the address it prints."""
    started: list[subprocess.Popen[str]] = []

    def act(port: int = 0) -> tuple[subprocess.Popen[str], str]:
        words = ["review", str(stargate.root), "--no-browser", "--port", str(port), "--reviewer", "anna"]
        program = "import sys; from paracorp.cli import main; sys.exit(main(sys.argv[1:]))"
        process = subprocess.Popen([sys.executable, "-c", program, *words], stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline().strip()

    yield act
    for process in started:
        process.kill()
        process.communicate()


def test_a_decision_is_there_after_the_server_was_killed_and_one_made_meanwhile_is_sent_later(
    command: Callable[..., tuple[Any, str]], open_window: Callable[..., Any], stargate: Corpus
) -> None:
    process, address = command()
    window = open_window(address)
    window.expected += [*GONE, "403"]  # the new server does not know the old token
    window.keyboard.press("a")
    saved(window)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert [row["event"] for row in decisions(stargate)] == ["accept"]

    window.keyboard.press("r")
    until(window, "!document.getElementById('problem').hidden")
    assert "1 decision is not saved yet" in window.locator("#problem").inner_text()
    assert window.locator("#saved").inner_text() == "1 not saved"
    with window.expect_download() as download:
        window.click("#problem button")
    assert '"reject"' in Path(download.value.path()).read_text(encoding="utf-8")

    port = int(re.search(r":(\d+)/", address)[1])  # type: ignore[index]
    _, again = command(port)
    other = window.context.new_page()
    other.goto(again)
    until(window, "document.getElementById('saved').textContent === 'saved'")
    assert window.locator("#problem").is_hidden()
    assert [row["event"] for row in decisions(stargate)] == ["accept", "reject"]


def test_a_decision_that_was_not_saved_survives_a_reload(
    stargate: Corpus, served: Served, open_window: Callable[..., Any]
) -> None:
    window = open_window(served.address)
    window.expected.append("ERR_FAILED")
    judged = current(window)
    window.route("**/api/events", lambda route: route.abort())
    window.keyboard.press("a")
    until(window, "document.getElementById('saved').textContent === '1 not saved'")
    window.on("dialog", lambda dialog: dialog.accept())
    window.evaluate("void (paracorp.store.source.post = () => new Promise(() => {}))")  # or the poll sends it
    window.unroute("**/api/events")
    reload(window)
    saved(window)
    assert [(row["event"], row["unit"]) for row in decisions(stargate)] == [("accept", judged)]


def test_a_full_disk_is_said_until_there_is_room_again(window: Any, stargate: Corpus) -> None:
    window.expected.append("507")
    error = {"message": "decisions.jsonl: cannot write (No space left on device)", "fix": "Free some space."}
    window.route("**/api/events", lambda route: route.fulfill(status=507, json={"error": error}))
    window.keyboard.press("a")
    until(window, "!document.getElementById('problem').hidden")
    said = window.locator("#problem").inner_text()
    assert "No space left" in said
    assert "sent again as soon as that is mended" in said
    assert "--port" not in said
    window.evaluate(
        "window.blinks = 0; void new MutationObserver(() => (window.blinks += 1))"
        ".observe(document.getElementById('problem'), { attributes: true, childList: true })"
    )
    with window.expect_response("**/api/changes*"), window.expect_response("**/api/events"):
        pass
    assert window.evaluate("window.blinks") == 0
    assert decisions(stargate) == []
    window.unroute("**/api/events")
    saved(window)
    assert [row["event"] for row in decisions(stargate)] == ["accept"]
    assert window.locator("#problem").is_hidden()


def test_two_windows_and_two_reviewers_see_each_other_and_a_conflict_shows_both(
    served: Served, open_window: Callable[..., Any], stargate: Corpus
) -> None:
    anna = open_window(served.address)
    berta = open_window(served.address, reviewer="berta")
    unit_id = current(anna)
    anna.keyboard.press("a")
    until(berta, "id => paracorp.store.rows.get(id).status === 'accepted'", unit_id)
    until(berta, "document.querySelector('.card .meta').innerText.includes('anna')")
    berta.keyboard.press("r")
    until(anna, "id => paracorp.store.rows.get(id).status === 'conflict'", unit_id)
    for window in (anna, berta):
        window.evaluate("id => paracorp.store.show(id)", unit_id)
        until(window, "document.querySelectorAll('.warning-box li').length === 2")
        said = window.locator(".warning-box").inner_text()
        assert "anna" in said
        assert "berta" in said
        assert "accepted" in said
        assert "rejected" in said
    anna.locator(".warning-box button", has_text="rejected").click()
    saved(anna)
    assert decisions(stargate)[-1]["data"]["settles"]
    until(berta, "id => paracorp.store.rows.get(id).status === 'rejected'", unit_id)


def test_what_another_program_appends_is_shown(window: Any, stargate: Corpus) -> None:
    first = current(window)
    window.keyboard.press("a")
    saved(window)
    (row,) = decisions(stargate)
    append_rows(stargate, [{**row, "id": "f" * 32, "event": "needs_work", "reviewer": "carl"}])
    until(window, "id => paracorp.store.rows.get(id).status === 'conflict'", first)


def test_a_decision_for_texts_that_changed_is_shown_as_stale(
    stargate: Corpus, served: Served, open_window: Callable[..., Any]
) -> None:
    window = open_window(served.address)
    row = window.evaluate("paracorp.store.event('accept', {}, paracorp.store.unit())")
    anchors = [[name, f"{text} (as it was)"] for name, text in row["anchors"]]
    append_rows(stargate, [{**row, "anchors": anchors, "content_hash": "0" * 16}])
    until(window, "id => paracorp.store.rows.get(id).status === 'stale'", row["unit"])
    window.evaluate("id => paracorp.store.show(id)", row["unit"])
    until(window, "document.querySelector('.warning-box')?.innerText.includes('(as it was)')")


def test_a_decision_the_server_refuses_is_said_and_not_shown_as_made(window: Any, stargate: Corpus) -> None:
    window.expected.append("409")
    judged = current(window)
    window.evaluate("paracorp.store.unit().source.segments[0].text += ' changed'")
    window.keyboard.press("a")
    until(window, "document.getElementById('problem').textContent.includes('texts have changed')")
    until(window, "id => paracorp.store.rows.get(id).status === 'auto'", judged)
    assert decisions(stargate) == []
    window.keyboard.press("a")
    saved(window)


def test_filters_order_and_search_pick_the_rows(window: Any) -> None:
    def shown() -> list[Any]:
        return list(window.evaluate("paracorp.store.shown.map((id) => paracorp.store.rows.get(id))"))

    everything = shown()
    window.keyboard.press("a")
    window.select_option("select[name=status]", "accepted")
    assert len(shown()) == 1
    window.select_option("select[name=status]", "open")
    assert len(shown()) == len(everything) - 1
    window.click("#no-filters")
    window.select_option("select[name=order]", "uncertain")
    doubts = [abs(2 * row["confidence"] - 1) for row in shown()]
    assert doubts == sorted(doubts)
    window.select_option("select[name=order]", "findings")
    ranks = [["error", "warning", "info", ""].index(row["severity"]) for row in shown()]
    assert ranks == sorted(ranks)
    window.select_option("select[name=rule]", "number-mismatch")
    assert 0 < len(shown()) < len(everything)
    window.click("#no-filters")
    window.fill("input[name=least]", "40")
    window.fill("input[name=most]", "60")
    window.keyboard.press("Enter")
    until(window, "document.getElementById('found').textContent.includes(' of ')")
    assert all(0.4 <= row["confidence"] <= 0.6 for row in shown())
    window.click("#no-filters")
    window.select_option("select[name=pair]", "1")
    assert {row["pair"] for row in shown()} == {1}
    reload(window)
    assert {row["pair"] for row in shown()} == {1}
    window.click("#no-filters")
    for text in ["软银", "סופטבנק", "softbank"]:
        window.fill("#search", text)
        until(window, "paracorp.store.found !== null")
        until(window, "text => paracorp.store.filters.text === text", text)
        assert 0 < len(shown()) < len(everything)
    window.fill("#search", "no such text")
    until(window, "document.getElementById('pane').innerText.includes('No pair passes')")


def test_the_list_tells_the_progress_of_each_article_pair(window: Any) -> None:
    head = window.locator(".head small").first
    judged, total = head.inner_text().split(" / ")
    window.keyboard.press("a")
    until(window, "document.querySelector('.head small').textContent.startsWith('1 ')")
    assert head.inner_text() == f"{int(judged) + 1} / {total}"


def test_marks_of_one_name_have_one_colour_in_all_four_texts_and_light_up_together(window: Any) -> None:
    unit_id = go_to(window, "1:2")
    assert status(window, unit_id) == "auto"
    groups = window.evaluate(
        "Object.groupBy([...document.querySelectorAll('.field mark[data-group]')].map((mark) => ["
        "mark.dataset.group, getComputedStyle(mark).backgroundColor,"
        "mark.closest('[data-field]').dataset.field]), ([group]) => group)"
    )
    assert all(len({colour for _, colour, _ in marks}) == 1 for marks in groups.values())
    everywhere = next(group for group, marks in groups.items() if len({each for _, _, each in marks}) == 4)
    window.locator(f".field mark[data-group='{everywhere}']").first.hover()
    assert window.locator(f".field mark.lit[data-group='{everywhere}']").count() == len(groups[everywhere])


def test_a_finding_is_marked_at_its_span_with_its_rule_and_listed_below(window: Any) -> None:
    window.select_option("select[name=order]", "findings")
    window.keyboard.press("Home")
    until(window, "document.querySelector('.field mark.finding') !== null")
    mark = window.locator(".field mark.finding").first
    number = int(mark.get_attribute("data-findings").split()[0])
    finding = window.evaluate("number => paracorp.store.unit().findings[number]", number)
    assert mark.get_attribute("title").startswith(f"{finding['rule']}: {finding['message']}")
    entry = window.locator("[data-finding]", has_text=finding["message"]).first
    assert finding["rule"] in entry.inner_text()
    entry.focus()
    assert window.locator(".field mark.lit").count() > 0


def test_dates_and_links_of_the_articles_are_shown(window: Any) -> None:
    link = window.locator(".article a").first
    assert link.get_attribute("href").startswith("https://example.org/")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", window.locator(".article time").first.inner_text())
