"""`paracorp review`, `status` and `evaluate reviewers` as a person runs them."""

from __future__ import annotations

import html
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paracorp.cli import main
from tests.review.making import HE, ZH, build, decide, event, write_corpus

ZH_TITLE, ZH_OPENED, ZH_COST, ZH_FREE, ZH_MAYOR, ZH_WORKERS = ZH
HE_TITLE, HE_OPENED, HE_COST, HE_MAYOR, HE_WORKERS, HE_DRIVERS = HE


class Server:
    """A running `paracorp review`, and a client that has its token."""

    def __init__(self, corpus: Path, *options: str) -> None:
        command = [sys.executable, "-m", "paracorp", "review", str(corpus), "--no-browser", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([\w-]{32,})", self.address)
        assert match, self.address + self.stop(signal.SIGKILL)[1]
        self.port, self.token = int(match[1]), match[2]

    def ask(self, path: str, body: Any = None) -> Any:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"X-Paracorp-Token": self.token, "Content-Type": "application/json"}
        link.request("POST" if body else "GET", path, json.dumps(body) if body else None, headers)
        answer = link.getresponse()
        text = answer.read()
        link.close()
        assert answer.status == 200, text
        return json.loads(text)

    def accept(self, number: int) -> str:
        """Accept a pair by its place in the list; its id."""
        row = self.ask("/api/index")["rows"][number]
        unit = self.ask(f"/api/units?id={row[0]}")["units"][0]
        segments = [*unit["source"]["segments"], *unit["target"]["segments"]]
        event = {
            "v": 1,
            "event": "accept",
            "unit": unit["id"],
            "content_hash": unit["content_hash"],
            "anchors": [[item["id"], item["text"]] for item in segments],
            "data": {},
        }
        self.ask("/api/events", {"events": [event]})
        return str(unit["id"])

    def stop(self, how: signal.Signals) -> tuple[str, str]:
        self.process.send_signal(how)
        return self.process.communicate(timeout=30)


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    started: list[Server] = []
    yield started
    for server in started:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)


@pytest.mark.loopback
def test_ctrl_c_ends_the_review_cleanly(bridge: Path, servers: list[Server]) -> None:
    server = Server(bridge, "--reviewer", "anna")
    servers.append(server)
    assert server.ask("/api/meta")["reviewer"] == "anna"
    server.accept(0)
    _, err = server.stop(signal.SIGINT)
    assert server.process.returncode == 0
    assert "Traceback" not in err
    assert f"paracorp build {bridge}" in err


@pytest.mark.loopback
def test_a_decision_survives_the_death_of_the_server(bridge: Path, servers: list[Server]) -> None:
    servers.append(Server(bridge))
    accepted = servers[0].accept(2)
    servers[0].stop(signal.SIGKILL)
    servers.append(Server(bridge))
    rows = {row[0]: row[4] for row in servers[1].ask("/api/index")["rows"]}
    assert rows[accepted] == "accepted"


@pytest.mark.loopback
def test_two_servers_on_one_corpus_see_each_other(bridge: Path, servers: list[Server]) -> None:
    servers += [Server(bridge, "--reviewer", "anna"), Server(bridge, "--reviewer", "bo")]
    meta = servers[1].ask("/api/meta")
    accepted = servers[0].accept(1)
    news = servers[1].ask(f"/api/changes?since={meta['cursor']}&build={meta['build']}")
    assert [row[0] for row in news["rows"]["links"]] == [accepted]
    assert news["by"] == ["anna"]


@pytest.mark.loopback
def test_a_build_runs_beside_a_review(bridge: Path, servers: list[Server]) -> None:
    servers.append(Server(bridge))
    servers[0].accept(0)
    assert build(bridge) == 0
    servers[0].accept(1)


@pytest.mark.loopback
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers at all of 127.0.0.0/8")
def test_it_listens_on_this_machine_only(bridge: Path, servers: list[Server]) -> None:
    servers.append(Server(bridge))
    with socket.socket() as free:
        free.bind(("127.0.0.2", servers[0].port))  # taken, if it listened on all addresses


@pytest.mark.loopback
def test_a_port_that_is_taken_is_said(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["review", str(bridge), "--no-browser", "--port", str(port)]) == 2
    assert f"cannot listen on 127.0.0.1 port {port}" in capsys.readouterr().err


@pytest.mark.loopback
def test_a_corpus_that_is_not_built_is_built_first(tmp_path: Path, servers: list[Server]) -> None:
    servers.append(Server(write_corpus(tmp_path / "fresh")))
    assert len(servers[0].ask("/api/index")["rows"]) == 5


