"""Texts survive every format, there and back: over all of Unicode that the format allows."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paracorp.formats.converting import convert
from paracorp.formats.jsonl import read_jsonl, write_jsonl
from paracorp.formats.moses import BREAKS as LINE_ENDS
from paracorp.formats.safe_xml import legal
from paracorp.formats.tsv import BREAKS as CELL_ENDS
from paracorp.formats.units import MOMENTS, PROPERTIES, BitextUnit, UnitNote, free_name
from tests.formats.builders import full_unit

NAMES = ("x.tmx", "x.tsv", "x.csv", "x.xlf", "x.jsonl", "x.parquet", "x.zh", "x.zh-he")
HARD = ('他说："好"，行；＝1', '=ארה"ב אמרה: "לא", \u200fכן\u202b!\u2067 \U0001f600')
TEXTS = st.text(min_size=1).filter(lambda text: legal(text).strip())


def there_and_back(name: str, units: list[BitextUnit], folder: Path) -> list[BitextUnit]:
    with (folder / "in.jsonl").open("wb") as file:
        write_jsonl(file, units, pair=("zh", "he"))
    there = convert(folder / "in.jsonl", folder / name)
    back = convert(folder / name, folder / "back.jsonl")
    assert (there.found, there.written, there.rejected) == (len(units), len(units), 0)
    assert (back.found, back.written, back.rejected) == (len(units), len(units), 0)
    return list(read_jsonl(folder / "back.jsonl"))


def held(name: str, text: str) -> str:
    """What the format promises to keep of a text."""
    if name == "x.tmx":
        return legal(text).strip()
    if name == "x.tsv":
        return CELL_ENDS.sub(" ", text)
    if name.startswith("x.zh"):
        return re.sub("\r$", "", LINE_ENDS.sub(" ", text))
    return text


@pytest.mark.parametrize("name", [*NAMES, *(f"{name}.gz" for name in NAMES)])
def test_a_unit_of_a_corpus_survives_with_all_its_properties(name: str, tmp_path: Path) -> None:
    unit = full_unit(variants=dict(zip(("zh", "he"), HARD, strict=True)), props={"x-Domain": "news"})
    (found,) = there_and_back(name, [unit], tmp_path)
    assert found.variants == unit.variants
    if not name.startswith("x.zh"):
        assert (found.id, found.props) == (unit.id, unit.props)


@pytest.mark.parametrize("name", NAMES)
@given(pairs=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
@settings(max_examples=40)
@example(pairs=[HARD, ("a\u2028b\u2029c\x85d", "e\tf\r\ng\rh\n"), (" \u200f ", "\x01\ufffe!\x1f")])
def test_any_text_survives_but_for_what_the_format_cannot_hold(
    name: str, pairs: list[tuple[str, str]]
) -> None:
    units = [full_unit(id=f"u{n}", variants={"zh": zh, "he": he}) for n, (zh, he) in enumerate(pairs)]
    with tempfile.TemporaryDirectory() as folder:
        found = there_and_back(name, units, Path(folder))
    kept = [(held(name, zh), held(name, he)) for zh, he in pairs]
    assert [(unit.variants["zh"], unit.variants["he"]) for unit in found] == kept


@pytest.mark.parametrize("name", NAMES)
@given(
    unit_id=st.text(),
    props=st.dictionaries(st.sampled_from(PROPERTIES) | st.text(min_size=1), st.text(min_size=1), max_size=4),
    note=st.text(),
)
@settings(max_examples=40)
@example(unit_id=" a\tb ", props={"changed": "soon", "type": "x", "confidence": "nan"}, note="\x01")
@example(unit_id="1", props={"en": "x", "a\tb": "y", "a b": "z", "source": "s", "Hebrew": "h"}, note="n")
@example(unit_id="\x02", props={"changed": "0001-01-01", "\x01": "x", "findings": ";", "lang": "x"}, note="n")
def test_whatever_another_program_says_of_a_unit_a_valid_file_comes_out(
    name: str, unit_id: str, props: dict[str, str], note: str
) -> None:
    held_props = {name if name in PROPERTIES else free_name(name): value for name, value in props.items()}
    unit = BitextUnit(unit_id, {"zh": "一", "he": "א"}, held_props, (UnitNote(note, note),))
    with tempfile.TemporaryDirectory() as folder:
        (found,) = there_and_back(name, [unit], Path(folder))
    if name in ("x.jsonl", "x.parquet") and not MOMENTS & props.keys():
        assert found.props == unit.props
