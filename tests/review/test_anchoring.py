"""Segments of a decision are found again by their texts."""

from __future__ import annotations

from paracorp.records import BlockKind, Segment
from paracorp.review.anchoring import Locator


def locator(**articles: list[str]) -> Locator:
    """Articles by `lang_name`, a block per text."""
    rows = []
    for name, texts in articles.items():
        lang, _, stem = name.partition("_")
        for block, text in enumerate(texts):
            article = f"{lang}/{stem}"
            kind = BlockKind.PARAGRAPH
            rows.append(Segment(f"{article}#{block}.0", article, lang, kind, block, 0, len(text), text))
    return Locator(rows, "zh")


def test_unchanged_segments_are_found_where_they_were() -> None:
    here = locator(zh_a=["一", "二"], he_a=["א"])
    assert here.find([("zh/a#1.0", "二"), ("he/a#0.0", "א")]) == ("zh/a#1.0", "he/a#0.0")


def test_a_moved_text_is_found_and_a_changed_one_is_not() -> None:
    here = locator(zh_a=["零", "一", "二改"])
    assert here.find([("zh/a#0.0", "一")]) == ("zh/a#1.0",)
    assert here.find([("zh/a#1.0", "二")]) is None


def test_a_changed_text_is_traced_by_its_likeness_and_else_by_its_place() -> None:
    here = locator(zh_a=["全新的开头", "没有变化", "大桥花费三十亿元左右"], zh_b=["大桥花费三十亿元"])
    assert here.became(("zh/a#1.0", "大桥花费三十亿元")) == "zh/a#2.0"
    assert here.became(("zh/a#1.0", "别的东西")) == "zh/a#1.0"


def test_of_segments_as_like_a_changed_text_the_first_is_meant_and_one_letter_is_like_nothing() -> None:
    here = locator(zh_a=["一", "大桥花费四十亿元", "大桥花费五十亿元"])
    assert here.became(("zh/a#2.0", "大桥花费三十亿元")) == "zh/a#1.0"
    assert here.became(("zh/a#9.0", "一")) == "zh/a#9.0"


def test_of_equal_texts_the_nearest_is_meant() -> None:
    here = locator(zh_a=["一", "重", "二", "三", "四", "重"])
    assert here.find([("zh/a#1.0", "重")]) == ("zh/a#1.0",)
    assert here.find([("zh/a#4.0", "重")]) == ("zh/a#5.0",)


def test_what_all_others_moved_by_tells_equal_texts_apart() -> None:
    here = locator(zh_a=["新", "新二", "重", "一", "重", "二"])
    assert here.find([("zh/a#1.0", "一"), ("zh/a#2.0", "重"), ("zh/a#3.0", "二")]) == (
        "zh/a#3.0",
        "zh/a#4.0",
        "zh/a#5.0",
    )


def test_no_segment_stands_for_two() -> None:
    here = locator(zh_a=["重"])
    assert here.find([("zh/a#0.0", "重"), ("zh/a#1.0", "重")]) is None


def test_an_article_under_another_name_is_found_if_it_is_the_only_one() -> None:
    assert locator(zh_b=["零", "一"]).find([("zh/a#0.0", "一")]) == ("zh/b#1.0",)
    assert locator(zh_b=["一"], zh_c=["一"]).find([("zh/a#0.0", "一")]) is None
    assert locator(he_b=["一"]).find([("zh/a#0.0", "一")]) is None


def test_a_key_has_the_sides_in_reading_order() -> None:
    here = locator(zh_a=["一", "二"], he_a=["א", "ב"])
    anchors = [("he/a#1.0", "ב"), ("zh/a#1.0", "二"), ("zh/a#0.0", "一")]
    assert here.key(anchors) == (("zh/a#0.0", "zh/a#1.0"), ("he/a#1.0",))
    assert here.key([("he/a#0.0", "א")]) == (("he/a#0.0",), ())


def test_what_is_no_unit_has_no_key() -> None:
    here = locator(zh_a=["一", "二"], zh_b=["三"], he_a=["א"])
    assert here.key([("zh/a#0.0", "一"), ("zh/a#1.0", "二")]) is None
    assert here.key([("zh/a#0.0", "一"), ("zh/b#0.0", "三"), ("he/a#0.0", "א")]) is None
    assert here.key([]) is None


