"""`paracorp memory promote`: what was reviewed becomes memory and gold, once, and on request only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.formats.tmx import read_tmx
from tests.review.making import HE, ZH, anchors, build, decide, event, rows

ZH_TITLE, ZH_OPENED, ZH_COST, ZH_FREE, ZH_MAYOR, ZH_WORKERS = ZH
HE_TITLE, HE_OPENED, HE_COST, HE_MAYOR, HE_WORKERS, HE_DRIVERS = HE


def promoted(root: Path) -> list[Path]:
    return sorted(root.glob("memory/reviewed-*.tmx"))


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("memory", "gold")
        for path in sorted((root / folder).glob("*"))
    }


def test_nothing_is_promoted_unasked(bridge: Path) -> None:
    decide(bridge, event(bridge, "edit", [ZH_COST], target="It cost $3 billion."))
    before = files(bridge)
    assert build(bridge) == 0
    assert files(bridge) == before


def test_edited_english_becomes_a_memory_of_its_own(bridge: Path) -> None:
    decide(bridge, event(bridge, "edit", [ZH_COST], target="It cost $3 billion."))
    before = files(bridge)
    assert main(["memory", "promote", str(bridge)]) == 0
    (path,) = promoted(bridge)
    (unit,) = read_tmx(path, on_reject=None)
    assert unit.variants == {"zh": ZH_COST, "en": "It cost $3 billion."}
    assert (unit.props["x-status"], unit.props["x-reviewer"]) == ("edited", "anna")
    assert unit.changed is not None
    assert {name: body for name, body in files(bridge).items() if name in before} == before


def test_the_promoted_english_is_used_where_the_decision_is_not_known(bridge: Path) -> None:
    decide(bridge, event(bridge, "edit", [ZH_COST], target="It cost $3 billion."))
    assert main(["memory", "promote", str(bridge)]) == 0
    (bridge / "decisions.jsonl").unlink()
    assert build(bridge) == 0
    row = next(row for row in rows(bridge, "zh-en") if row["source"] == ZH_COST)
    assert row["target"] == "It cost $3 billion."


def test_promoting_twice_changes_nothing(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(
        bridge,
        event(bridge, "edit", [ZH_COST], target="It cost $3 billion."),
        event(bridge, "accept", [ZH_MAYOR, HE_MAYOR]),
    )
    assert main(["memory", "promote", str(bridge), "--gold"]) == 0
    before = files(bridge)
    capsys.readouterr()
    assert main(["memory", "promote", str(bridge), "--gold"]) == 0
    assert files(bridge) == before
    assert "were there already" in capsys.readouterr().err


def test_english_the_memory_has_already_is_not_written_again(bridge: Path) -> None:
    decide(bridge, event(bridge, "accept", [ZH_MAYOR, HE_MAYOR]))
    assert main(["memory", "promote", str(bridge)]) == 0
    assert promoted(bridge) == []


def test_what_is_rejected_or_undone_is_not_promoted(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(
        bridge,
        event(bridge, "reject", [ZH_MAYOR, HE_MAYOR]),
        event(bridge, "edit", [ZH_COST], target="It cost $3 billion."),
        event(bridge, "undo", [ZH_COST]),
    )
    capsys.readouterr()
    assert main(["memory", "promote", str(bridge), "--gold"]) == 0
    assert "nothing is accepted or edited yet" in capsys.readouterr().err
    assert promoted(bridge) == []
    assert not (bridge / "gold" / "links.tsv").exists()


def test_accepted_pairs_become_gold_that_the_build_is_scored_against(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    merged = [[anchors(bridge, [ZH_COST, ZH_FREE]), anchors(bridge, [HE_COST])]]
    decide(
        bridge,
        event(bridge, "accept", [ZH_MAYOR, HE_MAYOR]),
        event(bridge, "merge", [ZH_COST, HE_COST], links=merged),
    )
    assert build(bridge) == 0
    capsys.readouterr()
    assert main(["memory", "promote", str(bridge), "--gold", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["gold"] == 2
    table = (bridge / "gold" / "links.tsv").read_text(encoding="utf-8")
    assert f"zh/bridge\t{ZH_COST}{ZH_FREE}\the/bridge\t{HE_COST}\tsure\n" in table
    assert main(["evaluate", "links", str(bridge), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["strict"]["recall"] == 1.0


def test_gold_a_person_wrote_stays_as_it_is(bridge: Path) -> None:
    gold = bridge / "gold" / "links.tsv"
    gold.parent.mkdir()
    kept = (
        "\ufeffstrength\tsource_article\tsource_text\ttarget_article\ttarget_text\tremark\r\n"
        f"sure\tzh/bridge\t{ZH_MAYOR}\the/bridge\t{HE_MAYOR}\tmine\r\n"
    )
    gold.write_bytes(kept.encode())
    decide(
        bridge,
        event(bridge, "accept", [ZH_MAYOR, HE_MAYOR]),
        event(bridge, "accept", [ZH_COST, HE_COST]),
    )
    assert main(["memory", "promote", str(bridge), "--gold"]) == 0
    after = gold.read_bytes().decode()
    assert after == f"{kept}sure\tzh/bridge\t{ZH_COST}\the/bridge\t{HE_COST}\t\n"


def test_a_link_of_sentences_that_stand_apart_is_left_out_of_gold_and_said(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = [[anchors(bridge, [ZH_OPENED, ZH_FREE]), anchors(bridge, [HE_DRIVERS])]]
    decide(bridge, event(bridge, "relink", [ZH_OPENED, ZH_FREE, HE_DRIVERS], links=made))
    capsys.readouterr()
    assert main(["memory", "promote", str(bridge), "--gold"]) == 0
    assert "1 links are left out of gold" in capsys.readouterr().err
