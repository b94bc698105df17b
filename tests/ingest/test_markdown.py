"""Markdown to blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.builders import HE, HE_BODY, ZH, ZH_BODY, blocks, cuts, read


def test_bold_links_and_code_become_text(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"**港口**的[机器人](https://example.org)用`GB300`芯片，*很快*。{ZH[0]}")
    assert blocks(article) == [("paragraph", f"港口的机器人用GB300芯片，很快。{ZH[0]}")]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**晨湾讯（编辑 何田）**港口", "晨湾讯（编辑 何田）港口"),
        ("他说：“**继续做这件事。**”", "他说：“继续做这件事。”"),
        ("**“一”**与**“二”**之间", "“一”与“二”之间"),
        ("2**10等于1024", "2**10等于1024"),
    ],
)
def test_bold_beside_chinese_punctuation_leaves_no_stars(tmp_path: Path, markdown: str, text: str) -> None:
    assert blocks(read(tmp_path, "a.md", f"{markdown}，{ZH[0]}")) == [("paragraph", f"{text}，{ZH[0]}")]


def test_a_short_line_all_in_bold_is_a_heading_and_a_bold_sentence_is_not(tmp_path: Path) -> None:
    article = read(
        tmp_path, "a.md", f"**钱从哪里来**\n\n{ZH[0]}\n\n**钱已经来了。**\n\n{ZH[1]}\n\n# 尾声\n\n{ZH[2]}"
    )
    assert [kind for kind, _ in blocks(article)] == [
        "title",
        "paragraph",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_a_file_without_front_matter_takes_its_first_heading_as_title(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"# בית הזכוכית\n\n{HE[0]}\n\n## חצר אחת\n\n{HE[1]}")
    assert article.title == "בית הזכוכית"
    assert [kind for kind, _ in blocks(article)] == ["title", "paragraph", "heading", "paragraph"]


def test_images_are_cut_and_italics_below_one_are_its_caption(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"{ZH[0]}\n\n![港口](a.png)\n\n*港口全景*\n\n{ZH[1]}\n\n*{ZH[2]}*")
    assert [kind for kind, _ in blocks(article)] == ["paragraph", "caption", "paragraph", "paragraph"]
    assert cuts(article) == [("image", 3, "![港口](a.png)")]


def test_an_image_within_a_paragraph_is_cut_and_the_text_stays(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"![x](a.png){ZH[0]}")
    assert blocks(article) == [("paragraph", ZH[0])]
    assert cuts(article) == [("image", 1, "![x](a.png)")]


def test_a_last_link_gives_url_and_publisher(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"{ZH_BODY}\n\n[晨湾日报](https://example.org/a)\n")
    assert (article.url, article.publisher) == ("https://example.org/a", "晨湾日报")
    assert cuts(article) == [("source-link", 3, "[晨湾日报](https://example.org/a)")]


@pytest.mark.parametrize("label", ["source", "原文", "מקור", "来源"])
def test_a_last_link_named_source_gives_the_url_only(tmp_path: Path, label: str) -> None:
    article = read(
        tmp_path, "a.md", f"---\npublisher: 晨报\n---\n{ZH_BODY}\n\n[{label}](https://example.org/a)\n"
    )
    assert (article.url, article.publisher) == ("https://example.org/a", "晨报")


def test_the_url_of_the_front_matter_wins_over_a_last_link(tmp_path: Path) -> None:
    article = read(
        tmp_path, "a.md", f"---\nurl: https://example.org/1\n---\n{ZH_BODY}\n\n[x](https://example.org/2)\n"
    )
    assert article.url == "https://example.org/1"


def test_lists_keep_their_items_and_a_year_at_the_start_of_a_line_stays(tmp_path: Path) -> None:
    article = read(
        tmp_path, "a.md", f"{HE_BODY}\n\n- אחת\n  - שתיים\n\n1. שלוש\n\nשורה\n\n2025. השנה הזאת הייתה ארוכה."
    )
    assert blocks(article)[1:] == [
        ("list_item", "אחת"),
        ("list_item", "שתיים"),
        ("list_item", "שלוש"),
        ("heading", "שורה"),
        ("list_item", "2025. השנה הזאת הייתה ארוכה."),
    ]


def test_html_inside_markdown_is_read(tmp_path: Path) -> None:
    page = '<figure>\n<img src="a.png">\n<figcaption>港口全景</figcaption>\n</figure>'
    article = read(tmp_path, "a.md", f"# 港口\n\n{page}\n\n第一行。<br>第二行，<b>粗体</b>。{ZH[0]}")
    assert blocks(article)[1:] == [
        ("caption", "港口全景"),
        ("paragraph", "第一行。"),
        ("paragraph", f"第二行，粗体。{ZH[0]}"),
    ]


def test_tables_give_their_cells_and_code_is_cut(tmp_path: Path) -> None:
    article = read(
        tmp_path,
        "a.md",
        f"{ZH[0]}\n\n| 指标 | 数 |\n|---|---|\n| 时间 | 17小时 |\n\n```\nprint(1)\n```\n\n> {ZH[1]}",
    )
    assert [kind for kind, _ in blocks(article)] == ["paragraph", *["list_item"] * 4, "paragraph"]
    assert cuts(article) == [("code", 7, "print(1)")]


def test_lines_of_one_paragraph_stay_paragraphs_unless_wrapped(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"---\ntitle: 港口\n---\n{ZH[0] * 3}\n小标题\n{ZH[1] * 3}")
    assert [kind for kind, _ in blocks(article)] == ["title", "paragraph", "heading", "paragraph"]


def test_an_underlined_line_is_no_heading(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"{ZH[0]}\n---\n{ZH[1]}")
    assert [kind for kind, _ in blocks(article)] == ["paragraph", "paragraph"]
