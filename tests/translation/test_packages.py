"""Packages on this machine: importing, listing, removing and verifying them."""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from paracorp.errors import CannotWriteError, InputError, UsageError
from paracorp.settings import TranslationSettings
from paracorp.translation.argos import argos_engines
from paracorp.translation.installed import installed_packages
from paracorp.translation.packages import (
    find_installed,
    import_package,
    importable,
    list_installed,
    remove_package,
    verify_package,
)
from tests.tiny_package import build_package, pack, unpack


def test_a_file_is_imported_and_replaces_one_of_the_same_name(tiny: dict[str, Path], installed: Path) -> None:
    (installed / "translate-zh_en-1_0" / "model" / "model.bin").unlink()
    package = import_package(tiny["zh"])
    assert package.problem == ""
    assert package.folder == installed / "translate-zh_en-1_0"
    assert len(list_installed()) == 2


def test_a_broken_package_is_listed_with_its_problem(installed: Path) -> None:
    (installed / "translate-zh_en-1_0" / "metadata.json").unlink()
    hebrew, chinese = (item.package for item in list_installed())
    assert hebrew.problem == ""
    assert chinese.from_code == "zh"
    assert "metadata.json" in chinese.problem


def test_an_installed_package_is_listed_with_size_and_licence(installed: Path) -> None:
    folder = installed / "translate-zh_en-1_0"
    (folder / "README.md").write_text("Trained on data under CC-BY-SA 4.0.", encoding="utf-8")
    hebrew, chinese = list_installed()
    assert (hebrew.licence, chinese.licence) == ("", "CC-BY-SA 4.0")
    assert chinese.size_bytes == sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def archive(path: Path, entries: dict[str, bytes], *, link: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in entries.items():
            file.writestr(name, body)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            file.writestr(entry, "/etc/passwd")
    return path


METADATA = json.dumps({"from_code": "zh", "to_code": "en", "package_version": "1"}).encode()
WHOLE = {
    "p/metadata.json": METADATA,
    "p/model/model.bin": b"x",
    "p/model/shared_vocabulary.json": b"[]",
    "p/sentencepiece.model": b"x",
}


@pytest.mark.parametrize(
    ("entries", "link", "problem"),
    [
        (WHOLE | {"p/../../evil": b"x"}, "", "reaches out"),
        (WHOLE | {"/etc/evil": b"x"}, "", "reaches out"),
        (WHOLE | {"p\\..\\evil": b"x"}, "", "reaches out"),
        (WHOLE | {"C:/evil": b"x"}, "", "reaches out"),
        (WHOLE, "p/link", "is a link"),
        (WHOLE | {"q/file": b"x"}, "", "expected one folder"),
        ({}, "", "expected one folder"),
        ({"p/metadata.json": METADATA}, "", "model/model.bin is missing"),
        ({"p/model/model.bin": b"x"}, "", "metadata.json"),
        (WHOLE | {"p/metadata.json": METADATA[:-1] + b', "type": "sbd"}'}, "", "not for translation"),
        (WHOLE | {f"p/{n}": b"" for n in range(2001)}, "", "more than any package has"),
        (WHOLE | {"p/zeros": bytes(100 << 20)}, "", "which no package does"),
        ({name: body for name, body in WHOLE.items() if "vocabulary" not in name}, "", "no vocabulary"),
        (WHOLE | {"p/metadata.json": b"[]"}, "", "metadata.json"),
        (WHOLE | {"p/metadata.json": b'{"from_code": "../x", "to_code": "en"}'}, "", "no languages"),
    ],
)
def test_an_archive_that_is_no_package_or_reaches_out_is_refused(
    tmp_path: Path, packages: Path, entries: dict[str, bytes], link: str, problem: str
) -> None:
    path = archive(tmp_path / "x.argosmodel", entries, link=link)
    with pytest.raises(InputError, match=problem):
        import_package(path)
    assert list(packages.iterdir()) == []
    assert not list(tmp_path.rglob("evil"))


def test_a_damaged_archive_is_refused(tiny: dict[str, Path], tmp_path: Path, packages: Path) -> None:
    body = bytearray(tiny["zh"].read_bytes())
    body[5000:5100] = bytes(100)
    damaged = tmp_path / "x.argosmodel"
    damaged.write_bytes(body)
    with pytest.raises(InputError, match="not an Argos package"):
        import_package(damaged)
    damaged.write_bytes(body[:9000])
    with pytest.raises(InputError, match="not an Argos package"):
        import_package(damaged)
    assert list(packages.iterdir()) == []


def test_a_missing_file_is_an_input_error(tmp_path: Path, packages: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        import_package(tmp_path / "none.argosmodel")


def test_a_full_disk_leaves_the_package_that_was_there(
    tiny: dict[str, Path], installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(path for path in installed.rglob("*"))
    rename = Path.rename

    def full_at_the_end(path: Path, target: Path) -> Path:
        if target.parent == installed and path.parent.name == "new":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full_at_the_end)
    with pytest.raises(CannotWriteError, match="No space left"):
        import_package(tiny["zh"])
    assert sorted(path for path in installed.rglob("*")) == before


def test_what_pack_makes_is_what_import_takes(tiny: dict[str, Path], tmp_path: Path, packages: Path) -> None:
    folder = unpack(tiny["he"], tmp_path / "elsewhere")
    assert import_package(pack(folder)).name == "he_en 1.0"


def test_an_entry_that_stands_twice_is_refused(tmp_path: Path, packages: Path) -> None:
    path = archive(tmp_path / "x.argosmodel", WHOLE)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as file:
        file.writestr("p/model/model.bin", b"another")
    with pytest.raises(InputError, match="stands twice"):
        import_package(path)


def test_an_entry_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path, packages: Path) -> None:
    path = archive(tmp_path / "x.argosmodel", WHOLE | {"p/big": bytes(1_000_000)})
    said = (1_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(said, (10).to_bytes(4, "little")))
    with pytest.raises(InputError, match="not an Argos package"):
        import_package(path)
    assert list(packages.iterdir()) == []


def test_an_import_never_replaces_a_package_for_other_languages(
    tiny: dict[str, Path], tmp_path: Path, installed: Path
) -> None:
    folder = unpack(tiny["he"], tmp_path / "elsewhere")
    disguised = pack(folder.rename(folder.with_name("translate-zh_en-1_0")))
    with pytest.raises(InputError, match=r"would replace zh_en 1\.0"):
        import_package(disguised)
    assert [item.name for item in installed_packages()] == ["he_en 1.0", "zh_en 1.0"]


def test_a_folder_stands_for_the_packages_in_it(
    tiny: dict[str, Path], tmp_path: Path, packages: Path
) -> None:
    folder = tmp_path / "stick"
    unpack(tiny["he"], folder)
    shutil.copy(tiny["zh"], folder)
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    found = importable(folder)
    assert [path.name for path in found] == ["translate-he_en-1_0", "translate-zh_en-1_0.argosmodel"]
    assert [import_package(path).name for path in found] == ["he_en 1.0", "zh_en 1.0"]
    assert importable(found[0]) == [found[0]]
    assert len(argos_engines(["zh", "he"], "en", TranslationSettings())) == 2
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"no \.argosmodel file in this folder"):
        importable(tmp_path / "empty")


