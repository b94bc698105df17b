"""A corpus that is built, a copy for every test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.review.making import build, write_corpus


@pytest.fixture(scope="session")
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_corpus(tmp_path_factory.mktemp("built") / "bridge")
    assert build(root) == 0
    return root


@pytest.fixture
def bridge(_built_once: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A built corpus of one Chinese and one Hebrew report on the same event."""
    root = shutil.copytree(_built_once, tmp_path / "bridge")
    capsys.readouterr()
    return root
