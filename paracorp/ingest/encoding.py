"""The bytes of a file to text: byte order marks, strict decoding, then the evidence of the characters."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from paracorp.errors import InputError
from paracorp.ingest.frequent import FREQUENT

# How files of a kind that is no text begin.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip file (Word and EPUB files are such)"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"Rar!\x1a\x07", "a RAR file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"SQLite format 3\x00", "a database"),
)
_MAGIC_LATER: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "a video"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAV recording"),
)

# Byte order mark, Python codec of what follows it, name reported. The mark of UTF-16 begins that of UTF-32.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)

# Name reported, Python codec. Big5 as Windows has it, then with the Hong Kong characters.
_LEGACY: tuple[tuple[str, str], ...] = (
    ("gb18030", "gb18030"),
    ("big5", "cp950"),
    ("big5", "big5hkscs"),
    ("windows-1255", "cp1255"),
)
_WIDE: tuple[tuple[str, str], ...] = (("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"))

# Measured on texts of 200 characters in every encoding (tests/ingest/test_encoding.py): read right, at least
# 0.55 of the characters beyond ASCII are frequent ones; read as another encoding, at most 0.12.
_ENOUGH = 0.3
# Enough to score by, and quick on a long file.
_SAMPLE_CHARS = 20_000

_FIX_BINARY = "Save the article as plain text, Markdown or HTML, or take the file out of the folder."
_FIX_TEXT = "Save the file as UTF-8 and try again."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, its byte order mark removed, and the name of its encoding."""

    text: str
    encoding: str


def decode(data: bytes, path: Path) -> Decoded:
    """The text of a file's bytes; `InputError` for a binary file and for bytes of no known encoding."""
    _refuse_magic(data, path)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(_after_mark(data, mark, codec, name, path), name)
    if 0 not in data:
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as error:
            return _best(data, (*_LEGACY, *_WIDE)) or _fail(data, error, path)
    found = _best(data, _WIDE)
    if found is None:
        raise InputError(
            "holds NUL bytes: a binary file, not text",
            path=path,
            line=_line(data, data.index(0)),
            fix=_FIX_BINARY,
        )
    return found


def _refuse_magic(data: bytes, path: Path) -> None:
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    kind = kind or next(
        (kind for place, magic, kind in _MAGIC_LATER if 0 in data[:12] and data[place:].startswith(magic)),
        None,
    )
    if kind:
        raise InputError(f"{kind}, not a text", path=path, fix=_FIX_BINARY)


def _after_mark(data: bytes, mark: bytes, codec: str, name: str, path: Path) -> str:
    try:
        return data[len(mark) :].decode(codec)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        raise InputError(
            f"its byte order mark says {name}, but byte 0x{data[offset]:02x} at offset {offset} does not fit",
            path=path,
            line=_line(data, offset),
            fix=_FIX_TEXT,
        ) from None


def _best(data: bytes, candidates: tuple[tuple[str, str], ...]) -> Decoded | None:
    """The candidate under which the text has most frequent characters; None where none has enough."""
    scored = []
    for place, (name, codec) in enumerate(candidates):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        scored.append((evidence(text), -place, Decoded(text, name)))
    best = max(scored, default=None, key=lambda item: item[:2])
    return best[2] if best and best[0] >= _ENOUGH else None


def evidence(text: str) -> float:
    """The share of frequent characters among those beyond ASCII, in [0, 1]; 0 for a control character.

    A text in ASCII only scores 1 if it is mostly letters and spaces: so UTF-16 is told from chance.
    """
    sample = text[:_SAMPLE_CHARS]
    if re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]", sample):
        return 0.0
    beyond = [char for char in sample if char > "\x7f" and not char.isspace()]
    if not beyond:
        plain = sum(char.isalnum() or char.isspace() for char in sample)
        return 1.0 if sample and plain > 0.7 * len(sample) else 0.0
    return sum(char in FREQUENT for char in beyond) / len(beyond)


def _fail(data: bytes, error: UnicodeDecodeError, path: Path) -> Decoded:
    raise InputError(
        f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8, and the file does not read as "
        "GB18030, Big5, windows-1255 or UTF-16 either",
        path=path,
        line=_line(data, error.start),
        fix=_FIX_TEXT,
    )


def _line(data: bytes, offset: int) -> int:
    """The line, from 1, that a byte stands in."""
    return 1 + data[:offset].count(b"\n")
