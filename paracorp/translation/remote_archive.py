"""What an archive on a server holds, without downloading it: its directory stands at its end."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from paracorp.errors import InputError
from paracorp.translation.archives import archived_licence
from paracorp.translation.fetching import fetched

_BUFFER_BYTES = 1 << 16
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/\d+")


def remote_size(link: str) -> int | None:
    """How large the file at an address is said to be; None where nothing is said."""
    try:
        with fetched(link, method="HEAD") as response:
            return response.length if response.status == 200 else None
    except InputError:
        return None  # that it cannot be had is told when it is asked for


def remote_licence(link: str, size: int) -> str:
    """The licences that the README of the package at an address names; empty where that cannot be told."""
    try:
        with zipfile.ZipFile(io.BufferedReader(_RangeReader(link, size), _BUFFER_BYTES)) as archive:
            return archived_licence(archive)
    except (InputError, OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return ""  # the download itself is checked, and says what is wrong


class _RangeReader(io.RawIOBase):
    """A file on a server, read by ranges; `InputError` where the server does not honour them."""

    def __init__(self, link: str, size: int) -> None:
        """Begin at the start; nothing is asked for yet."""
        self._link, self._size, self._at = link, size, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The place of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place, counted from the start, here or the end."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer from here on; how many bytes that were, 0 at the end."""
        last = min(self._at + len(buffer), self._size) - 1
        if last < self._at:
            return 0
        with fetched(self._link, headers={"Range": f"bytes={self._at}-{last}"}) as response:
            match = _CONTENT_RANGE.fullmatch(response.headers.get("Content-Range", ""))
            if response.status != 206 or match is None or int(match[1]) != self._at:
                raise InputError("the server gives no parts", path=self._link, fix="Download it whole.")
            data = response.read(last - self._at + 1)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
