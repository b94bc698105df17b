"""Files to articles: what is refused, what is kept of a file, and that nothing is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paracorp.errors import InputError
from paracorp.ingest import explain, read_article
from paracorp.ingest.prose import visible
from tests.ingest.builders import HE_BODY, LANGUAGES, ZH_BODY, blocks, cuts, read, write

TITLED = f"港口机器人上岗半年\n\n2025-03-01 10:20 来源：晨湾日报\n\n{ZH_BODY}\n\n{ZH_BODY[::-1]}。\n"


def test_an_article_is_named_for_its_language_and_file(tmp_path: Path) -> None:
    article = read(tmp_path, "zh/晨湾 发电厂\u3000一.v2.txt", ZH_BODY)
    assert article.id == "zh/晨湾_发电厂_一.v2"
    assert article.path == "articles/zh/晨湾 发电厂\u3000一.v2.txt"


def test_white_space_and_invisible_characters_are_cleaned(tmp_path: Path) -> None:
    text = "\ufeff\u200f" + HE_BODY.replace(" ", "\u00a0 \u200b", 3).replace("הקלה", "\u202bהקלה\u202c\u00ad")
    article = read(tmp_path, "a.txt", text)
    assert blocks(article) == [("paragraph", HE_BODY)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(tmp_path: Path, newline: str) -> None:
    article = read(tmp_path, "a.txt", TITLED.replace("\n", newline))
    assert [kind for kind, _ in blocks(article)] == ["title", "paragraph", "paragraph"]
    assert cuts(article) == [("byline", 3, "2025-03-01 10:20 来源：晨湾日报")]


def test_line_separators_of_unicode_end_no_line(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", ZH_BODY.replace("，", "，\u2028") + "\x85" + ZH_BODY)
    assert len(article.blocks) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", "", "the file is empty"),
        ("a.txt", "\ufeff \n\t\r\n", "the file is empty"),
        ("a.txt", "\u200b\n\u200f\n", "holds no text"),
        ("a.md", "---\nlang: zh\n---\n\n![图](a.png)\n", r"no text is left after the cuts \(image\)"),
        ("a.txt", "广告\n\na.jpg\n", r"no text is left after the cuts \(advertisement, image-file\)"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "a PNG image, not a text"),
        ("a.pdf", b"%PDF-1.7\n", "a PDF file, not a text"),
        ("a.csv", "标题,正文\n", r"a \.csv file; paracorp reads \.md, \.txt and \.html"),
        ("a.html", "<html><body><script>x</script></body></html>", "holds no text"),
    ],
)
def test_what_holds_no_article_is_refused_with_a_reason(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read(tmp_path, name, content)
    assert caught.value.path == tmp_path / "articles" / name
    assert caught.value.fix


def test_a_file_that_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "zh"
    folder.mkdir(parents=True)
    with pytest.raises(InputError, match="cannot be read"):
        read_article(folder, tmp_path, LANGUAGES)
    with pytest.raises(InputError, match="cannot be read"):
        read_article(folder / "gone.txt", tmp_path, LANGUAGES)


def test_explain_lists_blocks_and_cuts_in_the_order_of_the_file(tmp_path: Path) -> None:
    article = read(tmp_path, "zh/a.txt", TITLED)
    rows = explain(article, tmp_path)
    assert [(row.line, row.kept, row.what) for row in rows] == [
        (1, True, "title"),
        (3, False, "byline"),
        (5, True, "paragraph"),
        (7, True, "paragraph"),
    ]
    assert [row.text for row in rows if row.kept] == [text for _, text in blocks(article)]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.html", f"<html><body><h1>港口</h1><p>{ZH_BODY}</p><p>{ZH_BODY}</p></body></html>"
    )
    assert read_article(path, tmp_path, LANGUAGES) == read_article(path, tmp_path, LANGUAGES)


LINES = st.sampled_from(
    [
        "",
        "",
        ZH_BODY,
        ZH_BODY[:12],
        "● " + ZH_BODY,
        "● 港口机器人上岗半年之后",
        "- 第一",
        "来源：新华社 作者：张三",
        "2025-03-01 10:20",
        "相关阅读",
        "记者：你好",
        "作者：张三",
        "广告",
        "a.jpg",
        "（完）",
        ZH_BODY + "（完）",
        "图为港口。新华社记者 李明 摄",
        "摘要：" + ZH_BODY,
        "首页 > 新闻 > 正文",
        "港口机器人上岗半年 | 晨湾在线",
        "港口机器人上岗半年",
        "▲港口",
        "小标题",
        "钱从哪里来？",
        "标签：港口",
        "李明",
        "———",
        "\u200b",
        "\u3000\u3000" + ZH_BODY[:30],
        "צילום: רויטרס",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES | st.text(max_size=40), max_size=25))
def test_every_visible_character_of_a_plain_text_ends_in_a_block_or_a_cut(
    tmp_path: Path, lines: list[str]
) -> None:
    text = "\n".join([*lines, ZH_BODY])
    path = write(tmp_path, "a.txt", text.encode("utf-8", "replace"))
    try:
        article = read_article(path, tmp_path, LANGUAGES)
    except InputError:
        return
    if not path.read_text(encoding="utf-8").lstrip("\ufeff \n").startswith(("---", "<")):
        kept = Counter(visible("".join(block.text for block in article.blocks)))
        kept += Counter(visible("".join(cut.text for cut in article.cuts)))
        assert kept == Counter(visible(path.read_text(encoding="utf-8")))
    assert all(block.text == visible_once(block.text) for block in article.blocks)


def visible_once(text: str) -> str:
    return " ".join(text.split())


PARTS = st.sampled_from(
    [
        b"---\n",
        b"title: x\n",
        b"lang: zh\n",
        b"date: 2025-02-30\n",
        b"a: [\n",
        b"# ",
        b"**",
        b"![](",
        b"<html>",
        b"<p>",
        b"</p>",
        b"<table><tr><td>",
        b"<!--",
        b"<script>",
        b"]]>",
        b"<![CDATA[",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\r",
        b"\n",
        "。".encode(),
        ZH_BODY.encode(),
        HE_BODY.encode(),
        ZH_BODY.encode("gb18030"),
        HE_BODY.encode("cp1255"),
        b"- ",
        b"1. ",
        b"| a | b |\n|---|---|\n",
        b"> ",
        b"```\n",
        b"&#0;",
        b"&nbsp;",
        b"[a](http://b)",
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=200) | st.lists(PARTS, max_size=14).map(b"".join),
    suffix=st.sampled_from([".md", ".txt", ".html"]),
)
def test_any_bytes_are_an_article_or_an_input_error(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = write(tmp_path, f"a{suffix}", data)
    try:
        article = read_article(path, tmp_path, LANGUAGES)
    except InputError as error:
        assert str(error).startswith(str(path))
        return
    assert article.lang in LANGUAGES
    assert article.blocks
    assert all(block.text and "\n" not in block.text for block in article.blocks)
