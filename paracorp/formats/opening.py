"""Files opened whatever they are packed in or encoded as, and packed so that the same bytes come out."""

from __future__ import annotations

import codecs
import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from paracorp.errors import InputError

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Byte order marks with the Python codec that takes them off; the mark of UTF-16 begins that of UTF-32.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES = 1 << 18
_CHUNK_BYTES = 1 << 20
# Longer than any line of text; a file without line ends must not fill the memory.
MAX_LINE_CHARS = 16 << 20
# Of the characters beyond ASCII: in tests/formats/test_opening.py texts of the encoding have 0.45 (in
# traditional characters) and more, others read as it 0.22 (Big5) and less.
_SHARE = 0.4
# Rows that are equal but for their numbers pack to about 1:80; deflate can reach 1:1030.
_BOMB_RATIO = 300
_BOMB_FLOOR_BYTES = 64 << 20
_HEBREW_RUNS = re.compile(b"[\xe0-\xfa]{2,}")
_SIGNS = re.compile("[\u05d0-\u05ea\u2000-\u206f\u3000-\u303f\uff00-\uffef]")
_FIX = "Save the file as UTF-8 and try again."


def is_packed(path: Path) -> bool:
    """Whether a file is gzip, by its content."""
    with path.open("rb") as raw:
        return raw.read(2) == b"\x1f\x8b"


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked where it is gzip by content; `InputError` for what cannot be read."""
    try:
        packed = is_packed(path)
        with path.open("rb") as raw:
            yield cast("BinaryIO", io.BufferedReader(_Unpacked(raw, path), _CHUNK_BYTES)) if packed else raw
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            f"damaged gzip file ({error})", path=path, fix="Copy or download it again."
        ) from None
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror or error})",
            path=path,
            fix="Check that the file is there and that you may read it.",
        ) from None


class _Unpacked(io.RawIOBase):
    """A gzip file that is given up once it has grown beyond what text can be packed to."""

    def __init__(self, raw: BinaryIO, path: Path) -> None:
        self._file = gzip.GzipFile(fileobj=raw)
        self._path = path
        self._left = max(_BOMB_FLOOR_BYTES, _BOMB_RATIO * path.stat().st_size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        block = self._file.read(len(view))
        view[: len(block)] = block
        self._left -= len(block)
        if self._left < 0:
            raise InputError(
                f"unpacks to more than {_BOMB_RATIO} times its size",
                path=self._path,
                fix="No texts pack so well; delete this file.",
            )
        return len(block)


@contextlib.contextmanager
def opened_text(path: Path) -> Iterator[IO[str]]:
    """The text of a file, its encoding told by `encoding_of`, line ends as they stand in it."""
    encoding = encoding_of(path)
    with opened(path) as file, io.TextIOWrapper(file, encoding, newline="") as text:
        yield text


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Line numbers from 1 and lines without their ends; only LF and CRLF end a line.

    Raises `InputError` with the line for one that is too long to be text.
    """
    encoding = encoding_of(path)
    with opened(path) as file, io.TextIOWrapper(file, encoding, newline="\n") as text:
        number = 0
        while line := text.readline(MAX_LINE_CHARS):
            number += 1
            if len(line) == MAX_LINE_CHARS:
                raise InputError(
                    f"a line of more than {MAX_LINE_CHARS:,} characters",
                    path=path,
                    line=number,
                    fix="Give a text file, one row a line.",
                )
            yield number, line.removesuffix("\n").removesuffix("\r")


def encoding_of(path: Path) -> str:
    """The encoding of a text file as a Python codec.

    By its byte order mark, else UTF-8, and where it is not that, GB18030 or windows-1255. The whole file is
    decoded once, in flat memory, so that reading it later cannot fail half-way. Raises `InputError` with the
    line where it fits none.
    """
    with opened(path) as file:
        sample = file.read(_SAMPLE_BYTES)
    mark = next((codec for mark, codec in _MARKS if sample.startswith(mark)), None)
    failure = _misfit(path, mark or "utf-8")
    if failure is None:
        return mark or "utf-8"
    if mark is None:
        for codec in ("cp1255", "gb18030"):
            if _looks_like(sample, codec) and _misfit(path, codec) is None:
                return codec
    line, reason = failure
    tried = f"its byte order mark says {mark}, but" if mark else "not UTF-8, GB18030 or windows-1255:"
    raise InputError(f"{tried} {reason}", path=path, line=line, fix=_FIX)


def _misfit(path: Path, codec: str) -> tuple[int, str] | None:
    """The line and the reason why a file is not of this encoding; None where it is."""
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    with opened(path) as file:
        while chunk := file.read(_CHUNK_BYTES):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                return _failure(error, line)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            return _failure(error, line)
    return None


def _failure(error: UnicodeDecodeError, line: int) -> tuple[int, str]:
    body = bytes(error.object)
    line += body[: error.start].count(b"\n")
    return line, f"byte 0x{body[error.start]:02x} does not fit ({error.reason})"


def _looks_like(sample: bytes, codec: str) -> bool:
    """Whether most of what is not ASCII reads as what the encoding is used for.

    Words of windows-1255 are runs of bytes from one column, where Western texts have single accented letters
    and GB18030 rare characters; frequent Chinese characters have lead bytes from B0 to D7.
    """
    if codec == "cp1255":
        beyond = sum(byte > 0x7F for byte in sample)
        return beyond > 0 and sum(map(len, _HEBREW_RUNS.findall(sample))) > _SHARE * beyond
    wide = [char for char in sample.decode(codec, "ignore") if char > "\x7f"]
    return bool(wide) and sum(map(_is_frequent, wide)) > _SHARE * len(wide)


def _is_frequent(char: str) -> bool:
    """A character of the first level of GB 2312, punctuation, a full-width sign or a Hebrew letter."""
    if _SIGNS.match(char):
        return True
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


@contextlib.contextmanager
def packed(file: BinaryIO, *, on: bool = True) -> Iterator[BinaryIO]:
    """A stream whose bytes go into `file` as gzip, without a name or a time: the same bytes every time.

    Where it is not `on`, the file itself.
    """
    if not on:
        yield file
        return
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as stream:
        yield cast("BinaryIO", stream)
