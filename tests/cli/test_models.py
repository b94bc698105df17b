"""`paracorp models`."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from paracorp.cli import main
from paracorp.cli.transfer import TransferLine
from tests.index_server import IndexServer
from tests.tiny_package import argos_folders, build_package

pytestmark = pytest.mark.loopback


def run(capsys: pytest.CaptureFixture[str], *argv: object) -> tuple[int, str, str]:
    code = main([str(item) for item in argv])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with argos_folders(tmp_path / "argos", monkeypatch) as folder:
        yield folder


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("archives")
    return {code: build_package(folder, code) for code in ("zh", "he")}


@pytest.fixture
def server(
    packages: Path, archives: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> Iterator[IndexServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with contextlib.closing(IndexServer()) as server:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.address)
        for code, path in archives.items():
            server.serve(f"/{code}", path.read_bytes())
        server.offer(
            server.row("zh", "1.0", "zh", license="CC0"),
            server.row("he", "1.0", "he"),
            server.row("he", "0.9", "x"),
        )
        yield server


def test_install_states_size_and_licence_then_downloads(
    server: IndexServer, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "models", "install", "zh", "he", "--dry-run")
    assert (code, out) == (0, "")
    chinese, hebrew = err.strip().split("\n")
    assert re.fullmatch(r"zh_en 1\.0: 0\.\d MB, licence: CC0, from http://127\S+", chinese)
    assert re.fullmatch(r"he_en 1\.0: 0\.\d MB, licence: not stated, from http://127\S+", hebrew)
    assert server.gets("/zh") == []
    code, out, err = run(capsys, "models", "install", "zh", "he")
    assert code == 0
    assert [line.split()[0] for line in out.strip().split("\n")] == ["zh_en", "he_en"]
    assert "/s" in err
    code, _, err = run(capsys, "models", "install", "zh")
    assert (code, "zh_en 1.0 is installed already" in err) == (0, True)


def test_list_shows_what_is_here_and_what_is_offered(
    server: IndexServer, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "models", "list")
    assert (code, out) == (0, "")
    assert "paracorp models install zh he" in err
    assert server.asked == []  # the network is asked only on request
    run(capsys, "models", "install", "he")
    [row] = json.loads(run(capsys, "models", "list", "--json")[1])
    assert (row["package"], row["state"], row["licence"]) == ("he_en 1.0", "ok", "not stated")
    rows = json.loads(run(capsys, "models", "list", "--available", "--json")[1])
    assert [(row["package"], row["state"]) for row in rows] == [
        ("he_en 1.0", "installed"),
        ("he_en 0.9", "available"),
        ("zh_en 1.0", "available"),
    ]


def test_an_index_that_states_another_version_than_the_package_is_told_of(
    server: IndexServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.offer(server.row("zh", "2.0", "zh"))
    code, out, err = run(capsys, "models", "install", "zh")
    assert (code, out.startswith("zh_en 1.0")) == (0, True)
    assert "the index calls it zh_en 2.0, the package itself zh_en 1.0" in err


@pytest.mark.parametrize("argv", [("list", "--available"), ("install", "zh")])
def test_without_a_network_the_way_by_file_is_named(
    packages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, "models", *argv)
    assert (code, out) == (3, "")
    assert "paracorp models import FILE" in err
    assert len(err.strip().split("\n")) == 2


def test_a_language_the_index_lacks_is_exit_code_four(
    server: IndexServer, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "models", "install", "zh", "ar")
    assert code == 4
    assert "no package from ar to en" in err
    assert run(capsys, "models", "list")[1] == ""


def test_import_takes_files_and_folders_and_goes_on_after_a_bad_one(
    packages: Path, archives: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.argosmodel"
    bad.write_bytes(b"no zip")
    (tmp_path / "stick").mkdir()
    for path in archives.values():
        shutil.copy(path, tmp_path / "stick")
    code, out, err = run(capsys, "models", "import", bad, tmp_path / "none", tmp_path / "stick")
    assert code == 3
    assert sorted(line.split()[0] for line in out.strip().split("\n")) == ["he_en", "zh_en"]
    assert f"{bad}: not an Argos package" in err
    assert "none: cannot be read" in err


def test_remove_takes_a_name_and_verify_tells_damage(
    packages: Path, archives: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "models", "verify") == (0, "", "no translation package is installed\n")
    run(capsys, "models", "import", *archives.values())
    code, out, _ = run(capsys, "models", "verify")
    assert (code, out.count("ok")) == (0, 2)
    with next(packages.glob("*he_en*/model/model.bin")).open("ab") as file:
        file.write(b"x")
    code, out, err = run(capsys, "models", "verify", "--json")
    assert code == 3
    assert [row["problems"] for row in json.loads(out)] == [["model/model.bin is not what was installed"], []]
    assert run(capsys, "models", "verify", "zh_en")[0] == 0
    code, _, err = run(capsys, "models", "remove", "he-en", "he_en 1.0")
    assert (code, "removed he_en 1.0" in err) == (0, True)
    code, _, err = run(capsys, "models", "remove", "he_en")
    assert code == 2
    assert "Installed: 'zh_en 1.0'" in err


def test_a_killed_download_goes_on_and_leaves_nothing_half(server: IndexServer, packages: Path) -> None:
    server.files["/zh"].delay_s = 0.2
    command = [sys.executable, "-m", "paracorp", "models", "install", "zh"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ)
    downloads = packages.parent / "xdg_cache_home" / "argos-translate" / "downloads" / "paracorp"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not sum(path.stat().st_size for path in downloads.glob("*.part")):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)
    assert list(packages.iterdir()) == []
    server.files["/zh"].delay_s = 0
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in packages.iterdir()] == ["translate-zh_en-1_0"]
    assert any(asked.startswith("bytes=") and asked.endswith("-") for asked in server.gets("/zh"))
    assert list(downloads.glob("*.part")) == []


def test_progress_shows_amount_rate_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([100.0, 111.0, 122.0, 122.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    line = TransferLine("zh_en 1.9")
    line(5_000_000, 91_000_000)
    line(16_000_000, 91_000_000)
    line(27_000_000, None)
    line.close()
    shown = capsys.readouterr().err.rstrip("\n").split("\n")
    assert shown[0].rstrip() == "zh_en 1.9  16.0 MB of 91.0 MB  1.0 MB/s  1:15 left"
    assert shown[-1].rstrip() == "zh_en 1.9  27.0 MB  1.0 MB/s"
