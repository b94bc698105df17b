"""TBX: what is read of versions 3 and 2, what is rejected entry by entry, what is written."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from paracorp.errors import InputError
from paracorp.formats.tbx import STATUSES, read_tbx, unheld_by_xml, write_tbx
from paracorp.lexicon.termbase import Termbase, read_termbase, write_termbase
from paracorp.records import Term

SETTINGS = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMESPACE = "{urn:iso:std:iso:30042:ed-2}"


def tbx3(*entries: str, head: str = "") -> str:
    body = "\n".join(entries)
    return (
        f'<?xml version="1.0"?>\n{head}<tbx type="TBX-Basic" style="dca" xml:lang="en" '
        f'xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>\n{body}\n</body></text></tbx>'
    )


def entry(name: str, *sections: str, extra: str = "") -> str:
    return f'<conceptEntry id="{name}">{extra}{"".join(sections)}</conceptEntry>'


def section(lang: str, *terms: str) -> str:
    return f'<langSec xml:lang="{lang}">{"".join(terms)}</langSec>'


def term(text: str, status: str = "", extra: str = "") -> str:
    note = f'<termNote type="administrativeStatus">{status}</termNote>' if status else ""
    return f"<termSec><term>{text}</term>{note}{extra}</termSec>"


def scan(tmp_path: Path, text: str | bytes) -> tuple[list[Term], list[InputError]]:
    path = tmp_path / "g.tbx"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    rejected: list[InputError] = []
    return list(read_tbx(path, on_reject=rejected.append)), rejected


def test_an_entry_gives_its_kind_note_and_names_with_the_preferred_one_first(tmp_path: Path) -> None:
    text = entry(
        "c1",
        section("en-US", term("Open AI"), term("OpenAI", "preferredTerm-admn-sts")),
        section("iw", term(" אופן איי.איי ")),
        extra='<descrip type="subjectField">company</descrip><note>case-sensitive; a lab</note>',
    )
    terms, rejected = scan(tmp_path, tbx3(text))
    assert rejected == []
    names = {"en": ("OpenAI", "Open AI"), "he": ("אופן איי.איי",)}
    assert terms == [Term("c1", "company", names, "preferred", "case-sensitive; a lab")]


def test_statuses_make_rows_of_one_id(tmp_path: Path) -> None:
    text = entry(
        "c1",
        section(
            "en",
            term("Musk", "deprecatedTerm-admn-sts", "<note>too short</note>"),
            term("Mr. Musk", "supersededTerm-admn-sts"),
            term("Elon Reeve Musk", "admittedTerm-admn-sts"),
            term("Elon Musk", "preferredTerm-admn-sts"),
            term("E. Musk", "admittedTerm-admn-sts", '<termNote type="termType">variant</termNote>'),
        ),
    )
    terms, _ = scan(tmp_path, tbx3(text))
    assert [(row.status, row.variants["en"], row.note) for row in terms] == [
        ("preferred", ("Elon Musk", "E. Musk"), ""),
        ("admitted", ("Elon Reeve Musk",), ""),
        ("forbidden", ("Musk", "Mr. Musk"), "too short"),
    ]


def test_style_dct_and_groups_are_read(tmp_path: Path) -> None:
    text = entry(
        "c1",
        '<langSec xml:lang="zh"><termSec><term>软银</term><basic:administrativeStatus xmlns:basic="b">'
        "admittedTerm-admn-sts</basic:administrativeStatus></termSec></langSec>",
        extra='<descripGrp><min:subjectField xmlns:min="m">company</min:subjectField></descripGrp>',
    )
    assert scan(tmp_path, tbx3(text)) == ([Term("c1", "company", {"zh": ("软银",)}, "admitted")], [])


def test_version_2_is_read_with_its_system_dtd_unfetched(tmp_path: Path) -> None:
    text = """<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="eid-1"><descrip type="subjectField">person</descrip>
