"""One HTTP request at a time, with nothing trusted: addresses, redirects, lengths.

Proxies of the environment are honoured (`HTTPS_PROXY`, `NO_PROXY` and so on), as urllib does.
"""

from __future__ import annotations

import contextlib
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any

from paracorp.errors import InputError
from paracorp.translation.pace import PacedHTTP, PacedHTTPS

_TIMEOUT_S = 60.0
_HTTP = ("http://", "https://")
_BY_FILE = "Check the connection, or bring the .argosmodel file and run: paracorp models import FILE"


class CutError(InputError):
    """A transfer that may go well when tried again: no answer, a lost connection, a busy server."""


def is_http(address: str) -> bool:
    """Whether an address can be asked for here."""
    return address.startswith(_HTTP)


class Response:
    """The answer to a request: its status, its headers, and a body to be read piece by piece."""

    def __init__(self, address: str, response: Any) -> None:
        """Wrap what urllib gives."""
        self.status: int = response.status
        self.headers: Mapping[str, str] = response.headers
        self._address = address
        self._response = response

    @property
    def length(self) -> int | None:
        """How many bytes the body is said to have; None where it is not said."""
        stated = self.headers.get("Content-Length", "")
        return int(stated) if stated.isdecimal() else None

    def read(self, size: int) -> bytes:
        """What has come of the body, at most `size` bytes, none at its end; waits for the first of them.

        Raises `CutError` where the connection is lost.
        """
        try:
            data: bytes = self._response.read1(size)
        except (OSError, HTTPException) as error:
            raise _failed(CutError, self._address, str(error) or type(error).__name__) from error
        return data


@contextlib.contextmanager
def fetched(
    address: str, *, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Iterator[Response]:
    """The response to a request; `InputError` where there is none, `CutError` where it may come yet.

    A redirect is followed to http and https only, and never from https to http.
    """
    if not is_http(address):
        raise InputError(
            "not an http address", path=address, fix="Set ARGOS_PACKAGE_INDEX to an http or https address."
        )
    stated = {"User-Agent": "paracorp", **(headers or {})}
    request = urllib.request.Request(address, headers=stated, method=method)  # noqa: S310 - checked above
    with _opened(request) as response:
        yield Response(address, response)


def _opened(request: urllib.request.Request) -> Any:
    address = request.full_url
    try:
        return _opener().open(request, timeout=_TIMEOUT_S)
    except urllib.error.HTTPError as error:
        error.close()
        kind = CutError if error.code >= 500 or error.code == 429 else InputError
        raise _failed(kind, address, f"{error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        raise _failed(CutError, address, error.reason) from error
    except (HTTPException, OSError) as error:
        raise _failed(CutError, address, str(error) or type(error).__name__) from error
    except ValueError as error:  # an address that http.client cannot send
        raise _failed(InputError, address, error) from error


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_SafeRedirects, PacedHTTP, PacedHTTPS)


def _failed(kind: type[InputError], address: str, reason: object) -> InputError:
    return kind(f"cannot be downloaded ({reason})", path=address, fix=_BY_FILE)


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects that keep to http(s) and lose no encryption."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - the base class names them
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The request to send instead; the method stays, which older Pythons forget for HEAD."""
        if not is_http(newurl) or (req.full_url.startswith("https:") and newurl.startswith("http:")):
            reason = f"it leads to {newurl}, which is not as safe"
            raise urllib.error.HTTPError(newurl, code, reason, headers, fp)
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None and req.get_method() == "HEAD":
            following.method = "HEAD"
        return following
