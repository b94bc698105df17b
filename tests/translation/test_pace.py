"""A server that sends next to nothing is left, however long it would go on."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.translation import pace
from paracorp.translation.downloading import downloaded
from paracorp.translation.fetching import CutError, fetched
from tests.index_server import IndexServer

pytestmark = pytest.mark.loopback

BODY = bytes(range(256)) * 1000


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[IndexServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with contextlib.closing(IndexServer()) as server:
        yield server


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up after 0.3 s with fewer than 100 kB a second."""
    monkeypatch.setattr(pace, "_STALL_S", 0.3)
    monkeypatch.setattr(pace, "_LEAST_BYTES_PER_S", 100_000)


@pytest.mark.usefixtures("short")
def test_a_download_that_drips_is_left_and_its_bytes_are_kept(server: IndexServer, tmp_path: Path) -> None:
    link, began = server.address + "big", time.monotonic()
    file = server.serve("/big", BODY, delay_s=0.05)
    with (
        pytest.raises(InputError, match=r"cannot be downloaded \(only [\d,]+ bytes came in 0 s\)") as caught,
        downloaded(link, tmp_path, pause=lambda _: None),
    ):
        pytest.fail("it would have taken 13 s")
    assert time.monotonic() - began < 8
    assert len(server.gets("/big")) == 3
    [part] = tmp_path.glob("*.part")
    kept = part.stat().st_size
    assert kept >= 3 * 1024
    assert f"{kept:,} bytes are kept; run the command again" in caught.value.fix
    file.delay_s = 0.0
    with downloaded(link, tmp_path) as done:
        assert done.path.read_bytes() == BODY
    assert server.gets("/big")[-1] == f"bytes={kept}-"


@pytest.mark.usefixtures("short")
def test_headers_that_drip_are_left_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_drip_headers, args=(listening,), daemon=True).start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x"
        with pytest.raises(CutError, match="bytes came in 0 s"), fetched(address):
            pytest.fail("there was no answer")


def _drip_headers(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection, contextlib.suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(400):
            connection.sendall(b"x")
            time.sleep(0.02)


@pytest.mark.usefixtures("short")
def test_a_slow_server_above_the_least_rate_is_waited_for(
    server: IndexServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "_LEAST_BYTES_PER_S", 2_000)
    server.serve("/big", BODY[:40_000], delay_s=0.02)
    with downloaded(server.address + "big", tmp_path) as done:
        assert done.path.read_bytes() == BODY[:40_000]
    assert len(server.gets("/big")) == 1


@pytest.mark.usefixtures("short")
def test_the_time_a_reader_takes_for_itself_does_not_count(server: IndexServer) -> None:
    server.serve("/big", BODY)
    with fetched(server.address + "big") as response:
        first = response.read(1000)
        time.sleep(0.5)
        rest = b"".join(iter(lambda: response.read(1 << 16), b""))
    assert first + rest == BODY
