"""Files that belong together take their names together, or visibly not."""

from __future__ import annotations

from pathlib import Path

import pytest

from paracorp.errors import CannotWriteError, UsageError
from paracorp.formats.converting import convert
from paracorp.formats.forms import MOSES, Header
from paracorp.formats.publishing import publish
from paracorp.formats.units import BitextUnit

HEADER = Header(("zh", "he"))


def units(count: int) -> list[BitextUnit]:
    return [BitextUnit("", {"zh": f"一{number}", "he": f"א{number}"}) for number in range(count)]


def test_a_crash_between_the_names_of_a_moses_pair_leaves_no_mixed_pair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / "x.zh", tmp_path / "x.he"]
    publish(MOSES, files, units(3), HEADER)
    names: list[Path] = []
    replace = Path.replace

    def crash(self: Path, target: Path) -> Path:
        if target in files:
            names.append(target)
        if len(names) == 2:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        publish(MOSES, files, units(2), HEADER)
    assert [file.exists() for file in files] == [False, True]
    with pytest.raises(UsageError, match="no other language stands beside it"):
        convert(tmp_path / "x.he", tmp_path / "out.tsv")


def test_a_pair_is_written_through_links_which_stay_links(tmp_path: Path) -> None:
    links = [tmp_path / "x.zh", tmp_path / "x.he"]
    files = [tmp_path / "real.zh", tmp_path / "real.he"]
    for link, file in zip(links, files, strict=True):
        link.symlink_to(file.name)
    publish(MOSES, files, units(3), HEADER)
    publish(MOSES, links, units(1), HEADER)
    assert all(link.is_symlink() for link in links)
    assert [file.read_text(encoding="utf-8") for file in files] == ["一0\n", "א0\n"]


def test_a_pair_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    files = [tmp_path / "x.zh", tmp_path / "x.he"]
    files[0].write_text("old", encoding="utf-8")
    files[1].mkdir()
    with pytest.raises(CannotWriteError):
        publish(MOSES, files, units(2), HEADER)
    assert files[0].read_text(encoding="utf-8") == "old"


def test_what_a_killed_run_left_beside_a_file_goes_with_the_next_run(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"source_lang": "zh", "target_lang": "he", "source": "一", "target": "א"}\n', encoding="utf-8"
    )
    left = [tmp_path / name for name in (".out.zh.a1b2c3d4.tmp", ".out.he.a1b2c3_4.tmp")]
    others = [tmp_path / name for name in (".out.zh.tmp", ".other.zh.a1b2c3d4.tmp", "out.zh.a1b2c3d4.tmp")]
    for file in (*left, *others):
        file.write_text("half", encoding="utf-8")
    convert(source, tmp_path / "out.zh")
    assert [file.exists() for file in left] == [False, False]
    assert all(file.exists() for file in others)
