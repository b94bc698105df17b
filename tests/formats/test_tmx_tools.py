"""What Translate Toolkit and OmegaT make of the TMX we write."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from paracorp.formats.tmx import write_tmx
from paracorp.languages import language
from paracorp.records import TranslationUnit
from tests.formats.builders import article, pair_unit, unit, variant

TEXTS = {
    "zh": [
        "总统说，项目将于星期三启动。",
        "“星际之门”投资5000亿美元（约合3.6万亿元）；A&B公司参与。",
        "𠮷野家：5 < 6，“引号”与「括号」。",
        "=1+1 不是公式",
    ],
    "he": [
        'הנשיא אמר: "הפרויקט ייצא לדרך ביום רביעי".',
        "מנכ״ל OpenAI, סם אלטמן, וארה״ב; A&B ו-5 < 6",
        "\u200fסכום של 500 מיליארד דולר\u200e (כ־1.8 טריליון שקל)",
        "בנימין נתניהו נפגש עם הנשיא 😀",
    ],
}
ENGLISH = [f"Sentence {number}, as “rendered” & <checked>." for number in range(4)]


def english_units(lang: str) -> list[TranslationUnit]:
    return [
        unit(
            variant(lang, text, segment_ids=(f"{lang}/a#1.{number}",)),
            variant("en", english, article_id=f"{lang}/a", segment_ids=(f"{lang}/a#1.{number}",)),
            id=f"{lang}-en-{number}",
            shape="1:1" if number else "2:1",
        )
        for number, (text, english) in enumerate(zip(TEXTS[lang], ENGLISH, strict=True))
    ]


def write(path: Path, units: Sequence[TranslationUnit], pair: tuple[str, str], **options: Any) -> None:
    """Write a TMX with the default tags and all properties."""
    write_tmx(
        path,
        units,
        source_lang=pair[0],
        target_lang=pair[1],
        tags={code: language(code).bcp47 for code in ("zh", "he", "en")},
        findings={item.id: ["number-mismatch"] for item in units},
        articles={name: article(name, title='"A" & <B>') for name in ("zh/a", "he/a")},
        **options,
    )


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_translate_toolkit_reads_every_unit(tmp_path: Path, lang: str) -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    write(tmp_path / "x.tmx", english_units(lang), (lang, "en"))
    with (tmp_path / "x.tmx").open("rb") as file:
        store = tmx.tmxfile(file, sourcelanguage=language(lang).bcp47, targetlanguage="en")
    assert [(item.source, item.target) for item in store.units] == list(
        zip(TEXTS[lang], ENGLISH, strict=True)
    )
    assert [item.getid() for item in store.units] == [f"{lang}-en-{number}" for number in range(4)]


def test_translate_toolkit_reads_the_pair_of_a_file_of_three_languages(tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx", reason="translate-toolkit is not installed")
    units = [
        pair_unit(source, target, id=f"u{number}")
        for number, (source, target) in enumerate(zip(TEXTS["zh"], TEXTS["he"], strict=True))
    ]
    write(tmp_path / "x.tmx", units, ("zh", "he"), three_languages=True)
    with (tmp_path / "x.tmx").open("rb") as file:
        store = tmx.tmxfile(file, sourcelanguage="zh-CN", targetlanguage="he-IL")
    assert [(item.source, item.target) for item in store.units] == list(
        zip(TEXTS["zh"], TEXTS["he"], strict=True)
    )


PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>EN</target_lang><sentence_seg>false</sentence_seg>
</project></omegat>
"""
UNKNOWN = "OpenAI 2026"  # a text no memory has


def project(folder: Path, lang: str, memory: str) -> Path:
    """An OmegaT project with our TMX below `tm`, and a text of its sources with one more line."""
    for name in ("source", "target", "omegat", "glossary", "dictionary", memory):
        (folder / name).mkdir(parents=True)
    tag = language(lang).bcp47.upper()
    (folder / "omegat.project").write_text(PROJECT.format(source=tag), encoding="utf-8")
    text = "\n\n".join([*TEXTS[lang], UNKNOWN]) + "\n"  # an empty line ends a segment of OmegaT
    (folder / "source" / "text.utf8").write_text(text, encoding="utf-8")
    write(folder / memory / "ours.tmx", english_units(lang), (lang, "en"))
    return folder


def omegat(folder: Path, *arguments: str) -> str:
    """Run OmegaT in console mode on a project; what it said."""
    command = shutil.which("omegat")
    if command is None:
        pytest.skip("OmegaT is not installed (apt-get install omegat)")
    home = folder / "home"
    home.mkdir()
    headless = f"-Djava.awt.headless=true -Duser.home={home} -Dfile.encoding=UTF-8"
    done = subprocess.run(
        [command, str(folder), "--no-team", f"--config-dir={home}", *arguments],
        env=os.environ | {"JAVA_TOOL_OPTIONS": headless, "HOME": str(home)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_omegat_translates_a_text_from_our_memory(tmp_path: Path, lang: str) -> None:
    folder = project(tmp_path / "p", lang, "tm/auto")
    said = omegat(folder, "--mode=console-translate")
    assert "ours.tmx" in said
    translated = (folder / "target" / "text.utf8").read_text(encoding="utf-8").split("\n\n")
    assert [line.strip() for line in translated] == [*ENGLISH, UNKNOWN]


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_what_omegat_would_look_up_is_what_our_memory_holds(tmp_path: Path, lang: str) -> None:
    folder = project(tmp_path / "p", lang, "tm")
    pseudo = folder / "pseudo.tmx"
    omegat(
        folder,
        "--mode=console-createpseudotranslatetmx",
        f"--pseudotranslatetmx={pseudo}",
        "--pseudotranslatetype=equal",
    )
    wanted = segments(pseudo, language(lang).bcp47)
    held = segments(folder / "tm" / "ours.tmx", language(lang).bcp47)
    assert wanted - held == {UNKNOWN}
    assert held <= wanted


def segments(path: Path, tag: str) -> set[str]:
    """The texts of one language in a TMX; OmegaT writes version 1.1, with `lang` in upper case."""
    root = etree.parse(path, etree.XMLParser(load_dtd=False, no_network=True)).getroot()
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    return {
        str(found.findtext("seg"))
        for found in root.iter("tuv")
        if str(found.get(lang) or found.get("lang")).lower() == tag.lower()
    }
