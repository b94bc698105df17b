"""XLIFF as CAT tools write it, and ours after a person has worked on it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.formats.units import Surroundings, describe
from paracorp.formats.xliff_read import XliffUnit, as_bitext, read_xliff
from paracorp.formats.xliff_write import write_xliff
from paracorp.records import Status
from tests.formats.builders import pair_unit

V1 = "urn:oasis:names:tc:xliff:document:1.2"


def one_two(body: str, file: str = 'source-language="zh-CN" target-language="he-IL"') -> str:
    return (
        f'<?xml version="1.0"?>\n<xliff xmlns="{V1}" version="1.2"\n xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'
        f'\n xmlns:mq="MQXliff">\n<file original="a" datatype="plaintext" {file}><header/><body>\n{body}\n'
        "</body></file></xliff>"
    )


def two(body: str) -> str:
    return (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh-CN" '
        f'trgLang="he-IL">\n<file id="f1">\n{body}\n</file></xliff>'
    )


def read(tmp_path: Path, text: str) -> list[XliffUnit]:
    path = tmp_path / "x.xlf"
    path.write_text(text, encoding="utf-8")
    return list(read_xliff(path, None))


def test_a_unit_of_version_one_is_read_with_its_languages_state_and_notes(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="7" approved="yes"><source>一。</source><target state="translated">א.</target>'
        '<note from="דנה" annotates="target">לא מדויק</note></trans-unit>'
    )
    (unit,) = read(tmp_path, one_two(body))
    assert (unit.id, unit.source_lang, unit.target_lang) == ("7", "zh", "he")
    assert (unit.source, unit.target, unit.state, unit.status) == ("一。", "א.", "reviewed", "")
    assert [(note.author, note.about, note.text) for note in unit.notes] == [("דנה", "target", "לא מדויק")]
    assert unit.tags == {"zh": "zh-CN", "he": "he-IL"}
    assert unit.line == 6


def test_a_target_may_state_the_language_its_file_does_not(tmp_path: Path) -> None:
    body = '<trans-unit id="1"><source>一</source><target xml:lang="he-IL">א</target></trans-unit>'
    (unit,) = read(tmp_path, one_two(body, 'source-language="zh"'))
    assert (unit.target_lang, unit.target, unit.tags) == ("he", "א", {"zh": "zh", "he": "he-IL"})


def test_suggestions_are_no_targets(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="1"><source>一</source><alt-trans match-quality="99%"><source>二</source>'
        "<target>ב</target></alt-trans></trans-unit>"
    )
    (unit,) = read(tmp_path, one_two(body))
    assert (unit.source, unit.target, unit.state) == ("一", None, "initial")


def test_segmented_files_of_trados_are_joined_and_their_verdicts_kept(tmp_path: Path) -> None:
    body = (
        '<group><trans-unit id="t"><source>一。二。</source><seg-source><mrk mtype="seg" mid="1">一。</mrk>'
        '<mrk mtype="seg" mid="2">二。</mrk></seg-source><target><mrk mtype="seg" mid="1">א.</mrk> '
        '<mrk mtype="seg" mid="2">ב.</mrk></target><sdl:seg-defs><sdl:seg id="1" conf="ApprovedSignOff"/>'
        '<sdl:seg id="2" conf="RejectedTranslation"/></sdl:seg-defs></trans-unit></group>'
    )
    (unit,) = read(tmp_path, one_two(body))
    assert (unit.source, unit.target, unit.state, unit.flattened) == ("一。二。", "א. ב.", "rejected", 0)


def test_what_a_tracked_change_deleted_is_not_read(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="1"><source>一</source><target><mrk mtype="seg" mid="1">א<mrk mtype="x-sdl-deleted">ב'
        '</mrk><mrk mtype="x-sdl-added">ג</mrk><mrk mtype="x-sdl-feedback-deleted">ד</mrk>.</mrk></target>'
        "</trans-unit>"
    )
    assert [unit.target for unit in read(tmp_path, one_two(body))] == ["אג."]


def test_comments_of_trados_are_notes_of_the_texts_they_mark(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="1"><source>一</source><seg-source><mrk mtype="x-sdl-comment" sdl:cid="b">一</mrk>'
        '</seg-source><target><mrk mtype="x-sdl-comment" sdl:cid="a">א</mrk> <mrk mtype="x-sdl-comment" '
        'sdl:cid="a">ב</mrk></target></trans-unit>'
    )
    comments = "".join(
        f'<sdl:cmt-def id="{name}"><sdl:Comments><sdl:Comment user="{user}">{text}</sdl:Comment>'
        "</sdl:Comments></sdl:cmt-def>"
        for name, user, text in (("a", "דנה", "לא מדויק"), ("b", "李", "原文有误"))
    )
    text = one_two(body).replace(
        "<file ", f"<sdl:doc-info><sdl:cmt-defs>{comments}</sdl:cmt-defs></sdl:doc-info><file "
    )
    (unit,) = read(tmp_path, text)
    assert [(note.about, note.author, note.text) for note in unit.notes] == [
        ("source", "李", "原文有误"),
        ("target", "דנה", "לא מדויק"),
    ]


def test_comments_of_memoq_are_notes_unless_deleted(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="1"><source>一</source><target>א</target><mq:comments>'
        '<mq:comment creatoruser="dana" deleted="false" appliesto="Target">לא מדויק</mq:comment>'
        '<mq:comment creatoruser="dana" deleted="true" appliesto="Row">טעות</mq:comment></mq:comments>'
        "</trans-unit>"
    )
    (unit,) = read(tmp_path, one_two(body))
    assert [(note.about, note.author, note.text) for note in unit.notes] == [("target", "dana", "לא מדויק")]


def test_the_status_of_memoq_is_read(tmp_path: Path) -> None:
    units = "".join(
        f'<trans-unit id="{status}" mq:status="{status}"><source>一</source><target>א</target></trans-unit>'
        for status in ("Proofread", "ManuallyConfirmed", "Rejected", "Pretranslated")
    )
    states = [unit.state for unit in read(tmp_path, one_two(units))]
    assert states == ["reviewed", "translated", "rejected", "initial"]


@pytest.mark.parametrize(
    ("state", "read_as"),
    [
        ("new", "initial"),
        ("needs-review-translation", "translated"),
        ("signed-off", "reviewed"),
        ("final", "final"),
        ("x-mine", ""),
    ],
)
def test_states_of_version_one_are_said_in_the_words_of_version_two(
    tmp_path: Path, state: str, read_as: str
) -> None:
    body = f'<trans-unit id="1"><source>一</source><target state="{state}">א</target></trans-unit>'
    assert [unit.state for unit in read(tmp_path, one_two(body))] == [read_as]


def test_inline_elements_are_flattened_and_counted(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="1"><source>一<g id="1">二<x id="2"/></g><ph id="3">&lt;br/&gt;</ph>三</source>'
        '<target>א<bpt id="1">b<sub>text</sub></bpt>ב<ept id="1">/b</ept><mrk mtype="protected">ג</mrk>'
        "</target></trans-unit>"
    )
    (unit,) = read(tmp_path, one_two(body))
    assert (unit.source, unit.target, unit.flattened) == ("一二三", "אבג", 6)


def test_a_unit_of_version_two_is_joined_from_segments_and_white_space(tmp_path: Path) -> None:
    body = (
        '<unit id="1"><segment state="final"><source>一。</source><target>א.</target></segment>'
        '<ignorable><source> </source></ignorable><segment state="reviewed"><source><pc id="1">二</pc>'
        '<cp hex="0001"/><ph id="2"/></source><target>ב</target></segment></unit>'
    )
    (unit,) = read(tmp_path, two(body))
    assert (unit.source, unit.target) == ("一。 二\x01", "א. ב")
    assert (unit.state, unit.flattened) == ("reviewed", 2)


def test_targets_in_another_order_are_put_in_it(tmp_path: Path) -> None:
    body = (
        '<unit id="1"><segment><source>一</source><target order="2">א</target></segment>'
        '<segment><source>二</source><target order="1">ב</target></segment></unit>'
    )
    assert [unit.target for unit in read(tmp_path, two(body))] == ["בא"]


def test_white_space_at_the_edges_counts_only_where_it_is_preserved(tmp_path: Path) -> None:
    body = "".join(
        f'<trans-unit id="1"{space}><source> 一 </source><target>\n א\n</target></trans-unit>'
        for space in ("", ' xml:space="preserve"')
    )
    found = [(unit.source, unit.target) for unit in read(tmp_path, one_two(body))]
    assert found == [("一", "א"), (" 一 ", "\n א\n")]


@pytest.mark.parametrize(
    "text",
    [
        one_two('<trans-unit id="1">{}</trans-unit>'),
        two('<unit id="1"><segment>{}</segment></unit>'),
    ],
)
def test_white_space_that_the_source_preserves_counts(tmp_path: Path, text: str) -> None:
    texts = '<source xml:space="preserve"> 一</source><target xml:space="preserve"> א</target>'
    assert [(unit.source, unit.target) for unit in read(tmp_path, text.format(texts))] == [(" 一", " א")]


def test_what_is_not_for_translation_is_no_unit_unless_someone_translated_it(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="1" translate="no"><source><x id="0"/></source></trans-unit>'
        '<trans-unit id="2" translate="no"><source>一</source><target>א</target></trans-unit>'
        '<group translate="no"><trans-unit id="3"><source>二</source><target/></trans-unit>'
        '<trans-unit id="4" translate="yes"><source>三</source></trans-unit></group>'
    )
    assert [unit.id for unit in read(tmp_path, one_two(body))] == ["2", "4"]
    body = (
        '<group id="g" translate="no"><unit id="1"><segment><source>一</source></segment></unit>'
        '<unit id="2"><segment><source>二</source><target>ב</target></segment></unit></group>'
    )
    assert [unit.id for unit in read(tmp_path, two(body))] == ["2"]


def test_our_own_file_comes_back_with_its_statuses_english_and_properties(tmp_path: Path) -> None:
    units = [
        describe(pair_unit(id=f"a b/{status}", status=status), Surroundings())
        for status in (Status.AUTO, Status.ACCEPTED, Status.EDITED, Status.STALE)
    ]
    path = tmp_path / "x.xlf"
    with path.open("wb") as file:
        write_xliff(file, units, pair=("zh", "he"), tags={"zh": "zh-CN", "he": "he-IL"})
    found = list(read_xliff(path, None))
    assert [unit.id for unit in found] == [unit.id for unit in units]
    assert [unit.status for unit in found] == ["auto", "accepted", "edited", "stale"]
    assert [as_bitext(unit).props for unit in found] == [unit.props for unit in units]


def test_a_state_set_in_a_tool_stands_against_the_status_we_wrote(tmp_path: Path) -> None:
    path = tmp_path / "x.xlf"
    with path.open("wb") as file:
        unit = describe(pair_unit(), Surroundings())
        write_xliff(file, [unit], pair=("zh", "he"), tags={"zh": "zh-CN", "he": "he-IL"})
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('state="translated"', 'state="final"').replace("אמר", "מסר"), encoding="utf-8"
    )
    (edited,) = read_xliff(path, None)
    assert (edited.state, edited.status, edited.target) == ("final", "", "הנשיא מסר.")
    assert as_bitext(edited).props["status"] == "accepted"


def test_a_malformed_unit_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    body = (
        '<trans-unit id="1"><target>א</target></trans-unit>\n'
        '<trans-unit id="2"><source>二</source><target>ב</target></trans-unit>'
    )
    path = tmp_path / "x.xlf"
    path.write_text(one_two(body), encoding="utf-8")
    bad: list[InputError] = []
    assert [unit.id for unit in read_xliff(path, bad.append)] == ["2"]
    assert [(error.line, error.reason) for error in bad] == [(6, "unit 1: no source in it")]
    with pytest.raises(InputError, match="no source"):
        list(read_xliff(path, None))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<xliff version='3.0'/>", "XLIFF version 3.0"),
        ("<tmx version='1.4'/>", "root element is <tmx>"),
        ("<!DOCTYPE xliff [<!ENTITY a 'b'>]><xliff version='1.2'/>", "declares entities"),
        ("<!DOCTYPE xliff SYSTEM 'http://example.org/x'><xliff version='1.2'/>", "names an outside file"),
        ("<xliff version='1.2'><file>", "cannot be read as XML"),
    ],
)
def test_what_is_no_trustworthy_xliff_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(tmp_path, text)


def test_packed_files_in_utf_16_are_read(tmp_path: Path) -> None:
    text = one_two('<trans-unit id="1"><source>一</source><target>א</target></trans-unit>')
    path = tmp_path / "x.xlf.gz"
    path.write_bytes(gzip.compress(text.replace('"1.0"?', '"1.0" encoding="UTF-16"?').encode("utf-16")))
    assert [unit.target for unit in read_xliff(path, None)] == ["א"]
