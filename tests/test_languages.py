"""Languages: tags, scripts, joining."""

from __future__ import annotations

import pytest

from paracorp import languages
from paracorp.errors import UsageError


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-CN", "zh"),
        ("zh_TW", "zh"),
        ("zh-Hans-CN", "zh"),
        ("iw", "he"),
        ("he-IL", "he"),
        ("Hebrew", "he"),
        ("EN-us", "en"),
        ("fr", None),
        ("", None),
    ],
)
def test_tags_as_documents_write_them_are_understood(tag: str, code: str | None) -> None:
    assert languages.code_for_tag(tag) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("OpenAI、SoftBank 与 Oracle 各出资。", "zh"),
        ("חברת OpenAI הודיעה על SoftBank", "he"),
        ("Stargate was announced in Washington.", "en"),
        ("2025 — 500", None),
        ("", None),
    ],
)
def test_the_script_tells_the_language(text: str, code: str | None) -> None:
    assert languages.detect_by_script(text, languages.LANGUAGES) == code


def test_chinese_sentences_are_joined_without_a_space_and_hebrew_with_one() -> None:
    assert languages.join_sentences(["甲。", "乙。"], "zh") == "甲。乙。"
    assert languages.join_sentences(["אחד.", "שניים."], "he") == "אחד. שניים."


def test_an_unknown_language_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="unknown language 'xx'"):
        languages.language("xx")
