"""corpus.toml: what it may hold, and what it says of anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.settings import CorpusSettings, read_settings


def read(folder: Path, text: str) -> CorpusSettings:
    path = folder / "corpus.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "") == CorpusSettings()


def test_every_table_is_read(tmp_path: Path) -> None:
    text = (
        'title = "T"\nglossaries = ["g.csv"]\n[translation]\nengines = ["memory"]\nfuzzy = 1\n'
        '[alignment]\nmin_confidence = 0.5\n[checks.rules]\nterm-missing = "off"\n'
        '[export.tags]\nzh = "zh-Hans"\n'
    )
    settings = read(tmp_path, text)
    assert settings.translation.engines == ("memory",)
    assert settings.translation.fuzzy == 1.0
    assert settings.alignment.min_confidence == 0.5
    assert settings.checks.rules == {"term-missing": "off"}
    assert settings.export.tags == {"zh": "zh-Hans"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('title = "T"\nlangages = ["zh"]\n', 2, "unknown key langages"),
        ("\n[translation]\nfuzy = 0.9\n", 3, "unknown key translation.fuzy"),
        ('title = "T"\nglossaries = "g.csv"\n', 2, "glossaries must be a list of strings"),
        ("title = 3\n", 1, "title must be str"),
        ("[translation]\nfuzzy = 2.0\n", 2, "fuzzy must lie in"),
        ('languages = ["zh", "xx"]\n', 1, "unknown language 'xx'"),
        ('languages = ["zh", "zh"]\n', 1, "two different languages"),
        ('languages = ["zh", "he"]\npivot = "zh"\n', 1, "two different languages"),
        ('[translation]\nengines = ["google"]\n', 2, "unknown engine 'google'"),
        ('[checks.rules]\nterm-missing = "loud"\n', 2, "severity of term-missing"),
        ("[alignment]\nmin_confidence = 7\n", 2, "min_confidence"),
        ("[translation]\nbeam = 0\n", 2, "beam must be 1 or more"),
        ("[alignment]\nwindow_days = -5\n", 2, "window_days must be 0"),
        ('[alignment]\nsemantic = "yes"\n', 2, "semantic is 'yes'"),
        ('[export.tags]\nfr = "fr-FR"\n', 2, "no language of this corpus"),
        ('[export.tags]\nzh = "not a tag!"\n', 2, "is no language tag"),
        ('languages = ["zh", "en"]\npivot = "he"\n', 2, "the pivot is 'he'"),
        ("title = \n", 1, "not valid TOML"),
        ('a = "x"\n[broken\n', 2, "not valid TOML"),
    ],
)
def test_what_it_may_not_hold_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    with pytest.raises(InputError, match=message.replace("(", r"\(")) as caught:
        read(tmp_path, text)
    assert caught.value.line == line
    assert caught.value.fix


def test_the_nearest_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, "[alignment]\nmin_confidense = 0.4\n")
    assert caught.value.fix == "Did you mean alignment.min_confidence?"


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "corpus.toml"
    path.write_bytes('title = "中文"'.encode("gb18030"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_settings(path)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "corpus.toml"
    path.write_bytes(b'\xef\xbb\xbftitle = "T"\n')
    assert read_settings(path).title == "T"
