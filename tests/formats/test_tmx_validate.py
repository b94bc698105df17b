"""What `validate_tmx` says of anyone's TMX: the rule, the severity, the line."""

from __future__ import annotations

import gzip
import itertools
import time
from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.formats.problems import Problem
from paracorp.formats.tmx import validate_tmx
from paracorp.records import Severity

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" '
    'srclang="zh-CN" datatype="plaintext"/>'
)
ZH = '<tuv xml:lang="zh-CN"><seg>你好</seg></tuv>'
HE = '<tuv xml:lang="he-IL"><seg>שלום</seg></tuv>'
GOOD = f"<tu>{ZH}{HE}</tu>"


def tmx(*units: str, head: str = "", header: str = HEADER, version: str = "1.4") -> str:
    body = "\n".join(units)
    return f'{head}<tmx version="{version}">{header}<body>\n{body}\n</body></tmx>'


def problems(tmp_path: Path, body: str | bytes) -> list[Problem]:
    path = tmp_path / "m.tmx"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return list(validate_tmx(path))


def tu(inner: str = f"{ZH}{HE}", attributes: str = "") -> str:
    return f"<tu {attributes}>{inner}</tu>"


def seg(inner: str) -> str:
    return tu(f'<tuv xml:lang="zh-CN"><seg>{inner}</seg></tuv>{HE}')


