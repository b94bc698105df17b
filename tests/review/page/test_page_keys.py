"""Every key of the review page: what it does there and what it writes into decisions.jsonl."""

from __future__ import annotations

from typing import Any

import pytest

from paracorp.corpus import Corpus
from tests.review.page.conftest import (
    current,
    decisions,
    drawn,
    go_to,
    reload,
    saved,
    status,
    two_and_two,
    until,
)

pytestmark = pytest.mark.loopback


@pytest.mark.parametrize(
    ("key", "event", "shown"),
    [("a", "accept", "accepted"), ("r", "reject", "rejected"), ("w", "needs_work", "needs_work")],
)
def test_a_verdict_is_on_the_disk_when_the_page_says_saved_and_the_next_pair_is_shown(
    window: Any, stargate: Corpus, key: str, event: str, shown: str
) -> None:
    judged = current(window)
    window.keyboard.press(key)
    saved(window)
    (row,) = decisions(stargate)
    assert (row["event"], row["unit"], row["reviewer"]) == (event, judged, "anna")
    assert [text for _, text in row["anchors"]]
    assert status(window, judged) == shown
    assert current(window) != judged


def test_after_a_reload_the_decision_and_the_place_are_there(window: Any, stargate: Corpus) -> None:
    judged = current(window)
    for key, event in [("a", "accept"), ("r", "reject"), ("w", "needs_work")]:
        window.keyboard.press("Home")
        window.keyboard.press(key)
        saved(window)
        place = current(window)
        reload(window)
        assert current(window) == place
        assert decisions(stargate)[-1]["event"] == event
        assert status(window, judged) == {"accept": "accepted", "reject": "rejected"}.get(event, event)


def test_next_and_previous_and_the_ends_are_reached(window: Any) -> None:
    ids = window.evaluate("paracorp.store.shown")
    places = []
    for key in ["j", "ArrowDown", "k", "ArrowUp", "k", "End", "j", "Home"]:
        window.keyboard.press(key)
        places.append(ids.index(current(window)))
    assert places == [1, 2, 1, 0, 0, len(ids) - 1, len(ids) - 1, 0]


def test_undo_takes_back_the_latest_decision_wherever_it_was_made_and_is_an_event(
    window: Any, stargate: Corpus
) -> None:
    first = current(window)
    window.keyboard.press("a")
    second = current(window)
    window.keyboard.press("r")
    window.keyboard.press("u")
    assert current(window) == second
    saved(window)
    assert status(window, second) == "auto"
    window.keyboard.press("u")
    saved(window)
    assert status(window, first) == "auto"
    accept, reject, *undone = decisions(stargate)
    assert [(row["event"], row["data"]["undoes"]) for row in undone] == [
        ("undo", reject["id"]),
        ("undo", accept["id"]),
    ]
    window.keyboard.press("u")
    until(window, "document.getElementById('message').textContent.includes('nothing of yours')")
    assert len(decisions(stargate)) == 4


def test_redo_takes_back_the_undo_which_is_an_event_too(window: Any, stargate: Corpus) -> None:
    first = current(window)
    window.keyboard.press("a")
    second = current(window)
    window.keyboard.press("r")
    for key in "uu":
        window.keyboard.press(key)
    saved(window)
    window.keyboard.press("y")
    until(window, "id => paracorp.store.current === id", first)
    assert status(window, first) == "accepted"
    saved(window)
    assert (status(window, first), status(window, second)) == ("accepted", "auto")
    window.keyboard.press("y")
    saved(window)
    assert (status(window, first), status(window, second)) == ("accepted", "rejected")
    *_, undo_second, undo_first, redo_first, redo_second = decisions(stargate)
    assert [row["event"] for row in (redo_first, redo_second)] == ["undo", "undo"]
    assert redo_first["data"] == {"undoes": undo_first["id"]}
    assert redo_second["data"] == {"undoes": undo_second["id"]}
    window.keyboard.press("y")
    until(window, "document.getElementById('message').textContent.includes('nothing to do again')")
    window.keyboard.press("u")
    saved(window)
    assert status(window, second) == "auto"
    reload(window)
    assert (status(window, first), status(window, second)) == ("accepted", "auto")


