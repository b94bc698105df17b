"""What counts of many decisions: the latest of each reviewer, conflicts, undo, links that rival."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from paracorp.review.anchoring import Key
from paracorp.review.events import Action, Anchor, Event, NewLink
from paracorp.review.judging import Ledger, Standing, State, fold

PAIR: Key = (("zh/a#0.0",), ("he/a#0.0",))
_START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_count = itertools.count()


def find_key(anchors: Sequence[Anchor]) -> Key | None:
    """Every id is found but those of an article `gone`."""
    ids = [name for name, _ in anchors]
    if any("gone" in name for name in ids):
        return None
    if len(ids) == 1:
        return (ids[0],), ()
    source = tuple(sorted(name for name in ids if name.startswith("zh")))
    return source, tuple(sorted(name for name in ids if name.startswith("he")))


def anchors(key: Key) -> tuple[Anchor, ...]:
    return tuple((name, "t") for name in (*key[0], *key[1]))


def said(action: Action, reviewer: str = "anna", key: Key = PAIR, **changes: object) -> Event:
    number = next(_count)
    event = Event(
        f"e{number}", action, "u", "", anchors(key), reviewer, _START + dt.timedelta(seconds=number)
    )
    return replace(event, **changes)  # type: ignore[arg-type]


def link(key: Key) -> NewLink:
    return NewLink(tuple((name, "t") for name in key[0]), tuple((name, "t") for name in key[1]))


def state(events: Iterable[Event], key: Key = PAIR) -> State:
    return fold(events, find_key).states.get(key, State(key))


def standing(*events: Event, key: Key = PAIR) -> Standing:
    return state(events, key).standing


def test_the_latest_verdict_of_a_reviewer_counts() -> None:
    found = state([said(Action.ACCEPT), said(Action.REJECT)])
    assert found.standing is Standing.REJECTED
    assert found.reviewer == "anna"
    assert len(found.history) == 2


def test_the_time_counts_not_the_place_in_the_file() -> None:
    first, second = said(Action.ACCEPT), said(Action.REJECT)
    assert standing(second, first) is Standing.REJECTED


def test_two_who_agree_are_no_conflict_and_the_last_is_named() -> None:
    found = state([said(Action.ACCEPT, "anna"), said(Action.ACCEPT, "bo")])
    assert (found.standing, found.reviewer) == (Standing.ACCEPTED, "bo")


def test_two_who_differ_are_a_conflict_until_one_gives_way() -> None:
    both = [said(Action.ACCEPT, "anna"), said(Action.REJECT, "bo")]
    found = state(both)
    assert found.standing is Standing.CONFLICT
    assert {verdict.event.reviewer for verdict in found.verdicts} == {"anna", "bo"}
    assert standing(*both, said(Action.REJECT, "anna")) is Standing.REJECTED


def test_a_third_can_settle_a_conflict() -> None:
    both = [said(Action.ACCEPT, "anna"), said(Action.REJECT, "bo")]
    settled = said(Action.ACCEPT, "carl", settles=tuple(event.id for event in both))
    assert standing(*both, settled) is Standing.ACCEPTED
    undone = said(Action.UNDO, "carl", undoes=settled.id)
    assert standing(*both, settled, undone) is Standing.CONFLICT


def test_an_edit_agrees_with_an_acceptance_and_with_an_edit_of_another_text() -> None:
    edit = said(Action.EDIT, "anna", edits={"source": "一"})
    found = state([edit, said(Action.ACCEPT, "bo"), said(Action.EDIT, "carl", edits={"target": "א"})])
    assert found.standing is Standing.EDITED
    assert found.edits == {"source": "一", "target": "א"}


def test_two_edits_of_one_text_that_differ_are_a_conflict() -> None:
    one = said(Action.EDIT, "anna", edits={"source": "一"})
    other = said(Action.EDIT, "bo", edits={"source": "二"})
    assert standing(one, other) is Standing.CONFLICT
    assert state([one, other]).edits == {}


def test_edits_of_one_reviewer_add_up_and_a_rejection_ends_them() -> None:
    edits = [said(Action.EDIT, edits={"source": "一"}), said(Action.EDIT, edits={"target": "א"})]
    assert state(edits).edits == {"source": "一", "target": "א"}
    assert state([*edits, said(Action.REJECT), said(Action.ACCEPT)]).edits == {}
    assert state([*edits, said(Action.NEEDS_WORK)]).edits == {}
    assert state([*edits, said(Action.NEEDS_WORK), said(Action.ACCEPT)]).standing is Standing.EDITED


def test_a_note_is_no_verdict() -> None:
    assert standing(said(Action.NOTE, note="n")) is Standing.AUTO


def test_undo_takes_back_the_last_and_undoing_that_brings_it_back() -> None:
    first, second = said(Action.ACCEPT), said(Action.REJECT)
    undo = said(Action.UNDO)
    assert standing(first, second, undo) is Standing.ACCEPTED
    assert standing(first, second, undo, said(Action.UNDO)) is Standing.AUTO
    again = said(Action.UNDO, undoes=undo.id)
    assert standing(first, second, undo, again) is Standing.REJECTED
    assert standing(first, second, undo, again, said(Action.UNDO, undoes=again.id)) is Standing.ACCEPTED


def test_nobody_takes_back_what_another_said() -> None:
    accept = said(Action.ACCEPT, "anna")
    assert standing(accept, said(Action.UNDO, "bo", undoes=accept.id)) is Standing.ACCEPTED
    assert standing(accept, said(Action.UNDO, "bo")) is Standing.ACCEPTED


@given(st.lists(st.integers(min_value=0), max_size=12))
def test_undos_and_redos_of_several_windows_count_as_the_page_folds_them(picks: list[int]) -> None:
    events = [said(Action.ACCEPT), said(Action.NOTE)]
    for pick in picks:
        events.append(said(Action.UNDO, undoes=events[pick % len(events)].id))
    undone: set[str] = set()
    for event in reversed(events):  # an undo counts unless a later one that counts takes it back
        if event.action is Action.UNDO and event.id not in undone:
            undone.add(event.undoes)
    ledger = fold(events, find_key)
    assert [ledger.live(event.id) for event in events] == [event.id not in undone for event in events]


def test_an_undo_of_what_is_not_known_does_nothing() -> None:
    assert standing(said(Action.ACCEPT), said(Action.UNDO, undoes="nothing")) is Standing.ACCEPTED


def test_relinking_replaces_the_old_link_and_accepts_the_new_ones() -> None:
    other: Key = (("zh/a#1.0",), ("he/a#0.0",))
    relink = said(Action.RELINK, links=(link(other),))
    assert standing(relink) is Standing.REPLACED
    assert standing(relink, key=other) is Standing.ACCEPTED
    undo = said(Action.UNDO, undoes=relink.id)
    assert standing(relink, undo) is Standing.AUTO
    assert standing(relink, undo, key=other) is Standing.AUTO


def test_a_link_made_from_nothing_needs_no_unit() -> None:
    made: Key = (("zh/a#5.0",), ("he/a#7.0",))
    event = said(Action.RELINK, key=made, unit="", links=(link(made),))
    assert standing(event, key=made) is Standing.ACCEPTED


def test_of_two_links_that_want_one_sentence_the_later_stands_with_one_reviewer() -> None:
    wide: Key = (("zh/a#0.0", "zh/a#1.0"), ("he/a#1.0",))
    events = [said(Action.ACCEPT), said(Action.ACCEPT, key=wide)]
    assert standing(*events) is Standing.REPLACED
    assert standing(*events, key=wide) is Standing.ACCEPTED


def test_of_two_links_that_want_one_sentence_neither_stands_between_two_reviewers() -> None:
    wide: Key = (("zh/a#0.0", "zh/a#1.0"), ("he/a#1.0",))
    events = [said(Action.ACCEPT, "anna"), said(Action.ACCEPT, "bo", key=wide)]
    assert standing(*events) is Standing.CONFLICT
    assert standing(*events, key=wide) is Standing.CONFLICT


def test_a_link_made_against_an_acceptance_does_not_stand_either() -> None:
    wide: Key = (("zh/a#0.0", "zh/a#1.0"), ("he/a#0.0",))
    accept = said(Action.ACCEPT, "anna")
    merge = said(Action.MERGE, "bo", links=(link(wide),))
    assert standing(accept, merge) is Standing.CONFLICT
    assert standing(accept, merge, key=wide) is Standing.CONFLICT
    yields = said(Action.REJECT, "anna")
    assert standing(accept, merge, yields) is Standing.REJECTED
    assert standing(accept, merge, yields, key=wide) is Standing.ACCEPTED
    settles = said(Action.REJECT, "carl", settles=(accept.id,))
    assert standing(accept, merge, settles, key=wide) is Standing.ACCEPTED


def test_a_segment_may_be_in_links_to_two_articles() -> None:
    elsewhere: Key = (("zh/a#0.0",), ("he/b#0.0",))
    events = [said(Action.ACCEPT, "anna"), said(Action.ACCEPT, "bo", key=elsewhere)]
    assert standing(*events) is standing(*events, key=elsewhere) is Standing.ACCEPTED


def test_what_is_not_found_any_more_is_stale_until_it_is_taken_back() -> None:
    gone: Key = (("zh/gone#0.0",), ("he/a#0.0",))
    event = said(Action.ACCEPT, key=gone)
    assert fold([event], find_key).stale() == [event]
    assert fold([event, said(Action.UNDO, key=gone)], find_key).stale() == []


_KEYS: list[Key] = [
    PAIR,
    (("zh/a#0.0", "zh/a#1.0"), ("he/a#0.0",)),
    (("zh/a#1.0",), ("he/a#1.0",)),
    (("zh/a#0.0",), ()),
    (("zh/gone#0.0",), ("he/a#0.0",)),
]


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    events: list[Event] = []
    for number in range(draw(st.integers(0, 14))):
        action = draw(st.sampled_from(list(Action)))
        key = draw(st.sampled_from(_KEYS))
        edits = {draw(st.sampled_from(("source", "target"))): draw(st.sampled_from("xy"))}
        undoes = draw(st.sampled_from(["", *(event.id for event in events)]))
        made = draw(st.sampled_from([item for item in _KEYS if item[1]]))
        linking = action in (Action.SPLIT, Action.MERGE, Action.RELINK)
        event = Event(
            f"h{number}",
            action,
            "u",
            "",
            anchors(key),
            draw(st.sampled_from(("anna", "bo"))),
            _START + dt.timedelta(seconds=number),
            edits=edits if action is Action.EDIT else {},
            links=(link(made),) if linking else (),
            undoes=undoes if action is Action.UNDO else "",
        )
        events.append(event)
    return events


def seen(ledger: Ledger) -> dict[Key, State]:
    return {key: row for key, row in ledger.states.items() if row != State(key)}


@given(logs())
def test_taking_in_one_by_one_comes_to_the_same_as_all_at_once(events: list[Event]) -> None:
    ledger = Ledger(find_key)
    for event in events:
        ledger.add([event])
    assert seen(ledger) == seen(fold(events, find_key))
    assert ledger.stale() == fold(events, find_key).stale()


@given(logs(), st.randoms())
def test_the_order_of_the_lines_does_not_count(events: list[Event], chance: object) -> None:
    mixed = list(events)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert seen(fold(mixed, find_key)) == seen(fold(events, find_key))


@given(logs())
def test_the_same_lines_twice_come_to_the_same(events: list[Event]) -> None:
    assert seen(fold([*events, *events], find_key)) == seen(fold(events, find_key))


@given(logs())
def test_undoing_the_last_event_leaves_what_was_before_it(events: list[Event]) -> None:
    if not events:
        return
    last = events[-1]
    undo = Event(
        "undo",
        Action.UNDO,
        "u",
        "",
        last.anchors,
        last.reviewer,
        last.at + dt.timedelta(seconds=1),
        undoes=last.id,
    )
    before, after = fold(events[:-1], find_key), fold([*events, undo], find_key)
    assert seen(after) == seen(before)
    assert after.stale() == before.stale()


@given(logs())
def test_no_segment_is_wanted_by_two_links_that_stand(events: list[Event]) -> None:
    good = [
        row.key
        for row in fold(events, find_key).states.values()
        if row.standing in (Standing.ACCEPTED, Standing.EDITED) and row.key[1]
    ]
    taken = [name for key in good for side in key for name in side]
    assert len(taken) == len(set(taken))
