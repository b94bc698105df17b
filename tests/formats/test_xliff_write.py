"""What `write_xliff` writes: valid, with states, notes and metadata, and read by other tools."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from translate.storage.xliff2 import Xliff2File

from paracorp.formats.units import BitextUnit, Surroundings, describe
from paracorp.formats.xliff_check import check_xliff
from paracorp.formats.xliff_write import nmtoken, write_xliff
from paracorp.records import Evidence, Link, Status
from tests.formats.builders import article, finding, pair_unit

TAGS = {"zh": "zh-Hans", "he": "he-IL"}
NS = {"x": "urn:oasis:names:tc:xliff:document:2.0", "m": "urn:oasis:names:tc:xliff:metadata:2.0"}


def described(unit_id: str = "zh-he-1", **fields: Any) -> BitextUnit:
    around = Surroundings(
        {unit_id: [finding(unit_id)]},
        {"zh/a": article("zh/a"), "he/a": article("he/a", published=None, url="")},
        {
            "l1": Link(
                "l1", ("zh/a#1.0",), ("he/a#1.0",), 0.8, Evidence({"words": 0.5}, ("OpenAI", "SoftBank"))
            )
        },
    )
    return describe(pair_unit(id=unit_id, **fields), around)


def written(units: Iterable[BitextUnit], path: Path | None = None) -> Any:
    buffer = io.BytesIO()
    write_xliff(buffer, units, pair=("zh", "he"), tags=TAGS)
    if path is not None:
        path.write_bytes(buffer.getvalue())
    return etree.fromstring(buffer.getvalue())


def texts(root: Any, path: str) -> list[str]:
    return [str(getattr(node, "text", node)) for node in root.xpath(path, namespaces=NS)]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_every_file_is_valid(tmp_path: Path, count: int) -> None:
    path = tmp_path / "x.xlf"
    written([described(f"u{number}") for number in range(count)], path)
    assert list(check_xliff(path)) == []


def test_the_root_names_version_and_languages() -> None:
    root = written([described()])
    assert dict(root.attrib) == {"version": "2.0", "srcLang": "zh-Hans", "trgLang": "he-IL"}


def test_units_of_one_pair_of_articles_share_a_file_that_names_them() -> None:
    other = pair_unit(id="c")
    other = replace(other, target=replace(other.target, article_id="he/b"))
    root = written([described("a"), described("b"), describe(other, Surroundings())])
    assert texts(root, "//x:file/@original") == ["zh/a he/a", "zh/a he/b"]
    assert [len(file.findall("x:unit", NS)) for file in root.findall("x:file", NS)] == [2, 1]
    assert texts(root, "//x:file[1]/x:notes/x:note") == [
        "title of zh/a · 2025-02-08 · https://example.org/?a=1&b=2",
        "title of he/a",
    ]
    assert root.find("x:file", NS).get("trgDir") == "rtl"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (Status.AUTO, "translated"),
        (Status.STALE, "initial"),
        (Status.ACCEPTED, "reviewed"),
        (Status.EDITED, "reviewed"),
    ],
)
def test_the_state_of_a_segment_follows_from_the_status(status: Status, state: str) -> None:
    segment = written([described(status=status)]).find(".//x:segment", NS)
    assert (segment.get("state"), segment.get("subState")) == (state, f"paracorp:{status}")


def test_notes_tell_the_english_the_findings_and_the_evidence() -> None:
    notes = written([described()]).findall(".//x:unit/x:notes/x:note", NS)
    assert [
        (note.get("category"), note.get("appliesTo"), note.get("priority"), note.text) for note in notes
    ] == [
        ("english", "source", None, "An English sentence."),
        ("english", "target", None, "An English sentence."),
        ("finding", "target", "4", "number-mismatch: 7 is not 8"),
        ("evidence", None, None, "similarity: words 0.50"),
        ("evidence", None, None, "names: OpenAI, SoftBank"),
    ]


def test_properties_are_metadata() -> None:
    root = written([described()])
    assert texts(root, '//m:metaGroup[@category="paracorp"]/m:meta[@type="confidence"]') == ["0.8125"]
    assert texts(root, '//m:meta[@type="source_article"]') == ["zh/a"]


def test_an_id_that_is_no_nmtoken_is_written_as_one_and_kept_as_the_name() -> None:
    root = written([described("zh he/1#2"), described("zh he/1#2"), described("")])
    assert texts(root, "//x:unit/@id") == ["zh_x20_he_x2F_1_x23_2", "zh_x20_he_x2F_1_x23_2.2", "u3"]
    assert texts(root, "//x:unit/@name") == ["zh he/1#2", "zh he/1#2"]


def test_different_names_make_different_ids() -> None:
    assert len({nmtoken(name) for name in ("a b", "a_x20_b", "a_b", "a__x20_b", "aßb")}) == 5


def test_what_xml_cannot_hold_is_written_as_its_code() -> None:
    source = written([replace(described(), variants={"zh": "一\x01二\uffff", "he": "א"})]).find(
        ".//x:source", NS
    )
    assert [node.get("hex") for node in source] == ["0001", "FFFF"]
    assert source.text + source[0].tail == "一二"


def test_the_translate_toolkit_reads_ids_texts_and_states(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    other = describe(pair_unit(id="c"), Surroundings())
    other = replace(other, props={"source_article": "zh/b"}, variants={"zh": "第二，", "he": 'ארה"ב <&>'})
    written([described("a", status=Status.ACCEPTED), described("b"), other], path)
    store: Any = Xliff2File.parsefile(str(path))  # type: ignore[no-untyped-call]
    assert [unit.getid() for unit in store.units] == ["a", "b", "c"]
    assert [unit.isapproved() for unit in store.units][:2] == [True, False]
    assert str(store.units[2].source) == "第二，"
    assert str(store.units[2].target) == 'ארה"ב <&>'
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("zh-Hans", "he-IL")


GOOD = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="zh" trgLang="he">
<file id="f1"><unit id="u1"><segment state="translated"><source>一</source><target>א</target></segment></unit>
<group id="g1"><unit id="u2"><segment><source>二</source></segment></unit></group></file></xliff>"""