def test_a_redo_is_shown_before_it_is_saved_and_across_a_reload(window: Any, stargate: Corpus) -> None:
    judged = current(window)
    window.keyboard.press("a")
    window.keyboard.press("u")
    saved(window)
    reload(window)
    window.on("dialog", lambda dialog: dialog.accept())
    window.evaluate("void (paracorp.store.source.post = () => new Promise(() => {}))")
    window.keyboard.press("y")
    until(window, "id => paracorp.store.current === id", judged)
    assert status(window, judged) == "accepted"
    assert "accepted" in window.locator(".card .status").inner_text()
    reload(window)
    saved(window)
    assert [row["event"] for row in decisions(stargate)] == ["accept", "undo", "undo"]
    assert status(window, judged) == "accepted"


def test_there_is_nothing_to_redo_after_a_new_decision(window: Any, stargate: Corpus) -> None:
    window.keyboard.press("a")
    window.keyboard.press("u")
    window.keyboard.press("w")
    window.keyboard.press("y")
    until(window, "document.getElementById('message').textContent.includes('nothing to do again')")
    saved(window)
    assert [row["event"] for row in decisions(stargate)] == ["accept", "undo", "needs_work"]


def test_what_two_windows_took_back_counts_again_after_both_have_done_it_again(
    window: Any, stargate: Corpus
) -> None:
    judged = current(window)
    window.keyboard.press("a")
    saved(window)
    other = window.context.new_page()
    other.add_init_script("sessionStorage['paracorp:reviewer:anna'] = 'anna'")
    other.goto(window.url)
    other.wait_for_selector(".card")
    drawn(other)
    other.evaluate("id => paracorp.store.show(id)", judged)
    until(other, "id => paracorp.store.unit()?.id === id", judged)
    other.evaluate(
        "void (paracorp.store.source.changes = () => new Promise(() => {}))"
    )  # it hears of nothing
    for each in (window, other):
        each.keyboard.press("u")
        saved(each)
    for each, shown in ((window, "auto"), (other, "accepted")):
        each.keyboard.press("y")
        saved(each)
        for one in (window, each):
            until(one, "([id, is]) => paracorp.store.rows.get(id).status === is", [judged, shown])
    assert [row["event"] for row in decisions(stargate)] == ["accept", *["undo"] * 4]


def test_a_split_that_was_taken_back_is_done_again(window: Any, stargate: Corpus) -> None:
    unit_id = two_and_two(window)
    window.keyboard.press("s")
    window.keyboard.press("Control+Enter")
    until(window, "id => !paracorp.store.rows.has(id)", unit_id)
    window.keyboard.press("u")
    until(window, "id => paracorp.store.rows.has(id)", unit_id)
    saved(window)
    window.keyboard.press("y")
    until(window, "id => !paracorp.store.rows.has(id)", unit_id)
    until(window, "paracorp.store.unit()?.shape === '1:1'")
    saved(window)
    assert [row["event"] for row in decisions(stargate)] == ["merge", "merge", "split", "undo", "undo"]


def test_undo_works_across_a_reload(window: Any, stargate: Corpus) -> None:
    judged = current(window)
    window.keyboard.press("a")
    saved(window)
    reload(window)
    window.keyboard.press("u")
    saved(window)
    assert decisions(stargate)[-1]["event"] == "undo"
    assert status(window, judged) == "auto"


@pytest.mark.parametrize(
    ("key", "field"),
    [("1", "source"), ("2", "target"), ("3", "source_english"), ("4", "target_english"), ("e", "source")],
)
def test_each_text_can_be_edited(window: Any, stargate: Corpus, key: str, field: str) -> None:
    judged = current(window)
    window.keyboard.press(key)
    area = window.locator(f"dialog textarea[name={field}]")
    assert area.evaluate("element => element === document.activeElement")
    window.keyboard.press("Control+A")
    window.keyboard.type("a new text, rwauj?[]")
    window.keyboard.press("Control+Enter")
    saved(window)
    (row,) = decisions(stargate)
    assert (row["event"], row["unit"]) == ("edit", judged)
    assert row["data"] == {field: "a new text, rwauj?[]"}
    assert window.locator(f"[data-field={field}]").inner_text() == "a new text, rwauj?[]"
    assert status(window, judged) == "edited"
    reload(window)
    assert window.locator(f"[data-field={field}]").inner_text() == "a new text, rwauj?[]"


def test_an_edit_is_left_by_escape_only_when_it_is_pressed_twice(window: Any, stargate: Corpus) -> None:
    window.keyboard.press("e")
    window.keyboard.type("x")
    window.keyboard.press("Escape")
    assert window.locator("dialog .unsaved").inner_text().startswith("Not saved yet")
    window.keyboard.press("Escape")
    window.locator("dialog").wait_for(state="detached")
    assert decisions(stargate) == []


