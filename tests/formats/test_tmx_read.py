"""What `read_tmx` accepts, flattens, rejects unit by unit, and refuses whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from paracorp.errors import InputError
from paracorp.formats.tmx import TmxUnit, read_tmx

HEADER = '<header creationtool="t" srclang="zh-CN"/>'


def tuv(tag: str, text: str, attribute: str = "xml:lang") -> str:
    return f'<tuv {attribute}="{tag}"><seg>{text}</seg></tuv>'


def tmx(*units: str, head: str = "", version: str = "1.4") -> str:
    body = "\n".join(units)
    return f'{head}<tmx version="{version}">{HEADER}<body>\n{body}\n</body></tmx>'


PAIR = tuv("zh-CN", "你好") + tuv("en", "Hello")


def read(path: Path) -> tuple[list[TmxUnit], list[InputError]]:
    rejected: list[InputError] = []
    return list(read_tmx(path, on_reject=rejected.append)), rejected


def units_of(tmp_path: Path, body: str | bytes) -> list[TmxUnit]:
    path = tmp_path / "m.tmx"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    units, rejected = read(path)
    assert rejected == []
    return units


def refusal(tmp_path: Path, body: str | bytes) -> InputError:
    path = tmp_path / "m.tmx"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    with pytest.raises(InputError) as caught:
        list(read_tmx(path, on_reject=None))
    assert str(caught.value).startswith(str(path))
    assert caught.value.fix
    return caught.value


def test_a_unit_carries_its_id_texts_date_props_and_line(tmp_path: Path) -> None:
    unit = f'<tu tuid="u1" changedate="20250208T101112Z"><note>n</note><prop type="x-a">1</prop>{PAIR}</tu>'
    assert units_of(tmp_path, tmx(unit)) == [
        TmxUnit(
            tuid="u1",
            variants={"zh": "你好", "en": "Hello"},
            srclang="zh",
            changed="20250208T101112Z",
            props={"x-a": "1"},
            line=2,
            notes=("n",),
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    name = encoding.removesuffix("-sig").upper()
    head = f'<?xml version="1.0" encoding="{name}"?>\n'
    [unit] = units_of(tmp_path, tmx(f"<tu>{PAIR}</tu>", head=head).encode(encoding))
    assert unit.variants == {"zh": "你好", "en": "Hello"}


def test_gzip_is_recognised_by_content(tmp_path: Path) -> None:
    [unit] = units_of(tmp_path, gzip.compress(tmx(f"<tu>{PAIR}</tu>").encode()))
    assert unit.variants["en"] == "Hello"


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4", "1.4b"])
def test_versions_are_read_with_the_old_lang_attribute(tmp_path: Path, version: str) -> None:
    pair = tuv("ZH-cn", "你好", "lang") + tuv("EN-US", "Hello", "lang")
    [unit] = units_of(tmp_path, tmx(f"<tu>{pair}</tu>", version=version))
    assert unit.variants == {"zh": "你好", "en": "Hello"}


def test_the_old_code_for_hebrew_is_read_as_hebrew(tmp_path: Path) -> None:
    [unit] = units_of(tmp_path, tmx(f'<tu srclang="iw">{tuv("iw-IL", "שלום")}{tuv("en", "Hello")}</tu>'))
    assert unit.variants == {"he": "שלום", "en": "Hello"}
    assert unit.srclang == "he"


def test_a_namespace_on_the_root_is_no_obstacle(tmp_path: Path) -> None:
    body = tmx(f"<tu>{PAIR}</tu>").replace("<tmx ", '<tmx xmlns="http://www.lisa.org/tmx14" ')
    assert len(units_of(tmp_path, body)) == 1


def test_languages_paracorp_does_not_know_keep_their_tag(tmp_path: Path) -> None:
    [unit] = units_of(tmp_path, tmx(f"<tu>{PAIR}{tuv('fr-FR', 'Bonjour')}</tu>"))
    assert unit.variants["fr-fr"] == "Bonjour"


def test_a_second_variant_of_a_language_keeps_its_full_tag(tmp_path: Path) -> None:
    [unit] = units_of(tmp_path, tmx(f"<tu>{PAIR}{tuv('zh-TW', '您好')}</tu>"))
    assert unit.variants == {"zh": "你好", "en": "Hello", "zh-tw": "您好"}


def test_srclang_of_all_languages_is_empty(tmp_path: Path) -> None:
    [unit] = units_of(tmp_path, tmx(f'<tu srclang="*all*">{PAIR}</tu>'))
    assert unit.srclang == ""


def test_native_codes_are_dropped_and_highlighted_text_is_kept(tmp_path: Path) -> None:
    seg = (
        'A <bpt i="1">&lt;b></bpt>bold<ept i="1">&lt;/b></ept> <hi type="x">high <hi>er</hi></hi>'
        '<ph>\\n<sub>lost</sub></ph><it pos="end">x</it><ut>y</ut><!-- no --> end '
    )
    [unit] = units_of(tmp_path, tmx(f"<tu>{tuv('en', seg)}{tuv('zh', 'a<ph/>b')}</tu>"))
    assert unit.variants == {"en": "A bold high er end", "zh": "ab"}
    assert unit.flattened == 9


def test_the_latest_date_counts_in_either_notation(tmp_path: Path) -> None:
    pair = PAIR.replace('xml:lang="en"', 'xml:lang="en" changedate="2025-03-01T00:00:00Z"')
    [unit] = units_of(tmp_path, tmx(f'<tu creationdate="20240101T000000Z">{pair}</tu>'))
    assert unit.changed == "20250301T000000Z"


def test_a_date_that_is_none_is_no_reason_to_reject(tmp_path: Path) -> None:
    [unit] = units_of(tmp_path, tmx(f'<tu changedate="yesterday">{PAIR}</tu>'))
    assert unit.changed is None


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        ("<tu/>", "no variant"),
        (f"<tu><tuv><seg>x</seg></tuv>{PAIR}</tu>", "without xml:lang"),
        (f'<tu>{PAIR}<tuv xml:lang="he"/></tu>', "the he variant has no text"),
        (f"<tu>{PAIR}{tuv('he', '  ')}</tu>", "the he variant has no text"),
        (f"<tu>{PAIR}{tuv('en', 'Hi')}</tu>", "two en variants"),
    ],
)
def test_a_malformed_unit_is_rejected_with_its_line_and_the_rest_is_read(
    tmp_path: Path, unit: str, reason: str
) -> None:
    path = tmp_path / "m.tmx"
    path.write_text(tmx(f"<tu>{PAIR}</tu>", unit, f"<tu>{PAIR}</tu>"), encoding="utf-8")
    units, [error] = read(path)
    assert [item.line for item in units] == [2, 4]
    assert str(error).startswith(f"{path}:3: ")
    assert reason in str(error)


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        (f"<tu>{tuv('en', 'a & b')}</tu>", "a bare &"),
        (f"<tu>{tuv('en', 'a < b')}</tu>", "cannot be read as XML"),
        (f"<tu>{tuv('en', 'a&#1;b')}</tu>", "cannot be read as XML"),
        (f"<tu>{tuv('en', 'a')}<tu></tu>", "cannot be read as XML"),
        (f"<tu><prop>{PAIR}</tu>", "cannot be read as XML"),
    ],
)
def test_an_ill_formed_unit_is_rejected_with_its_line_and_the_rest_is_read(
    tmp_path: Path, unit: str, reason: str
) -> None:
    path = tmp_path / "m.tmx"
    many = [f"<tu>{PAIR}</tu>"] * 100
    path.write_text(tmx(*many, unit, *many), encoding="utf-8")
    units, [error] = read(path)
    assert [item.line for item in units] == [*range(2, 102), *range(103, 203)]
    assert error.line == 102
    assert reason in str(error)


def test_bytes_that_are_no_utf_8_spoil_their_unit_only(tmp_path: Path) -> None:
    path = tmp_path / "m.tmx"
    body = tmx(f"<tu>{PAIR}</tu>", f"<tu>{tuv('en', 'ab')}</tu>", f"<tu>{PAIR}</tu>").encode()
    path.write_bytes(body.replace(b"ab", b"\xff\xfe"))
    units, [error] = read(path)
    assert ([item.line for item in units], error.line) == ([2, 4], 3)


def test_what_is_broken_outside_of_the_units_is_raised_after_them(tmp_path: Path) -> None:
    path = tmp_path / "m.tmx"
    path.write_text(tmx(f"<tu>{PAIR}</tu>").removesuffix("</tmx>"), encoding="utf-8")
    rejected: list[InputError] = []
    units = read_tmx(path, on_reject=rejected.append)
    assert next(units).line == 2
    with pytest.raises(InputError, match="cannot be read as XML"):
        next(units)
    assert rejected == []


def test_end_tags_in_comments_and_cdata_end_no_unit(tmp_path: Path) -> None:
    hidden = "<!-- </tu> <tu> --><![CDATA[</tu><b>]]><?pi </tu>?>"
    many = [f"<tu>{hidden if number % 7 == 0 else ''}{PAIR}</tu>" for number in range(2000)]
    many[3] = f"<tu>{tuv('en', '<![CDATA[</tu>&amp;]]> x')}</tu>"
    units = units_of(tmp_path, tmx(*many, "<!-- <tu></tu> -->"))
    assert [unit.line for unit in units] == [*range(2, 2002)]
    assert units[3].variants == {"en": "</tu>&amp; x"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "é", "好", "\U00020000", "\n", "\r\n", "<!-- </tu> -->", "&lt;"]),
            st.integers(1, 9000),
        ),
        max_size=12,
    ),
    st.sampled_from(["utf-8", "utf-16", "utf-16-be", "gb18030"]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_units_of_any_length_are_those_a_parser_sees(
    tmp_path: Path, texts: list[tuple[str, int]], encoding: str
) -> None:
    units = [f"<tu>\n<tuv xml:lang='en'><seg>x{text * count}</seg></tuv></tu>" for text, count in texts]
    name = "UTF-16" if encoding == "utf-16-be" else encoding
    body = tmx(*units, head=f'<?xml version="1.0" encoding="{name}"?>').encode(encoding)
    if encoding == "utf-16-be":
        body = b"\xfe\xff" + body
    (tmp_path / "m.tmx").write_bytes(body)
    found = list(read_tmx(tmp_path / "m.tmx", on_reject=None))
    parser = etree.XMLParser(remove_comments=True, huge_tree=True)
    root = etree.fromstring(body, parser)
    assert [item.variants["en"] for item in found] == [str(seg.text).strip() for seg in root.iter("seg")]
    expected = [2 + sum(unit.count("\n") + 1 for unit in units[:number]) for number in range(len(units))]
    assert [item.line for item in found] == expected


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "m.tmx", "wb") as file:
        file.write(tmx()[:-14].encode())
        for _ in range(80):
            file.write(f"<tu>{PAIR}</tu>".encode() + b"\n" * (1 << 20))
    with pytest.raises(InputError, match="unpacks to more than 300 times its size"):
        list(read_tmx(tmp_path / "m.tmx", on_reject=None))


def test_without_anyone_to_tell_a_malformed_unit_is_raised(tmp_path: Path) -> None:
    assert "unit u7: no variant" in str(refusal(tmp_path, tmx('<tu tuid="u7"/>')))


def test_lines_are_right_beyond_the_16_bits_of_libxml2(tmp_path: Path) -> None:
    filler = f"<tu>\n{PAIR}\n</tu>\n" * 25_000
    units = units_of(tmp_path, tmx(filler + f"<tu>{PAIR}</tu>"))
    assert [unit.line for unit in units] == [*range(2, 75_002, 3), 75_002]


def test_the_usual_doctype_is_accepted(tmp_path: Path) -> None:
    for doctype in (
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<!DOCTYPE tmx PUBLIC "-//LISA OSCAR:1998//DTD for Translation Memory eXchange//EN" "tmx14.dtd">',
        '<!DOCTYPE tmx SYSTEM "http://www.lisa.org/tmx/tmx14.dtd">',
        "<!DOCTYPE tmx>",
    ):
        assert len(units_of(tmp_path, tmx(f"<tu>{PAIR}</tu>", head=doctype))) == 1


def bomb() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE tmx [<!ENTITY l0 "ha">{levels}]>'


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ('<!DOCTYPE tmx [<!ENTITY a "x">]>', "declares entities (a)"),
        ('<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "declares entities"),
        ('<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>', "declares entities (p)"),
        ('<!DOCTYPE tmx SYSTEM "http://127.0.0.1:9/other.dtd">', "names an outside file"),
        ('<!DOCTYPE tmx SYSTEM "file:///etc/passwd">', "names an outside file"),
        (bomb(), "declares entities"),
    ],
)
def test_a_doctype_that_reaches_out_is_refused_with_its_line(tmp_path: Path, head: str, reason: str) -> None:
    error = refusal(tmp_path, tmx(f"<tu>{PAIR}</tu>", head=f"<?xml version='1.0'?>\n\n{head}\n"))
    assert reason in str(error)
    assert error.line == 3


def test_a_bomb_in_an_attribute_of_the_root_is_refused(tmp_path: Path) -> None:
    body = bomb() + f'<tmx version="&l11;">{HEADER}<body/></tmx>'
    assert "cannot be read as XML" in str(refusal(tmp_path, body))


def test_an_entity_declared_nowhere_rejects_its_unit(tmp_path: Path) -> None:
    body = tmx(f"<tu>{tuv('en', 'a&nbsp;b')}</tu>", head='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    assert "&nbsp;" in str(refusal(tmp_path, body))


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    deep = tuv("en", "<hi>" * 50_000 + "x" + "</hi>" * 50_000)
    assert "depth" in str(refusal(tmp_path, tmx(f"<tu>{deep}</tu>")))


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        (tmx(f"<tu>{PAIR}</tu>") + "\n</x>", 4, "cannot be read as XML"),
        (tmx(f"<tu>{PAIR}</tu>", "<tu>")[:-14], 3, "cannot be read as XML"),
        ("", 1, "no element found"),
        ("plain text", 1, "cannot be read as XML"),
        (tmx(f"<tu>{tuv('en', 'ab')}</tu>").encode().replace(b"ab", b"\xff\xfe"), 2, "cannot be read as XML"),
        ("<html><body/></html>", 1, "the root element is <html>, expected <tmx>"),
        (tmx(version="2.0"), None, "TMX version 2.0"),
        (gzip.compress(tmx().encode())[:-9], None, "damaged gzip"),
    ],
)
def test_what_is_no_tmx_is_refused(tmp_path: Path, body: str, line: int | None, reason: str) -> None:
    error = refusal(tmp_path, body)
    assert reason in str(error)
    assert error.line == line


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read_tmx(tmp_path / "none.tmx", on_reject=None))