<langSet xml:lang="en"><tig><term>Sam <hi>Altman</hi></term></tig></langSet>
<langSet xml:lang="zh-TW"><ntig><termGrp><term>奧特曼</term>
<termNote type="administrativeStatus">preferred</termNote></termGrp></ntig></langSet>
</termEntry></body></text></martif>"""
    assert scan(tmp_path, text) == (
        [Term("eid-1", "person", {"en": ("Sam Altman",), "zh": ("奧特曼",)})],
        [],
    )


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (entry("x"), "no term"),
        (entry("x", section("en", term(" "))), "empty term"),
        (entry("x", section("", term("a"))), "xml:lang"),
        (entry("x", section("en", term("a", "excellent"))), "excellent"),
        (entry("one", section("en", term("other"))), "already in line 3"),
        (entry("x", section("en", term("OpenAI"))), "one of one in line 3"),
        (
            entry("x", section("en", term("a"), term("a", "deprecatedTerm-admn-sts"))),
            "both preferred and forbidden",
        ),
    ],
)
def test_a_bad_entry_is_rejected_with_its_line_and_the_rest_is_read(
    tmp_path: Path, bad: str, reason: str
) -> None:
    good = [entry("one", section("en", term("OpenAI"))), entry("two", section("en", term("Oracle")))]
    terms, rejected = scan(tmp_path, tbx3(good[0], bad, good[1]))
    assert [row.id for row in terms] == ["one", "two"]
    assert [error.line for error in rejected] == [4]
    assert reason in rejected[0].reason
    with pytest.raises(InputError):
        list(read_tbx(tmp_path / "g.tbx", on_reject=None))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (tbx3(head='<!DOCTYPE tbx [<!ENTITY a "aaaa">]>\n'), "entities"),
        (
            tbx3(head='<!DOCTYPE tbx [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>\n').replace(
                "<tbxHeader/>", "&b;"
            ),
            "entities",
        ),
        (tbx3(head='<!DOCTYPE tbx SYSTEM "http://example.org/x.dtd">\n'), "outside file"),
        (tbx3(head='<!DOCTYPE tbx SYSTEM "file:///etc/passwd">\n'), "outside file"),
        ("<tmx/>", "<tmx>"),
        (tbx3("<conceptEntry>"), "XML"),
        ("", "XML"),
    ],
)
def test_what_reaches_outside_or_is_no_tbx_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        scan(tmp_path, text)
    assert reason in caught.value.reason
    assert caught.value.fix


def test_what_is_written_has_the_shape_of_tbx_basic(tmp_path: Path) -> None:
    path = tmp_path / "out.tbx"
    rows = [
        Term("1 & only", "person", {"en": ("Elon Musk", "Musk"), "he": ("אילון מאסק",)}, "preferred", "a"),
        Term("1 & only", "person", {"en": ("Mr. Musk",)}, "forbidden", "b"),
    ]
    assert write_tbx(path, rows) == 1
    root = etree.parse(path).getroot()
    assert root.tag == f"{NAMESPACE}tbx"
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    assert [child.tag.removeprefix(NAMESPACE) for child in root] == ["tbxHeader", "text"]
    (concept,) = root.iter(f"{NAMESPACE}conceptEntry")
    assert [child.tag.removeprefix(NAMESPACE) for child in concept] == ["descrip", "langSec", "langSec"]
    found = [
        (holder[0].text, *(note.text for note in holder.iter(f"{NAMESPACE}termNote")))
        for holder in concept.iter(f"{NAMESPACE}termSec")
    ]
    assert found == [
        ("Elon Musk", "preferredTerm-admn-sts"),
        ("Musk", "admittedTerm-admn-sts", "variant"),
        ("Mr. Musk", "deprecatedTerm-admn-sts"),
        ("אילון מאסק", "preferredTerm-admn-sts"),
    ]
    # An XML name, so that validators accept it as an id.
    assert (concept.get("id") or "").isascii()
    assert " " not in (concept.get("id") or "")
    assert list(read_tbx(path, on_reject=None)) == [
        Term("1-&-only", row.kind, row.variants, row.status, row.note) for row in rows
    ]


def test_what_xml_cannot_hold_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [
        Term("a", "person", {"en": ("A\x00b",)}, "preferred", ""),
        Term("c", "person", {"en": ("\x01",)}, "preferred", ""),
    ]
    assert write_tbx(tmp_path / "o.tbx", rows) == 1
    assert [row.variants for row in read_tbx(tmp_path / "o.tbx", on_reject=None)] == [{"en": ("Ab",)}]
    assert [loss.split(":")[0] for loss in unheld_by_xml(rows)] == ["entry a", "entry c"]


def texts(**limits: int) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="|\ufffe\uffff")
    return st.text(letters, **limits).map(str.strip)


@st.composite
def glossaries(draw: st.DrawFn) -> list[Term]:
    """Rows with all statuses, one concept's rows together and in their order, no name in two rows."""
    names = draw(st.lists(texts(min_size=1).filter(bool), min_size=3, max_size=24, unique=True))
    ids = draw(
        st.lists(texts(min_size=1).filter(lambda text: text.split() == [text]), max_size=4, unique=True)
    )
    rows = []
    for term_id in ids:
        kind = draw(texts(min_size=1).filter(bool))
        for status in draw(st.lists(st.sampled_from(list(STATUSES)), unique=True, max_size=3)):
            variants = {}
            for lang in ("en", "zh", "he"):
                size = draw(st.integers(0, 3))
                if chosen := tuple(names[:size]):
                    variants[lang] = chosen
                    del names[:size]
            if variants:
                rows.append(Term(term_id, kind, variants, status, draw(texts())))
    order = {term_id: place for place, term_id in enumerate(ids)}
    return sorted(rows, key=lambda row: (order[row.id], list(STATUSES).index(row.status)))


