"""Where the review listens, and which Host headers name it."""

from __future__ import annotations

import pytest

from paracorp.review.serving import address, host_check, is_loopback


@pytest.mark.parametrize(
    ("host", "header", "known"),
    [
        ("127.0.0.1", "127.0.0.1:8000", True),
        ("127.0.0.1", "localhost:8000", True),
        ("127.0.0.1", "[::1]:8000", True),
        ("::1", "[::1]:8000", True),
        ("127.0.0.1", "127.0.0.1:80", False),
        ("127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1", "192.168.1.5:8000", False),
        ("127.0.0.1", "evil.example:8000", False),
        ("127.0.0.1", "127.0.0.1:8000.evil.example", False),
        ("127.0.0.1", "evil.example:8000@127.0.0.1:8000", False),
        ("127.0.0.1", ":8000", False),
        ("127.0.0.1", "", False),
        ("192.168.1.5", "192.168.1.5:8000", True),
        ("192.168.1.5", "127.0.0.1:8000", False),
        ("0.0.0.0", "192.168.1.5:8000", True),
        ("0.0.0.0", "localhost:8000", True),
        ("0.0.0.0", "evil.example:8000", False),
        ("::", "[fe80::1]:8000", True),
        ("192.168.1.5", "192.168.1.5", False),
    ],
)
def test_a_host_header_names_this_server_or_not(host: str, header: str, known: bool) -> None:
    assert host_check(host, 8000)(header) is known


def test_a_browser_leaves_the_port_out_where_it_is_80() -> None:
    assert host_check("127.0.0.1", 80)("127.0.0.1")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
    ],
)
def test_only_this_machine_can_reach_a_loopback_address(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_the_address_of_an_ipv6_host_is_in_brackets() -> None:
    assert address("::1", 8000, "t") == "http://[::1]:8000/?token=t"
