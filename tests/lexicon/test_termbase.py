from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paracorp.errors import InputError
from paracorp.lexicon.scanning import STATUSES
from paracorp.lexicon.termbase import Termbase, merge, read_termbase, scan_termbase, write_termbase
from paracorp.records import Term

HEADER = "id,kind,en,zh,he,status,note\n"


def written(tmp_path: Path, body: str, *, prefix: bytes = b"") -> Path:
    path = tmp_path / "glossary.csv"
    path.write_bytes(prefix + (HEADER + body).encode())
    return path


def test_variants_stand_in_order_and_a_missing_status_is_preferred(tmp_path: Path) -> None:
    path = written(tmp_path, "musk,person,Elon Musk|Musk,马斯克,אילון מאסק|מאסק,,a note\n")
    term = read_termbase(path).get("musk")
    assert term is not None
    assert term.variants["en"] == ("Elon Musk", "Musk")
    assert (term.status, term.note) == ("preferred", "a note")


def test_a_byte_order_mark_is_tolerated(tmp_path: Path) -> None:
    path = written(tmp_path, "x,company,X,,,,\n", prefix=b"\xef\xbb\xbf")
    assert [term.id for term in read_termbase(path)] == ["x"]


def test_every_bad_row_is_named_with_its_line(tmp_path: Path) -> None:
    body = (
        "good,company,Good,好,טוב,,\n"
        "good,company,Better,,,,\n"
        "two words,company,Two,,,,\n"
        "nokind,,Name,,,,\n"
        "novariant,company,,,,,\n"
        "odd,company,Odd,,,approved,\n"
        "gap,company,One||Two,,,,\n"
        "thief,company,Good,,,,\n"
        "short,company,Short\n"
    )
    termbase, errors = scan_termbase(written(tmp_path, body))
    assert [term.id for term in termbase] == ["good"]
    assert [error.line for error in errors] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert "stands already in line 2" in errors[0].reason
    assert "is preferred variant of good in line 2" in errors[6].reason


def test_reading_names_all_bad_rows_in_one_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"2 bad rows: line 2: .*; line 3: ") as caught:
        read_termbase(written(tmp_path, "a b,person,A,,,,\nc,person,C,,,wrong,\n"))
    assert caught.value.line == 2


def test_an_id_may_come_again_with_forbidden_variants(tmp_path: Path) -> None:
    path = written(tmp_path, "oracle,company,Oracle,甲骨文,,,\noracle,company,Jiaguwen,,,forbidden,\n")
    termbase = read_termbase(path)
    assert termbase.approved("oracle", "en") == ("Oracle",)
    assert [term.status for term in termbase] == ["preferred", "forbidden"]


@pytest.mark.parametrize("header", ["id,kind,english\n", "kind,en\n", "id,kind\n", "", "id,kind,en,en\n"])
def test_a_header_without_the_columns_is_an_error_in_line_1(tmp_path: Path, header: str) -> None:
    path = tmp_path / "glossary.csv"
    path.write_text(header, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_termbase(path)
    assert caught.value.line == 1


def test_bytes_that_are_not_utf8_are_an_error_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "glossary.csv"
    path.write_bytes(HEADER.encode() + "x,company,X,微软,,,\n".encode("gb18030"))
    with pytest.raises(InputError) as caught:
        read_termbase(path)
    assert caught.value.line == 2


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_termbase(tmp_path / "none.csv")


def test_merging_keeps_the_first_entry_of_an_id() -> None:
    first = Termbase((Term("a", "person", {"en": ("One",)}),))
    second = Termbase((Term("a", "person", {"en": ("Two",)}), Term("b", "person", {"en": ("Three",)})))
    assert [term.variants["en"] for term in merge([first, second])] == [("One",), ("Three",)]


_NAME = st.text(st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="|"), min_size=1)
_CELL = st.lists(_NAME.map(str.strip).filter(bool), max_size=3, unique=True).map(tuple)


@given(
    st.lists(
        st.tuples(st.from_regex(r"[a-z]{1,5}", fullmatch=True), _CELL, _CELL, st.sampled_from(STATUSES)),
        unique_by=lambda row: row[0],
        max_size=5,
    )
)
def test_nothing_is_lost_in_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, tuple[str, ...], tuple[str, ...], str]]
) -> None:
    taken: set[str] = set()
    terms = []
    for term_id, en, zh, status in rows:
        variants = {
            lang: tuple(n for n in names if n not in taken) for lang, names in (("en", en), ("zh", zh))
        }
        taken |= {*en, *zh}
        kept = {lang: names for lang, names in variants.items() if names}
        if kept:
            terms.append(Term(term_id, "person", kept, status))
    path = tmp_path_factory.mktemp("termbase") / "glossary.csv"
    write_termbase(Termbase(tuple(terms)), path)
    assert read_termbase(path) == Termbase(tuple(terms))
