"""How far a review is: units by where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from paracorp.review.anchoring import Key
from paracorp.review.applying import Review, stale_on
from paracorp.review.events import VERDICTS, Event
from paracorp.review.judging import Standing, State


@dataclass(frozen=True, slots=True)
class Counts:
    """Units by where they stand. `stale` counts decisions on texts that have changed since."""

    accepted: int = 0
    edited: int = 0
    rejected: int = 0
    needs_work: int = 0
    conflicts: int = 0
    stale: int = 0
    undecided: int = 0


def count_links(review: Review, links: Iterable[Key]) -> Counts:
    """The pairs by where they stand; `links` are those of the last build, rejected ones not among them."""
    keys = list(links)
    states = {key: state for key, state in review.ledger.states.items() if key[1]}
    stale = stale_on(review, keys)
    lost = [event for key, events in stale.items() for event in events if _is_pair(event, key)]
    judged = {key for key, state in states.items() if state.standing is not Standing.AUTO}
    return _counts(states.values(), lost, len(set(keys) - judged - set(stale)))


def count_english(review: Review) -> Counts:
    """The renderings of single sentences that were judged; `undecided` is left at 0."""
    states = [state for key, state in review.ledger.states.items() if not key[1]]
    lost = [event for event in review.ledger.stale() if not _is_pair(event, ((), ()))]
    return _counts(states, lost, 0)


def _is_pair(event: Event, key: Key) -> bool:
    return bool(key[1]) or len(event.anchors) > 1 or bool(event.links)


def _counts(states: Iterable[State], lost: Iterable[Event], undecided: int) -> Counts:
    found = Counter(state.standing for state in states)
    return Counts(
        accepted=found[Standing.ACCEPTED],
        edited=found[Standing.EDITED],
        rejected=found[Standing.REJECTED],
        needs_work=found[Standing.NEEDS_WORK],
        conflicts=found[Standing.CONFLICT],
        stale=len({event.anchors for event in lost if event.action in VERDICTS}),
        undecided=undecided,
    )
