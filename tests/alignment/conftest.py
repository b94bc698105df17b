"""Two short made-up reports of one event, told in another order."""

from __future__ import annotations

import pytest

from paracorp.alignment import Passage
from paracorp.records import BlockKind

SOURCE = (
    "A ferry with 212 people on board ran aground off the island of Merrow on Tuesday evening.",
    "Fishermen in small boats were the first to reach the wreck and took the passengers ashore.",
    "The harbour master of Merrow praised their calm.",
    "The ferry line, Calder Shipping, was founded in 1921 and runs four vessels.",
    "Its owner promised a full refund of all tickets.",
    "Engineers found a broken rudder cable, which had last been inspected in March.",
    "Trade unions have long asked for more inspectors.",
)
TARGET = (
    "The weather had been mild all week.",
    "Investigators blamed the rudder: its cable had snapped. The last inspection of the cable was in March.",
    "Island life returned to normal by the weekend.",
    "More than two hundred people were on the ferry when it hit the rocks near Merrow on Tuesday.",
    "The first to reach the wreck were fishermen.",
    "In their small boats they brought the passengers to the shore.",
    "Calder Shipping, a company of 1921, said that every ticket will be refunded.",
)


def passages(sentences: tuple[str, ...], prefix: str) -> list[Passage]:
    return [Passage(f"{prefix}{at}", "", english) for at, english in enumerate(sentences)]


@pytest.fixture
def source() -> list[Passage]:
    return passages(SOURCE, "s")


@pytest.fixture
def target() -> list[Passage]:
    return passages(TARGET, "t")


@pytest.fixture
def heading() -> Passage:
    return Passage("head", "", "Fishermen reach the wreck first", BlockKind.HEADING)
