"""Every rule takes what it is for, and no sentence with the same words."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from paracorp.ingest.boilerplate import sift
from paracorp.ingest.draft import Draft, Piece
from paracorp.ingest.prose import clean
from paracorp.ingest.rules import load_rules
from paracorp.ingest.structure import settle

CASES = tomllib.loads((Path(__file__).parent / "golden" / "rules.toml").read_text(encoding="utf-8"))
TITLE = "The long way of a parcel to the islands"
BODY = [f"Paragraph {n} says what happened to the parcel on its way, and in what weather." for n in range(8)]
PLACES = {"head": (1,), "tail": (9,), "anywhere": (1, 5, 9)}


def read(line: str, place: int) -> Draft:
    texts = [TITLE, *BODY]
    texts.insert(place, line)
    pieces = tuple(Piece(clean(text), 2 * number) for number, text in enumerate(texts, 1))
    return settle(sift(Draft(pieces)))


def boilerplate() -> list[tuple[str, str, int]]:
    return [
        (rule, line, place)
        for zone, places in PLACES.items()
        for rule, lines in CASES[zone].items()
        for line in lines
        for place in places
    ]


@pytest.mark.parametrize(("rule", "line", "place"), boilerplate())
def test_boilerplate_is_cut_by_the_rule_it_is_for(rule: str, line: str, place: int) -> None:
    draft = read(line, place)
    assert [piece.text for piece in draft.pieces] == [TITLE, *BODY]
    assert {cut.rule for cut in draft.cuts} == {rule}
    assert "".join(cut.text for cut in draft.cuts).replace(" ", "") == clean(line).replace(" ", "")


@pytest.mark.parametrize("place", [1, 2, 5, 9])
@pytest.mark.parametrize("line", CASES["stay"]["lines"])
def test_a_sentence_with_the_words_of_boilerplate_stays(line: str, place: int) -> None:
    draft = read(line, place)
    assert line.removeprefix("● ") in [piece.text for piece in draft.pieces]
    assert {cut.rule for cut in draft.cuts} <= {"bullet"}


def test_every_rule_of_the_file_has_a_case() -> None:
    tested = {rule for zone in PLACES for rule in CASES[zone]}
    assert {rule.name for rule in load_rules().rules} - tested == {"caption-mark"}


def test_every_rule_says_why() -> None:
    assert all(rule.why and (rule.lines or rule.trims) for rule in load_rules().rules)


@pytest.mark.parametrize(
    "unit",
    [
        "/",
        "> a ",
        "| a ",
        "QQ ",
        "1 ",
        "阅读1",
        "、",
        "【",
        "张三 ",
        "צילום: ",
        "a.",
        "● ",
        "(",
        "#a",
        "12:30 ",
    ],
)
def test_no_line_takes_long_whatever_it_repeats(unit: str) -> None:
    line = clean(unit * (470 // len(unit)) + "x")
    start = time.perf_counter()
    read(line, 1)
    assert time.perf_counter() - start < 1.0
