"""Tables of translation units: what the columns of a TSV, CSV or Parquet file mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from paracorp.errors import InputError
from paracorp.formats.units import PROPERTIES, BitextUnit, free_name, language_codes, tag_of
from paracorp.languages import code_for_tag

# The contract of the exported TSV.
PAIR_COLUMNS = ("id", "source_lang", "target_lang", "source", "target", *PROPERTIES[:10])

# Columns of a glossary, which has a column per language too.
_GLOSSARY = {"kind", "status", "note"}
_TEXTS = ("source", "target")
_LANGS = ("source_lang", "target_lang")


def cells_of(unit: BitextUnit, pair: tuple[str, str], columns: Sequence[str]) -> list[str]:
    """The cells of a unit in these columns, as text, empty where there is nothing."""
    source, target = pair
    fixed = {
        "id": unit.id,
        "source_lang": tag_of(unit, source),
        "target_lang": tag_of(unit, target),
        "source": unit.variants[source],
        "target": unit.variants[target],
    }
    return [fixed[name] if name in fixed else unit.props.get(name, "") for name in columns]


def check_header(
    header: Sequence[str], path: Path, line: int | None, *, required: Sequence[str] = ()
) -> None:
    """Raise `InputError` unless there is a header with the required columns and none twice."""
    if not header:
        raise InputError(
            "the table is empty", path=path, fix="Give a table whose first line names the columns."
        )
    missing = [name for name in required if name not in header]
    if missing:
        raise InputError(
            f"no column {missing[0]!r}; found {', '.join(header)}",
            path=path,
            line=line,
            fix=f"Name the columns in the first line; needed: {', '.join(required)}.",
        )
    twice = [name for name in header if header.count(name) > 1]
    if twice:
        raise InputError(f"two columns {twice[0]!r}", path=path, line=line, fix="Rename one of them.")


def rows_by_column(
    rows: Iterator[tuple[int, list[str]]],
    path: Path,
    *,
    fix: str,
    required: Sequence[str] = (),
    on_reject: Callable[[InputError], None] | None = None,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line and cells by column of the rows behind the header, which is the first.

    A row with another number of cells than it goes to `on_reject`, or is raised without it; `fix` is how to
    mend one. Always raises `InputError` as `check_header` does.
    """
    line, header = next(rows, (0, []))
    check_header(header, path, line, required=required)
    for line, cells in rows:
        if len(cells) == len(header):
            yield line, dict(zip(header, cells, strict=True))
            continue
        reason = f"{len(cells)} cells, expected {len(header)} as in the header"
        error = InputError(reason, path=path, line=line, fix=fix)
        if on_reject is None:
            raise error
        on_reject(error)


class TableReader:
    """Turns the rows of one table into units, once its header has been understood.

    The texts stand in the columns `source` and `target`, their languages in `source_lang` and
    `target_lang` or in `langs`; or every text stands in a column named after its language (`zh`, `he-IL`).
    All other columns are properties.
    """

    def __init__(self, header: Sequence[str], path: Path, line: int | None, langs: tuple[str, str]) -> None:
        """Raise `InputError` where two texts and their languages cannot be told from the header."""
        check_header(header, path, line)
        self.path = path
        self.sides = all(name in header for name in _TEXTS)
        self.by_language = {
            name: code
            for name in header
            if name not in ("id", *_TEXTS, *_LANGS, *PROPERTIES) and (code := code_for_tag(name))
        }
        self.langs = langs
        self.stated = all(name in header for name in _LANGS)
        fixed = {"id", *_TEXTS, *_LANGS} if self.sides else {"id"}
        self.props = {
            name: name if name in PROPERTIES else free_name(name)
            for name in header
            if name not in fixed and name not in self.by_language
        }
        if not self.sides and set(header) >= _GLOSSARY:
            raise InputError(
                "this is a glossary",
                path=path,
                line=line,
                fix="For glossaries there is: paracorp glossary convert IN OUT.",
            )
        if not self.sides and len(self.by_language) < 2:
            raise InputError(
                f"no two texts in the columns {', '.join(header)}",
                path=path,
                line=line,
                fix="Name the columns source and target, or after their languages, such as zh and he.",
            )
        if self.sides and not self.stated and not all(langs):
            raise InputError(
                "no columns source_lang and target_lang",
                path=path,
                line=line,
                fix="Say the languages with --source-lang and --target-lang.",
            )

    def unit(self, row: Mapping[str, str], line: int) -> BitextUnit:
        """The unit in a row, texts possibly empty; `InputError` where languages are missing or the same."""
        tags: dict[str, str] = {}
        variants: dict[str, str] = {}
        found = list(self._texts(row, line))
        for code, (tag, text) in zip(language_codes(tag for tag, _ in found), found, strict=True):
            if code in variants:
                raise self._bad(f"two texts in {code}", line)
            variants[code], tags[code] = text, tag
        props = {kept: row[name] for name, kept in self.props.items() if row[name]}
        return BitextUnit(row.get("id", ""), variants, props, tags=tags, line=line)

    def _texts(self, row: Mapping[str, str], line: int) -> Iterable[tuple[str, str]]:
        if self.sides:
            stated = tuple(row[name] for name in _LANGS) if self.stated else ("", "")
            for name, tag, given in zip(_TEXTS, stated, self.langs, strict=True):
                if not (tag or given):
                    raise self._bad(f"no {name}_lang", line)
                yield tag or given, row[name]
        for name in self.by_language:
            if row[name]:
                yield name, row[name]

    def _bad(self, reason: str, line: int) -> InputError:
        return InputError(reason, path=self.path, line=line, fix="Mend or delete this row.")


def columns_for(names: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table that is to hold properties of these names: those of the contract come first."""
    found = set(names) - set(PAIR_COLUMNS)
    return (*PAIR_COLUMNS, *(name for name in PROPERTIES if name in found), *sorted(found - set(PROPERTIES)))
