import datetime as dt
from collections.abc import Iterator

import pytest

from paracorp.checks import check_units
from paracorp.errors import UsageError
from paracorp.records import Severity, TranslationUnit
from paracorp.settings import CheckSettings
from tests.checks.making import TERMBASE, findings, rendered

FAULTY = rendered("zh", "马斯克说了话，就走了。", "Masker said something and left.")


def test_a_rule_can_be_set_to_another_severity() -> None:
    assert [finding.severity for finding in findings(FAULTY, term_missing="error")] == [Severity.ERROR]


def test_a_rule_can_be_off() -> None:
    assert findings(FAULTY, term_missing="off") == []


def test_an_unknown_rule_is_an_error_at_once_that_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        check_units([], TERMBASE, CheckSettings({"term-mising": "off"}))
    assert caught.value.fix == "Did you mean term-missing?"


def test_without_a_termbase_the_other_rules_still_run() -> None:
    unit = rendered("zh", "项目耗资5000亿美元。", "The project costs $50 billion.")
    assert {finding.rule for finding in check_units([unit], None, CheckSettings())} == {"number-mismatch"}


def test_relative_dates_count_from_the_day_of_the_article() -> None:
    units = [
        rendered("zh", "他昨天抵达首都华盛顿。", "He came to Washington, the capital, on January 20."),
        rendered("zh", "他昨天抵达首都华盛顿。", "He came to Washington, the capital, on January 22.", "v"),
    ]
    settings = CheckSettings({"conflict": "off"})
    unknown = list(check_units(units, None, settings))
    published = {"zh/a": dt.date(2025, 1, 21), "en/a": dt.date(2025, 1, 21)}
    known = list(check_units(units, None, settings, published=published))
    assert [(finding.unit_id, finding.rule) for finding in unknown] == [
        ("u", "date-mismatch"),
        ("v", "date-mismatch"),
    ]
    assert [(finding.unit_id, finding.rule) for finding in known] == [("v", "date-mismatch")]


def test_units_are_taken_one_by_one() -> None:
    taken: list[int] = []

    def units() -> Iterator[TranslationUnit]:
        for index in range(3):
            taken.append(index)
            yield FAULTY

    stream = check_units(units(), TERMBASE, CheckSettings())
    next(stream)
    assert taken == [0]


def test_several_processes_find_the_same_in_the_same_order() -> None:
    units = [
        rendered(
            "zh",
            f"马斯克说了{number}句话，就走了。",
            f"Masker said {number + number % 3} and left.",
            f"u{number}",
        )
        for number in range(11, 700)
    ]
    alone = list(check_units(units, TERMBASE, CheckSettings()))
    together = list(check_units(units, TERMBASE, CheckSettings(), workers=2))
    assert together == alone
    assert len(alone) > len(units)
