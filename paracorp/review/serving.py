"""Listens for the review's page, on this machine only unless told otherwise."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from paracorp.errors import UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. `UsageError` where that address cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError, UnicodeError) as error:
        raise UsageError(
            f"cannot listen on {host} port {port} ({error})",
            fix="Leave --port out to take a free one, or name an address of this machine.",
        ) from None
    return listener


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address(host: str, port: int, token: str) -> str:
    """What to open in the browser."""
    name = socket.gethostname() if _is_any(host) else host
    return f"http://{_bracketed(name)}:{port}/?token={token}"


def host_check(host: str, port: int) -> Callable[[str], bool]:
    """Tells whether a Host header names this server: the name listened on, or this machine.

    Listening on all addresses, any numeric one is this machine's, for no name was looked up to get here.
    """
    names = {host, "localhost", "127.0.0.1", "::1"} if is_loopback(host) else {host}
    if _is_any(host):
        names |= {"localhost", socket.gethostname()}

    def known(header: str) -> bool:
        name, colon, given = header.rpartition(":")
        if not colon or not given.isdecimal():
            name, given = header, "80"
        bare = name.removeprefix("[").removesuffix("]")
        if given != str(port):
            return False
        return bare in {item.lower() for item in names} or (_is_any(host) and _is_numeric(bare))

    return known


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until Ctrl-C, which comes out as `KeyboardInterrupt` after the answers under way are given."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    uvicorn.Server(config).run(sockets=[listener])


def _is_any(host: str) -> bool:
    return _is_numeric(host) and ipaddress.ip_address(host).is_unspecified


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
