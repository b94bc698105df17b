"""When the meaning of the English counts: what `mine` and `build` say, use and redo."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paracorp.alignment import model_folder
from paracorp.cli import main
from paracorp.cli.engines import cache_folder

OFFER = "paracorp[semantic]"

installed = pytest.mark.skipif(model_folder() is None, reason="paracorp[semantic] is not installed")


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the extra were not installed."""
    monkeypatch.setattr("paracorp.alignment.semantic._PACKAGE", "no_such_package_here")


@pytest.fixture
def tables(tmp_path: Path) -> list[str]:
    """Two tables of one row each, and where the links go, as arguments of `mine`."""
    rows = {
        "zh": ("油轮在波罗的海搁浅。", "The tanker ran aground in the Baltic Sea."),
        "he": ("המכלית עלתה על שרטון בים הבלטי.", "The tanker Whale ran aground in the Baltic."),
    }
    for lang, cells in rows.items():
        text = "\t".join((f"{lang}1", *cells))
        (tmp_path / f"{lang}.tsv").write_text(f"id\ttext\tenglish\n{text}\n", encoding="utf-8")
    return ["mine", *(str(tmp_path / f"{lang}.tsv") for lang in rows), "-o", str(tmp_path / "links.tsv")]


def parts(path: str) -> set[str]:
    """The parts of similarity that the first link of a file shows."""
    line = Path(path).read_text(encoding="utf-8").split("\n")[1]
    return set(json.loads(line.split("\t")[3])["similarity"])


@pytest.mark.usefixtures("absent")
def test_mine_offers_the_extra_once_where_it_is_not_installed(
    tables: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tables) == 0
    assert capsys.readouterr().err.count(OFFER) == 1
    assert main([*tables, "--no-semantic"]) == 0
    assert OFFER not in capsys.readouterr().err


@pytest.mark.usefixtures("absent")
def test_asking_for_the_extra_where_it_is_not_installed_is_exit_code_4(
    tables: list[str], small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*tables, "--semantic"]) == 4
    assert OFFER in capsys.readouterr().err
    assert not Path(tables[-1]).exists()
    (small / "corpus.toml").write_text('[alignment]\nsemantic = "on"\n', encoding="utf-8")
    assert main(["align", str(small)]) == 4


@installed
def test_mine_uses_the_extra_where_it_is_installed_and_keeps_what_it_made(
    tables: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tables) == 0
    assert OFFER not in capsys.readouterr().err
    assert "meaning" in parts(tables[-1])
    assert (cache_folder() / "meanings.sqlite").is_file()
    assert main([*tables, "--no-semantic"]) == 0
    assert "meaning" not in parts(tables[-1])


@installed
def test_a_corpus_is_aligned_again_when_the_extra_comes_or_goes(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stale() -> list[str]:
        assert main(["status", str(small), "--json"]) == 0
        found: list[str] = json.loads(capsys.readouterr().out)["stale"]
        return found

    (small / "corpus.toml").write_text('title = "Small"\n', encoding="utf-8")
    with monkeypatch.context() as without:
        without.setattr("paracorp.alignment.semantic._PACKAGE", "no_such_package_here")
        assert main(["align", str(small)]) in (0, 4)
        assert OFFER in capsys.readouterr().err
        assert "pairs" not in stale()
    assert "pairs" in stale()
    assert main(["align", str(small)]) in (0, 4)
    capsys.readouterr()
    assert "pairs" not in stale()