@SETTINGS
@given(rows=glossaries(), version=st.sampled_from([2, 3]))
def test_a_glossary_comes_back_from_tbx_as_it_was(
    tmp_path: Path, rows: list[Term], version: Literal[2, 3]
) -> None:
    csv, tbx, again = tmp_path / "a.csv", tmp_path / "a.tbx", tmp_path / "b.csv"
    write_termbase(Termbase(tuple(rows)), csv)
    write_tbx(tbx, read_termbase(csv), version=version)
    write_termbase(Termbase(tuple(read_tbx(tbx, on_reject=None))), again)
    assert again.read_bytes() == csv.read_bytes()
    assert list(read_termbase(again)) == rows


def test_the_shipped_glossary_comes_back_from_tbx_and_tsv_as_it_was(tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "glossaries" / "ai-politics.csv"
    write_tbx(tmp_path / "a.tbx", read_termbase(shipped))
    write_termbase(Termbase(tuple(read_tbx(tmp_path / "a.tbx", on_reject=None))), tmp_path / "b.tsv")
    write_termbase(read_termbase(tmp_path / "b.tsv"), tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_bytes() == shipped.read_bytes()


def test_another_program_reads_what_is_written_as_version_2(tmp_path: Path) -> None:
    """Translate Toolkit 3.20 knows version 2 only: it refuses the root of version 3."""
    from translate.storage import tbx as toolkit

    rows = [
        Term("musk", "person", {"en": ("Elon Musk", "Musk"), "zh": ("埃隆·马斯克",)}, "preferred", "a & b"),
        Term("softbank", "company", {"en": ("SoftBank",), "zh": ("软银",)}, "preferred", ""),
    ]
    write_tbx(tmp_path / "o.tbx", rows, version=2)
    store = toolkit.tbxfile.parsefile(str(tmp_path / "o.tbx"))  # type: ignore[no-untyped-call]
    store.settargetlanguage("zh")
    assert [(unit.source, unit.target) for unit in store.units] == [
        ("Elon Musk", "埃隆·马斯克"),
        ("SoftBank", "软银"),
    ]


def test_a_glossary_that_another_program_wrote_is_read(tmp_path: Path) -> None:
    from translate.storage import tbx as toolkit

    store = toolkit.tbxfile(sourcelanguage="en", targetlanguage="he")
    for source, target in (("SoftBank", "סופטבנק"), ("R & D", "מו״פ")):
        unit = store.addsourceunit(source)  # type: ignore[no-untyped-call]
        unit.target = target
    (tmp_path / "o.tbx").write_bytes(bytes(store))
    found = [row.variants for row in read_tbx(tmp_path / "o.tbx", on_reject=None)]
    assert found == [{"en": ("SoftBank",), "he": ("סופטבנק",)}, {"en": ("R & D",), "he": ("מו״פ",)}]
