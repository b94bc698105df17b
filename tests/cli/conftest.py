"""Corpora to run commands on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def stargate(tmp_path: Path) -> Path:
    """A copy of the shipped corpus, with its glossary where its corpus.toml looks for it."""
    shutil.copytree(ROOT / "glossaries", tmp_path / "glossaries")
    ignore = shutil.ignore_patterns("build")
    return shutil.copytree(ROOT / "corpora" / "stargate", tmp_path / "corpora" / "stargate", ignore=ignore)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A corpus of one Chinese and one Hebrew article on one event, with a memory for all but one sentence."""
    corpus = tmp_path / "small"
    for name, text in SMALL.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return corpus


def tmx(lang: str, pairs: dict[str, str]) -> str:
    units = "".join(
        f'<tu><tuv xml:lang="{lang}"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="en"><seg>{english}</seg></tuv></tu>\n'
        for source, english in pairs.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="t" '
        'creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" '
        f'srclang="{lang}" datatype="plaintext"/><body>\n{units}</body></tmx>\n'
    )


ZH = {
    "港口大桥周三通车": "Harbour bridge opens on Wednesday",
    "全长12公里的港口大桥3月5日正式通车。": "The 12-kilometre harbour bridge officially opened on March 5.",
    "工程总投资为30亿美元。": "The project cost a total of $3 billion.",
    "市民可免费通行一个月。": "Residents may cross free of charge for one month.",
}
HE = {
    "גשר הנמל נפתח לתנועה": "The harbour bridge opens to traffic",
    "גשר הנמל, שאורכו 12 קילומטרים, נפתח ב־5 במרץ לתנועה.": "The harbour bridge, 12 kilometres long, "
    "opened to traffic on March 5.",
    "עלות הפרויקט הגיעה ל־3 מיליארד דולר.": "The cost of the project reached $3 billion.",
}
SMALL = {
    # The model of meaning takes a second to load, and its part is tested by itself.
    "corpus.toml": 'title = "Small"\n[alignment]\nsemantic = "off"\n',
    "articles/zh/bridge.md": "---\ntitle: 港口大桥周三通车\ndate: 2025-03-05\nlang: zh\n---\n\n"
    + "".join(list(ZH)[1:])
    + "\n",
    "articles/he/bridge.md": "---\ntitle: גשר הנמל נפתח לתנועה\ndate: 2025-03-06\nlang: he\n---\n\n"
    + " ".join([*list(HE)[1:], "הנהגים מרוצים מאוד מן הגשר החדש."])
    + "\n",
    "memory/zh-en.tmx": tmx("zh-CN", ZH),
    "memory/he-en.tmx": tmx("he-IL", HE),
}
