"""Which language a report is in: what its header, folder, page and script say, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from paracorp.errors import InputError
from paracorp.ingest.draft import Claim
from paracorp.languages import LANGUAGES, code_for_tag, detect_by_script, letter_counts

# Letters of languages that paracorp has no facts of, so that no text of theirs passes for another's.
_FOREIGN = {
    "Japanese": "[\u3041-\u3096\u30a1-\u30fa]",
    "Korean": "[\uac00-\ud7a3]",
    "Arabic": "[\u0620-\u064a\u066e-\u06d3]",
    "Cyrillic": "[\u0400-\u052f]",
    "Greek": "[\u0370-\u03ff]",
    "Thai": "[\u0e01-\u0e3a]",
    "Devanagari": "[\u0904-\u0939]",
}
_KANA_WEIGHT = 2  # Japanese text is half kana or more; Chinese text has some in a name at most


def decide(claims: Sequence[Claim], text: str, languages: Sequence[str], path: Path) -> str:
    """The one of `languages` that all claims and the script of `text` agree on.

    `InputError` where they contradict each other or name no language of the corpus; it tells what each
    of them said.
    """
    if foreign := _foreign_script(text):
        message = f"not in a language of the corpus ({_named(languages)}): its script is {foreign}"
        raise InputError(message, path=path, fix=_fix("Take the file out of the corpus", languages))
    script = detect_by_script(text, LANGUAGES)
    if script is None:
        raise InputError(
            "no word in any known script", path=path, fix="Check that the file holds the text of the article."
        )
    said = [
        (claim, code) for claim in claims if (code := _code(claim, languages)) in languages or claim.binding
    ]
    if script not in languages or any(code != script for _, code in said):
        raise _contradiction(said, script, languages, path)
    return script


def _foreign_script(text: str) -> str | None:
    """The script of another language, where more is written in it than in all known ones."""
    counts = {name: len(re.findall(letters, text)) for name, letters in _FOREIGN.items()}
    counts["Japanese"] *= _KANA_WEIGHT
    name = max(counts, key=lambda script: counts[script])
    return name if counts[name] > sum(letter_counts(text).values()) else None


def _named(languages: Sequence[str]) -> str:
    return " or ".join(LANGUAGES[code].name for code in languages)


def _code(claim: Claim, languages: Sequence[str]) -> str | None:
    """The first tag of a claim that names a language of the corpus, else what its first tag names."""
    codes = [code_for_tag(tag) for tag in claim.tags]
    return next((code for code in codes if code in languages), codes[0])


def _contradiction(
    said: Sequence[tuple[Claim, str | None]], script: str, languages: Sequence[str], path: Path
) -> InputError:
    parts = [f"{claim.source} says {_name(code, claim)}" for claim, code in said]
    parts.append(f"its script is {LANGUAGES[script].name}'s{' (Latin letters)' if script == 'en' else ''}")
    if len({script, *(code for _, code in said)}) == 1:
        message, fix = (
            f"not in a language of the corpus ({_named(languages)})",
            "Take the file out of the corpus",
        )
    else:
        message, fix = "sources contradict each other on the language", "Correct the wrong one"
    line = next((claim.line for claim, code in said if code != script and claim.line), None)
    return InputError(f"{message}: {'; '.join(parts)}", path=path, line=line, fix=_fix(fix, languages))


def _fix(what: str, languages: Sequence[str]) -> str:
    return f"{what}; the corpus has {_named(languages)}, as `languages` in corpus.toml says."


def _name(code: str | None, claim: Claim) -> str:
    tags = ", ".join(claim.tags)
    return f"{LANGUAGES[code].name} ({tags})" if code else f"{tags!r}"
