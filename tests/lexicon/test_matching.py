import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.lexicon.matching import Matcher
from paracorp.records import Term

TERMS = [
    Term(
        "musk",
        "person",
        {"en": ("Elon Musk", "Musk"), "zh": ("埃隆·马斯克", "马斯克"), "he": ("אילון מאסק", "מאסק")},
    ),
    Term("ellison", "person", {"zh": ("拉里·埃里森",), "he": ("לארי אליסון",), "en": ("Larry Ellison",)}),
    Term("openai", "company", {"en": ("OpenAI",), "zh": ("OpenAI",), "he": ("OpenAI",)}),
    Term("apple", "company", {"en": ("Apple",)}, note="case-sensitive"),
    Term("x", "company", {"en": ("X",), "he": ("X",)}),
    Term("us", "place", {"en": ("U.S.", "US"), "zh": ("美国",), "he": ('ארה"ב',)}, note="case-sensitive"),
    Term("white-house", "place", {"en": ("White House",), "zh": ("白宫",), "he": ("הבית הלבן",)}),
    Term("wall-street", "place", {"zh": ("华尔街",), "he": ("וול סטריט",)}),
    Term("wsj", "organisation", {"zh": ("华尔街日报",), "he": ("וול סטריט ג'ורנל",)}),
    Term("data-center", "concept", {"en": ("data center",), "he": ("מרכז נתונים",)}),
    Term("jerusalem", "place", {"he": ("ירושלים",), "en": ("Jerusalem",)}),
    Term("cohen", "person", {"he": ("כהן",), "en": ("Cohen",)}),
    Term("sheep", "concept", {"he": ("שה",)}),
    Term("zürich", "place", {"en": ("Zürich",)}),
    Term("jobs", "person", {"he": ("סטיב ג'ובס",)}),
    Term("mar-a-lago", "place", {"he": ("מאר-א-לאגו",), "en": ("Mar-a-Lago",)}),
]
MATCHERS = {lang: Matcher(TERMS, lang) for lang in ("zh", "he", "en")}


def found(lang: str, text: str) -> list[tuple[str, str, str]]:
    return [(m.term_id, m.prefix, text[m.start : m.end]) for m in MATCHERS[lang].find(text)]


@pytest.mark.parametrize(
    ("text", "prefix"),
    [("מאסק", ""), ("למאסק", "ל"), ("וכשמאסק", "וכש"), ("שבמאסק", "שב"), ("ולמאסק", "ול"), ("כשמאסק", "כש")],
)
def test_hebrew_proclitics_are_taken_off(text: str, prefix: str) -> None:
    assert found("he", f"הוא אמר {text} אתמול") == [("musk", prefix, "מאסק")]


@pytest.mark.parametrize("text", ["מאסקים", "המאסק", "צמאסק", 'מאסק"ר', "גמאסק"])
def test_hebrew_letters_that_are_no_proclitics_make_another_word(text: str) -> None:
    assert found("he", text) == []


def test_a_short_hebrew_stem_takes_no_proclitic() -> None:
    assert found("he", "משה ראה שה") == [("sheep", "", "שה")]


def test_the_article_of_a_hebrew_compound_goes_into_the_preposition() -> None:
    assert found("he", "נפגשו בבית הלבן ומהבית הלבן נמסר") == [
        ("white-house", "ב", "בית הלבן"),
        ("white-house", "ומ", "הבית הלבן"),
    ]
    assert found("he", "הוא גר בבית לבן, בית הלבן") == []


def test_a_hebrew_compound_takes_its_article_on_the_last_word() -> None:
    assert found("he", "במרכז הנתונים") == [("data-center", "ב", "מרכז הנתונים")]


@pytest.mark.parametrize("name", ['ארה"ב', "ארה״ב", "ארה''ב", "ארה”ב", "ארהב"])
def test_gershayim_come_in_any_form(name: str) -> None:
    assert found("he", f"ממשל {name} הודיע") == [("us", "", name)]