def test_a_dialog_is_left_by_escape_wherever_the_focus_is(window: Any) -> None:
    window.keyboard.press("e")
    window.locator("dialog h2").click()
    window.evaluate("document.activeElement.blur()")
    window.keyboard.press("Escape")
    window.locator("dialog").wait_for(state="detached")
    window.keyboard.press("j")
    assert current(window) == window.evaluate("paracorp.store.shown[1]")


def test_an_empty_text_is_not_saved(window: Any, stargate: Corpus) -> None:
    window.keyboard.press("2")
    window.keyboard.press("Control+A")
    window.keyboard.press("Delete")
    window.keyboard.press("Control+Enter")
    assert window.locator("dialog").count() == 1
    assert decisions(stargate) == []


def test_a_note_is_kept_and_shown(window: Any, stargate: Corpus) -> None:
    noted = current(window)
    window.keyboard.press("t")
    window.keyboard.type("ask the editor")
    window.keyboard.press("Control+Enter")
    saved(window)
    (row,) = decisions(stargate)
    assert (row["event"], row["unit"], row["data"]) == ("note", noted, {"text": "ask the editor"})
    assert "ask the editor" in window.locator(".foot").inner_text()
    assert status(window, noted) == "auto"


def test_a_pair_is_split(window: Any, stargate: Corpus) -> None:
    unit_id = two_and_two(window)
    window.keyboard.press("s")
    window.keyboard.press("Control+Enter")
    saved(window)
    row = decisions(stargate)[-1]
    assert (row["event"], row["unit"]) == ("split", unit_id)
    assert [[len(side) for side in link] for link in row["data"]["links"]] == [[1, 1], [1, 1]]
    until(window, "id => !paracorp.store.rows.has(id)", unit_id)
    until(window, "paracorp.store.unit()?.shape === '1:1'")
    window.keyboard.press("u")
    until(window, "id => paracorp.store.current === id && paracorp.store.unit()", unit_id)


def test_a_pair_of_two_sentences_is_not_split(window: Any, stargate: Corpus) -> None:
    go_to(window, "1:1")
    window.keyboard.press("s")
    assert "cannot be split" in window.locator("#message").inner_text()
    assert decisions(stargate) == []


@pytest.mark.parametrize(("key", "side", "shape"), [("BracketLeft", 0, "2:1"), ("BracketRight", 1, "1:2")])
def test_the_next_sentence_of_a_side_is_merged_into_the_pair(
    window: Any, stargate: Corpus, key: str, side: int, shape: str
) -> None:
    unit_id = go_to(window, "1:1")
    taken = window.evaluate("side => paracorp.store.unit()[side].after[0].id", ["source", "target"][side])
    window.keyboard.press(key)
    saved(window)
    (row,) = decisions(stargate)
    assert (row["event"], row["unit"]) == ("merge", unit_id)
    assert row["data"]["links"][0][side][-1][0] == taken
    until(window, "shape => paracorp.store.unit()?.shape === shape", shape)
    assert status(window, current(window)) == "accepted"
    assert status(window, unit_id) == "gone"
    window.keyboard.press("u")
    until(window, "id => paracorp.store.current === id", unit_id)


def test_a_pair_is_linked_anew_in_the_article_view(window: Any, stargate: Corpus) -> None:
    unit_id = go_to(window, "1:2")
    window.keyboard.press("l")
    window.wait_for_selector("#pair [aria-pressed=true]")
    chosen = window.locator("#pair [aria-pressed=true]")
    assert chosen.count() == 3
    chosen.last.click()
    window.keyboard.press("l")
    saved(window)
    (row,) = decisions(stargate)
    assert (row["event"], row["unit"]) == ("relink", unit_id)
    assert [len(side) for side in row["data"]["links"][0]] == [1, 1]
    until(window, "paracorp.view === 'unit' && paracorp.store.unit()?.shape === '1:1'")


def test_two_free_sentences_become_a_new_link(window: Any, stargate: Corpus) -> None:
    before = window.evaluate("paracorp.store.rows.size")
    window.keyboard.press("v")
    window.wait_for_selector("#pair .sentence")
    for column in range(2):
        window.locator(".column").nth(column).locator(".sentence:not(.linked)").first.click()
    window.click("#save-link")
    saved(window)
    (row,) = decisions(stargate)
    assert (row["event"], row["unit"]) == ("relink", "")
    assert [[len(side) for side in link] for link in row["data"]["links"]] == [[1, 1]]
    until(window, "before => paracorp.store.rows.size === before + 1", before)
    until(window, "document.querySelectorAll('#pair path.accepted').length === 1")


