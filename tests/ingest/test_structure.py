"""Title, headings, captions and copies of the title in plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.builders import HE, HE_BODY, ZH, ZH_BODY, blocks, cuts, read

TITLE = "港口机器人上岗半年：快了两成"


def text(*lines: str) -> str:
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    "line",
    [
        f"晨湾日报网 {TITLE}",
        f"{TITLE}_财经_晨湾日报网",
        f"{TITLE} - 晨湾日报",
        f"{TITLE} | 晨湾日报",
        f"晨湾日报网首页 > {TITLE}",
    ],
)
def test_a_line_of_title_and_site_is_navigation(tmp_path: Path, line: str) -> None:
    article = read(tmp_path, "a.txt", text(line, TITLE, ZH[0]))
    assert blocks(article) == [("title", TITLE), ("paragraph", ZH[0])]
    assert len(article.cuts) == 1


def test_the_site_beside_the_title_is_the_publisher(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", text(f"晨湾日报网 {TITLE}", TITLE, ZH_BODY)).publisher == "晨湾日报网"
    article = read(tmp_path, "b.txt", text(f"{TITLE}_晨湾日报网", ZH_BODY))
    assert (article.title, article.publisher) == (TITLE, "晨湾日报网")
    assert cuts(article) == [("site-name", 1, "_晨湾日报网")]


def test_other_copies_of_the_title_are_cut(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", text(TITLE, TITLE.replace("：", ":"), ZH[0], ZH[1], TITLE))
    assert [cut.rule for cut in article.cuts] == ["repeated-title", "repeated-title"]


@pytest.mark.parametrize("first", [ZH_BODY, "（晨湾讯）" + ZH_BODY, ZH_BODY.replace("。", "：")])
def test_a_text_that_opens_with_prose_has_no_title(tmp_path: Path, first: str) -> None:
    assert read(tmp_path, "a.txt", text(first, ZH[1])).title == ""


@pytest.mark.parametrize(
    "title", ["钱从哪里来？", "שלוש שאלות, תשובה אחת", "האי שמייצא שקט!", "“会呼吸的房子”"]
)
def test_a_title_may_ask_or_exclaim(tmp_path: Path, title: str) -> None:
    body = HE_BODY if "א" <= title[0] <= "ת" else ZH_BODY
    assert read(tmp_path, "a.txt", text(title, body)).title == title


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("钱从哪里来", "heading"),
        ("从“技术突破”到“工业战”:工厂的“哲学”", "heading"),
        ("钱到底够不够？", "heading"),
        ("“这不是怀旧，这是生意”", "heading"),
        ('"זה לא נוסטלגיה, זה עסק"', "heading"),
        ("一、选址", "heading"),
        ("钱够了。", "paragraph"),
        ("“钱够了。”", "paragraph"),
        ("他列出了三条理由：", "paragraph"),
        ("עשרים, שלושים, ארבעים, ואולי יותר", "paragraph"),
        ("钱够不够？他没有回答。", "paragraph"),
        ("作者是本市一所职业学院的高级研究员,长期关注港口,本文写于三月十五日的一个下午", "paragraph"),
    ],
)
def test_a_short_line_without_a_stop_is_a_heading(tmp_path: Path, line: str, kind: str) -> None:
    article = read(tmp_path, "a.txt", text(TITLE, ZH[0] * 2, line, ZH[1] * 2))
    assert blocks(article)[2] == (kind, line)


def test_a_short_last_line_is_no_heading(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", text(TITLE, ZH[0], ZH[1], "夜里的港口依旧亮着"))
    assert blocks(article)[-1] == ("paragraph", "夜里的港口依旧亮着")


def test_a_poem_has_no_headings(tmp_path: Path) -> None:
    verses = ["船到了", "人没到", "灯亮着", "门关着", "风停了"]
    article = read(tmp_path, "a.txt", text(*verses, ZH_BODY))
    assert [kind for kind, _ in blocks(article)[1:]] == ["paragraph"] * 5


def test_questions_of_an_interview_are_no_headings(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", text(TITLE, ZH[0], "问：难吗？", ZH[1], "问：值得吗？", ZH[2]))
    assert [kind for kind, _ in blocks(article)] == ["title", *["paragraph"] * 5]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("图为港口夜景。新华社记者 李明 摄", "图为港口夜景。", "新华社记者 李明 摄"),
        ("港口夜景（图源：视觉中国）", "港口夜景", "（图源：视觉中国）"),
        ("港口夜景。图片来源：网络", "港口夜景。", "图片来源：网络"),
        ("▲港口夜景", "港口夜景", "▲"),
        ("图1：港口夜景", "图1：港口夜景", None),
        ("资料图：港口夜景。", "资料图：港口夜景。", None),
        ("הנמל בלילה / צילום: דנה אלמוג", "הנמל בלילה", "/ צילום: דנה אלמוג"),
        ("הנמל בלילה (צילום: AP, John Doe)", "הנמל בלילה", "(צילום: AP, John Doe)"),
        ("הנמל בלילה | צילום: shutterstock", "הנמל בלילה", "| צילום: shutterstock"),
        ("הנמל בלילה. צילום: רויטרס", "הנמל בלילה.", "צילום: רויטרס"),
        ("הנמל בלילה צילום: רויטרס", "הנמל בלילה", "צילום: רויטרס"),
        ("הנמל בלילה. באולם החדש / איור: גיל דן", "הנמל בלילה. באולם החדש", "/ איור: גיל דן"),
        ("בתמונה: הנמל בלילה", "בתמונה: הנמל בלילה", None),
    ],
)
def test_captions_lose_their_credit(tmp_path: Path, line: str, caption: str, credit: str | None) -> None:
    first, second, *_ = HE if "ב" in line else ZH
    article = read(tmp_path, "a.txt", text(first, line, second))
    assert blocks(article)[1] == ("caption", caption)
    assert [cut.text for cut in article.cuts] == ([credit] if credit else [])


def test_a_credit_on_the_next_line_makes_a_caption_of_the_one_above(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", f"{HE[0]}\n\nהנמל בלילה\nצילום: רויטרס\n\n{HE[1]}")
    assert blocks(article)[1] == ("caption", "הנמל בלילה")
    article = read(tmp_path, "b.txt", f"{HE[0]}\n\nהנמל בלילה\n\nצילום: רויטרס\n\n{HE[1]}")
    assert blocks(article)[1] == ("heading", "הנמל בלילה")


def test_an_abstract_that_the_text_repeats_is_cut(tmp_path: Path) -> None:
    body = ZH[0] + "后面还有一句。"
    article = read(tmp_path, "a.txt", text(TITLE, ZH[0], "小标题", body))
    assert cuts(article) == [("repeated-abstract", 3, ZH[0])]
    short = read(tmp_path, "b.txt", text(TITLE, ZH[0][:24] + "……", body))
    assert [cut.rule for cut in short.cuts] == ["repeated-abstract"]
    other = read(tmp_path, "c.txt", text(TITLE, "另一句摘要，正文里并没有它，所以必须留下来。", body))
    assert other.cuts == ()


def test_a_sentence_that_returns_within_the_text_stays(tmp_path: Path) -> None:
    refrain = "船到了，人没有到，码头上的灯一直亮着。"
    article = read(tmp_path, "a.txt", text(TITLE, ZH[0], refrain, ZH[1], refrain + ZH[2]))
    assert article.cuts == ()


def test_rows_of_bullets_are_links_or_lists(tmp_path: Path) -> None:
    links = "● החקלאי שמגדל קקאו בחממה ליד עכו\n● למה מחיר השוקולד ממשיך לעלות"
    article = read(tmp_path, "a.txt", text(HE[0], links, HE[1]))
    assert [cut.rule for cut in article.cuts] == ["related-bullet", "related-bullet"]
    announced = read(tmp_path, "b.txt", text(HE[0], "אלה התנאים:\n" + links, HE[1]))
    assert [kind for kind, _ in blocks(announced)[2:4]] == ["list_item", "list_item"]
    sentences = read(tmp_path, "c.txt", text(HE[0], links.replace("\n", ".\n") + ".", HE[1]))
    assert [kind for kind, _ in blocks(sentences)[1:3]] == ["list_item", "list_item"]


def test_a_header_of_links_takes_what_is_under_it_but_not_the_next_heading(tmp_path: Path) -> None:
    lines = ["相关阅读", "港口的账单为什么变了样子", "机器人是怎么调度的呢", "小标题"]
    article = read(tmp_path, "a.txt", text(TITLE, ZH[0], *lines, ZH[1]))
    assert [cut.text for cut in article.cuts] == lines[:3]
    assert blocks(article)[2] == ("heading", "小标题")
    tail = read(tmp_path, "b.txt", text(TITLE, ZH[0], ZH[1], *lines))
    assert [cut.text for cut in tail.cuts] == lines


def test_a_name_beside_the_day_is_the_author_and_elsewhere_a_heading(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", text("שלוש שאלות על הנמל", "דנה אלמוג\n12.03.2025", HE_BODY))
    assert (article.author, len(article.blocks)) == ("דנה אלמוג", 2)
    other = read(tmp_path, "b.txt", text("שלוש שאלות על הנמל", HE[0], "דנה אלמוג", HE[1]))
    assert blocks(other)[2] == ("heading", "דנה אלמוג")
