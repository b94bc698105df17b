"""Who said what of each unit, for comparing reviewers."""

from __future__ import annotations

from paracorp.review.applying import Review
from paracorp.review.judging import Standing

# An edit accepts what it mends; a person who puts other links in the place of one rejects that one.
LABELS = {
    Standing.ACCEPTED: "accept",
    Standing.EDITED: "accept",
    Standing.NEEDS_WORK: "needs_work",
    Standing.REJECTED: "reject",
    Standing.REPLACED: "reject",
}


def verdicts_by_unit(review: Review, *, english: bool) -> dict[str, dict[str, str]]:
    """The latest verdict of every reviewer on each pair or, with `english`, on each rendering.

    Verdicts that another one overruled count here: they were given.
    """
    return {
        " ".join((*key[0], "~", *key[1])): {
            verdict.event.reviewer: LABELS[verdict.standing] for verdict in state.verdicts
        }
        for key, state in review.ledger.states.items()
        if bool(key[1]) is not english
    }