def test_a_folder_that_is_no_corpus_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(tmp_path), "--no-browser"]) == 3
    assert "not a corpus" in capsys.readouterr().err


def test_the_page_in_one_file_holds_the_data_and_asks_nobody(
    bridge: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert main(["review", str(bridge), "--html", str(page)]) == 0
    assert capsys.readouterr().out == f"{page}\n"
    text = page.read_text(encoding="utf-8")
    match = re.search(r'<script type="application/json" id="paracorp-data">(.*?)</script>', text, re.DOTALL)
    assert match
    data = json.loads(match[1])
    assert set(data) == {"meta", "index", "units", "article_pairs"}
    assert len(data["units"]) == 17
    assert "default-src 'none'" in html.unescape(text)
    assert not re.search(r"""(?:src|href)=["'](?!#|data:)""", text)


def test_the_page_in_one_file_has_the_same_bytes_each_time(bridge: Path, tmp_path: Path) -> None:
    pages = [tmp_path / "one.html", tmp_path / "two.html"]
    for page in pages:
        assert main(["review", str(bridge), "--html", str(page)]) == 0
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_text_cannot_end_the_script_that_holds_it(bridge: Path, tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script><!--\u202e\u2028"
    decide(bridge, event(bridge, "edit", [ZH_COST, HE_COST], source=hostile))
    page = tmp_path / "page.html"
    assert main(["review", str(bridge), "--html", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "alert(1)</script>" not in text
    assert "\u202e" not in text
    match = re.search(r'id="paracorp-data">(.*?)</script>', text, re.DOTALL)
    assert match
    assert any(
        unit["source"]["text"].startswith("</script>") for unit in json.loads(match[1])["units"].values()
    )


# What was decided, counted and compared


def test_status_counts_what_was_decided(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(
        bridge,
        event(bridge, "accept", [ZH_COST, HE_COST]),
        event(bridge, "reject", [ZH_MAYOR, HE_MAYOR]),
        event(bridge, "needs_work", [ZH_TITLE, HE_TITLE]),
        event(bridge, "edit", [HE_DRIVERS], target="Drivers like it."),
    )
    main(["status", str(bridge), "--json"])
    found = json.loads(capsys.readouterr().out)["decisions"]
    assert found["links"] == {
        "accepted": 1,
        "edited": 0,
        "rejected": 1,
        "needs_work": 1,
        "conflicts": 0,
        "stale": 0,
        "undecided": 2,
    }
    assert found["english"]["edited"] == 1
    main(["status", str(bridge)])
    out = capsys.readouterr().out
    assert re.search(r"^pairs judged +accepted 1, rejected 1, needs work 1, undecided 2$", out, re.MULTILINE)
    assert "out of date" in out


def test_reviewers_are_compared_where_both_judged(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [(ZH_COST, HE_COST), (ZH_MAYOR, HE_MAYOR), (ZH_WORKERS, HE_WORKERS), (ZH_TITLE, HE_TITLE)]
    for (source, target), anna, bo in zip(
        pairs, ("accept", "accept", "reject", "accept"), ("accept", "reject", "reject", None), strict=True
    ):
        decide(bridge, event(bridge, anna, [source, target], reviewer="anna"))
        if bo:
            decide(bridge, event(bridge, bo, [source, target], reviewer="bo"))
    assert main(["evaluate", "reviewers", str(bridge)]) == 0
    out = capsys.readouterr().out
    assert "anna and bo: 3 pairs, agreement 0.6667, kappa 0.4000" in out
    assert "anna \\ bo  accept  reject" in out
    assert "kappa:cohen-unweighted" in out
    assert main(["evaluate", "reviewers", str(bridge), "--json"]) == 0
    (item,) = json.loads(capsys.readouterr().out)["reviewers"]
    assert (item["n"], item["labels"], item["table"]) == (3, ["accept", "reject"], [[1, 1], [0, 1]])


def test_an_undefined_kappa_is_said(bridge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for reviewer in ("anna", "bo"):
        decide(bridge, event(bridge, "accept", [ZH_COST, HE_COST], reviewer=reviewer))
    assert main(["evaluate", "reviewers", str(bridge)]) == 0
    assert "kappa undefined: both said accept to all of them" in capsys.readouterr().out


def test_without_two_reviewers_there_is_nothing_to_compare(
    bridge: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "reviewers", str(bridge)]) == 0
    assert "no two reviewers" in capsys.readouterr().err
