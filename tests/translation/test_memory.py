"""The translation memory: what counts as the same sentence, what as nearly the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from paracorp.errors import InputError
from paracorp.translation.fuzzy import FuzzyIndex
from paracorp.translation.meaning import same_marks
from paracorp.translation.memory import Entry, Memory, load_memory

ZH = "特朗普周二在白宫宣布了一项人工智能基础设施计划。"
HE = "נשיא ארצות הברית הכריז אתמול בבית הלבן על תוכנית חדשה."


def memory_of(*pairs: tuple[str, str], lang: str = "zh") -> Memory:
    memory = Memory()
    for number, (text, english) in enumerate(pairs):
        memory.add(lang, entry(text, english, tuid=str(number)))
    return memory


def entry(text: str, english: str, *, tuid: str = "", trust: int = 2, changed: str = "") -> Entry:
    return Entry(text, english, tuid, "m.tmx", 1, trust, changed)


def tmx(folder: Path, name: str, *units: str, srclang: str = "zh-CN") -> Path:
    path = folder / name
    body = "\n".join(units)
    path.write_text(
        f'<tmx version="1.4"><header srclang="{srclang}"/><body>\n{body}\n</body></tmx>', encoding="utf-8"
    )
    return path


def tu(source: str, english: str = "", *, tag: str = "zh-CN", attributes: str = "", prop: str = "") -> str:
    tuvs = f'<tuv xml:lang="{tag}"><seg>{source}</seg></tuv>'
    tuvs += f'<tuv xml:lang="en-US"><seg>{english}</seg></tuv>' if english else ""
    return f"<tu {attributes}>{prop}{tuvs}</tu>"


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("他说：“好的。”", '他说："好的。"'),
        ("他说：“好的。”", "他说:「好的。」"),
        ("OpenAI 的 首席执行官", "OpenAI的首席执行官"),
        ("2024——2025年", "2024-2025年"),
        ("שב\u05f4כ וצה\u05f4ל", 'שב"כ וצה"ל'),
        ("ג\u05f3ורג\u05f3", "ג'ורג'"),
        ("תל\u05beאביב", "תל-אביב"),
        ("\u200fשלום\u200f \u202bעולם\u202c", "שלום עולם"),
        ("\ufb2aלום", "\u05e9\u05c1לום"),
        ("ＡＢＣ１２３", "ABC123"),
        ("מילה  ועוד\u00a0מילה", "מילה ועוד מילה"),
    ],
)
def test_texts_that_differ_in_quotes_spaces_dashes_or_invisible_marks_are_equal(
    stored: str, asked: str
) -> None:
    match = memory_of((stored, "yes")).lookup(asked, "zh")
    assert match is not None
    assert match.exact
    assert match.similarity == 1.0


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("标题", "标题。"),
        ("2024 25", "202425"),
        ("身高5'10", "身高510"),
        ("שלום", "שלומי"),
        ("", ""),
        ("“”", "”"),
    ],
)
def test_stops_digits_and_letters_tell_texts_apart(stored: str, asked: str) -> None:
    assert memory_of((stored, "no")).lookup(asked, "zh") is None


def test_a_match_names_its_unit_and_file_and_belongs_to_its_language() -> None:
    memory = memory_of((ZH, "English"))
    match = memory.lookup(ZH, "zh")
    assert match is not None
    assert (match.english, match.tuid, match.file) == ("English", "0", "m.tmx")
    assert memory.lookup(ZH, "he") is None


def test_the_nearest_text_above_the_threshold_is_a_fuzzy_match() -> None:
    memory = memory_of(
        (ZH, "near"), (ZH.replace("宣布了", "公布"), "nearest"), ("完全不同的句子在这里写着。", "far")
    )
    match = memory.lookup(ZH.replace("宣布", "公布"), "zh")
    assert match is not None
    assert match.english == "nearest"
    assert not match.exact
    assert match.similarity == pytest.approx(1 - 1 / 24)
    assert memory.lookup(ZH.replace("特朗普周二", "拜登上个月"), "zh") is None


def test_a_text_of_few_letters_has_no_fuzzy_match() -> None:
    assert memory_of(("特朗普会见马斯克", "x")).lookup("特朗普会见马克斯", "zh", threshold=0.5) is None


@pytest.mark.parametrize(
    ("stored", "asked", "same"),
    [
        (f"{ZH}2025", f"{ZH}2026", False),
        ("公司今年将投资5,000亿美元建设中心", "公司今年将投资5000亿美元建设中心", True),
        ("公司今年将投资三百亿美元建设中心", "公司今年将投资四百亿美元建设中心", False),
        ("公司表示今年会投资建设数据中心", "公司表示今年不会投资建设数据中心", False),
        (HE, HE.replace("הכריז", "לא הכריז"), False),
        ("החברה אמרה כי שלושה מנהלים פרשו מתפקידם", "החברה אמרה כי ארבעה מנהלים פרשו מתפקידם", False),
        ("החברה אמרה כי שלושה מנהלים פרשו מתפקידם", "החברה אמרה כי שלושה מנהלים פרשו מתפקידים", True),
    ],
)
def test_a_fuzzy_match_has_the_same_figures_and_negations(stored: str, asked: str, same: bool) -> None:
    match = memory_of((stored, "x")).lookup(asked, "zh", threshold=0.8)
    assert (match is not None) == same


def test_of_near_matches_the_next_best_is_taken_where_the_best_has_another_figure() -> None:
    memory = memory_of((f"{ZH}2026", "other year"), (f"{ZH.replace('宣布', '公布')}2025", "same year"))
    match = memory.lookup(f"{ZH}2025", "zh")
    assert match is not None
    assert match.english == "same year"


def test_marks_are_seen_behind_prefixes_and_in_any_order() -> None:
    assert not same_marks("הוא אמר שבא", "הוא אמר שלא בא")
    assert same_marks("ב-2024 וב-2025", "2025, 2024")


@example(["a" * 10], "aaa", 0.3)  # the similarity is 0.3 but for rounding
@given(
    st.lists(st.text("abאב好马", min_size=1, max_size=30), max_size=20),
    st.text("abאב好马", min_size=1, max_size=30),
    st.sampled_from([0.3, 0.5, 0.7, 0.85, 1.0]),
)
def test_the_index_finds_what_comparing_with_every_text_finds(
    texts: list[str], query: str, threshold: float
) -> None:
    everything = {
        position: similarity
        for position, text in enumerate(texts)
        if (similarity := Levenshtein.normalized_similarity(query, text)) >= threshold - 1e-9
    }
    found = list(FuzzyIndex(texts).search(query, threshold))
    assert dict(found) == pytest.approx(everything)
    assert [similarity for _, similarity in found] == sorted(everything.values(), reverse=True)


def test_the_reviewed_then_the_newer_then_the_earlier_unit_counts() -> None:
    memory = Memory()
    for english, trust, changed in (
        ("auto", 0, "2026"),
        ("old", 2, "2024"),
        ("new", 2, "2025"),
        ("too", 2, "2025"),
    ):
        memory.add("zh", entry(ZH, english, trust=trust, changed=changed))
    match = memory.lookup(ZH, "zh")
    assert match is not None
    assert match.english == "new"
    assert len(memory) == 1
    [conflict] = memory.conflicts
    assert conflict.kept.english == "new"
    assert [other.english for other in conflict.others] == ["auto", "old", "too"]


def test_equal_units_are_no_conflict() -> None:
    assert memory_of((ZH, "a"), (f" {ZH}", "a")).conflicts == ()


def test_a_memory_is_loaded_from_files_for_the_languages_wanted(tmp_path: Path) -> None:
    paths = [
        tmx(tmp_path, "zh-en.tmx", tu(ZH, "Chinese", attributes='tuid="z1"')),
        tmx(tmp_path, "he-en.tmx", tu(HE, "Hebrew", tag="iw")),
    ]
    memory = load_memory(paths, ("zh", "he"))
    found = [memory.lookup(ZH, "zh"), memory.lookup(HE, "he")]
    assert [(match.english, match.file) for match in found if match] == [
        ("Chinese", "zh-en.tmx"),
        ("Hebrew", "he-en.tmx"),
    ]


def test_a_rejected_unit_is_left_out_and_an_automatic_one_gives_way(tmp_path: Path) -> None:
    path = tmx(
        tmp_path,
        "m.tmx",
        tu(HE, "wrong", tag="he", prop='<prop type="x-status">rejected</prop>'),
        tu(ZH, "auto", attributes='changedate="20260101T000000Z"', prop='<prop type="x-status">auto</prop>'),
        tu(ZH, "by hand"),
    )
    memory = load_memory([path], ("zh", "he"))
    assert memory.lookup(HE, "he") is None
    match = memory.lookup(ZH, "zh")
    assert match is not None
    assert match.english == "by hand"


def test_a_bad_file_and_bad_units_are_reported_and_the_rest_is_used(tmp_path: Path) -> None:
    broken = tmx(tmp_path, "a.tmx", tu(HE, "x", tag="he"))
    broken.write_text(broken.read_text(encoding="utf-8")[:-5], encoding="utf-8")
    good = tmx(tmp_path, "b.tmx", "<tu/>", tu(ZH, "fine"), tu(ZH), tu(HE, tag="he"))
    errors: list[InputError] = []
    memory = load_memory([broken, good], ("zh", "he"), on_reject=errors.append)
    assert len(memory) == 1
    assert memory.lookup(ZH, "zh") is not None
    places = [str(error).split(": ")[0] for error in errors]
    assert places == [f"{broken}:3", f"{good}:2", f"{good}:4"]
    assert "2 of its units do not pair zh or he with en" in str(errors[2])


def test_without_anyone_to_tell_a_bad_file_is_raised(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_memory([tmp_path / "none.tmx"], ("zh",))


def test_no_files_make_an_empty_memory() -> None:
    assert load_memory([], ("zh", "he")).lookup(ZH, "zh") is None


def test_a_caption_with_a_credit_serves_the_caption_alone() -> None:
    memory = Memory()
    text, english = "אלטמן באולם / צילום: רויטרס", "Altman in the hall / Photo: Reuters"
    memory.add("he", Entry(text, english, "1", "m.tmx", 1, 0, ""))
    memory.add("he", Entry("א / ב / ג", "a / b", "2", "m.tmx", 2, 0, ""))
    found = memory.lookup("אלטמן באולם", "he")
    assert found is not None
    assert (found.english, found.exact) == ("Altman in the hall", True)
    assert memory.lookup("א", "he") is None
