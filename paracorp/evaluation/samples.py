"""What English is scored against: plain files, the gold of a corpus, or its reviewed memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from paracorp.corpus import Corpus, write_text
from paracorp.errors import InputError
from paracorp.evaluation.gold_table import rows_of
from paracorp.evaluation.links import covered
from paracorp.evaluation.translation import Sample
from paracorp.formats.opening import lines_of
from paracorp.records import Segment, Translation
from paracorp.translation.memory_files import read_memory

COLUMNS = ("lang", "text", "english")
Outputs = Mapping[tuple[str, str], str]

# What a person looked over; what a model gave and nobody read is no reference.
_REVIEWED = 2


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, one sentence each, white space at the edges removed; some may be empty.

    Raises `InputError` where there is none.
    """
    lines = [line.strip() for _, line in lines_of(path)]
    if not any(lines):
        raise InputError("no sentences", path=path, fix="Give a text file with a sentence on each line.")
    return lines


def check_lengths(files: Mapping[Path, Sequence[str]]) -> None:
    """Raise `InputError` unless all files have the same number of lines."""
    (first, lines), *others = files.items()
    for path, more in others:
        if len(more) != len(lines):
            raise InputError(
                f"{len(more)} lines, and {first} has {len(lines)}",
                path=path,
                line=min(len(more), len(lines)) + 1,
                fix="Line n of one file must be the same sentence as line n of the other.",
            )


def read_gold(path: Path, langs: Sequence[str]) -> list[Sample]:
    """The rows of a TSV with `lang`, `text` and `english`: what is quoted from articles, and its English."""
    samples = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows_of(path, COLUMNS):
        lang, text = row["lang"], row["text"]
        if lang not in langs:
            known = ", ".join(langs)
            raise InputError(f"unknown language {lang!r}", path=path, line=line, fix=f"Use: {known}.")
        if (lang, text) in seen:
            reason = f"the text of line {seen[lang, text]} again"
            raise InputError(reason, path=path, line=line, fix="Keep one of the two lines.")
        seen[lang, text] = line
        samples.append(Sample(lang, text, row["english"]))
    if not samples:
        raise InputError("no rows", path=path, fix=f"Write lines of {', '.join(COLUMNS)}, separated by tabs.")
    return samples


def memory_samples(
    corpus: Corpus, *, most: int, on_reject: Callable[[InputError], None], on_message: Callable[[str], None]
) -> list[Sample]:
    """The reviewed units of a corpus's memory; at most so many a language, spread evenly over it.

    Raises `InputError` where there is none.
    """
    by_lang: dict[str, list[Sample]] = defaultdict(list)
    for lang, entry in read_memory(corpus, on_reject).entries():
        if entry.trust >= _REVIEWED:
            by_lang[lang].append(Sample(lang, entry.text, entry.english))
    if not by_lang:
        raise InputError(
            "no reviewed units to score against",
            path=corpus.memory,
            fix=f"Run: paracorp memory import {corpus.root} FILE.tmx; or write gold/translations.tsv",
        )
    samples = []
    for lang in corpus.settings.languages:
        found = by_lang.get(lang, [])
        step = max(1, len(found) / most)
        if step > 1:
            on_message(f"{lang}: {most} of {len(found)} units, spread over the memory")
        samples += [found[int(place * step)] for place in range(min(most, len(found)))]
    return samples


def built_outputs(
    samples: Iterable[Sample], segments: Iterable[Segment], translations: Iterable[Translation], gold: Path
) -> dict[tuple[str, str], str]:
    """What a build gave for each text: the English of the segments that the text covers, joined.

    Raises `InputError` naming `gold` for a text that no article holds.
    """
    english = {row.segment_id: row.text for row in translations}
    articles: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    single: dict[tuple[str, str], str] = {}
    for segment in segments:
        articles[segment.lang, segment.article_id].append(segment)
        single.setdefault((segment.lang, segment.text), segment.id)
    outputs = {}
    for sample in samples:
        known = single.get((sample.lang, sample.text))
        ids = (known,) if known is not None else _found(sample, articles)
        if not ids:
            raise InputError(
                f"no {sample.lang} article holds this text: {sample.text[:60]}",
                path=gold,
                fix="Quote the text as it stands in an article, and build the corpus.",
            )
        made = " ".join(english[name] for name in ids if english.get(name))
        outputs[sample.lang, _spaced(sample.text)] = made
    return outputs


def _found(sample: Sample, articles: Mapping[tuple[str, str], Sequence[Segment]]) -> tuple[str, ...]:
    candidates = (covered(sample.text, rows) for (lang, _), rows in articles.items() if lang == sample.lang)
    return next(filter(None, candidates), ())


def read_outputs(path: Path) -> dict[tuple[str, str], str]:
    """What a system gave, by language and text, from a TSV as `write_outputs` makes it."""
    rows = rows_of(path, COLUMNS, may_be_empty=("english",))
    return {(row["lang"], _spaced(row["text"])): row["english"] for _, row in rows}


def outputs_for(samples: Sequence[Sample], outputs: Outputs, path: Path) -> list[str]:
    """A system's English for each sample; `InputError` naming `path` where it has none for a text."""
    keys = [(sample.lang, _spaced(sample.text)) for sample in samples]
    for key, sample in zip(keys, samples, strict=True):
        if key not in outputs:
            raise InputError(
                f"nothing for the {sample.lang} text: {sample.text[:60]}",
                path=path,
                fix="Give the output of a system for the same sentences, saved with --save.",
            )
    return [outputs[key] for key in keys]


def write_outputs(path: Path, samples: Sequence[Sample], hypotheses: Sequence[str]) -> None:
    """Write what a system gave as a TSV of `lang`, `text` and `english`."""
    rows = [COLUMNS]
    rows += [(item.lang, item.text, english) for item, english in zip(samples, hypotheses, strict=True)]
    write_text(path, "".join("\t".join(map(_spaced, row)) + "\n" for row in rows))


def _spaced(text: str) -> str:
    """The text with single spaces for all white space, as a cell of a table can hold it."""
    return " ".join(text.split())
