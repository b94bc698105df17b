"""Candidates for names in each language."""

from __future__ import annotations

from paracorp.lexicon.names.names_en import english_names, latin_names, longer_names, merged_aliases
from paracorp.lexicon.names.names_he import hebrew_candidates, with_article
from paracorp.lexicon.names.names_zh import chinese_candidates, likely_names
from paracorp.lexicon.names.occurrences import Occurrences


def test_english_names_are_capitals_that_no_sentence_opens() -> None:
    found = english_names(
        [
            "Yesterday President Trump met Sam Altman of OpenAI in Abu Dhabi.",
            "Talks with Altman went on. The U.S. Department of Energy kept silent on Monday, as the CEO did.",
            "Reports on Trump's plans came from the Chinese press; I'm sure talks and reports will follow.",
        ]
    )
    assert set(found.counts) == {
        "Trump",
        "Sam Altman",
        "Altman",
        "OpenAI",
        "Abu Dhabi",
        "US Department of Energy",
    }
    assert found.counts["Altman"] == 2
    assert found.places["Trump"] == {0, 2}


def test_headlines_in_title_case_make_no_names() -> None:
    assert not english_names(["Where Will All That Money Come From This Time?"]).counts


def test_a_surname_stands_for_the_full_name_before_it() -> None:
    texts = [
        "They met Sam Altman.",
        "Then Altman spoke of Stargate UAE.",
        "In the UAE people met.",
        "So the UAE.",
    ]
    names = english_names(texts)
    assert longer_names(names, ["a", "a", "a", "b"]) == {"Altman": "Sam Altman"}


def test_names_of_one_country_are_one() -> None:
    names, spellings = merged_aliases(english_names(["In the US and United States.", "From the U.S. too."]))
    assert names.counts == {"US": 3}
    assert spellings == {"US": ("US", "United States")}


def test_latin_names_are_found_inside_other_scripts() -> None:
    assert set(latin_names(["据The Information报道，OpenAI的AI", "ב־OpenAI וב-xAI"]).counts) == {
        "The Information",
        "OpenAI",
        "xAI",
    }


def test_chinese_candidates_are_whole_names() -> None:
    texts = ["特朗普访问阿比林。", "他说特朗普在得州阿比林。", "得州阿比林的特朗普。"]
    found = chinese_candidates(texts, min_count=2)
    assert found.counts["特朗普"] == found.counts["阿比林"] == 3
    assert not {"朗普", "特朗", "比林", "的特朗普"} & set(found.counts)


def test_chinese_names_show_by_their_characters() -> None:
    texts = [
        "埃隆·马斯克与卡塔尔。梁文锋先生说，",
        "埃隆·马斯克见卡塔尔。梁文锋表示，",
        "数据中心。数据中心。",
    ]
    found = chinese_candidates(texts, min_count=2)
    assert likely_names(found, texts) == ["埃隆·马斯克", "卡塔尔", "梁文锋"]


def test_traditional_characters_spell_sounds_as_well() -> None:
    texts = ["奧特曼來了。", "奧特曼走了。"]
    assert "奧特曼" in likely_names(chinese_candidates(texts, min_count=2), texts)


def test_hebrew_candidates_count_through_proclitics_and_marks() -> None:
    texts = ['הוא גר בירושלים ובארה"ב.', "נסע לירושלים ומשם לארה״ב.", "ירושלים של אבו דאבי", "שבאבו דאבי"]
    found = hebrew_candidates(texts, min_count=2)
    assert found.counts["ירושלים"] == 3
    assert found.counts['ארה"ב'] == 2
    assert found.counts["אבו דאבי"] == 2


def test_an_article_is_part_of_the_name_where_it_is_written_so() -> None:
    assert with_article("בית הלבן", ["בבית הלבן, הבית הלבן"]) == "הבית הלבן"
    assert with_article("ישראל", ["בישראל, ישראל"]) == "ישראל"


def test_an_empty_corpus_has_no_names() -> None:
    assert english_names([]) == latin_names([]) == chinese_candidates([], min_count=2) == Occurrences()
