"""How far a unit is, in the words of XLIFF 2, whatever the version or the CAT tool that says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from paracorp.formats.safe_xml import attributes, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

# From the least advanced; empty where nothing is said.
_ORDER = ("rejected", "initial", "", "translated", "reviewed", "final")
_VERSION_1 = {
    "new": "initial",
    "needs-translation": "initial",
    "needs-adaptation": "initial",
    "needs-l10n": "initial",
    "needs-review-translation": "translated",
    "needs-review-adaptation": "translated",
    "needs-review-l10n": "translated",
    "translated": "translated",
    "signed-off": "reviewed",
    "final": "final",
}
# `conf` of a segment in Trados, and `status` of a unit in memoQ, lower case.
_TOOLS = {
    "draft": "initial",
    "translated": "translated",
    "rejectedtranslation": "rejected",
    "approvedtranslation": "reviewed",
    "rejectedsignoff": "rejected",
    "approvedsignoff": "final",
    "notstarted": "initial",
    "partiallyedited": "initial",
    "pretranslated": "initial",
    "machinetranslated": "initial",
    "assembledfromfragments": "initial",
    "manuallyconfirmed": "translated",
    "proofread": "reviewed",
    "rejected": "rejected",
}


def lowest(states: Iterable[str]) -> str:
    """The least advanced of some states; empty for none."""
    return min(states, key=_ORDER.index, default="")


def state_of_segment(segment: _Element, *, has_target: bool) -> str:
    """The state of a segment of version 2; one without a target is initial whatever it says."""
    stated = segment.get("state", "")
    return "initial" if not has_target else stated if stated in _ORDER else ""


def state_of_trans_unit(unit: _Element, target: _Element | None) -> str:
    """The state of a unit of version 1: what a tool says of its segments, else its target's, its approval."""
    if target is None:
        return "initial"
    tools = [_TOOLS[conf] for conf in _tool_words(unit) if conf in _TOOLS]
    stated = tools or [_VERSION_1.get(target.get("state", ""), "")]
    state = lowest(stated)
    if unit.get("approved") == "yes" and state in ("", "initial", "translated"):
        return "reviewed"
    return state


def _tool_words(unit: _Element) -> list[str]:
    words = [value for name, value in attributes(unit) if str(name).endswith("}status")]
    for child in unit:
        if local_name(child) == "seg-defs":
            words += [part.get("conf", "") for part in child if local_name(part) == "seg"]
    return [str(word).lower() for word in words]
