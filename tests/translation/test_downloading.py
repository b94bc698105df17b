"""Large downloads from a server on this machine that is slow, broken, or lies."""

from __future__ import annotations

import contextlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from paracorp.errors import CannotWriteError, CorpusInUseError, InputError
from paracorp.translation.downloading import downloaded
from paracorp.translation.fetching import CutError
from tests.index_server import IndexServer

pytestmark = pytest.mark.loopback

BODY = random.Random(1).randbytes(1_000_000)
OTHER = random.Random(2).randbytes(1_000_000)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[IndexServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with contextlib.closing(IndexServer()) as server:
        yield server


class Client:
    """Downloads into one folder, without waiting between tries."""

    def __init__(self, server: IndexServer, folder: Path) -> None:
        self.link = server.address + "big"
        self.folder = folder
        self.pauses: list[float] = []
        self.progress: list[tuple[int, int | None]] = []

    def get(self) -> bytes:
        with downloaded(
            self.link,
            self.folder,
            on_progress=lambda done, total: self.progress.append((done, total)),
            pause=self.pauses.append,
        ) as file:
            return file.path.read_bytes()

    @property
    def left(self) -> int:
        """Bytes kept for a later run."""
        return sum(path.stat().st_size for path in self.folder.glob("*.part"))


@pytest.fixture
def client(server: IndexServer, tmp_path: Path) -> Client:
    return Client(server, tmp_path / "downloads")


def test_a_file_comes_whole_with_progress_and_leaves_nothing(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY)
    assert client.get() == BODY
    assert client.progress[-1] == (len(BODY), len(BODY))
    assert client.left == 0


def test_a_cut_download_goes_on_where_it_ended(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY, cuts=[300_000, 400_000])
    assert client.get() == BODY
    assert server.gets("/big") == ["", "bytes=300000-", "bytes=700000-"]
    assert len(client.pauses) == 2


def test_what_came_is_kept_for_the_next_run(server: IndexServer, client: Client) -> None:
    file = server.serve("/big", BODY, cuts=[600_000, 0, 0, 0])
    with pytest.raises(InputError, match="ended after 600,000 of 1,000,000 bytes") as caught:
        client.get()
    assert "600,000 bytes are kept; run the command again" in caught.value.fix
    assert client.left == 600_000
    file.cuts.clear()
    assert client.get() == BODY
    assert server.gets("/big")[-1] == "bytes=600000-"
    assert client.progress[-1] == (len(BODY), len(BODY))


@pytest.mark.parametrize("ignores_condition", [False, True])
def test_a_file_that_changed_between_two_runs_is_fetched_anew(
    server: IndexServer, client: Client, ignores_condition: bool
) -> None:
    server.serve("/big", BODY, cuts=[600_000, 0, 0, 0])
    with pytest.raises(InputError):
        client.get()
    server.serve("/big", OTHER, ignore_if_range=ignores_condition)
    assert client.get() == OTHER


def test_a_file_of_another_size_is_fetched_anew_though_nothing_names_its_version(
    server: IndexServer, client: Client
) -> None:
    server.serve("/big", BODY, cuts=[600_000, 0, 0, 0], tagged=False)
    with pytest.raises(InputError):
        client.get()
    server.serve("/big", OTHER[:900_000], tagged=False)
    assert client.get() == OTHER[:900_000]


def test_a_server_that_honours_no_ranges_is_asked_from_the_start(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY, cuts=[300_000], ranges=False)
    assert client.get() == BODY


def test_a_server_that_answers_with_another_range_is_not_believed(
    server: IndexServer, client: Client
) -> None:
    server.serve("/big", BODY, cuts=[300_000], shift=7)
    assert client.get() == BODY
    assert server.gets("/big") == ["", "bytes=300000-", ""]


def test_a_part_longer_than_the_file_has_become_is_dropped(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY, cuts=[600_000, 0, 0, 0])
    with pytest.raises(InputError):
        client.get()
    server.serve("/big", BODY[:100_000], ignore_if_range=True)
    assert client.get() == BODY[:100_000]


def test_a_server_that_never_gives_more_is_left_after_three_tries(
    server: IndexServer, client: Client
) -> None:
    server.serve("/big", BODY, length=2_000_000)
    with pytest.raises(InputError, match="ended after 1,000,000 of 2,000,000"):
        client.get()
    assert len(server.gets("/big")) <= 5


def test_a_server_without_a_length_is_read_to_its_end(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY, length=-1)
    assert client.get() == BODY
    assert client.progress[-1] == (len(BODY), None)


def test_an_announced_size_no_package_has_is_refused_before_a_byte_is_kept(
    server: IndexServer, client: Client
) -> None:
    server.serve("/big", BODY, length=10**12)
    with pytest.raises(InputError, match="1,000,000,000,000 bytes, more than any package has"):
        client.get()
    assert client.left == 0


def test_a_full_disk_is_seen_before_the_download(
    server: IndexServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("/big", BODY)
    usage = shutil.disk_usage(client.folder.parent)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(CannotWriteError, match="1,000 bytes are free, 1,000,000 are needed"):
        client.get()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x"])
def test_a_redirect_away_from_http_is_refused(server: IndexServer, client: Client, target: str) -> None:
    server.serve("/big", b"", redirect=target)
    with pytest.raises(InputError, match="cannot be downloaded"):
        client.get()


def test_a_redirect_to_http_is_followed(server: IndexServer, client: Client) -> None:
    server.serve("/big", b"", redirect=server.address + "there")
    server.serve("/there", BODY, cuts=[300_000])
    assert client.get() == BODY


@pytest.mark.parametrize(("status", "tries"), [(503, 3), (429, 3), (403, 1), (404, 1)])
def test_only_what_may_go_well_is_tried_again(
    server: IndexServer, client: Client, status: int, tries: int
) -> None:
    server.serve("/big", b"", status=status)
    with pytest.raises(InputError, match=str(status)) as caught:
        client.get()
    assert isinstance(caught.value, CutError) == (tries > 1)
    assert len(server.gets("/big")) == tries


def test_a_server_that_falls_silent_is_waited_for_and_left(
    server: IndexServer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paracorp.translation.fetching._TIMEOUT_S", 0.2)
    server.serve("/big", BODY, delay_s=2.0)
    with pytest.raises(CutError, match="timed out"):
        client.get()
    assert len(server.gets("/big")) == 3


def test_a_slow_server_is_waited_for(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY[:20_000], delay_s=0.02)
    assert client.get() == BODY[:20_000]
    assert len(client.progress) > 5


def test_an_error_in_between_does_not_cost_what_came_before(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY, cuts=[600_000, 0, 0, 0])
    with pytest.raises(InputError):
        client.get()
    server.serve("/big", b"", status=403)
    with pytest.raises(InputError, match="403"):
        client.get()
    assert client.left == 600_000
    server.serve("/big", BODY)
    assert client.get() == BODY
    assert server.gets("/big")[-1] == "bytes=600000-"


def test_what_turns_out_to_be_no_good_is_dropped(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY)
    with pytest.raises(InputError, match="no good"), downloaded(client.link, client.folder):
        raise InputError("no good", path=client.link, fix="")
    assert client.left == 0


@pytest.mark.parametrize("about", ["", "{", "[]", '{"link": "another", "size": 5, "validator": ""}'])
def test_a_note_that_cannot_be_used_costs_the_part_and_nothing_else(
    server: IndexServer, client: Client, about: str
) -> None:
    server.serve("/big", BODY, cuts=[600_000, 0, 0, 0])
    with pytest.raises(InputError):
        client.get()
    next(client.folder.glob("*.json")).write_text(about, encoding="utf-8")
    server.serve("/big", OTHER)
    assert client.get() == OTHER


def test_two_runs_do_not_write_to_one_part(server: IndexServer, client: Client) -> None:
    server.serve("/big", BODY)
    busy = pytest.raises(CorpusInUseError, match="another paracorp run is downloading it")
    with downloaded(client.link, client.folder), busy:
        client.get()


def test_a_server_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    pauses: list[float] = []
    link = "http://127.0.0.1:9/x"
    with (
        pytest.raises(InputError, match="cannot be downloaded") as caught,
        downloaded(link, tmp_path, pause=pauses.append),
    ):
        pytest.fail("nothing was downloaded")
    assert "paracorp models import FILE" in caught.value.fix
    assert len(pauses) == 2
