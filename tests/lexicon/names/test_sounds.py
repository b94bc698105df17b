"""Names that sound alike across scripts, and names that do not."""

from __future__ import annotations

import pytest

from paracorp.lexicon.names.sounds import alike

SAME = [
    ("特朗普", "zh", "Trump", "en"),
    ("马斯克", "zh", "Musk", "en"),
    ("奥尔特曼", "zh", "Altman", "en"),
    ("奧特曼", "zh", "Altman", "en"),
    ("苏茨克维", "zh", "Sutskever", "en"),
    ("得克萨斯", "zh", "Texas", "en"),
    ("梁文锋", "zh", "Liang Wenfeng", "en"),
    ("טראמפ", "he", "Trump", "en"),
    ("אנבידיה", "he", "Nvidia", "en"),
    ("ג'פרי הינטון", "he", "Geoffrey Hinton", "en"),
    ("וושינגטון", "he", "Washington", "en"),
    ("ירושלים", "he", "Jerusalem", "en"),
    ("特朗普", "zh", "טראמפ", "he"),
    ("埃里森", "zh", "אליסון", "he"),
    ("马斯克", "zh", "מאסק", "he"),
    ("OpenAI", "zh", "OpenAI", "he"),
]
OTHER = [
    ("总统", "zh", "Trump", "en"),
    ("白宫", "zh", "White House", "en"),
    ("甲骨文", "zh", "Oracle", "en"),
    ("软银", "zh", "SoftBank", "en"),
    ("חברה", "he", "OpenAI", "en"),
    ('מנכ"ל', "he", "Altman", "en"),
    ("公司", "zh", "חברה", "he"),
    ("特朗普", "zh", "מאסק", "he"),
    ("马斯克", "zh", "Altman", "en"),
]


@pytest.mark.parametrize(("one", "one_lang", "other", "other_lang"), SAME)
def test_the_same_name_sounds_alike(one: str, one_lang: str, other: str, other_lang: str) -> None:
    assert alike(one, one_lang, other, other_lang) >= 0.65
    assert alike(one, one_lang, other, other_lang) == pytest.approx(alike(other, other_lang, one, one_lang))


@pytest.mark.parametrize(("one", "one_lang", "other", "other_lang"), OTHER)
def test_other_names_do_not(one: str, one_lang: str, other: str, other_lang: str) -> None:
    assert alike(one, one_lang, other, other_lang) < 0.5


def test_names_without_consonants_sound_like_nothing() -> None:
    assert alike("", "en", "Trump", "en") == alike("אי", "he", "Io", "en") == 0.0
