"""Installing packages from an index on this machine that may be broken or lie."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paracorp.errors import CorpusInUseError, InputError, ModelMissingError
from paracorp.settings import TranslationSettings
from paracorp.translation.argos import argos_engines
from paracorp.translation.installed import ArgosPackage
from paracorp.translation.installing import install, plan_install
from paracorp.translation.package_index import list_available
from paracorp.translation.packages import list_installed
from tests.index_server import IndexServer

pytestmark = pytest.mark.loopback


@pytest.fixture
def server(packages: Path, tiny: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[IndexServer]:
    """A server with the tiny packages, set as Argos's index."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with contextlib.closing(IndexServer()) as server:
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.address)
        for code, path in tiny.items():
            server.serve(f"/{code}.argosmodel", path.read_bytes())
        server.offer(
            server.row("zh", "0.9", "old.argosmodel"),
            server.row("zh", "1.0", "zh.argosmodel"),
            server.row("he", "1.0", "gone.argosmodel", "he.argosmodel"),
            server.row("sbd", "1.0", "x", type="sbd"),
        )
        yield server


def get(*wanted: str, messages: list[str] | None = None) -> list[ArgosPackage]:
    said = [] if messages is None else messages
    return [
        item.installed or install(item.offer, on_message=said.append, pause=lambda _: None)
        for item in plan_install(wanted)
    ]


def test_the_index_is_listed_with_the_newest_version_first(server: IndexServer) -> None:
    assert [package.name for package in list_available()] == ["he_en 1.0", "zh_en 1.0", "zh_en 0.9"]


def test_an_entry_that_states_no_type_is_for_translation(server: IndexServer) -> None:
    row = server.row("zh", "1.0", "zh.argosmodel")
    del row["type"]
    server.offer(row)
    assert [package.name for package in list_available()] == ["zh_en 1.0"]


@pytest.mark.parametrize("tail", ["", "/", "/index.json"])
def test_the_index_is_found_with_and_without_a_slash_at_the_end(
    server: IndexServer, monkeypatch: pytest.MonkeyPatch, tail: str
) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.address.rstrip("/") + tail)
    assert len(list_available()) == 3


def test_a_proxy_of_the_environment_is_asked(server: IndexServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("HTTP_PROXY", server.address)
    monkeypatch.setenv("http_proxy", server.address)
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://index.invalid/")
    server.serve("http://index.invalid/index.json", b"[]")
    assert list_available() == []
    assert server.gets("http://index.invalid/index.json") == [""]


def test_packages_are_downloaded_installed_and_used(server: IndexServer, packages: Path) -> None:
    messages: list[str] = []
    done = get("zh", "he", messages=messages)
    assert [package.name for package in done] == ["zh_en 1.0", "he_en 1.0"]
    assert [package.folder.parent for package in done] == [packages, packages]
    assert [item.package.name for item in list_installed()] == ["he_en 1.0", "zh_en 1.0"]
    assert len(argos_engines(["zh", "he"], "en", TranslationSettings())) == 2
    assert [message for message in messages if "gone.argosmodel" in message] == messages
    assert [path.name for path in packages.parent.iterdir() if path.name.startswith(".")] == []


def test_an_installed_version_is_not_downloaded_again(server: IndexServer) -> None:
    get("zh")
    [planned] = plan_install(["zh"])
    assert planned.installed is not None
    assert server.gets("/zh.argosmodel").count("") == 1


def test_size_and_licence_are_known_before_the_download(
    server: IndexServer, tiny: dict[str, Path], tmp_path: Path
) -> None:
    path = tmp_path / "zh.argosmodel"
    path.write_bytes(tiny["zh"].read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "translate-zh_en-1_0/README.md", "# zh\n\nlicense: cc-by-4.0, tools: MIT, CC-BY-4.0\n"
        )
    server.serve("/zh.argosmodel", path.read_bytes())
    server.offer(
        server.row("zh", "1.0", "zh.argosmodel"), server.row("he", "1.0", "he.argosmodel", license="CC0 1.0")
    )
    chinese, hebrew = plan_install(["zh", "he"])
    assert (chinese.size_bytes, chinese.licence) == (path.stat().st_size, "cc-by-4.0, MIT")
    assert hebrew.licence == "CC0 1.0"
    assert "" not in server.gets("/zh.argosmodel")  # parts of it, never the whole
    assert list_installed() == []
    get("zh")
    assert list_installed()[0].licence == "cc-by-4.0, MIT"


@pytest.mark.parametrize("how", [{"ranges": False}, {"length": -1}, {"shift": 3}, {"status": 405}])
def test_a_server_that_tells_nothing_beforehand_is_still_asked(
    server: IndexServer, tiny: dict[str, Path], how: dict[str, Any]
) -> None:
    server.serve("/zh.argosmodel", tiny["zh"].read_bytes(), **how)
    [planned] = plan_install(["zh"])
    assert planned.licence == ""


def test_a_pair_is_asked_for_by_both_its_languages(server: IndexServer) -> None:
    server.offer(server.row("en", "1.0", "x", to_code="ar"), server.row("he", "1.0", "he.argosmodel"))
    [planned] = plan_install(["en-ar"])
    assert planned.offer.name == "en_ar 1.0"
    with pytest.raises(ModelMissingError, match="from ar to en"):
        plan_install(["ar"])


def test_a_package_the_index_lacks_stops_before_any_download(server: IndexServer) -> None:
    with pytest.raises(ModelMissingError, match="no package from zt to en") as caught:
        get("zh", "zt")
    assert "he, zh" in caught.value.fix
    assert [item.path for item in server.asked] == ["/index.json"]


def test_a_package_without_an_http_address_is_named_as_such(server: IndexServer) -> None:
    server.offer(server.row("zh", "1.0", links=["file:///etc/passwd", "ipfs://x"]))
    with pytest.raises(ModelMissingError, match="no http address for zh_en"):
        get("zh")


def test_a_cut_download_ends_in_an_installed_package(server: IndexServer) -> None:
    server.files["/zh.argosmodel"].cuts = [3000, 2000]
    [package] = get("zh")
    assert package.problem == ""
    assert "bytes=3000-" in server.gets("/zh.argosmodel")


def test_a_file_that_changed_unseen_between_two_transfers_is_fetched_again(
    server: IndexServer, tiny: dict[str, Path]
) -> None:
    """Without a name for its version only the content tells: the archive is damaged."""
    right = tiny["zh"].read_bytes()
    server.serve("/zh.argosmodel", b"\1" * len(right), tagged=False, cuts=[3000, 0, 0, 0])
    with pytest.raises(InputError, match="ended after"):
        get("zh")
    server.serve("/zh.argosmodel", right, tagged=False)
    messages: list[str] = []
    [package] = get("zh", messages=messages)
    assert package.problem == ""
    assert "downloading it again from the start" in messages[0]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<html>sign in</html>", "not an Argos package"),
        (b"", "not an Argos package"),
        (b"PK\x03\x04" + bytes(5000), "not an Argos package"),
    ],
)
def test_a_download_that_is_no_package_installs_nothing_and_is_not_kept(
    server: IndexServer, packages: Path, tiny: dict[str, Path], body: bytes, problem: str
) -> None:
    server.serve("/zh.argosmodel", body)
    with pytest.raises(InputError, match=problem) as caught:
        get("zh")
    assert server.address in caught.value.message
    assert list(packages.iterdir()) == []
    server.serve("/zh.argosmodel", tiny["zh"].read_bytes())
    assert get("zh")[0].problem == ""


