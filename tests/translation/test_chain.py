"""Two languages without a package between them are joined by others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from paracorp.records import BlockKind, Origin, Segment
from paracorp.settings import TranslationSettings
from paracorp.translation import translate_segments
from paracorp.translation.argos import argos_engines
from paracorp.translation.chain import Chain, shortest_route
from paracorp.translation.engine import Decoding
from tests.tiny_package import build_package, unpack
from tests.translation.fake_engine import FakeEngine

SETTINGS = TranslationSettings()


@dataclass(frozen=True)
class Step:
    from_code: str
    to_code: str


def route(*pairs: str, start: str = "zh", goal: str = "en") -> str:
    steps = [Step(*pair.split("-")) for pair in pairs]
    return " ".join(f"{step.from_code}-{step.to_code}" for step in shortest_route(steps, start, goal))


def test_the_route_with_fewest_steps_is_taken() -> None:
    assert route("zh-ja", "ja-fr", "fr-en", "zh-ko", "ko-en", "en-zh") == "zh-ko ko-en"
    assert route("zh-fr", "fr-en", "zh-en") == "zh-en"
    assert route("zh-ko", "ko-en", "zh-fr", "fr-en") == "zh-fr fr-en"
    assert route("zh-fr", "en-fr", "fr-zh") == ""


def test_each_step_gets_the_best_of_the_one_before_and_scores_are_multiplied() -> None:
    first = FakeEngine(name="a", gives={Decoding.PLAIN: {"好": ["bon", "bien"]}})
    second = FakeEngine(lang="fr", name="b", gives={Decoding.PLAIN: {"bon": ["good", "fine"]}})
    chain = Chain([first, second])
    [[output]] = chain.translate([["好"]], "zh")
    assert [(item.text, item.score) for item in output.hypotheses] == [("good", 0.25), ("fine", 0.25)]
    assert (chain.name, chain.key, chain.langs) == ("a+b", "a key+b key", frozenset({"zh"}))
    assert chain.attend("好", "good", "zh") is None


@pytest.fixture
def french(tmp_path: Path, packages: Path) -> Path:
    """Packages zh to fr and fr to en."""
    for code, to_code, lang in (("zh", "fr", "zh"), ("fr", "en", "en")):
        unpack(build_package(tmp_path / "built", lang, code=code, to_code=to_code), packages)
    return packages


def test_packages_are_chained_where_none_leads_to_english(french: Path) -> None:
    [engine] = argos_engines(["zh", "he"], "en", SETTINGS)
    assert engine.name == "argos zh_fr 1.0+argos fr_en 1.0"
    text = "总统在白宫宣布了新的计划。"
    segment = Segment("zh/a#0.0", "zh/a", "zh", BlockKind.PARAGRAPH, 0, 0, len(text), text)
    [row] = translate_segments([segment], memory=None, engines=[engine], settings=SETTINGS)
    assert row.origin is Origin.MODEL
    assert row.text
    assert row.engine == engine.name
    assert 0 < row.score < 1


def test_a_direct_package_is_taken_before_a_chain(tiny: dict[str, Path], french: Path) -> None:
    unpack(tiny["zh"], french)
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    assert engine.name == "argos zh_en 1.0"