@pytest.mark.parametrize(
    "body",
    [
        tmx(),
        tmx(GOOD),
        tmx(GOOD).replace("<body>\n", "<body>").replace("\n</body>", "</body>"),
        tmx(tu(attributes='tuid="a" changedate="20240229T235959Z" srclang="he-il"'), GOOD),
        tmx(seg('a<bpt i="1" x="1" type="b">&lt;b&gt;</bpt>b<ept i="1"/><ph assoc="p"/>')),
        tmx(seg('<hi type="x">a <it pos="begin"><sub>t</sub></it></hi> <ut>x</ut>')),
        tmx(tu(f'<note>n</note><prop type="x-a" xml:lang="en">p</prop>{ZH}{HE}')),
        tmx(tu('<tuv xml:lang="zh-CN"><prop type="x-b">p</prop><seg>a</seg></tuv>')),
        tmx(GOOD, header=HEADER.replace("/>", '><ude name="u"><map unicode="#xF8FF"/></ude></header>')),
        tmx(seg("<![CDATA[</tu>]]>x"), "<!-- </tu> -->", GOOD, "<?pi </tu>?>", GOOD),
        tmx(GOOD, head='<?xml version="1.0"?>\n<!-- <body> -->\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'),
        tmx("<tu>\n</tu >".replace("\n", ZH)),
    ],
)
def test_valid_files_have_no_problem(tmp_path: Path, body: str) -> None:
    assert problems(tmp_path, body) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_encodings_and_gzip_are_read(tmp_path: Path, encoding: str) -> None:
    name = {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16"}.get(encoding, encoding)
    bad = tmx(GOOD, tu(attributes='changedate="x"'), head=f'<?xml version="1.0" encoding="{name}"?>\n')
    bad = bad.replace("שלום", "你")
    for body in (bad.encode(encoding), gzip.compress(bad.encode(encoding))):
        assert [(problem.line, problem.rule) for problem in problems(tmp_path, body)] == [(4, "date")]


@pytest.mark.parametrize(
    ("unit", "rule", "message"),
    [
        (tu(f'{ZH}<prop type="x-a">late</prop>'), "grammar", "<prop> may not stand here"),
        (tu('<tuv xml:lang="zh-CN"><seg>a</seg><prop type="x-a">late</prop></tuv>'), "grammar", "<prop>"),
        (tu(ZH + "<tuv><seg>a</seg></tuv>"), "grammar", "<tuv> lacks an attribute"),
        (tu(ZH + '<tuv lang="he"><seg>a</seg></tuv>'), "grammar", "needs xml:lang"),
        (tu(ZH + '<tuv xml:lang="he_IL"><seg>a</seg></tuv>'), "grammar", "'he_IL' is no language tag"),
        (tu(ZH + '<tuv xml:lang="he"></tuv>'), "grammar", "something is missing"),
        (tu(attributes='colour="red"'), "grammar", "the attribute colour of <tu>"),
        (tu(attributes='segtype="chapter"'), "grammar", "the attribute segtype of <tu>"),
        (tu(attributes='usagecount="-1"'), "grammar", "usagecount"),
        (tu(f"text{ZH}"), "grammar", "text between the elements of <tu>"),
        (tu(f"<prop>x</prop>{ZH}"), "grammar", "<prop> lacks an attribute"),
        (seg("a<b>c</b>"), "grammar", "<b> may not stand here"),
        (seg("a<bpt>c</bpt>"), "grammar", "<bpt> lacks an attribute"),
        (seg("a&nbsp;b"), "entity", "&nbsp; is declared nowhere"),
        (seg("a & b"), "xml", "a bare &"),
        (seg("a &lt b"), "xml", "cannot be read as XML"),
        (seg("a<b"), "xml", "cannot be read as XML"),
        (seg("a&#x0B;b"), "characters", "xmlChar"),
        (seg("a\x0bb"), "characters", "invalid"),
        (seg("a\ufffeb"), "characters", "invalid"),
        (tu(HE), "srclang", "no variant in the source language zh-CN; found he-IL"),
        (tu(HE, 'srclang="en"'), "srclang", "source language en"),
        (seg(" a"), "edge-space", "' a'"),
        (seg("a\u3000"), "edge-space", "edge of a segment"),
        (seg("\n  a\n"), "edge-space", "edge of a segment"),
        (seg('<ph x="1"/>a<ph x="2"/> '), "edge-space", "edge of a segment"),
        (tu(attributes='tuid="a b"'), "tuid", "white space"),
        (tu(attributes='tuid=""'), "tuid", "empty"),
        (tu(attributes='changedate="2024-02-28T00:00:00Z"'), "date", "2024-02-28T00:00:00Z"),
        (tu(attributes='creationdate="20240228T000000"'), "date", "creationdate"),
        (tu(attributes='lastusagedate="20230229T000000Z"'), "date", "20230229T000000Z"),
        (tu(attributes='changedate="20240228T240000Z"'), "date", "20240228T240000Z"),
        (tu(ZH.replace("><seg", ' changedate="now"><seg')), "date", "now"),
    ],
)
def test_an_error_in_a_unit_is_named_with_its_line_and_the_rest_is_still_checked(
    tmp_path: Path, unit: str, rule: str, message: str
) -> None:
    late = tu(attributes='tuid="last one"')
    [problem, last] = problems(tmp_path, tmx(GOOD, unit, GOOD, late))
    assert problem.severity is Severity.ERROR
    assert (problem.rule, message in problem.message) == (rule, True), problem
    lines = unit.count("\n")
    assert problem.line in range(3, 4 + lines)
    assert (last.line, last.rule) == (5 + lines, "tuid")


@pytest.mark.parametrize(
    ("unit", "rule", "message"),
    [
        (seg("字" * 2001), "length", "2,001 characters"),
        (tu('<tuv xml:lang="zh-TW"><seg>a</seg></tuv>'), "srclang", "another form"),
        (seg(""), "empty", "without text"),
        (tu(f'<prop type="file">a.txt</prop>{ZH}'), "prop-type", "'file'"),
        (tu(ZH + HE.replace("he-IL", "iw")), "language", "iw is an old code"),
        (tu(f'{ZH}{HE}<tuv xml:lang="en"><seg>a</seg></tuv>'), "language", "3 languages (en, he, zh)"),
    ],
)
def test_what_some_tool_stumbles_over_is_a_warning(
    tmp_path: Path, unit: str, rule: str, message: str
) -> None:
    found = problems(tmp_path, tmx(tu(ZH), unit, unit))
    assert {(problem.severity, problem.rule) for problem in found} == {(Severity.WARNING, rule)}
    assert all(message in problem.message for problem in found)
    # What is about the whole file is said once.
    lines = [3] if rule in ("prop-type", "language") else [3, 4]
    assert [problem.line for problem in found] == lines


def test_a_file_marked_as_one_of_three_languages_may_have_three(tmp_path: Path) -> None:
    marked = HEADER.replace("/>", '><prop type="x-languages">zh-CN he-IL en</prop></header>')
    unit = tu(f'{ZH}{HE}<tuv xml:lang="en"><seg>a</seg></tuv>')
    assert problems(tmp_path, tmx(unit, header=marked)) == []


def test_a_second_unit_of_one_tuid_is_an_error_that_names_the_first(tmp_path: Path) -> None:
    units = [tu(attributes=f'tuid="u{number}"') for number in range(500)]
    units[300] = tu(attributes='tuid="u7"')
    [problem] = problems(tmp_path, tmx(*units))
    assert (problem.line, problem.rule) == (302, "tuid")
    assert "'u7' is that of the unit in line 9 too" in problem.message


@pytest.mark.parametrize(
    "name", ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"]
)
def test_each_of_the_seven_header_attributes_must_be_there(tmp_path: Path, name: str) -> None:
    header = HEADER.replace(f" {name}=", f" x{name}=").replace(f' x{name}="', ' o-encoding="')
    found = problems(tmp_path, tmx(GOOD, header=header))
    assert [(problem.rule, problem.severity) for problem in found] == [("grammar", Severity.ERROR)]


def test_a_file_without_a_header_is_invalid(tmp_path: Path) -> None:
    assert [problem.rule for problem in problems(tmp_path, tmx(GOOD, header=""))] == ["grammar"]


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3"])
def test_older_versions_are_held_to_the_same_with_lang_for_xml_lang(tmp_path: Path, version: str) -> None:
    unit = GOOD.replace("xml:lang", "lang")
    late = tu('<tuv lang="zh-CN"><seg>a</seg><note lang="en">n</note></tuv>')
    warning, error = problems(tmp_path, tmx(unit, late, version=version))
    assert (warning.severity, warning.rule, warning.line) == (Severity.WARNING, "version", 1)
    assert version in warning.message
    assert (error.severity, error.rule, error.line) == (Severity.ERROR, "grammar", 3)


@pytest.mark.parametrize("version", ["1.4b", "2.0", ""])
def test_another_version_is_an_error(tmp_path: Path, version: str) -> None:
    assert [problem.rule for problem in problems(tmp_path, tmx(GOOD, version=version))] == ["version"]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<html/>", 1),
        ("", 1),
        ("words", 1),
        (tmx(GOOD)[:-6], 3),
        (tmx(GOOD, "<tu>")[:-14], 3),
        (tmx(GOOD) + "\n<x/>", 4),
        (tmx(GOOD, head='<!DOCTYPE tmx [<!ENTITY a "b">]>\n'), 1),
        (tmx(GOOD, head='\n<!DOCTYPE tmx SYSTEM "file:///etc/passwd">\n'), 2),
        (tmx(seg("<hi>" * 300 + "x" + "</hi>" * 300)), 2),
        (gzip.compress(tmx(GOOD).encode())[:-9], 1),
    ],
)
def test_what_is_no_sound_tmx_is_one_error(tmp_path: Path, body: str | bytes, line: int) -> None:
    [problem] = problems(tmp_path, body)
    assert (problem.line, problem.severity, problem.rule) == (line, Severity.ERROR, "xml")