def test_a_folder_with_a_link_in_it_is_refused(tiny: dict[str, Path], tmp_path: Path, packages: Path) -> None:
    folder = unpack(tiny["he"], tmp_path / "elsewhere")
    (folder / "passwd").symlink_to("/etc/passwd")
    with pytest.raises(InputError, match="passwd is a link"):
        import_package(folder)
    assert list(packages.iterdir()) == []


def test_what_a_killed_import_left_is_cleared_and_what_it_moved_aside_goes_back(
    tiny: dict[str, Path], packages: Path
) -> None:
    chinese = import_package(tiny["zh"])
    left = packages.parent / ".paracorp-killed"
    (left / "new" / "half").mkdir(parents=True)
    (left / "replaced").mkdir()
    chinese.folder.rename(left / "replaced" / chinese.folder.name)
    import_package(tiny["he"])
    assert [item.name for item in installed_packages()] == ["he_en 1.0", "zh_en 1.0"]
    assert not left.exists()


@pytest.mark.parametrize("name", ["zh_en", "zh-en", "zh_en 1.0", "ZH_EN-1.0", "translate-zh_en-1_0"])
def test_a_package_is_found_by_its_languages_its_version_or_its_folder(installed: Path, name: str) -> None:
    assert find_installed(name).folder.name == "translate-zh_en-1_0"


def test_a_name_must_stand_for_one_package(installed: Path, tmp_path: Path) -> None:
    import_package(build_package(tmp_path, "zh", version="1.2"))
    with pytest.raises(UsageError, match="could be any of 2") as caught:
        find_installed("zh_en")
    assert "'zh_en 1.0', 'zh_en 1.2'" in caught.value.fix
    assert find_installed("zh_en 1.2").version == "1.2"
    with pytest.raises(UsageError, match="no package 'ar_en' is installed"):
        find_installed("ar_en")


def test_a_removed_package_is_gone_and_leaves_nothing(installed: Path) -> None:
    remove_package(find_installed("zh_en"))
    assert [item.name for item in installed_packages()] == ["he_en 1.0"]
    assert [path.name for path in installed.parent.iterdir() if path.name.startswith(".")] == []


def test_a_package_that_lies_elsewhere_is_not_removed(
    tiny: dict[str, Path], tmp_path: Path, installed: Path
) -> None:
    elsewhere = unpack(tiny["iw"], tmp_path / "elsewhere")
    (installed / "linked").symlink_to(elsewhere)
    with pytest.raises(UsageError, match="does not lie in"):
        remove_package(find_installed("linked"))
    assert (elsewhere / "metadata.json").is_file()


def test_a_sound_package_has_no_problem(tiny: dict[str, Path], packages: Path) -> None:
    verdict = verify_package(import_package(tiny["zh"]))
    assert (verdict.problems, verdict.recorded) == ((), True)


def test_a_package_installed_by_another_program_is_looked_at_as_far_as_can_be(installed: Path) -> None:
    verdict = verify_package(find_installed("zh_en"))
    assert (verdict.problems, verdict.recorded) == ((), False)


def test_a_changed_or_missing_file_is_named(tiny: dict[str, Path], packages: Path) -> None:
    package = import_package(tiny["zh"])
    with (package.folder / "model" / "model.bin").open("ab") as file:
        file.write(b"x")
    (package.folder / "model" / "source_vocabulary.json").unlink()
    assert verify_package(package).problems == (
        "model/model.bin is not what was installed",
        "model/source_vocabulary.json is missing",
    )


def test_a_model_that_does_not_load_is_a_problem(installed: Path) -> None:
    (installed / "translate-zh_en-1_0" / "model" / "model.bin").write_bytes(b"garbage")
    (problem,) = verify_package(find_installed("zh_en")).problems
    assert "is broken" in problem
