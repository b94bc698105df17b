"""Notes on renderings become findings, on the English they are about."""

from __future__ import annotations

import dataclasses

from paracorp.checks import check_units
from paracorp.records import Origin, Severity, Status, TranslationUnit, Variant
from paracorp.settings import CheckSettings

NOTES = (
    "translation-unsure: it repeats itself: plan",
    "name-repaired: Altman for 奥尔特曼: kept by a placeholder",
    "translation-split: translated in 2 pieces",
)
CHINESE = Variant("zh", "总统宣布了计划。", "The president announced it.", "zh/a", ("s",), Origin.MODEL, "e")
HEBREW = Variant("he", "הנשיא הכריז.", "The president announced it.", "he/a", ("t",), Origin.MODEL, "e")
ENGLISH = Variant("en", "The president announced it.", "", "zh/a", ("s",), Origin.MODEL, "e", NOTES)


def unit(source: Variant, target: Variant) -> TranslationUnit:
    return TranslationUnit("u", source, target, 0.5, "1:1", Status.AUTO, "", None)


def findings(one: TranslationUnit) -> list[tuple[str, Severity, str, str]]:
    rules = {note.partition(":")[0] for note in NOTES}
    found = check_units([one], None, CheckSettings())
    return [(item.rule, item.severity, item.field, item.message) for item in found if item.rule in rules]


def test_each_note_is_a_finding_of_its_rule() -> None:
    assert findings(unit(CHINESE, ENGLISH)) == [
        ("translation-unsure", Severity.WARNING, "target", "it repeats itself: plan"),
        ("translation-split", Severity.INFO, "target", "translated in 2 pieces"),
        ("name-repaired", Severity.INFO, "target", "Altman for 奥尔特曼: kept by a placeholder"),
    ]


def test_in_a_pair_of_two_languages_it_is_about_the_english_of_its_side() -> None:
    noted = dataclasses.replace(HEBREW, notes=NOTES[:1])
    assert [item[2] for item in findings(unit(CHINESE, noted))] == ["target_english"]
    assert [item[2] for item in findings(unit(noted, CHINESE))] == ["source_english"]


def test_without_notes_there_is_none() -> None:
    assert findings(unit(CHINESE, HEBREW)) == []