def test_a_file_with_groups_and_untranslated_segments_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(GOOD, encoding="utf-8")
    assert list(check_xliff(path)) == []


def test_what_other_programs_and_modules_add_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    match = (
        '<m:matches xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"><m:match ref="#s" similarity="90">'
        "<source>一</source><target>א</target></m:match></m:matches>"
    )
    text = GOOD.replace(
        '<unit id="u1"><segment', f'<unit id="u1" xmlns:a="urn:a" a:b="c">{match}<segment a:d="e" id="s"'
    )
    text = text.replace(
        "<source>一</source><target>א</target></segment>", '<source xml:lang="ZH">一</source></segment>'
    )
    path.write_text(text.replace('version="2.0"', 'version="2.1"'), encoding="utf-8")
    assert list(check_xliff(path)) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('id="u2"', 'id="u1"', "unique-id"),
        ('id="u1"', 'id="u 1"', "structure"),
        ('<unit id="u1">', "<unit>", "structure"),
        ('state="translated"', 'state="done"', "structure"),
        ('state="translated"', 'subState="a:b"', "structure"),
        ("<source>一</source><target>א</target>", "<target>א</target>", "structure"),
        ("<source>一</source><target>א</target>", "<target>א</target><source>一</source>", "structure"),
        ('version="2.0"', 'version="1.2"', "structure"),
        ('srcLang="zh" ', "", "structure"),
        ('trgLang="he"', 'trgLang="he IL"', "structure"),
        ('<file id="f1">', '<file id="f1"><notes/>', "structure"),
        ('<file id="f1">', '<file id="f1"/><file id="f2">', "empty-file"),
        ('<file id="f1">', '<file id="f2"><group id="g"/></file><file id="f2">', "unique-id"),
        ('<group id="g1">', '<group id="g1"><sub/>', "structure"),
        ("<source>一", '<source><cp hex="1"/>', "structure"),
        ("<source>一", '<source xml:lang="ja">一', "language"),
        ("<target>א", '<target xml:lang="ar">א', "language"),
        (' trgLang="he"', "", "language"),
        ("<segment state", '<segment id="s"><source>零</source></segment><segment id="s" state', "unique-id"),
        (
            "<segment state",
            '<notes><note id="n">a</note><note id="n">b</note></notes><segment state',
            "unique-id",
        ),
        ("</xliff>", "", "well-formed"),
        ("<xliff ", '<!DOCTYPE xliff [<!ENTITY a "b">]><xliff ', "well-formed"),
        ("<xliff ", '<!DOCTYPE xliff SYSTEM "http://example.org/x.dtd"><xliff ', "well-formed"),
    ],
)
def test_what_the_specification_forbids_is_found(tmp_path: Path, old: str, new: str, rule: str) -> None:
    path = tmp_path / "x.xlf"
    assert GOOD.count(old) == 1
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert rule in {problem.rule for problem in check_xliff(path)}


def test_the_line_of_a_problem_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(GOOD.replace('id="u2"', 'id="u1"'), encoding="utf-8")
    assert [problem.line for problem in check_xliff(path)] == [3]
