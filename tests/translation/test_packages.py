"""Listing, downloading and importing packages, against a server on this machine."""

from __future__ import annotations

import errno
import json
import os
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from paracorp.errors import CannotWriteError, InputError, ModelMissingError
from paracorp.settings import TranslationSettings
from paracorp.translation.argos import argos_engines
from paracorp.translation.packages import import_package, install, list_available, list_installed
from tests.tiny_package import pack, unpack

pytestmark = pytest.mark.loopback


class Server:
    """Serves bodies by path; a path without one gives 404, a `lie` announces more than is sent."""

    def __init__(self) -> None:
        bodies: dict[str, bytes] = {}
        asked: list[str] = []
        lies: set[str] = set()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                body = bodies.get(self.path)
                if body is None:
                    self.send_error(404)
                    return
                self.send_response(200)
                self.send_header("Content-Length", str(len(body) + (self.path in lies)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
                pass

        self.bodies, self.asked, self.lies = bodies, asked, lies
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def offer(self, *rows: dict[str, Any]) -> None:
        self.bodies["/index.json"] = json.dumps(rows).encode()

    def row(self, code: str, version: str, *links: str, **fields: Any) -> dict[str, Any]:
        return {
            "package_version": version,
            "from_code": code,
            "to_code": "en",
            "type": "translate",
            "links": [self.address + link for link in links],
        } | fields

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server(packages: Path, tiny: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server with the tiny packages, set as Argos's index."""
    server = Server()
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", server.address)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for code, path in tiny.items():
        server.bodies[f"/{code}.argosmodel"] = path.read_bytes()
    server.offer(
        server.row("zh", "0.9", "old.argosmodel"),
        server.row("zh", "1.0", "zh.argosmodel"),
        server.row("he", "1.0", "gone.argosmodel", "he.argosmodel"),
        server.row("sbd", "1.0", "x", type="sbd"),
    )
    yield server
    server.close()


def test_the_index_is_listed_with_the_newest_version_first(server: Server) -> None:
    assert [package.name for package in list_available()] == ["he_en 1.0", "zh_en 1.0", "zh_en 0.9"]


def test_packages_are_downloaded_installed_and_used(server: Server, packages: Path) -> None:
    progress: list[tuple[int, int | None]] = []
    messages: list[str] = []
    done = install(
        ["zh", "he"],
        on_message=messages.append,
        on_progress=lambda done, total: progress.append((done, total)),
    )
    assert [package.name for package in done] == ["zh_en 1.0", "he_en 1.0"]
    assert [package.folder.parent for package in done] == [packages, packages]
    assert [package.name for package in list_installed()] == ["he_en 1.0", "zh_en 1.0"]
    assert messages == ["downloading zh_en 1.0", "downloading he_en 1.0"]
    assert (len(server.bodies["/zh.argosmodel"]),) * 2 in progress
    assert "/gone.argosmodel" in server.asked
    assert len(argos_engines(["zh", "he"], "en", TranslationSettings())) == 2
    assert sorted(path.name for path in packages.parent.iterdir() if path.name.startswith(".")) == []


def test_an_installed_version_is_not_downloaded_again(server: Server) -> None:
    messages: list[str] = []
    install(["zh"], on_message=messages.append)
    install(["zh"], on_message=messages.append)
    assert server.asked.count("/zh.argosmodel") == 1
    assert messages[-1] == "zh_en 1.0 is installed already"


def test_a_package_the_index_lacks_stops_before_any_download(server: Server) -> None:
    with pytest.raises(ModelMissingError, match="no package from zt to en") as caught:
        install(["zh", "zt"], on_message=print)
    assert "he, zh" in caught.value.fix
    assert server.asked == ["/index.json"]


def test_a_download_that_ends_early_installs_nothing(server: Server, packages: Path) -> None:
    server.lies.add("/zh.argosmodel")
    with pytest.raises(InputError, match=r"ended after|cannot be downloaded"):
        install(["zh"], on_message=print)
    assert list(packages.iterdir()) == []


def test_a_download_that_is_no_package_installs_nothing(server: Server, packages: Path) -> None:
    server.bodies["/zh.argosmodel"] = b"<html>sign in</html>"
    with pytest.raises(InputError, match="not an Argos package"):
        install(["zh"], on_message=print)
    assert list(packages.iterdir()) == []


@pytest.mark.parametrize("body", [None, b"<html>", b'{"a": 1}', b'[{"type": "translate"}]', b"[1]"])
def test_an_index_that_is_missing_or_no_index_is_an_input_error(server: Server, body: bytes | None) -> None:
    if body is None:
        del server.bodies["/index.json"]
    else:
        server.bodies["/index.json"] = body
    with pytest.raises(InputError) as caught:
        list_available()
    assert server.address in str(caught.value)


def test_a_server_that_does_not_answer_is_an_input_error(packages: Path) -> None:
    with pytest.raises(InputError, match="cannot be downloaded") as caught:
        list_available()
    assert "paracorp models import FILE" in caught.value.fix


def test_an_address_that_is_not_http_is_refused(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "file:///etc/")
    with pytest.raises(InputError, match="not an http address"):
        list_available()


def test_a_file_is_imported_and_replaces_one_of_the_same_name(tiny: dict[str, Path], installed: Path) -> None:
    (installed / "translate-zh_en-1_0" / "model" / "model.bin").unlink()
    package = import_package(tiny["zh"])
    assert package.problem == ""
    assert package.folder == installed / "translate-zh_en-1_0"
    assert len(list_installed()) == 2


def test_a_broken_package_is_listed_with_its_problem(installed: Path) -> None:
    (installed / "translate-zh_en-1_0" / "metadata.json").unlink()
    hebrew, chinese = list_installed()
    assert hebrew.problem == ""
    assert chinese.from_code == "zh"
    assert "metadata.json" in chinese.problem


def archive(path: Path, entries: dict[str, bytes], *, link: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, body in entries.items():
            file.writestr(name, body)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            file.writestr(entry, "/etc/passwd")
    return path


METADATA = json.dumps({"from_code": "zh", "to_code": "en", "package_version": "1"}).encode()
WHOLE = {"p/metadata.json": METADATA, "p/model/model.bin": b"x", "p/sentencepiece.model": b"x"}


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
        if target.parent == installed and path.parent.name == "unpacked":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full_at_the_end)
    with pytest.raises(CannotWriteError, match="No space left"):
        import_package(tiny["zh"])
    assert sorted(path for path in installed.rglob("*")) == before


def test_what_pack_makes_is_what_import_takes(tiny: dict[str, Path], tmp_path: Path, packages: Path) -> None:
    folder = unpack(tiny["he"], tmp_path / "elsewhere")
    assert import_package(pack(folder)).name == "he_en 1.0"