@pytest.mark.parametrize("name", ["מאר־א־לאגו", "מאר-א-לאגו", "מאר א לאגו", "מאר–א–לאגו"])
def test_hyphen_maqaf_and_space_are_alike(name: str) -> None:
    assert found("he", f"ב{name}") == [("mar-a-lago", "ב", name)]


def test_niqqud_and_final_letters_do_not_matter() -> None:
    assert found("he", "יְרוּשָׁלַיִם") == [("jerusalem", "", "יְרוּשָׁלַיִם")]
    assert found("he", "ירושלימ") == [("jerusalem", "", "ירושלימ")]


def test_a_latin_name_in_hebrew_takes_proclitics_with_a_hyphen_or_without() -> None:
    assert found("he", "ב־OpenAI, ה-X ושOpenAI") == [
        ("openai", "ב־", "OpenAI"),
        ("x", "ה-", "X"),
        ("openai", "וש", "OpenAI"),
    ]


def test_a_quoted_hebrew_name_takes_its_proclitic_before_the_mark() -> None:
    assert found("he", 'ש"וול סטריט ג\'ורנל" דיווח') == [("wsj", 'ש"', "וול סטריט ג'ורנל")]


def test_a_hebrew_surname_alone_counts_after_the_full_name() -> None:
    assert found("he", "אליסון דיבר") == []
    assert found("he", "לארי אליסון דיבר, ואליסון הלך")[1] == ("ellison", "ו", "אליסון")
    known = MATCHERS["he"].find("אליסון דיבר", known=frozenset({"ellison"}))
    assert [mention.term_id for mention in known] == ["ellison"]


@pytest.mark.parametrize("dot", ["·", "•", "‧", "・", " · ", " ", "-", ""])
def test_chinese_names_are_found_with_any_middle_dot(dot: str) -> None:
    assert found("zh", f"富豪埃隆{dot}马斯克说") == [("musk", "", f"埃隆{dot}马斯克")]


def test_chinese_names_need_no_edges_and_the_longest_wins() -> None:
    assert found("zh", "据华尔街日报报道华尔街下跌") == [
        ("wsj", "", "华尔街日报"),
        ("wall-street", "", "华尔街"),
    ]


def test_traditional_characters_and_full_width_letters_are_folded() -> None:
    assert found("zh", "馬斯克離開ＯｐｅｎＡＩ，赴美國") == [
        ("musk", "", "馬斯克"),
        ("openai", "", "ＯｐｅｎＡＩ"),
        ("us", "", "美國"),
    ]


def test_a_chinese_surname_alone_counts_after_the_full_name() -> None:
    assert [term_id for term_id, _, _ in found("zh", "拉里·埃里森来了，埃里森说")] == ["ellison", "ellison"]
    assert found("zh", "埃里森说") == []


def test_part_of_a_longer_foreign_name_is_another_name() -> None:
    assert found("zh", "金巴尔·马斯克开餐馆") == []


@pytest.mark.parametrize("text", ["轻微软组织挫伤", "一个完美国度", "精美国画", "山坡上雪白宫殿"])
def test_a_chinese_name_across_a_word_edge_is_none(text: str) -> None:
    assert found("zh", text) == []


def test_english_names_stand_in_whole_words_with_possessives_and_plurals() -> None:
    assert found("en", "Musk's data-centers, the data centers; Musky muskets") == [
        ("musk", "", "Musk"),
        ("data-center", "", "data-center"),
        ("data-center", "", "data center"),
    ]


def test_case_tells_the_company_from_the_fruit_and_the_country_from_us() -> None:
    assert found("en", "an apple for us; Apple, the US, openai") == [
        ("apple", "", "Apple"),
        ("us", "", "US"),
        ("openai", "", "openai"),
    ]


def test_a_name_of_one_letter_needs_room() -> None:
    assert found("en", "an X-ray, Mr. X.") == []
    assert found("en", "he wrote on X that") == [("x", "", "X")]


