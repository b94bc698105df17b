"""A package index on this machine that can be slow, broken, and lie."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PEEK = re.compile(r"bytes=\d+-\d+")
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@dataclass
class Served:
    """A file of the server and how it is served.

    `cuts` are taken one a transfer: after so many bytes of the answer the connection is closed. `length` is
    announced instead of the true one; -1 for no announcement. `shift` is how far beside the range asked for
    the server says it begins. `delay_s` is waited before every kilobyte of a transfer.
    """

    body: bytes
    ranges: bool = True
    tagged: bool = True
    cuts: list[int] = field(default_factory=list)
    length: int | None = None
    redirect: str = ""
    status: int = 200
    ignore_if_range: bool = False
    shift: int = 0
    delay_s: float = 0.0

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:12]}"'


@dataclass(frozen=True)
class Request:
    """What was asked for."""

    method: str
    path: str
    range: str


class _Server(ThreadingHTTPServer):
    """What the handlers of its requests share."""

    files: dict[str, Served]
    asked: list[Request]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        pass

    def _answer(self, *, with_body: bool) -> None:
        asked = self.headers.get("Range", "")
        self.server.asked.append(Request(self.command, self.path, asked))
        file = self.server.files.get(self.path)
        if file is None or file.status != 200:
            self.send_error(404 if file is None else file.status)
        elif file.redirect:
            self.send_response(302)
            self.send_header("Location", file.redirect)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            body = self._start(file, asked)
            is_cut = bool(file.cuts) and with_body and not _PEEK.fullmatch(asked)
            self._send(file, body[: file.cuts.pop(0)] if is_cut else body if with_body else b"")

    def _start(self, file: Served, asked: str) -> bytes:
        """Send the headers; the body that belongs to them."""
        match = _RANGE.fullmatch(asked)
        is_fresh = self.headers.get("If-Range") in (None, file.tag) or file.ignore_if_range
        body = file.body
        if match and file.ranges and is_fresh:
            first, last = int(match[1]), int(match[2] or len(body) - 1)
            if first >= len(body):
                self.send_error(416)
                return b""
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first + file.shift}-{last}/{len(body)}")
            body = body[first : last + 1]
        else:
            self.send_response(200)
        if file.length != -1:
            self.send_header("Content-Length", str(len(body) if file.length is None else file.length))
        if file.tagged:
            self.send_header("ETag", file.tag)
        self.end_headers()
        return body

    def _send(self, file: Served, body: bytes) -> None:
        step = 1024 if file.delay_s else len(body) or 1
        with contextlib.suppress(OSError):  # the client may have gone
            for start in range(0, len(body), step):
                time.sleep(file.delay_s)
                self.wfile.write(body[start : start + step])


class IndexServer:
    """Serves files by path; a path without one gives 404. `asked` holds every request."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self.files = self._server.files = {}
        self.asked = self._server.asked = []
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def serve(self, path: str, body: bytes, **how: Any) -> Served:
        """Put a file there."""
        self.files[path] = Served(body, **how)
        return self.files[path]

    def offer(self, *rows: Any) -> None:
        """Put an index there."""
        self.serve("/index.json", json.dumps(rows).encode())

    def row(self, code: str, version: str, *links: str, **fields: Any) -> dict[str, Any]:
        """An entry for the index, of a package to English."""
        return {
            "package_version": version,
            "from_code": code,
            "to_code": "en",
            "type": "translate",
            "links": [self.address + link for link in links],
        } | fields

    def gets(self, path: str) -> list[str]:
        """The ranges of the GET requests for a path."""
        return [item.range for item in self.asked if (item.method, item.path) == ("GET", path)]

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