def test_a_download_that_says_it_is_shorter_than_it_is_installs_nothing(
    server: IndexServer, packages: Path
) -> None:
    server.files["/zh.argosmodel"].length = 5000
    with pytest.raises(InputError, match="not an Argos package"):
        get("zh")
    assert list(packages.iterdir()) == []


def test_a_package_for_other_languages_than_the_index_said_is_refused(
    server: IndexServer, packages: Path, tiny: dict[str, Path]
) -> None:
    server.serve("/zh.argosmodel", tiny["he"].read_bytes())
    with pytest.raises(InputError, match=r"it holds he_en 1\.0, which was not asked for"):
        get("zh")
    assert list(packages.iterdir()) == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        b"<html>",
        b'{"a": 1}',
        b'[{"type": "translate"}]',
        b"[1]",
        b"[" * 100_000,
        b'[{"from_code": "../../x", "to_code": "en", "package_version": "1", "links": []}]',
        b'[{"from_code": "zh", "to_code": "en", "package_version": "/../1", "links": []}]',
        b" " * (33 << 20),
    ],
)
def test_an_index_that_is_missing_or_no_index_is_an_input_error(
    server: IndexServer, body: bytes | None
) -> None:
    if body is None:
        del server.files["/index.json"]
    else:
        server.serve("/index.json", body)
    with pytest.raises(InputError) as caught:
        list_available()
    assert server.address in str(caught.value)


def test_an_entry_that_cannot_be_used_costs_only_itself(server: IndexServer) -> None:
    server.offer(
        {"from_code": "x"}, server.row("zh", "1.0", "zh.argosmodel"), 7, server.row("z/z", "1.0", "y")
    )
    errors: list[InputError] = []
    assert [package.name for package in list_available(errors.append)] == ["zh_en 1.0"]
    assert ["entry 1" in errors[0].reason, "entry 3" in errors[1].reason, "z/z" in errors[2].reason] == [
        True
    ] * 3
    with pytest.raises(InputError, match=r"entry 1 cannot be used \(KeyError"):
        list_available()


def test_a_server_that_does_not_answer_is_an_input_error(packages: Path) -> None:
    with pytest.raises(InputError, match="cannot be downloaded") as caught:
        list_available()
    assert "paracorp models import FILE" in caught.value.fix


def test_an_address_that_is_not_http_is_refused(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "file:///etc/")
    with pytest.raises(InputError, match="not an http address"):
        list_available()


def test_while_another_run_changes_the_packages_nothing_is_installed(
    server: IndexServer, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paracorp.translation.packages._WAIT_S", 0.1)
    from filelock import FileLock

    from paracorp.translation.installed import argos_settings

    busy = pytest.raises(CorpusInUseError, match="another paracorp run is changing the packages")
    with FileLock(Path(argos_settings().downloads_dir) / ".paracorp.lock"), busy:
        get("zh")
    assert list(packages.iterdir()) == []


def test_the_hashes_of_the_files_are_recorded_with_the_package(server: IndexServer) -> None:
    [package] = get("zh")
    recorded = json.loads((package.folder / "paracorp.json").read_text(encoding="utf-8"))
    assert "model/model.bin" in recorded["files"]
    assert "paracorp.json" not in recorded["files"]
