"""The review page in one file, opened from disk without any network, and its decisions taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paracorp.cli import main
from paracorp.corpus import Corpus
from tests.review.page.conftest import current, decisions, go_to, reload, status, until, violations

pytestmark = pytest.mark.loopback


@pytest.fixture
def window(whole: Path, open_window: Callable[..., Any]) -> Any:
    """The file in a window that has no network; every request but the one for the file fails the test."""
    window = open_window(whole.as_uri(), offline=True)
    window.route("**/*", lambda route: route.abort())
    return window


def kept(window: Any, number: int) -> None:
    """Wait until the page says that it keeps so many decisions."""
    said = f"{number} kept in this browser"
    until(window, "said => document.getElementById('saved').textContent === said", said)


def download(window: Any) -> Path:
    with window.expect_download() as found:
        window.click("#download")
    assert found.value.suggested_filename == "stargate.decisions.jsonl"
    return Path(found.value.path())


def test_decisions_are_kept_over_a_reload_downloaded_and_taken_back(
    window: Any, whole: Path, stargate: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    units = []
    for key in "arw":
        units.append(current(window))
        window.keyboard.press(key)
    kept(window, 3)
    window.unroute("**/*")
    reload(window)
    kept(window, 3)
    assert [status(window, each) for each in units] == ["accepted", "rejected", "needs_work"]
    window.keyboard.press("1")
    window.keyboard.press("End")
    window.keyboard.type("!")
    window.keyboard.press("Control+Enter")
    window.keyboard.press("j")
    window.keyboard.press("a")
    window.keyboard.press("u")
    kept(window, 6)
    path = download(window)
    for _ in range(2):
        assert main(["review", str(stargate.root), "--apply", str(path)]) == 0
    assert "6 were known" in capsys.readouterr().out
    names = [row["event"] for row in decisions(stargate)]
    assert names == ["accept", "reject", "needs_work", "edit", "accept", "undo"]
    assert {row["reviewer"] for row in decisions(stargate)} == {"anna"}


def test_a_merged_pair_shows_what_will_be_and_hides_the_pair_that_lost_its_sentence(
    window: Any, stargate: Corpus
) -> None:
    find = """() => [...paracorp.store.rows.keys()].map((id) => paracorp.store.source.units([id])).reduce(
      async (found, unit) => (await found) || (await unit).find(({ id, source: { after } }) =>
        after[0]?.units.length === 1 && after[0].units[0] !== id), null)"""
    unit = window.evaluate(find)
    other = unit["source"]["after"][0]["units"][0]
    window.evaluate("id => paracorp.store.show(id)", unit["id"])
    until(window, "id => paracorp.store.unit()?.id === id", unit["id"])
    window.keyboard.press("BracketLeft")
    until(window, "document.querySelector('.new-links') !== null")
    until(window, "id => !paracorp.store.rows.has(id)", other)
    window.keyboard.press("v")
    window.wait_for_selector("#pair path")
    window.keyboard.press("Escape")
    window.keyboard.press("u")
    until(window, "id => paracorp.store.rows.has(id)", other)
    assert status(window, unit["id"]) == "auto"


def test_search_finds_any_language_without_a_server(window: Any) -> None:
    for text in ["软银", "סופטבנק", "SOFTBANK"]:
        window.fill("#search", text)
        until(window, "text => paracorp.store.filters.text === text && paracorp.store.found !== null", text)
        assert 0 < window.evaluate("paracorp.store.shown.length") < 75


def test_who_reviews_is_asked_before_the_first_decision(whole: Path, open_window: Callable[..., Any]) -> None:
    window = open_window(whole.as_uri(), reviewer="")
    judged = current(window)
    window.keyboard.press("a")
    window.wait_for_selector("dialog")
    window.keyboard.type("dora")
    window.keyboard.press("Enter")
    kept(window, 1)
    assert window.evaluate("paracorp.store.source.events.map((event) => [event.unit, event.reviewer])") == [
        [judged, "dora"]
    ]


def test_a_browser_that_keeps_nothing_is_said_to(whole: Path, open_window: Callable[..., Any]) -> None:
    window = open_window(whole.as_uri())
    window.evaluate("void (Storage.prototype.setItem = () => { throw new Error('full'); })")
    window.keyboard.press("a")
    until(window, "document.getElementById('saved').textContent.includes('in this window only')")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(
    whole: Path, open_window: Callable[..., Any], theme: str
) -> None:
    window = open_window(whole.as_uri(), color_scheme=theme)
    go_to(window, "1:2")
    window.keyboard.press("a")
    assert violations(window) == []


def test_an_undo_is_taken_back_in_the_file_too_and_across_a_reload(window: Any) -> None:
    judged = current(window)
    for key in "au":
        window.keyboard.press(key)
    kept(window, 2)
    window.unroute("**/*")
    reload(window)
    assert status(window, judged) == "auto"
    window.keyboard.press("y")
    kept(window, 3)
    assert status(window, judged) == "accepted"
    reload(window)
    assert status(window, judged) == "accepted"


def test_the_texts_are_made_searchable_before_anybody_searches(window: Any, bundle: dict[str, Any]) -> None:
    window.unroute("**/*")
    window.add_init_script(
        "const plain = String.prototype.normalize; window.folded = 0;"
        "String.prototype.normalize = function (form) { window.folded += 1; return plain.call(this, form); };"
    )
    reload(window)
    texts = 4 * len(bundle["units"])
    until(window, "texts => window.folded >= texts", texts)
    found = window.evaluate("paracorp.store.source.search('openai', 'links').then((ids) => ids.length)")
    assert found > 0
    assert window.evaluate("window.folded") == texts + 1


def test_two_windows_of_the_file_see_each_other_and_neither_loses_the_other_s_decisions(
    window: Any, whole: Path
) -> None:
    window.unroute("**/*")
    other = window.context.new_page()
    other.goto(whole.as_uri())
    other.wait_for_selector(".card")
    first = current(window)
    window.keyboard.press("a")
    kept(window, 1)
    kept(other, 1)
    assert status(other, first) == "accepted"
    other.evaluate("paracorp.store.setReviewer('anna')")
    other.keyboard.press("j")
    second = current(other)
    other.keyboard.press("r")
    for each in (window, other):
        kept(each, 2)
        assert [status(each, name) for name in (first, second)] == ["accepted", "rejected"]
    other.close()
    reload(window)
    kept(window, 2)
