"""The closing table of a run, and the exit code it means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from paracorp.cli.terminal import columns, emit, emit_json, isolated, say
from paracorp.errors import InputError, ModelMissingError, first_exit_code
from paracorp.languages import language
from paracorp.records import SEVERITIES, Origin

if TYPE_CHECKING:
    from paracorp.pipeline import BuildResult


EXAMPLES = 5
SHORT_CHARS = 60


def show_result(result: BuildResult, *, json: bool) -> None:
    """Counts and files on stdout; what is missing and how to mend it on stderr."""
    if json:
        emit_json(as_data(result))
    else:
        show_counts(result)
        show_files(result)
    if not result.changed:
        say("nothing to do: everything was up to date")
    if result.until != "ingest" and (absent := absent_languages(result)):
        say(
            f"note: no article in {' or '.join(absent)}, so nothing can be paired; "
            f"add some with: paracorp add {result.corpus.root} FILE..."
        )
    for group in duplicate_groups(result):
        say(f"note: nearly the same text: {', '.join(group)}; all are kept, remove those you do not want")
    if result.made.missing:
        say(missing_message(result))
    if result.problems:
        say(f"{len(result.problems)} problem(s) in the input, shown above; the rest went through")


def absent_languages(result: BuildResult) -> list[str]:
    """Names of the corpus's languages that no article is in."""
    present = {row.lang for row in result.made.articles}
    return [language(code).name for code in result.corpus.settings.languages if code not in present]


def duplicate_groups(result: BuildResult) -> list[tuple[str, ...]]:
    """Articles that nearly repeat each other, directly or through others, a sorted group each."""
    group_of: dict[str, set[str]] = {}
    for item in result.made.duplicates:
        merged = group_of.get(item.first_id, {item.first_id}) | group_of.get(item.second_id, {item.second_id})
        group_of.update(dict.fromkeys(merged, merged))
    return sorted({tuple(sorted(group)) for group in group_of.values()})


def show_counts(result: BuildResult, more: Sequence[tuple[str, str]] = ()) -> None:
    """The counts of a run, and what else there is to tell of it, in two columns."""
    emit(columns([*_rows(result), *more]))


def show_files(result: BuildResult) -> None:
    """Where the exported files are; the English articles as one folder."""
    english = result.corpus.build / "english"
    files = [path for path in result.made.files if english not in path.parents]
    for path in (*files, english) if result.made.files else ():
        emit(f"  {path}")


def as_data(result: BuildResult) -> dict[str, Any]:
    """The result as JSON-like data; keys are stable."""
    made = result.made
    return {
        "corpus": result.corpus.name,
        "changed": list(result.changed),
        "articles": dict(Counter(row.lang for row in made.articles)),
        "segments": len(made.segments),
        "translations": {str(origin): count for origin, count in origin_counts(result).items()},
        "untranslated": untranslated(result),
        "article_pairs": len(made.pairs),
        "links": len(made.links),
        "units": dict(Counter(f"{row.source.lang}-{row.target.lang}" for row in made.units)),
        "findings": {str(severity): count for severity, count in severity_counts(result).items()},
        "duplicates": [[row.first_id, row.second_id, row.similarity] for row in made.duplicates],
        "problems": [_problem(error) for error in result.problems],
        "files": [str(path) for path in made.files],
    }


def _problem(error: InputError) -> dict[str, Any]:
    return {"path": str(error.path), "line": error.line, "message": error.reason, "fix": error.fix}


def _rows(result: BuildResult) -> list[tuple[str, str]]:
    made = result.made
    langs = Counter(row.lang for row in made.articles)
    per_lang = ", ".join(f"{code} {langs[code]}" for code in result.corpus.settings.languages)
    rows = [("articles", f"{len(made.articles)} ({per_lang})"), ("segments", str(len(made.segments)))]
    if result.until != "ingest":
        counts = origin_counts(result)
        rows.append(("English from", ", ".join(f"{origin} {counts[origin]}" for origin in Origin)))
    if result.until not in ("ingest", "translate"):
        rows += [("article pairs", str(len(made.pairs))), ("links", str(len(made.links)))]
    if result.until in ("check", "export"):
        severities = severity_counts(result)
        rows.append(("findings", ", ".join(f"{name} {severities[name]}" for name in reversed(SEVERITIES))))
    return rows


def origin_counts(result: BuildResult) -> Counter[Origin]:
    """Segments by where their English comes from."""
    return Counter(row.origin for row in result.made.translations)


def severity_counts(result: BuildResult) -> Counter[str]:
    """Findings by severity."""
    return Counter(row.severity for row in result.made.findings)


def untranslated(result: BuildResult) -> dict[str, int]:
    """Segments without English, per language."""
    return {item.lang: len(item.segment_ids) for item in result.made.missing}


def missing_message(result: BuildResult) -> str:
    """What has no English, and the command that would give it some."""
    missing = result.made.missing
    segments = {row.id: row for row in result.made.segments}
    counts = ", ".join(f"{item.lang} {len(item.segment_ids)}" for item in missing)
    lines = [f"not translated: {counts} segments; they are left out of pairs and exports"]
    for item in missing:
        lines += [
            f"    {name}  {isolated(_short(segments[name].text))}" for name in item.segment_ids[:EXAMPLES]
        ]
        if len(item.segment_ids) > EXAMPLES:
            lines.append(f"    and {len(item.segment_ids) - EXAMPLES} more: see build/report.html")
    langs = " ".join(item.lang for item in missing if item.command)
    if langs:
        lines.append(f"  Install a model with: paracorp models install {langs}")
    lines.append(f"  or add reviewed translations with: paracorp add {result.corpus.root} FILE.tmx")
    return "\n".join(lines)


def _short(text: str) -> str:
    return text if len(text) <= SHORT_CHARS else text[: SHORT_CHARS - 1] + "…"


def exit_code(result: BuildResult, fail_on: str) -> int:
    """The code for a finished run: 3 bad input, 4 a model is missing, 1 findings, else 0."""
    codes = set()
    if result.problems:
        codes.add(InputError.exit_code)
    use_models = "argos" in result.corpus.settings.translation.engines
    if use_models and any(item.command for item in result.made.missing):
        codes.add(ModelMissingError.exit_code)
    if fail_on:
        counts = severity_counts(result)
        worse = SEVERITIES[[str(name) for name in SEVERITIES].index(fail_on) :]
        if any(counts[severity] for severity in worse):
            codes.add(1)
    return first_exit_code(codes)
