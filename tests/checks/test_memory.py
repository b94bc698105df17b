"""False alarms: the reviewed memory of the sample corpus is right, so what the rules find there is wrong."""

from pathlib import Path

import pytest
from lxml import etree

from paracorp.checks import check_units
from paracorp.lexicon.termbase import read_termbase
from paracorp.records import TranslationUnit
from paracorp.settings import CheckSettings
from tests.checks.making import rendered

ROOT = Path(__file__).parents[2]
MEMORY = ROOT / "corpora/stargate/memory"


def memory(lang: str) -> list[TranslationUnit]:
    segments = [seg.text or "" for seg in etree.parse(MEMORY / f"{lang}-en.tmx").iter("seg")]
    pairs = zip(segments[::2], segments[1::2], strict=True)
    return [rendered(lang, text, english, f"{lang}{i}") for i, (text, english) in enumerate(pairs)]


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_the_reviewed_memory_has_at_most_one_finding_in_a_hundred_units(lang: str) -> None:
    units = memory(lang)
    found = list(check_units(units, read_termbase(ROOT / "glossaries/ai-politics.csv"), CheckSettings()))
    assert len(units) > 100
    assert len(found) <= len(units) / 100, found
