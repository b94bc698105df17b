"""The review server: thin handlers over an `Office`, behind a guard.

Nothing is answered without the token of the opened address (kept in a cookie of its own from then on),
to a foreign Host (DNS rebinding) or, where something is written, from a foreign Origin.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from paracorp.errors import CannotWriteError, CorpusInUseError, ParacorpError, UsageError
from paracorp.review.incoming import TextsChangedError
from paracorp.review.office import Office
from paracorp.review.page import asset, served_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY_BYTES = 8 * 1024 * 1024
TOKEN_HEADER = "x-paracorp-token"  # noqa: S105 -- its name
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def application(office: Office, *, token: str, known_host: Callable[[str], bool]) -> Starlette:
    """The server of one corpus. `known_host` tells whether a Host header names this server.

    It answers only who has the token: as `?token=` of the opened address, then in a cookie, or in the
    header `X-Paracorp-Token`.
    """
    app = Starlette(
        routes=[
            Route("/", _page),
            Route("/static/{name}", _static),
            Route("/api/meta", _answer(lambda office, _: office.meta())),
            Route("/api/index", _answer(lambda office, ask: office.index(ask.get("kind", "links")))),
            Route("/api/units", _units),
            Route(
                "/api/search",
                _answer(lambda office, ask: office.search(ask.get("q", ""), ask.get("kind", "links"))),
            ),
            Route(
                "/api/pair",
                _answer(lambda office, ask: office.pair(ask.get("source", ""), ask.get("target", ""))),
            ),
            Route(
                "/api/changes",
                _answer(lambda office, ask: office.changes(_number(ask.get("since")), ask.get("build", ""))),
            ),
            Route("/api/events", _decide, methods=["POST"]),
        ],
        exception_handlers={ParacorpError: _failed, 404: _not_found, 405: _not_found},
    )
    app.state.office = office
    app.add_middleware(Guard, token=token, known_host=known_host)
    return app


class Guard:
    """Lets through only requests of the page that was opened, and puts the safe headers on every answer."""

    def __init__(self, app: ASGIApp, *, token: str, known_host: Callable[[str], bool]) -> None:
        """See `application`."""
        self._app = app
        self._token = token
        self._known_host = known_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        refused = self._refusal(Request(scope))
        await (refused or self._app)(scope, receive, safe)

    def _refusal(self, request: Request) -> Response | None:
        host = request.headers.get("host", "").lower()
        if not self._known_host(host):
            return _error(403, f"no review at {host or 'no host'}", "Open the address it printed.")
        origin = request.headers.get("origin")
        if origin is not None and origin.lower() != f"http://{host}":
            return _error(403, f"a page of {origin} may not ask here", "Open the address it printed.")
        if request.method not in ("GET", "HEAD") and origin is None and not self._by_header(request):
            return _error(403, "a decision without an Origin", "Decide on the page of the review.")
        cookie = _cookie(host)
        if request.url.path == "/" and self._same(request.query_params.get("token")):
            answer = RedirectResponse("/", status_code=303)
            answer.set_cookie(cookie, self._token, httponly=True, samesite="strict", path="/")
            return answer
        if not (self._by_header(request) or self._same(request.cookies.get(cookie))):
            return _error(403, "the token is missing or wrong", "Open the whole address that was printed.")
        return None

    def _by_header(self, request: Request) -> bool:
        return self._same(request.headers.get(TOKEN_HEADER))

    def _same(self, given: str | None) -> bool:
        """Compared in constant time, so that how long it takes tells nothing."""
        return given is not None and hmac.compare_digest(given.encode(), self._token.encode())


def _cookie(host: str) -> str:
    """Cookies do not know ports, so that two reviews on one machine need two names."""
    return f"paracorp-{host.rpartition(':')[2]}" if ":" in host else "paracorp"


def _answer(ask: Callable[[Office, Any], dict[str, Any]]) -> Callable[[Request], Response]:
    def handler(request: Request) -> Response:
        return _json(ask(request.app.state.office, request.query_params))

    return handler


def _page(request: Request) -> Response:
    office: Office = request.app.state.office
    title = office.corpus.settings.title or office.corpus.name
    return Response(served_page(title), media_type="text/html; charset=utf-8")


def _static(request: Request) -> Response:
    found = asset(request.path_params["name"])
    if found is None:
        return _error(404, "no such file", "Load the page again.")
    return Response(found[0], media_type=found[1])


def _units(request: Request) -> Response:
    office: Office = request.app.state.office
    return _json(office.units(request.query_params.getlist("id")))


async def _decide(request: Request) -> Response:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return _error(
            415, f"content of type {kind or 'none'}, expected application/json", "Load the page again."
        )
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            return _error(413, f"more than {MOST_BODY_BYTES} bytes", "Send fewer decisions at once.")
    try:
        rows = json.loads(body)["events"]
        len(rows)
    except (ValueError, KeyError, TypeError, RecursionError):
        return _error(400, 'expected {"events": [...]}', "Load the page again.")
    if not isinstance(rows, list):
        return _error(400, 'expected {"events": [...]}', "Load the page again.")
    office: Office = request.app.state.office
    return _json(await run_in_threadpool(office.decide, rows))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 16 else -1


def _json(data: dict[str, Any], status: int = 200) -> Response:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Half a character of a damaged text is shown as a question mark, not as an error.
    return Response(
        body.encode("utf-8", "replace"), status_code=status, media_type="application/json; charset=utf-8"
    )


def _error(status: int, message: str, fix: str, **more: Any) -> Response:
    return _json({"error": {"message": message, "fix": fix}, **more}, status)


def _failed(_: Request, error: Exception) -> Response:
    if not isinstance(error, ParacorpError):
        raise error
    if isinstance(error, TextsChangedError):
        return _error(409, error.message, error.fix, units=list(error.unit_ids))
    status = {UsageError: 400, CannotWriteError: 507, CorpusInUseError: 503}.get(type(error), 500)
    return _error(status, error.message, error.fix)


def _not_found(_: Request, __: Exception) -> Response:
    return _error(404, "there is nothing here", "Load the page again.")
