"""Connections that give up on a server which sends next to nothing and never ends."""

from __future__ import annotations

import functools
import io
import socket
import time
import urllib.request
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from typing import Any

# Far below any line that a package could be downloaded over: 100 MB would take a day.
_LEAST_BYTES_PER_S = 1_000
_STALL_S = 60.0


class _Paced(io.RawIOBase):
    """The bytes of a connection; `TimeoutError` where they come too slowly over `_STALL_S` of waiting."""

    def __init__(self, raw: io.RawIOBase) -> None:
        """Begin to count. What is waited for elsewhere, such as a slow disk, does not."""
        self._raw = raw
        self._waited_s = 0.0
        self._came = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Fill a buffer with what is there; waits for the first byte."""
        began = time.monotonic()
        count = self._raw.readinto(buffer)
        self._waited_s += time.monotonic() - began
        self._came += count or 0
        if self._waited_s >= _STALL_S:
            if self._came < _LEAST_BYTES_PER_S * self._waited_s:
                raise TimeoutError(f"only {self._came:,} bytes came in {self._waited_s:.0f} s")
            self._waited_s, self._came = 0.0, 0
        return count

    def close(self) -> None:
        """Close the connection's side, too."""
        self._raw.close()
        super().close()


class _PacedResponse(HTTPResponse):
    """A response whose headers and body must both come at a pace."""

    def __init__(self, sock: socket.socket, *args: Any, **more: Any) -> None:
        """Read the connection through `_Paced`."""
        super().__init__(sock, *args, **more)
        self.fp.close()
        self.fp = io.BufferedReader(_Paced(sock.makefile("rb", buffering=0)))


def _connection(kind: Callable[..., HTTPConnection], *args: Any, **more: Any) -> HTTPConnection:
    made = kind(*args, **more)
    made.response_class = _PacedResponse
    return made


class PacedHTTP(urllib.request.HTTPHandler):
    """Opens http addresses."""

    def do_open(self, http_class: Any, req: urllib.request.Request, **more: Any) -> Any:
        """As urllib does, with a connection that minds the pace."""
        return super().do_open(functools.partial(_connection, http_class), req, **more)


class PacedHTTPS(urllib.request.HTTPSHandler):
    """Opens https addresses."""

    def do_open(self, http_class: Any, req: urllib.request.Request, **more: Any) -> Any:
        """As urllib does, with a connection that minds the pace."""
        return super().do_open(functools.partial(_connection, http_class), req, **more)
