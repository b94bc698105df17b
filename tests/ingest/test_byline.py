"""Bylines are read for their facts; lines that only resemble them are none."""

from __future__ import annotations

import datetime as dt

import pytest

from paracorp.ingest.byline import read_byline
from paracorp.ingest.draft import Facts

DAY = dt.date(2025, 3, 12)


@pytest.mark.parametrize(
    ("line", "published", "author", "publisher"),
    [
        ("发布时间:2025-03-12 作者: 王衍行", DAY, "王衍行", ""),
        ("来源：新华社 作者：张三 2025年3月12日 10:20", DAY, "张三", "新华社"),
        ("2025年03月12日10:20 来源：人民日报海外版 责任编辑：李四", DAY, "", "人民日报海外版"),
        ("2025年03月12日 10:20 新华社", DAY, "", "新华社"),
        ("发表于 2025-03-12 10:20 · 北京", DAY, "", ""),
        ("来源：新华社 字号：大 中 小 打印 关闭", None, "", "新华社"),
        ("文/晨湾观察 记者 陈默", None, "陈默", ""),
        ("文｜周以宁 编辑｜王五", None, "周以宁", ""),
        ("作者：王衍行（中国人民大学重阳金融研究院高级研究员）", None, "王衍行", ""),
        ("新华社记者 李明 张三", None, "李明 张三", "新华社"),
        ("本报记者 李明 北京报道", None, "李明", ""),
        ("〔記者陳阿海／臨海報導〕", None, "陳阿海", ""),
        ("责任编辑：张三 图片编辑：李四 校对：王五", None, "", ""),
        ("阅读：1234 评论：12", None, "", ""),
        ("מאת: יוסי כהן", None, "יוסי כהן", ""),
        ('מאת: ד"ר יוסי כהן, 12.3.2025', DAY, 'ד"ר יוסי כהן', ""),
        ("פורסם ב-12.03.2025 בשעה 10:20", DAY, "", ""),
        ("פורסם לראשונה: 10:20, 12.03.25", DAY, "", ""),
        ("עודכן: 13.03.25, 11:00 | פורסם: 12.03.25, 10:20", DAY, "", ""),
        ("יוסי כהן ודנה לוי | 12/03/25, 10:20", DAY, "יוסי כהן ודנה לוי", ""),
        ('י"ב באדר תשפ"ה 12.03.25', DAY, "", ""),
        ("יום רביעי, 12 במרץ 2025", DAY, "", ""),
        ("By Dana Levi | March 12, 2025 10:20 AM", DAY, "Dana Levi", ""),
    ],
)
def test_a_byline_gives_its_facts(line: str, published: dt.date | None, author: str, publisher: str) -> None:
    assert read_byline(line) == Facts(published=published, author=author, publisher=publisher)


@pytest.mark.parametrize(
    "line",
    [
        "图：特朗普与奥尔特曼在白宫会面现场",
        "评论：星际之门的钱从哪里来",
        "媒体：马斯克要告奥尔特曼",
        "作者：马斯克为什么输了这场官司",
        "记者：你怎么看这件事？",
        "来源：据路透社报道，软银将出资。",
        "来源：据两名知情人士说，软件早已写好",
        "2025年3月1日 星际之门启动",
        "2025年1月21日，特朗普宣布",
        "从2025年1月21日到2025年5月22日",
        "发布时间：待定",
        "文在寅访问白宫",
        "时间不多了",
        "来源不明的资金",
        "נובמבר 2023",
        "12.03.2025 היום שבו הכל השתנה לתמיד בעולם",
        "חברת OpenAI הודיעה ב-12.03.2025",
        'כתב: "אני לא מאמין"',
        "מאת כל החברות שנבדקו, OpenAI היא הגדולה ביותר בתחום הבינה המלאכותית",
        "מאת 40 הסטודנטים שהתחילו, 37 סיימו.",
        "צילום: רויטרס",
        "",
    ],
)
def test_a_line_that_says_anything_beside_is_no_byline(line: str) -> None:
    assert read_byline(line) is None