def test_diacritics_do_not_matter_in_english() -> None:
    assert found("en", "in Zurich and Zu\u0308rich") == [
        ("zürich", "", "Zurich"),
        ("zürich", "", "Zu\u0308rich"),
    ]


def test_no_termbase_finds_nothing() -> None:
    assert Matcher([], "he").find("מאסק") == []


@given(
    st.text(st.sampled_from('מאסקול-־״" OpenAIארהבביתהלבן·馬马斯克\u05b0\u200f'), max_size=40),
    st.sampled_from(["zh", "he", "en"]),
)
def test_mentions_lie_in_order_within_the_text_without_overlap(text: str, lang: str) -> None:
    end = 0
    for mention in MATCHERS[lang].find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[: mention.start].endswith(mention.prefix)
        end = mention.end


def test_ten_thousand_terms_over_a_million_characters_take_seconds() -> None:
    """The aim is about one second; the bound leaves room for a busy machine."""
    names = [f"ח{a}{b}{c}ת" for a in "אבגדהוזט" * 3 for b in "יכלמנסעפצקרש" * 2 for c in "אבגדהוזחטיכלמנסעפצ"]
    terms = [Term(f"t{i}", "company", {"he": (name,)}) for i, name in enumerate(dict.fromkeys(names))]
    matcher = Matcher([*TERMS, *terms], "he")
    text = "ראש הממשלה אמר אתמול כי אילון מאסק הגיע לבית הלבן ונפגש עם מנהלי חאיאת. " * 14_000
    begin = time.process_time()
    mentions = matcher.find(text[:1_000_000])
    assert len(mentions) > 40_000
    assert time.process_time() - begin < 6


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("אריק טראמפ דיבר", []),
        ("מישל אובמה כתבה", []),
        ("טראמפ ג'וניר דיבר", []),
        ("נתן טראמפ הוראה", ["טראמפ"]),
        ("בעידן טראמפ", ["טראמפ"]),
        ("אמר לאריק שטראמפ דיבר", ["טראמפ"]),
        ("דונאלד טראמפ דיבר", ["טראמפ"]),
        ("הם נותרו הרוסים", []),
        ("ערים הרוסות", []),
        ("הרוסים הגיעו", ["רוסים"]),
        ("החיילים הרוסים", ["רוסים"]),
    ],
)
def test_a_surname_after_another_given_name_and_a_homograph_are_no_mentions(
    text: str, found: list[str]
) -> None:
    terms = [
        Term("trump", "person", {"he": ("דונלד טראמפ", "טראמפ")}),
        Term("obama", "person", {"he": ("ברק אובמה", "אובמה")}),
        Term("russia", "place", {"he": ("רוסיה", "רוסים")}),
    ]
    assert [text[m.start : m.end] for m in Matcher(terms, "he").find(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("哈里斯伯格的旧车站", []),
        ("霍利菲尔德退役", []),
        ("盖茨黑德的千禧桥", []),
        ("小特朗普发文", []),
        ("哈里斯达成协议", ["哈里斯"]),
        ("特朗普多加了一句", ["特朗普"]),
        ("东京都政府", ["东京"]),
        ("美参议院表决", ["参议院"]),
        ("面团稍微软一点", []),
        ("X光片", []),
        ("X平台", ["X平台"]),
    ],
)
def test_a_longer_foreign_name_is_not_the_listed_one(text: str, found: list[str]) -> None:
    terms = [
        Term("harris", "person", {"zh": ("哈里斯",)}),
        Term("hawley", "person", {"zh": ("霍利",)}),
        Term("gates", "person", {"zh": ("盖茨",)}),
        Term("trump", "person", {"zh": ("特朗普",)}),
        Term("tokyo", "place", {"zh": ("东京",)}),
        Term("senate", "organisation", {"zh": ("参议院",)}),
        Term("microsoft", "company", {"zh": ("微软",)}),
        Term("x", "company", {"zh": ("X", "X平台")}),
    ]
    assert [text[m.start : m.end] for m in Matcher(terms, "zh").find(text)] == found
