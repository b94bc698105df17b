"""README's first block: the command it shows gives the output it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from paracorp.cli import main
from tests.cli.conftest import stargate  # noqa: F401 -- a fixture

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_first_block_shows_what_comes_out(
    stargate: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    block = re.search(r"```console\n\$ (.*)\n((?:.*\n)*?)```", README)
    assert block is not None
    command = re.search(r"paracorp (.*)$", block[1])
    assert command is not None
    monkeypatch.chdir(stargate.parents[1])
    assert main(command[1].split()) == 0
    assert capsys.readouterr().out == block[2]


def test_the_test_command_stands_in_the_second_block() -> None:
    assert "```console\n$ uv run pytest\n```" in README
