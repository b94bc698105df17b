"""What may be wrong with a translation unit: named rules whose severity `corpus.toml` may change."""

from paracorp.checks.registry import RULES, Rule
from paracorp.checks.running import check_units, rule_hint, unit_checker

__all__ = ["RULES", "Rule", "check_units", "rule_hint", "unit_checker"]