def test_a_link_is_made_with_the_keyboard_alone(window: Any, stargate: Corpus) -> None:
    window.keyboard.press("v")
    window.wait_for_selector("#pair .sentence")
    for column, key in enumerate(["Enter", "Space"]):
        window.locator(".column").nth(column).locator(".sentence:not(.linked)").first.focus()
        window.keyboard.press(key)
    window.keyboard.press("l")
    saved(window)
    assert decisions(stargate)[0]["event"] == "relink"


def test_escape_leaves_the_articles_and_a_linked_sentence_opens_its_pair(window: Any) -> None:
    window.keyboard.press("v")
    window.wait_for_selector("#pair path")
    window.keyboard.press("Escape")
    window.wait_for_selector(".sides")
    window.keyboard.press("v")
    window.locator("#pair .sentence.linked").nth(1).click()
    window.wait_for_selector(".sides")


def test_the_next_uncertain_pair_is_the_one_nearest_to_a_half_then_the_one_after(window: Any) -> None:
    doubts = window.evaluate(
        "[...paracorp.store.rows.values()].map((row) => [Math.abs(2 * row.confidence - 1), row.id]).sort()"
    )
    window.keyboard.press("d")
    assert current(window) == doubts[0][1]
    window.keyboard.press("d")
    assert current(window) == doubts[1][1]


def test_the_next_that_wants_a_person_is_found_past_the_end(window: Any) -> None:
    ids = window.evaluate("paracorp.store.shown")
    window.keyboard.press("a")
    window.keyboard.press("a")
    window.keyboard.press("End")
    window.keyboard.press("n")
    assert current(window) == ids[2]


def test_the_help_names_every_key_and_closes_by_escape(window: Any) -> None:
    window.keyboard.press("?")
    text = window.locator("dialog").inner_text().lower()
    for action in ["accept", "reject", "needs work", "edit", "undo", "redo", "next", "previous", "split"]:
        assert action in text
    keys = window.locator("dialog kbd").all_inner_texts()
    assert set("ARWEUYJKS[]LTDNV/?1234") <= set(keys)
    window.keyboard.press("Escape")
    window.locator("dialog").wait_for(state="detached")


@pytest.mark.parametrize(("key", "code"), [("ש", "KeyA"), ("ㄇ", "KeyA"), ("a", "KeyQ"), ("A", "KeyA")])
def test_a_key_is_known_on_other_keyboards(window: Any, stargate: Corpus, key: str, code: str) -> None:
    """By its place where it gives no Latin letter; by its letter where it does, as on a French keyboard."""
    keydown = "new KeyboardEvent('keydown', {key, code, bubbles: true})"
    window.evaluate(f"([key, code]) => document.body.dispatchEvent({keydown})", [key, code])
    saved(window)
    assert decisions(stargate)[0]["event"] == "accept"


def test_keys_are_letters_while_one_types_or_an_input_method_composes(window: Any, stargate: Corpus) -> None:
    window.keyboard.press("/")
    window.keyboard.type("arw")
    assert window.locator("#search").input_value() == "arw"
    window.evaluate(
        "['a', 'Process'].forEach((key, place) => document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key, code: 'KeyA', isComposing: !place, keyCode: place ? 229 : 65, bubbles: true})))"
    )
    window.keyboard.press("Escape")
    window.keyboard.press("Control+a")
    window.wait_for_timeout(50)
    assert decisions(stargate) == []


def test_every_action_has_a_button_for_mouse_and_touch(window: Any, stargate: Corpus) -> None:
    labels = ["Accept", "Reject", "Needs work", "Undo", "Redo"]
    for label in labels:
        window.locator("#actions button", has_text=label).click()
        saved(window)
    assert [row["event"] for row in decisions(stargate)] == ["accept", "reject", "needs_work", "undo", "undo"]
    for name in ["edit", "note", "relink"]:
        window.locator(f"#actions .{name}").click()
        window.wait_for_selector("dialog, #pair")
        window.keyboard.press("Escape")


def test_the_english_of_single_sentences_is_judged_with_the_text_shown(window: Any, stargate: Corpus) -> None:
    window.locator("#views button", has_text="Hebrew").click()
    until(window, "paracorp.store.kind === 'he' && paracorp.store.unit()")
    english = window.locator("[data-field=target]").inner_text()
    window.keyboard.press("s")
    assert "for pairs" in window.locator("#message").inner_text()
    window.keyboard.press("a")
    saved(window)
    (row,) = decisions(stargate)
    assert (row["event"], row["data"]) == ("accept", {"target": english})
