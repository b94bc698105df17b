"""What is lost of a unit when it goes into another format."""

from __future__ import annotations

from collections.abc import Iterator

from paracorp.formats.forms import MOSES, TMX, XLIFF, Form, Header
from paracorp.formats.moses import BREAKS as LINE_ENDS
from paracorp.formats.safe_xml import legal
from paracorp.formats.tsv import BREAKS as CELL_ENDS
from paracorp.formats.units import BitextUnit, is_tag, tag_of, whole

_TAGGED = (TMX, XLIFF)
# What is said with a note, by the field of `UnitNote`.
_OF_NOTES = {
    "about": "which texts notes are about",
    "author": "who wrote notes",
    "category": "the kinds of notes",
    "end": "the places in the texts that notes are about",
    "severity": "how severe notes are",
}


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
    else:
        for name in sorted(_OF_NOTES.keys() - form.notes):
            # A plain note is of no kind.
            if any(getattr(note, name) not in ("", 0, "note") for note in unit.notes):
                yield _OF_NOTES[name]
    yield from _in_texts([unit.variants[lang] for lang in header.pair], form)
    yield from _in_properties(unit, form)
    for lang in header.pair:
        written = header.tags.get(lang, lang) if form in _TAGGED else lang
        if (form in _TAGGED or form is MOSES) and tag_of(unit, lang).lower() not in (written.lower(), lang):
            yield f"the language tag {unit.tags[lang]}: {written} is written"


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
    if form is TMX and len(unit.id.split()) > 1:
        yield "white space in ids: it became _"
    if not form.breaks and any(map(CELL_ENDS.search, values)):
        yield "line breaks and tabs in properties: they became spaces"
    if form in _TAGGED and any(legal(value) != value for value in values):
        yield "control characters in properties: XML cannot hold them"
