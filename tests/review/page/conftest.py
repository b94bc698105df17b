"""The review page in a real browser: the shipped corpus, served or in one file, and windows to look at it."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from paracorp.cli import main
from paracorp.corpus import Corpus, open_corpus
from paracorp.review.office import Office
from paracorp.review.page import whole_page
from paracorp.review.server import application
from paracorp.review.serving import host_check, listen

ROOT = Path(__file__).parents[3]
TOKEN = "token"
WIDE = {"width": 1280, "height": 800}
PATIENCE_MS = 10_000  # the machine may be busy


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _stargate_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped")
    ignored = shutil.ignore_patterns("build", "decisions*")
    root = shutil.copytree(ROOT / "corpora" / "stargate", folder / "corpora" / "stargate", ignore=ignored)
    shutil.copytree(ROOT / "glossaries", folder / "glossaries")
    assert main(["build", str(root)]) == 0
    return root


@pytest.fixture(scope="session")
def _stargate_served(_stargate_once: Path) -> Iterator[Served]:
    server = Served(open_corpus(_stargate_once)).start()
    yield server
    server.stop()


@pytest.fixture
def stargate(_stargate_once: Path) -> Corpus:
    """The shipped corpus, built, without decisions."""
    (_stargate_once / "decisions.jsonl").unlink(missing_ok=True)
    return open_corpus(_stargate_once)


@pytest.fixture
def served(_stargate_served: Served, stargate: Corpus) -> Served:
    """The shipped corpus under review, without decisions."""
    return _stargate_served


def decisions(corpus: Corpus) -> list[dict[str, Any]]:
    """What stands in the log of decisions."""
    path = corpus.root / "decisions.jsonl"
    lines = path.read_text(encoding="utf-8").split("\n") if path.exists() else []
    return [json.loads(line) for line in lines if line]


def now() -> dt.datetime:
    """The time, for decisions."""
    return dt.datetime.now(dt.UTC)


@dataclass
class Served:
    """A server in this process, at an address of its own."""

    corpus: Corpus
    port: int = 0
    _stop: Callable[[], None] = field(default=lambda: None)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/?token={TOKEN}"

    def start(self) -> Served:
        import uvicorn

        office = Office(self.corpus, reviewer="anna", clock=now, say=lambda _: None)
        listener = listen("127.0.0.1", self.port)
        self.port = listener.getsockname()[1]
        app = application(office, token=TOKEN, known_host=host_check("127.0.0.1", self.port))
        config = uvicorn.Config(
            app, log_level="error", lifespan="off", timeout_graceful_shutdown=1, ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()

        def stop() -> None:
            server.should_exit = True
            thread.join(20)
            listener.close()

        self._stop = stop
        return self

    def stop(self) -> None:
        self._stop()


@pytest.fixture
def serve() -> Iterator[Callable[[Corpus], Served]]:
    """Serve a corpus until the test ends."""
    started: list[Served] = []

    def act(corpus: Corpus) -> Served:
        started.append(Served(corpus).start())
        return started[-1]

    yield act
    for server in started:
        server.stop()


@pytest.fixture
def open_window(chromium: Browser) -> Iterator[Callable[..., Any]]:
    """Open windows; at the end of the test none of them may have met an error, of the policy or of a script.

    A test that kills the server says which messages it expects: `window.expected.append("ERR_CONNECTION")`.
    """
    windows: list[Any] = []

    def act(address: str, *, reviewer: str = "anna", wait: str = ".card", **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": WIDE, **options})
        context.set_default_timeout(PATIENCE_MS)
        window: Any = context.new_page()
        window.said, window.expected = [], []
        window.on("console", lambda message: window.said.append(message.text))
        window.on("pageerror", lambda error: window.said.append(str(error)))
        key = "anna" if address.startswith("http") else ""
        window.add_init_script(f"sessionStorage['paracorp:reviewer:{key}'] ||= {json.dumps(reviewer)}")
        window.goto(address)
        window.wait_for_selector(wait)
        drawn(window)
        windows.append(window)
        return window

    yield act
    said = [text for each in windows for text in each.said if not any(word in text for word in each.expected)]
    for window in windows:
        window.context.close()
    assert said == []


@pytest.fixture
def window(served: Served, open_window: Callable[..., Any]) -> Any:
    """A window of the served page, on its first pair."""
    return open_window(served.address)


@pytest.fixture(scope="session")
def _bundle_once(_stargate_once: Path) -> str:
    (_stargate_once / "decisions.jsonl").unlink(missing_ok=True)
    office = Office(open_corpus(_stargate_once), reviewer="anna", clock=now, say=lambda _: None)
    return json.dumps(office.bundle())


@pytest.fixture
def bundle(_bundle_once: str) -> dict[str, Any]:
    """What stands in the page of one file."""
    data: dict[str, Any] = json.loads(_bundle_once)
    return data


@pytest.fixture
def whole(bundle: dict[str, Any], tmp_path: Path) -> Path:
    """The page of the shipped corpus in one file."""
    path = tmp_path / "whole.html"
    path.write_text(whole_page("Stargate", bundle), encoding="utf-8")
    return path


def until(window: Any, expression: str, argument: Any = None) -> None:
    """Wait until an expression holds in the page; Playwright's way needs eval, which the policy forbids."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not window.evaluate(expression, argument):
        assert time.monotonic() < deadline, f"waited in vain for {expression}"
        window.wait_for_timeout(20)


def drawn(window: Any) -> None:
    """Wait until a frame was drawn; before its first one a page is given no keys."""
    window.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def reload(window: Any) -> None:
    """Load the page again and wait for it."""
    window.reload()
    window.wait_for_selector(".card")
    drawn(window)


def violations(window: Any) -> list[str]:
    """What axe-core complains about, with the elements."""
    from axe_playwright_python.sync_playwright import Axe

    answer = Axe().run(window).response
    assert len(answer["passes"]) > 10
    return [f"{each['id']}: {node['html'][:200]}" for each in answer["violations"] for node in each["nodes"]]


def saved(window: Any) -> None:
    """Wait until the page says that everything is saved."""
    until(window, "document.getElementById('saved').textContent === 'saved'")


def current(window: Any) -> str:
    """The id of the unit that is shown."""
    return str(window.evaluate("paracorp.store.current"))


def status(window: Any, unit_id: str) -> str:
    """What the page holds for the status of a unit in its list."""
    return str(window.evaluate("id => paracorp.store.rows.get(id)?.status ?? 'gone'", unit_id))


def go_to(window: Any, shape: str) -> str:
    """Show the first pair of a shape, as 1:2; its id."""
    unit_id = window.evaluate(
        "shape => [...paracorp.store.rows.values()].find((row) => row.shape === shape).id", shape
    )
    window.evaluate("id => paracorp.store.show(id)", unit_id)
    until(window, "id => paracorp.store.unit()?.id === id", unit_id)
    return str(unit_id)


def two_and_two(window: Any) -> str:
    """Make a pair of two sentences a side, which can be split; its id."""
    go_to(window, "1:1")
    for key, shape in (("BracketLeft", "2:1"), ("BracketRight", "2:2")):
        window.keyboard.press(key)
        until(window, "shape => paracorp.store.unit()?.shape === shape", shape)
    return str(window.evaluate("paracorp.store.current"))