def test_ids_that_are_no_ids_find_nothing_and_break_nothing() -> None:
    here = locator(zh_a=["一"])
    for name in (
        "",
        "#",
        "zh/a",
        "zh/a#x.y",
        "../../etc/passwd#0.0",
        "\u202ezh/a#0.0",
        "zh/a#" + "9" * 5000 + ".0",
    ):
        assert here.find([(name, "二")]) is None


def test_a_side_that_is_cut_into_other_sentences_now_is_the_run_of_them() -> None:
    here = locator(zh_a=["零。", "桥长十二公里，", "昨天通车。", "尾。"], he_a=["א ב", "ג."])
    whole = [("zh/a#1.0", "桥长十二公里，昨天通车。"), ("he/a#0.0", "א ב ג.")]
    assert here.key(whole) == (("zh/a#1.0", "zh/a#2.0"), ("he/a#0.0", "he/a#1.0"))


def test_sentences_that_are_one_now_are_found_in_it_and_a_part_of_it_is_not() -> None:
    here = locator(zh_a=["零。", "桥长十二公里，昨天通车。"], he_a=["א"])
    both = [("zh/a#1.0", "桥长十二公里，"), ("zh/a#1.1", "昨天通车。"), ("he/a#0.0", "א")]
    assert here.key(both) == (("zh/a#1.0",), ("he/a#0.0",))
    assert here.key([both[0], both[2]]) is None
    assert here.key([both[1], both[2]]) is None


def test_sentences_apart_from_each_other_are_found_each_by_its_own_run() -> None:
    here = locator(zh_a=["一甲，", "一乙。", "二。", "三。"], he_a=["א"])
    anchors = [("zh/a#0.0", "一甲，一乙。"), ("zh/a#2.0", "三。"), ("he/a#0.0", "א")]
    assert here.key(anchors) == (("zh/a#0.0", "zh/a#1.0", "zh/a#3.0"), ("he/a#0.0",))


def test_of_equal_runs_the_nearest_is_meant() -> None:
    here = locator(zh_a=["重，", "复。", "二。", "三。", "重，", "复。"], he_a=["א"])
    assert here.key([("zh/a#3.0", "重，复。"), ("he/a#0.0", "א")]) == (
        ("zh/a#4.0", "zh/a#5.0"),
        ("he/a#0.0",),
    )


def test_white_space_counts_but_for_that_between_sentences() -> None:
    here = locator(zh_a=["一"], he_a=["בית", "ספר נפתח"])
    assert here.key([("zh/a#0.0", "一"), ("he/a#0.0", "בית ספר נפתח")]) is not None
    assert here.key([("zh/a#0.0", "一"), ("he/a#0.0", "בית"), ("he/a#0.1", "ספר נפתח")]) is not None
    assert here.key([("zh/a#0.0", "一"), ("he/a#0.0", "בית ספרנפתח")]) is None
    one = locator(zh_a=["一"], he_a=["בית ספרנפתח"])
    assert one.key([("zh/a#0.0", "一"), ("he/a#0.0", "בית"), ("he/a#0.1", "ספר נפתח")]) is None


def test_what_was_said_of_one_sentence_is_not_said_of_two() -> None:
    assert locator(zh_a=["一甲，", "一乙。"]).key([("zh/a#0.0", "一甲，一乙。")]) is None
    merged = locator(zh_a=["一甲，一乙。"])
    assert merged.key([("zh/a#0.0", "一甲，"), ("zh/a#0.1", "一乙。")]) is None


def test_a_sentence_that_was_changed_is_not_taken_for_its_copy_in_another_article() -> None:
    here = locator(zh_a=["大桥花费三十亿元左右"], zh_b=["大桥花费三十亿元"], he_a=["א"])
    assert here.key([("zh/a#0.0", "大桥花费三十亿元"), ("he/a#0.0", "א")]) is None


def test_a_sentence_that_is_cut_in_two_is_not_taken_for_its_copy_in_another_article() -> None:
    here = locator(zh_a=["大桥花费，", "三十亿元"], zh_b=["大桥花费，三十亿元"], he_a=["א"])
    anchors = [("zh/a#0.0", "大桥花费，三十亿元"), ("he/a#0.0", "א")]
    assert here.key(anchors) == (("zh/a#0.0", "zh/a#1.0"), ("he/a#0.0",))
