"""Web pages: where the report is, what its parts are, what the head says of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.ingest.builders import HE_BODY, ZH_BODY, blocks, cuts, read

LONG = [ZH_BODY * 2 + f"这是第{n}段。" for n in "一二三四"]

LINKED_DATA = '{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "datePublished": "2025-05-23"}]}'


def page(body: str, head: str = "", attributes: str = "") -> str:
    return f"<!DOCTYPE html>\n<html{attributes}><head>{head}</head><body>{body}</body></html>"


def paragraphs(*texts: str) -> str:
    return "\n".join(f"<p>{text}</p>" for text in texts)


def test_a_page_keeps_title_headings_captions_lists_and_short_paragraphs(tmp_path: Path) -> None:
    body = (
        f"<nav><a href='/'>首页</a></nav><article><h1>港口机器人</h1><p>{LONG[0]}</p>"
        "<figure><img src='a.png' alt='x'><figcaption>港口<b>夜景</b></figcaption></figure>"
        f"<h2>上岗</h2><p>{LONG[1]}</p><p>完了？没有。</p><ul><li>第一条，一共三个字。</li></ul><p>{LONG[2]}</p></article>"
        "<aside><p>这里是别的文章的摘要，与本文没有关系。</p></aside><footer>关于我们</footer>"
    )
    article = read(tmp_path, "a.html", page(body))
    assert blocks(article) == [
        ("title", "港口机器人"),
        ("paragraph", LONG[0]),
        ("caption", "港口夜景"),
        ("heading", "上岗"),
        ("paragraph", LONG[1]),
        ("paragraph", "完了？没有。"),
        ("list_item", "第一条，一共三个字。"),
        ("paragraph", LONG[2]),
    ]
    assert {cut.rule for cut in article.cuts} == {"page-furniture"}
    assert [cut.text for cut in article.cuts] == [
        "首页",
        "这里是别的文章的摘要，与本文没有关系。",
        "关于我们",
    ]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    body = f"\n<article>\n<p>{LONG[0]}</p>\n<p>{LONG[1]}</p>\n</article>\n<footer>\n<p>关于我们</p></footer>"
    assert cuts(read(tmp_path, "a.html", page(body))) == [("page-furniture", 8, "关于我们")]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2025-05-23T23:05:00+08:00">',
        '<meta name="publishdate" content="2025-05-23">',
        '<meta itemprop="datePublished" content="2025年5月23日">',
        f'<script type="application/ld+json">{LINKED_DATA}</script>',
    ],
)
def test_the_day_comes_from_the_page_itself(tmp_path: Path, head: str) -> None:
    article = read(tmp_path, "a.html", page(f"<article>{paragraphs(*LONG)}</article>", head))
    assert article.published == dt.date(2025, 5, 23)


def test_the_day_comes_from_the_byline_where_the_head_says_none(tmp_path: Path) -> None:
    byline = "<div>2025-05-23 10:20 来源：晨湾日报 作者：何田</div>"
    body = f"<article><h1>港口机器人</h1>{byline}{paragraphs(*LONG)}</article>"
    article = read(tmp_path, "a.html", page(body))
    assert (article.published, article.publisher, article.author) == (
        dt.date(2025, 5, 23),
        "晨湾日报",
        "何田",
    )


def test_a_page_that_states_no_day_has_none(tmp_path: Path) -> None:
    head = "<link rel='canonical' href='https://example.org/2025/01/02/harbour.html'>"
    body = f"<article>{paragraphs(*LONG)}</article><footer>© 2025</footer>"
    assert read(tmp_path, "a.html", page(body, head)).published is None


def test_facts_of_the_head_are_kept(tmp_path: Path) -> None:
    head = (
        "<title>港口机器人 - 晨湾日报</title><meta property='og:site_name' content='晨湾日报'>"
        "<meta name='author' content='何田'>"
        "<link rel='canonical' href='https://example.org/a?b=1'>"
    )
    article = read(tmp_path, "a.html", page(f"<main>{paragraphs(*LONG)}</main>", head))
    assert (article.title, article.author, article.publisher) == ("港口机器人", "何田", "晨湾日报")
    assert article.url == "https://example.org/a?b=1"
    assert blocks(article)[0] == ("title", "港口机器人")


def test_the_logo_of_the_site_is_not_the_title(tmp_path: Path) -> None:
    head = "<meta property='og:title' content='港口机器人上岗半年'>"
    body = f"<header><h1>晨湾日报</h1></header><main><h2>港口机器人上岗半年</h2>{paragraphs(*LONG)}</main>"
    article = read(tmp_path, "a.html", page(body, head))
    assert article.title == "港口机器人上岗半年"
    assert [text for _, text in blocks(article)].count("港口机器人上岗半年") == 1


def test_paragraphs_between_line_breaks_come_apart(tmp_path: Path) -> None:
    body = "<div id='content'>" + "<br><br>\n　　".join(LONG) + "</div>"
    article = read(tmp_path, "a.html", page(body))
    assert blocks(article) == [("paragraph", text) for text in LONG]


def test_a_page_too_short_for_the_extractor_is_read_by_its_sentences(tmp_path: Path) -> None:
    article = read(
        tmp_path,
        "a.html",
        page("<nav>首页</nav><p>因大雾，渡口停航三天。</p><footer><p>关于本站的一句话。</p></footer>"),
    )
    assert blocks(article) == [("paragraph", "因大雾，渡口停航三天。")]


def test_a_lead_between_the_title_and_the_text_is_kept(tmp_path: Path) -> None:
    body = (
        "<div class='head'><h1>港口机器人</h1>"
        "<div class='sub'>三十六台车，一个雾天，四十分钟。</div><div>何田</div></div>"
        f"<div class='cols'><div class='text'>{paragraphs(*LONG)}</div></div>"
    )
    article = read(tmp_path, "a.html", page(body))
    assert blocks(article)[:2] == [("title", "港口机器人"), ("paragraph", "三十六台车，一个雾天，四十分钟。")]
    assert [cut.text for cut in article.cuts] == ["何田"]


def test_captions_may_be_named_by_class(tmp_path: Path) -> None:
    image = "<div class='img_wrapper'><img src='a.png'><span class='img_descr'>港口夜景</span></div>"
    article = read(tmp_path, "a.html", page(f"<article><p>{LONG[0]}</p>{image}<p>{LONG[1]}</p></article>"))
    assert blocks(article)[1] == ("caption", "港口夜景")


def test_related_links_inside_the_report_go(tmp_path: Path) -> None:
    links = "<div class='related-news'><h3>相关阅读</h3><ul><li><a href='/x'>港口的账单</a></li></ul></div>"
    article = read(
        tmp_path,
        "a.html",
        page(f"<article><p>{LONG[0]}</p><p>{LONG[1]}</p>{links}<p>{LONG[2]}</p></article>"),
    )
    assert blocks(article) == [("paragraph", text) for text in LONG[:3]]


def test_a_piece_of_html_in_a_text_file_is_a_page(tmp_path: Path) -> None:
    article = read(
        tmp_path, "a.txt", paragraphs(HE_BODY, HE_BODY, HE_BODY.replace("חיפה", "עכו &amp; נהריה"))
    )
    assert [text for _, text in blocks(article)][-1].startswith("עיריית עכו & נהריה")


def test_a_text_with_a_stray_tag_is_no_page(tmp_path: Path) -> None:
    text = f"<b> הוא התג הנפוץ ביותר.\n\n{HE_BODY}"
    assert len(read(tmp_path, "a.txt", text).blocks) == 2


@pytest.mark.parametrize("codec", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_encoding_is_told_by_the_bytes_whatever_the_page_claims(tmp_path: Path, codec: str) -> None:
    html = page(f"<article>{paragraphs(*LONG)}</article>", "<meta charset='windows-1252'>")
    article = read(tmp_path, "a.html", html.encode(codec))
    assert [text for _, text in blocks(article)] == LONG


def test_deeply_nested_pages_are_read(tmp_path: Path) -> None:
    article = read(tmp_path, "a.html", page("<div>" * 200 + paragraphs(*LONG) + "</div>" * 200))
    assert [text for _, text in blocks(article)] == LONG
