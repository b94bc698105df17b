"""Text files in any packing and encoding, and packing that gives the same bytes."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.formats import opening
from paracorp.formats.opening import encoding_of, lines_of, packed

BOTH = 'id\tzh\the\n1\t总统说，他会去的。\tהנשיא אמר: "ארה״ב".\n'
HEBREW = 'id\ten\the\n1\tSome words.\tהנשיא אמר: "כן" – ולא יותר.\n'
TRADITIONAL = "總統說，他會去的。這項計劃將投資五千億美元，並於今年開始動工。\n"


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (BOTH, "utf-8", "utf-8"),
        (BOTH, "utf-8-sig", "utf-8-sig"),
        (BOTH, "utf-16", "utf-16"),
        (BOTH, "utf-32", "utf-32"),
        (BOTH, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (HEBREW, "cp1255", "cp1255"),
        ("plain\n", "ascii", "utf-8"),
    ],
)
@pytest.mark.parametrize("pack", [False, True])
def test_a_text_reads_the_same_in_every_encoding_plain_and_packed(
    tmp_path: Path, text: str, encoding: str, told: str, pack: bool
) -> None:
    path = tmp_path / "x"
    body = text.encode(encoding)
    path.write_bytes(gzip.compress(body) if pack else body)
    assert encoding_of(path) == told
    assert list(lines_of(path)) == list(enumerate(text.removesuffix("\n").split("\n"), 1))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TRADITIONAL, "big5"),
        ("Le président a été élu à Paris, où il a créé une société européenne.\n", "latin-1"),
        ("Größe der Länder für Übungen mit Öl, schöne Häuser und Mädchen.\n", "cp1252"),
        ("Президент сказал, что он поедет в Москву, а потом вы её увидите.\n", "cp1251"),
        ("これは日本語の文章です。東京に行きました。\n", "shift_jis"),
    ],
)
def test_what_is_none_of_the_encodings_is_refused_with_its_line(
    tmp_path: Path, text: str, encoding: str
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"first line\n" + text.encode(encoding))
    with pytest.raises(InputError, match="not UTF-8") as caught:
        encoding_of(path)
    assert caught.value.line == 2


def test_a_byte_order_mark_that_lies_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\xff\xfea\x00\n\x00b")
    with pytest.raises(InputError, match="utf-16") as caught:
        encoding_of(path)
    assert caught.value.line == 2


def test_only_line_feeds_end_a_line(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes("a\u2028b\x85c\x0bd\re\r\nf".encode())
    assert list(lines_of(path)) == [(1, "a\u2028b\x85c\x0bd\re"), (2, "f")]


@pytest.mark.parametrize("body", [gzip.compress(b"some text" * 99)[:-9], b"\x1f\x8bnonsense"])
def test_a_damaged_gzip_file_is_named(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "x.gz"
    path.write_bytes(body)
    with pytest.raises(InputError, match="damaged gzip"):
        list(lines_of(path))


def test_a_gzip_bomb_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_BOMB_FLOOR_BYTES", 1 << 20)
    path = tmp_path / "x.gz"
    path.write_bytes(gzip.compress((b"0" * 9999 + b"\n") * 1000))
    with pytest.raises(InputError, match="300 times its size"):
        list(lines_of(path))


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(lines_of(tmp_path / "none"))


def test_packed_bytes_hold_neither_name_nor_time(tmp_path: Path) -> None:
    bodies = []
    for name in ("a", "b"):
        with (tmp_path / name).open("wb") as file, packed(file) as stream:
            stream.write(b"text")
        bodies.append((tmp_path / name).read_bytes())
    assert bodies[0] == bodies[1]
    assert gzip.GzipFile(fileobj=io.BytesIO(bodies[0])).read() == b"text"
    assert bodies[0][3:8] == b"\0\0\0\0\0"
