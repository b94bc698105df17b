"""Units for the tests of the rules."""

from __future__ import annotations

from paracorp.checks import check_units
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Finding, Origin, Status, Term, TranslationUnit, Variant
from paracorp.settings import CheckSettings

TERMBASE = Termbase(
    (
        Term("musk", "person", {"en": ("Elon Musk", "Musk"), "zh": ("马斯克",), "he": ("מאסק",)}),
        Term("openai", "company", {"en": ("OpenAI",), "zh": ("OpenAI",), "he": ("OpenAI",)}),
        Term("oracle", "company", {"en": ("Oracle",), "zh": ("甲骨文",), "he": ("אורקל",)}),
        Term("oracle.forbidden", "company", {"en": ("oracle bone",)}, "forbidden"),
    )
)


def side(lang: str, text: str, english: str = "", article: str = "a") -> Variant:
    return Variant(lang, text, english, f"{lang}/{article}", (f"{lang}/{article}#0.0",), Origin.MEMORY, "")


def unit(source: Variant, target: Variant, name: str = "u") -> TranslationUnit:
    return TranslationUnit(name, source, target, None, "1:1", Status.AUTO, "", None)


def rendered(lang: str, text: str, english: str, name: str = "u", article: str = "a") -> TranslationUnit:
    """A zh-en or he-en unit."""
    return unit(side(lang, text, article=article), side("en", english, article=article), name)


def findings(*units: TranslationUnit, **rules: str) -> list[Finding]:
    settings = CheckSettings({name.replace("_", "-"): severity for name, severity in rules.items()})
    return list(check_units(units, TERMBASE, settings))


def spots(*units: TranslationUnit) -> list[tuple[str, str, str]]:
    """Rule, field and marked text of each finding."""
    by_id = {item.id: item for item in units}
    found = []
    for finding in findings(*units):
        item = by_id[finding.unit_id]
        texts = {
            "source": item.source.text,
            "target": item.target.text,
            "source_english": item.source.english,
            "target_english": item.target.english,
        }
        found.append((finding.rule, finding.field, texts[finding.field][finding.start : finding.end]))
    return found
