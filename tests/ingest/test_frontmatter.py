"""Front matter: what it gives, and errors with the line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from paracorp.errors import InputError
from tests.ingest.builders import HE_BODY, ZH_BODY, cuts, read


def document(front: str, body: str = ZH_BODY) -> str:
    return f"---\n{front}\n---\n\n{body}\n"


def test_every_known_key_is_kept(tmp_path: Path) -> None:
    front = (
        'title: "港口：机器人“上岗”"\ndate: 2025-02-08 23:18:10\nlang:\n  - zh-CN\nsource: 晨湾日报\n'
        "url: https://example.org/a?b=1\nauthor:\n  - 何田\n  - 叶知秋\n"
        "summary: 短短几句\nmenu: ''\ntoc: false\nwidgets: [a, b]"
    )
    article = read(tmp_path, "a.txt", document(front))
    assert article.title == article.blocks[0].text == "港口：机器人“上岗”"
    assert article.published == dt.date(2025, 2, 8)
    assert (article.publisher, article.author) == ("晨湾日报", "何田, 叶知秋")
    assert article.url == "https://example.org/a?b=1"
    assert cuts(article) == [("front-matter-summary", 11, "短短几句")]


@pytest.mark.parametrize(
    "value",
    [
        "2025-02-08",
        '"2025-02-08 23:18:10"',
        "2025/2/8",
        "2025年2月8日",
        "2025-02-08T23:18:10Z",
        "8.2.2025",
        "'8 בפברואר 2025'",
        "Sat, 08 Feb 2025",
    ],
)
def test_dates_are_read_in_many_forms(tmp_path: Path, value: str) -> None:
    assert read(tmp_path, "a.md", document(f"date: {value}")).published == dt.date(2025, 2, 8)


def test_a_date_nobody_can_read_is_shown_among_the_cuts(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", document("title: 港口\ndate: 上个星期"))
    assert article.published is None
    assert cuts(article) == [("unreadable-date", 3, "上个星期")]


@pytest.mark.parametrize("front", ["title:\ndate:\nlang:\nurl: ~", "", "# a comment only"])
def test_empty_values_and_empty_front_matter_say_nothing(tmp_path: Path, front: str) -> None:
    article = read(tmp_path, "a.md", document(front))
    assert (article.title, article.published, article.url) == ("", None, "")
    assert [block.text for block in article.blocks] == [ZH_BODY]


def test_an_address_as_source_is_the_url(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", document("source: https://example.org/x\npublisher: 晨湾日报"))
    assert (article.url, article.publisher) == ("https://example.org/x", "晨湾日报")


@pytest.mark.parametrize(
    ("front", "line", "reason"),
    [
        ('title: "x\ndate: 2025-01-01', 4, "found unexpected end of stream"),
        ("title: a: b", 2, "mapping values are not allowed"),
        ("title: x\n\tdate: y", 3, "cannot start any token"),
        ("tags: [a, b\nlang: zh", 3, "expected ',' or ']'"),
        ("- a\n- b", 2, "must be lines of `key: value`"),
        ("title: *missing", 2, "found undefined alias"),
        ("a: " + "[" * 3000, 2, "nested too deeply"),
        ("title: \x07bell", 2, "unacceptable character"),
    ],
)
def test_front_matter_that_does_not_parse_names_line_and_reason(
    tmp_path: Path, front: str, line: int, reason: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "a.txt", document(front))
    assert reason in caught.value.reason
    assert caught.value.line == line
    assert caught.value.fix.startswith("Mend the front matter")


def test_front_matter_that_is_never_closed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="opened by --- but never closed") as caught:
        read(tmp_path, "a.txt", f"\n---\ntitle: x\n\n{ZH_BODY}")
    assert caught.value.line == 2


def test_a_rule_of_dashes_above_prose_is_no_front_matter(tmp_path: Path) -> None:
    article = read(tmp_path, "a.txt", f"---\n{HE_BODY}\n---\n{HE_BODY[::-1]}.")
    assert [block.text for block in article.blocks] == [HE_BODY, HE_BODY[::-1] + "."]
    assert [cut.text for cut in article.cuts] == ["---", "---"]


def test_lines_are_counted_from_the_top_of_the_file(tmp_path: Path) -> None:
    article = read(tmp_path, "a.md", f"---\ntitle: 港口\n---\n\n{ZH_BODY}\n\n![图](a.png)\n")
    assert cuts(article) == [("image", 7, "![图](a.png)")]


def test_a_quotation_mark_that_is_never_closed_is_told_by_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"end of stream; it begins in line 3$"):
        read(tmp_path, "a.md", document('date: 2025-02-08\ntitle: "港口\nauthor: 何田'))