def test_a_gzip_bomb_is_one_error(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "b.tmx.gz", "wb") as file:
        file.write(tmx()[:-14].encode())
        for _ in range(80):
            file.write(GOOD.encode() + b"\n" * (1 << 20))
    [problem] = validate_tmx(tmp_path / "b.tmx.gz")
    assert "unpacks to more than 300 times its size" in problem.message


def test_a_unit_that_never_ends_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "long.tmx"
    path.write_text(tmx(GOOD)[:-14] + "<tu><tuv><seg>" + "x" * (17 << 20), encoding="utf-8")
    [problem] = validate_tmx(path)
    assert (problem.line, "more than 16 MiB" in problem.message) == (2, True)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(validate_tmx(tmp_path / "none.tmx"))


def test_lines_are_right_beyond_the_16_bits_of_libxml2_whatever_stands_between(tmp_path: Path) -> None:
    bad = tu(attributes='changedate="x"')
    many = list(itertools.chain.from_iterable((GOOD, "", "\n<!-- a\nb -->\n") for _ in range(14_000)))
    blank = ["\n" * 140_000]
    found = problems(tmp_path, tmx(*many, bad, *blank, bad, seg("a & b")))
    first = 2 + len("\n".join(many).split("\n"))
    assert [problem.line for problem in found] == [first, first + 140_002, first + 140_003]


def test_ten_thousand_bad_units_are_all_found(tmp_path: Path) -> None:
    units = [seg("a & b") if number % 3 == 0 else tu("") for number in range(10_000)]
    found = problems(tmp_path, tmx(*units))
    assert [problem.line for problem in found if problem.rule in ("xml", "grammar")] == [*range(2, 10_002)]


def test_text_between_valid_units_is_an_error(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, tmx(GOOD, "junk", GOOD))
    assert (problem.severity, problem.rule) == (Severity.ERROR, "grammar")
    assert "text between the elements of <body>" in problem.message


def test_tens_of_thousands_of_attributes_are_refused_in_no_time(tmp_path: Path) -> None:
    many = " ".join(f'a{number}="x"' for number in range(30_000))
    started = time.monotonic()
    found = problems(tmp_path, tmx(tu(attributes=many), tu(f"<tuv {many}><seg>a</seg></tuv>{ZH}"), GOOD))
    assert [(problem.line, problem.rule) for problem in found] == [(2, "grammar"), (3, "grammar")]
    (found_root,) = problems(tmp_path, tmx(GOOD).replace("<tmx", f"<tmx {many}"))
    assert "attributes" in found_root.message
    assert time.monotonic() - started < 5
