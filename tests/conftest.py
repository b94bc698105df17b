"""Fixtures for all tests. No socket but loopback, no file of the user, no clock in the outputs."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3  # noqa: F401 -- when first imported it binds a loopback socket, which is blocked below
from hypothesis import settings
from pytest_socket import disable_socket, enable_socket, socket_allow_hosts

ROOT = Path(__file__).parents[1]

# The same examples every time, and no time limit: the machine may be busy.
settings.register_profile("paracorp", derandomize=True, deadline=None)
settings.load_profile("paracorp")

# Tests send Ctrl-C to programs they start, which would not hear it in a background job of a shell.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _offline(request: pytest.FixtureRequest) -> Iterator[None]:
    """Block every socket; a test marked `loopback` may talk to this machine."""
    if request.node.get_closest_marker("loopback"):
        socket_allow_hosts(["127.0.0.1", "::1"])
    else:
        disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test a home folder of its own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(scope="session")
def _bridge_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.review.making import build, write_corpus

    root = write_corpus(tmp_path_factory.mktemp("built") / "bridge")
    assert build(root) == 0
    return root


@pytest.fixture
def bridge(_bridge_once: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A built corpus of one Chinese and one Hebrew report on the same event, to be reviewed."""
    root = shutil.copytree(_bridge_once, tmp_path / "bridge")
    capsys.readouterr()
    return root


@pytest.fixture
def shared() -> Path:
    """The folder of shared material beside the checkout; the test skips where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the checkout")
    return folder
