"""Quality floors of the rules on units written apart from the code, beside the hashes of their data."""

import hashlib

import pytest

from tests.golden.scoring import GOLDEN, score_rules

HASHES = {
    "checks_2": "e843dbef04ae0812724f74a082822cbc39d47e0985e8c11ed1b24f5007c5abf6",
    "checks_3": "05ada89ada9f74c2c59ff1356f3b4ac96fb975bd363221aa0f590008ab7af4b3",
}
ALL_RULES = 0.97
ONE_RULE = 0.80  # most rules have six or seven cases in a set: one error is allowed


@pytest.mark.parametrize("name", HASHES)
def test_every_rule_finds_its_faults_and_little_else(name: str) -> None:
    digest = hashlib.sha256((GOLDEN / f"{name}.jsonl").read_bytes()).hexdigest()
    assert digest == HASHES[name], "the data changed: set the floors anew"
    counts = score_rules(name)
    assert counts.right.total() > 100
    assert counts.precision() >= ALL_RULES, counts.notes
    assert counts.recall() >= ALL_RULES, counts.notes
    for rule in counts.right | counts.missed:
        assert counts.precision(rule) >= ONE_RULE, (rule, counts.notes)
        assert counts.recall(rule) >= ONE_RULE, (rule, counts.notes)
