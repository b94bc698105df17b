"""`paracorp check`: the table by rule and the worst cases, as a person reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.cli.explain import WORST_OF_RULE, worst_cases
from paracorp.records import Finding, Severity

FIRST_STRONG_ISOLATE, POP = "\u2068", "\u2069"


def test_check_shows_a_table_by_rule_and_the_worst_cases_beside_their_other_side(
    stargate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(stargate)]) == 0
    out = capsys.readouterr().out
    table, *cases = out.split("\n\n")
    rows = [line.split() for line in table.split("\n")]
    assert rows[0] == ["severity", "rule", "count"]
    assert [row[0] for row in rows[1:]] == sorted((row[0] for row in rows[1:]), reverse=True)
    assert "number-one-sided" in table
    assert "e+11" not in out
    assert "--05" not in out
    shown = [case.split("\n") for case in cases if "⟦" in case]
    assert shown
    for lines in shown:
        assert lines[2].count("⟦") == lines[2].count("⟧") == 1
        assert len(lines) >= 4
    hebrew = [line for lines in shown for line in lines[2:] if any("א" <= letter <= "ת" for letter in line)]
    assert hebrew
    assert all(line.strip()[0] == FIRST_STRONG_ISOLATE and line.strip()[-1] == POP for line in hebrew)


def test_check_gives_all_findings_as_data(stargate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(stargate), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"rule", "severity", "unit_id", "field", "start", "end", "message"} <= set(found[0])
    assert len(found) > WORST_OF_RULE


def test_findings_fail_only_where_asked(stargate: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(stargate), "--fail-on", "error"]) == 0
    assert main(["check", str(stargate), "--fail-on", "info"]) == 1
    capsys.readouterr()


def test_no_frequent_rule_hides_the_others() -> None:
    findings = [Finding("many", Severity.INFO, f"u{number}", "source", 0, 1, "") for number in range(50)]
    findings.append(Finding("few", Severity.INFO, "u99", "source", 0, 1, ""))
    assert [finding.rule for finding in worst_cases(findings)] == [*["many"] * WORST_OF_RULE, "few"]
