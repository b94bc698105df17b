"""Decisions made elsewhere: a downloaded file, an XLIFF that went through a CAT tool."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.corpus import open_corpus
from paracorp.formats.xliff_write import nmtoken
from paracorp.review.journal import read_decisions
from tests.review.making import HE, ZH, build, event, rows

ZH_TITLE, ZH_OPENED, ZH_COST, ZH_FREE, ZH_MAYOR, ZH_WORKERS = ZH
HE_TITLE, HE_OPENED, HE_COST, HE_MAYOR, HE_WORKERS, HE_DRIVERS = HE


def take(root: Path, path: Path, reviewer: str = "bo") -> int:
    return main(["review", str(root), "--apply", str(path), "--reviewer", reviewer])


def actions(root: Path) -> list[tuple[str, str]]:
    return [(str(row.action), row.reviewer) for row in read_decisions(open_corpus(root)).events]


def download(root: Path, *events: dict[str, object]) -> Path:
    path = root.parent / "bridge.decisions.jsonl"
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in events), encoding="utf-8")
    return path


def test_a_downloaded_file_is_taken_once(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = download(
        bridge,
        event(bridge, "accept", [ZH_COST, HE_COST]),
        event(bridge, "reject", [ZH_MAYOR, HE_MAYOR], reviewer=""),
    )
    capsys.readouterr()
    assert take(bridge, path) == 0
    assert "2 decisions taken, 0 were known" in capsys.readouterr().out
    assert actions(bridge) == [("accept", "anna"), ("reject", "bo")]
    before = (bridge / "decisions.jsonl").read_bytes()
    assert take(bridge, path) == 0
    assert "0 decisions taken, 2 were known" in capsys.readouterr().out
    assert (bridge / "decisions.jsonl").read_bytes() == before


def test_bad_lines_are_named_and_the_good_ones_taken(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = download(bridge, event(bridge, "accept", [ZH_COST, HE_COST]), {"v": 1, "event": "burn"})
    with path.open("a", encoding="utf-8") as file:
        file.write('{"v":1,"ev')
    capsys.readouterr()
    assert take(bridge, path) == 3
    err = capsys.readouterr().err
    assert "bridge.decisions.jsonl:2: no decision: unknown event 'burn'" in err
    assert "bridge.decisions.jsonl:3: ends in the middle" in err
    assert actions(bridge) == [("accept", "anna")]


def test_decisions_on_texts_that_changed_are_counted(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = event(bridge, "accept", [ZH_MAYOR, HE_MAYOR])
    old["anchors"][0][1] = "旧的。"
    path = download(bridge, event(bridge, "accept", [ZH_COST, HE_COST]), old)
    capsys.readouterr()
    assert take(bridge, path) == 0
    assert "1 of them on texts that have changed since" in capsys.readouterr().out


def test_a_file_of_another_corpus_is_refused(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = event(bridge, "accept", [ZH_COST, HE_COST])
    row["anchors"] = [["zh/x#0.0", "别的"], ["he/x#0.0", "אחר"]]
    assert take(bridge, download(bridge, row)) == 3
    assert "none of its 1 decisions is about a text of this corpus" in capsys.readouterr().err
    assert actions(bridge) == []


def test_a_file_that_is_not_there_is_said(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(bridge, bridge / "nothing.jsonl") == 3
    assert "no such file" in capsys.readouterr().err


# XLIFF


@pytest.fixture
def xliff(bridge: Path, tmp_path: Path) -> Path:
    """The pairs as XLIFF 2.0."""
    assert main(["export", str(bridge), "--format", "xliff", "-o", str(tmp_path / "out")]) == 0
    return tmp_path / "out" / "bridge.zh-he.xlf"


def edit(path: Path, unit_id: str, pattern: str, new: str) -> None:
    """Change one thing in one unit, as a tool would."""
    text = path.read_text(encoding="utf-8")
    start = text.index(f'id="{nmtoken(unit_id)}"')
    end = text.index("</unit>", start)
    part, count = re.subn(pattern, new, text[start:end])
    assert count
    path.write_text(text[:start] + part + text[end:], encoding="utf-8")


def unit_id(root: Path, source: str) -> str:
    return next(row["id"] for row in rows(root) if row["source"] == source)


def test_an_xliff_as_it_was_exported_decides_nothing(
    bridge: Path, xliff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(bridge, xliff) == 0
    assert actions(bridge) == []


def test_what_was_done_in_a_cat_tool_comes_back_as_decisions(bridge: Path, xliff: Path) -> None:
    edit(xliff, unit_id(bridge, ZH_COST), "<target>[^<]*", "<target>עלה 3 מיליארד דולר.")
    edit(xliff, unit_id(bridge, ZH_MAYOR), 'state="[a-z]*"', 'state="final"')
    edit(xliff, unit_id(bridge, ZH_TITLE), "</notes>", '<note from="dana">check the name</note></notes>')
    assert take(bridge, xliff) == 0
    assert sorted(actions(bridge)) == [("accept", "bo"), ("edit", "bo"), ("note", "bo")]
    before = (bridge / "decisions.jsonl").read_bytes()
    assert take(bridge, xliff) == 0
    assert (bridge / "decisions.jsonl").read_bytes() == before
    assert build(bridge) == 0
    table = {row["source"]: (row["target"], row["status"]) for row in rows(bridge)}
    assert table[ZH_COST] == ("עלה 3 מיליארד דולר.", "edited")
    assert table[ZH_MAYOR] == (HE_MAYOR, "accepted")


def test_units_that_are_not_of_the_corpus_are_named_with_their_line(
    bridge: Path, xliff: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(xliff, unit_id(bridge, ZH_COST), "<source>[^<]*", "<source>别的。")
    edit(xliff, unit_id(bridge, ZH_MAYOR), 'state="[a-z]*"', 'state="final"')
    assert take(bridge, xliff) == 3
    assert re.search(r"bridge\.zh-he\.xlf:\d+: unit \S+: its source is not", capsys.readouterr().err)
    assert actions(bridge) == [("accept", "bo")]
