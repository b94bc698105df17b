"""What is lost of a unit when it goes into another format."""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.formats.forms import MOSES, TMX, XLIFF, Form, Header
from paracorp.formats.moses import BREAKS as LINE_ENDS
from paracorp.formats.safe_xml import legal
from paracorp.formats.tsv import BREAKS as CELL_ENDS
from paracorp.formats.units import BitextUnit, is_tag, whole
from paracorp.languages import LANGUAGES

_TAGGED = (TMX, XLIFF)


def losses(unit: BitextUnit, form: Form, header: Header) -> Iterator[str]:
    """Sentences on what the format cannot hold of a unit whose two languages come first, each once."""
    for lang in unit.variants:
        if not form.languages and lang not in header.pair:
            yield f"the text in {lang}: the file holds {' and '.join(header.pair)}"
        elif not is_tag(lang):
            yield f"the text in {lang}: that is no language tag"
    if form is MOSES:
        if unit.id or unit.props or unit.notes:
            yield "ids, properties and notes"
    elif unit.notes and not form.notes:
        yield "notes"
    elif any(note.end for note in unit.notes) and not form.spans:
        yield "the places in the texts that notes are about"
    yield from _in_texts([unit.variants[lang] for lang in header.pair], form)
    yield from _in_properties(unit, form)
    for lang in header.pair:
        stated, written = unit.tags.get(lang, ""), header.tags.get(lang, lang) if form in _TAGGED else lang
        usual = LANGUAGES[lang].bcp47.lower() if lang in LANGUAGES else lang
        if stated and stated.lower() not in (written.lower(), lang, usual):
            yield f"the language tag {stated}: {written} is written"


def _in_texts(texts: list[str], form: Form) -> Iterator[str]:
    if not form.breaks:
        ends = LINE_ENDS if form is MOSES else CELL_ENDS
        if any(map(ends.search, texts)):
            yield f"line breaks{'' if form is MOSES else ' and tabs'} in texts: they became spaces"
    if not form.controls and any(legal(text) != text for text in texts):
        yield "control characters in texts: XML cannot hold them"
    if not form.edges and any(legal(text).strip() != legal(text) for text in texts):
        yield "white space at the edges of texts"
    if any(whole(text) != text for text in texts):
        yield "halves of characters: they became U+FFFD"


def _in_properties(unit: BitextUnit, form: Form) -> Iterator[str]:
    if form is MOSES:
        return
    values = [*unit.props.values(), unit.id]
    if not form.breaks and any(map(CELL_ENDS.search, values)):
        yield "line breaks and tabs in properties: they became spaces"
    if form in _TAGGED and any(legal(value) != value for value in values):
        yield "control characters in properties: XML cannot hold them"
