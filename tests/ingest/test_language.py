"""The language is what header, folder, page and script agree on."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.ingest import classify
from tests.ingest.builders import HE_BODY, LANGUAGES, ZH_BODY, read, write


def front(tag: str, body: str) -> str:
    return f"---\ntitle: x\nlang: {tag}\n---\n\n{body}\n"


@pytest.mark.parametrize(
    ("name", "content", "lang"),
    [
        ("a.txt", ZH_BODY, "zh"),
        ("a.txt", HE_BODY, "he"),
        ("zh/a.txt", ZH_BODY, "zh"),
        ("iw/a.txt", HE_BODY, "he"),
        ("2025/he/a.txt", HE_BODY, "he"),
        ("he/a.md", front("he-IL", HE_BODY), "he"),
        ("a.md", front("[en, zh-Hant-TW, he]", ZH_BODY), "zh"),
        ("a.md", front("中文", ZH_BODY), "zh"),
        ("a.txt", f"OpenAI SoftBank Oracle Microsoft Nvidia {ZH_BODY}", "zh"),
        ("a.html", f'<html lang="en"><body><p>{HE_BODY}</p><p>{HE_BODY}</p></body></html>', "he"),
        ("news/a.txt", HE_BODY, "he"),
    ],
)
def test_sources_that_agree_give_the_language(tmp_path: Path, name: str, content: str, lang: str) -> None:
    article = read(tmp_path, name, content)
    assert article.lang == lang
    assert article.id == f"{lang}/a"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("he/a.txt", ZH_BODY, r"its folder says Hebrew \(he\); its script is Chinese"),
        ("a.md", front("zh", HE_BODY), r"its front matter says Chinese \(zh\); its script is Hebrew"),
        (
            "zh/a.md",
            front("he", ZH_BODY),
            r"front matter says Hebrew \(he\); its folder says Chinese \(zh\); its script is Ch",
        ),
        ("a.md", front("fr", ZH_BODY), r"its front matter says 'fr'; its script is Chinese"),
        (
            "a.html",
            f'<html lang="zh-CN"><body><p>{HE_BODY}</p></body></html>',
            r"its HTML tag says Chinese \(zh-CN\)",
        ),
        (
            "zh/a.txt",
            "An English report about a harbour. " * 4,
            r"its folder says Chinese \(zh\); its script is English",
        ),
    ],
)
def test_a_contradiction_says_what_each_source_said(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    with pytest.raises(InputError, match="contradict each other on the language: .*" + said) as caught:
        read(tmp_path, name, content)
    assert "Chinese or Hebrew" in caught.value.fix


def test_the_line_of_the_wrong_header_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "a.md", front("zh", HE_BODY))
    assert caught.value.line == 3


def test_a_text_in_no_language_of_the_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"not in a language of the corpus \(Chinese or Hebrew\)"):
        read(tmp_path, "a.txt", "An English report about a harbour. " * 4)
    with pytest.raises(InputError, match="not in a language of the corpus"):
        read(tmp_path, "en/b.txt", "An English report about a harbour. " * 4)


def test_a_text_without_a_word_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no word in any known script"):
        read(tmp_path, "a.txt", "2025: 1,000 + 2,000 = 3,000 (100 %).")


def test_a_loose_file_is_told_by_itself_and_not_by_its_folder(tmp_path: Path) -> None:
    assert classify(write(tmp_path, "he/a.txt", ZH_BODY), LANGUAGES) == ("zh", ".txt")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("昨日、東京の港で地震が発生しました。港は閉鎖されています。", "Japanese"),
        ("어제 항구에서 지진이 발생했다.", "Korean"),
        ("ضرب زلزال الميناء أمس وأغلقت السلطات الطرق.", "Arabic"),
        ("Вчера в порту произошло землетрясение.", "Cyrillic"),
    ],
)
def test_a_script_of_another_language_passes_for_none_of_the_corpus(
    tmp_path: Path, text: str, script: str
) -> None:
    with pytest.raises(InputError, match=f"not in a language of the corpus .*: its script is {script}"):
        read(tmp_path, "zh/a.txt", text)


def test_names_in_another_script_leave_a_report_its_language(tmp_path: Path) -> None:
    text = "日本演员木村拓哉（きむら たくや）和俄罗斯导演Иван Петров昨天在港口城市里兰出席了电影节的开幕式。"
    assert read(tmp_path, "zh/a.txt", text).lang == "zh"
