"""Tiny packages, made once, and folders for Argos Translate that are not the user's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tiny_package import argos_folders, build_package, unpack


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """`.argosmodel` files by Argos code; `iw` is one with a BPE tokenizer and a target prefix."""
    folder = tmp_path_factory.mktemp("packages")
    return {
        "zh": build_package(folder, "zh"),
        "zt": build_package(folder, "zh", code="zt"),
        "he": build_package(folder, "he"),
        "iw": build_package(folder, "he", version="1.1", tokenizer="bpe", target_prefix="<en>"),
    }


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Argos's package folder, empty."""
    with argos_folders(tmp_path / "argos", monkeypatch) as folder:
        yield folder


@pytest.fixture
def installed(tiny: dict[str, Path], packages: Path) -> Path:
    """Argos's package folder with a package each for zh and he."""
    for code in ("zh", "he"):
        unpack(tiny[code], packages)
    return packages
