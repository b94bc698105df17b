"""What a file name says: the format, whether it is packed, and the two files of a Moses pair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paracorp.errors import UsageError
from paracorp.formats.forms import FORMS, MOSES, Form
from paracorp.languages import LANGUAGES

_PAIR = re.compile(r"\.([a-z]{2,3})-([a-z]{2,3})")
_SAY_WHICH = (
    "Let two languages stand there, or say which with --source-lang and --target-lang of paracorp convert."
)
_BY_SUFFIX = {suffix: form for form in FORMS.values() for suffix in (*form.suffixes, *form.foreign)}


@dataclass(frozen=True, slots=True)
class Place:
    """A file, or a Moses pair, as a person names it.

    `langs` are the languages a Moses name holds: both (`news.zh-he`), one (`news.zh`, and none after it), or
    none, where the name is a stem.
    """

    form: Form
    path: Path
    packed: bool = False
    langs: tuple[str, ...] = ()

    def files(self, pair: Sequence[str]) -> tuple[Path, ...]:
        """The files, for Moses one for each language in this order."""
        if self.form is not MOSES:
            return (self.path,)
        stem = self.path.with_suffix("") if self.packed else self.path
        stem = stem.with_suffix("") if len(self.langs) == 1 else stem
        end = ".gz" if self.packed else ""
        return tuple(stem.with_name(f"{stem.name}.{lang}{end}") for lang in pair)


def place_of(path: Path, *, langs: tuple[str, str] = ("", "")) -> Place:
    """What a name says, `langs` being those a person has named; `UsageError` for a name that says nothing."""
    packed = path.suffix.lower() == ".gz"
    name = path.with_suffix("") if packed else path
    suffix = name.suffix.lower()
    if suffix in _BY_SUFFIX:
        return Place(_BY_SUFFIX[suffix], path, packed)
    if pair := _PAIR.fullmatch(name.suffix):  # as written: zh-CN is a tag
        return Place(MOSES, path, packed, pair.groups())
    if suffix[1:] in {*LANGUAGES, *filter(None, langs)}:
        return Place(MOSES, path, packed, (suffix[1:],))
    if not suffix and all(langs):
        return Place(MOSES, path, packed)
    raise _unknown(path, name.suffix)


def source_place(path: Path, *, langs: tuple[str, str] = ("", "")) -> Place:
    """As `place_of` for what is to be read: also the stem of Moses files that stand there."""
    try:
        return place_of(path, langs=langs)
    except UsageError:
        if path.name and not path.is_file():  # a folder beside the pair may have the name of its stem
            plain, packed = Place(MOSES, path), Place(MOSES, path.with_name(f"{path.name}.gz"), packed=True)
            for place in (plain, packed):
                if _there(place):
                    return place
        raise


def _there(place: Place) -> list[str]:
    """The languages of the files of a Moses stem that stand there."""
    return [code for code in LANGUAGES if place.files((code,))[0].is_file()]


def _unknown(path: Path, suffix: str) -> UsageError:
    if suffix.lower() in (".tbx", ".txt"):
        return UsageError(
            f"{path}: no format of translation units",
            fix="For glossaries there is: paracorp glossary convert IN OUT.",
        )
    known = ", ".join((*_BY_SUFFIX, *(f".{code}" for code in LANGUAGES)))
    return UsageError(
        f"{path}: unknown suffix {suffix!r}" if suffix else f"{path}: the name has no suffix",
        fix=f"Use one of {known} (for one file of a Moses pair), each with .gz if you like.",
    )


def require_writable(place: Place) -> None:
    """Raise `UsageError` for a name of another program's kind of file, which only that program writes."""
    suffix = (place.path.with_suffix("") if place.packed else place.path).suffix.lower()
    if suffix in place.form.foreign:
        raise UsageError(
            f"{place.path}: {suffix} files are only read", fix=f"Write a {place.form.suffixes[0]} instead."
        )


def moses_pair(place: Place, langs: tuple[str, str]) -> tuple[str, str]:
    """The source and the target language of a Moses pair that is there.

    `langs`, which may be empty, win over the order in the name; the partner of one file is else the only
    other one that stands beside it. `UsageError` where that leaves a doubt.
    """
    source, target = langs
    if all(langs):
        first, second = langs
    elif len(place.langs) == 2:
        first, second = place.langs
    elif place.langs:
        (first,) = place.langs
        second = next((lang for lang in langs if lang not in ("", first)), "") or _partner(place, first)
    else:
        first, second = _stem_pair(place, langs)
    if source == second or target == first:
        first, second = second, first
    pair = source or first, target or second
    require_named(place, pair)
    return pair


def _stem_pair(place: Place, langs: tuple[str, str]) -> tuple[str, str]:
    found = _there(place)
    if len(found) != 2 or not set(filter(None, langs)) <= set(found):
        raise UsageError(f"{place.path}: the files beside it are in {', '.join(found)}", fix=_SAY_WHICH)
    return found[0], found[1]


def require_named(place: Place, pair: tuple[str, str]) -> None:
    """Raise `UsageError` where the name of a Moses pair ends with another language."""
    if not set(place.langs) <= set(pair):
        raise UsageError(
            f"{place.path} does not hold {pair[0]} and {pair[1]} by its name",
            fix="Name the languages that its name ends with.",
        )


def _partner(place: Place, lang: str) -> str:
    found = [code for code in _there(place) if code != lang]
    if len(found) == 1:
        return found[0]
    several = f"{' and '.join(found)} both stand beside it" if found else "no other language stands beside it"
    raise UsageError(f"{place.path}: {several}", fix=_SAY_WHICH)
