"""One file to one article: decode, tell the kind by the content, parse, cut, settle kinds and language."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paracorp.errors import InputError
from paracorp.ingest import markdown, scraped, webpage
from paracorp.ingest.boilerplate import sift
from paracorp.ingest.draft import Claim, Draft
from paracorp.ingest.encoding import Decoded, decode
from paracorp.ingest.files import folder_language, leads_nowhere
from paracorp.ingest.language import decide
from paracorp.ingest.structure import settle
from paracorp.records import Article, Block, BlockKind

_SUFFIXES = {".md", ".markdown", ".txt", ".text", ".html", ".htm", ".xhtml", ""}
_FIX_EMPTY = "Put the text of the article into the file, or take it out of the folder."


@dataclass(frozen=True, slots=True)
class Explained:
    """A block or cut of an article and its line in the file; `what` is the block's kind or the cut's rule."""

    line: int
    kept: bool
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article with the line of each of its blocks, and the suffix its content asks for."""

    article: Article
    lines: tuple[int, ...]
    suffix: str


def read_article(path: Path, corpus_root: Path, languages: Sequence[str]) -> Article:
    """The article in a file below `corpus_root`, in one of `languages`.

    `InputError` where the file cannot be read, is no text, is empty or all boilerplate, has front matter
    that does not parse, or where header, folder and script disagree on the language.
    """
    return _read(path, corpus_root, languages).article


def explain(article: Article, corpus_root: Path) -> list[Explained]:
    """The blocks and cuts of an article in the order of its file, which is read again for their lines.

    In a line that was cut in part the block comes first. `InputError` where the file cannot be read any more.
    """
    reading = _read(corpus_root / article.path, corpus_root, (article.lang,))
    blocks = zip(reading.article.blocks, reading.lines, strict=True)
    rows = [Explained(line, True, block.kind, block.text) for block, line in blocks]  # noqa: FBT003
    rows += [Explained(cut.line, False, cut.rule, cut.text) for cut in reading.article.cuts]  # noqa: FBT003
    return sorted(rows, key=lambda row: (row.line, not row.kept))


def classify(path: Path, languages: Sequence[str]) -> tuple[str, str]:
    """The language of a loose file and the suffix its content asks for: `.md`, `.txt` or `.html`.

    `InputError` as for `read_article`; the folder the file lies in says nothing.
    """
    reading = _read(path, path.parent, languages)
    return reading.article.lang, reading.suffix


def _read(path: Path, corpus_root: Path, languages: Sequence[str]) -> _Reading:
    _check_name(path, corpus_root)
    decoded = _decoded(path)
    suffix, draft = _parsed(decoded.text, path)
    draft = settle(sift(draft))
    if not draft.pieces:
        rules = ", ".join(sorted({cut.rule for cut in draft.cuts}))
        reason = f"no text is left after the cuts ({rules})" if rules else "holds no text"
        raise InputError(reason, path=path, fix=_FIX_EMPTY)
    text = "\n".join(piece.text for piece in draft.pieces)
    lang = decide([*draft.claims, *_folder_claim(path, corpus_root)], text, languages, path)
    article = _article(draft, lang, decoded.encoding, _relative(path, corpus_root))
    return _Reading(article, tuple(piece.line for piece in draft.pieces), suffix)


def _check_name(path: Path, corpus_root: Path) -> None:
    """Raise where a name is no text, as after unpacking an archive made in another encoding."""
    try:
        _relative(path, corpus_root).as_posix().encode()
    except UnicodeEncodeError:
        raise InputError(
            "its name is not UTF-8, so no sentence id can be made of it", path=path, fix="Rename the file."
        ) from None


def _decoded(path: Path) -> Decoded:
    try:
        data = path.read_bytes()
    except OSError as error:
        found = leads_nowhere(path) or f"cannot be read ({error.strerror})"
        raise InputError(found, path=path, fix="Check that it is a file you may read.") from None
    decoded = decode(data, path)
    if path.suffix.lower() not in _SUFFIXES:
        raise InputError(
            f"a {path.suffix} file; paracorp reads .md, .txt and .html",
            path=path,
            fix="Save the article as one of these, or take the file out of the folder.",
        )
    if not decoded.text.strip("\ufeff \t\r\n"):
        raise InputError("the file is empty", path=path, fix=_FIX_EMPTY)
    return decoded


def _parsed(text: str, path: Path) -> tuple[str, Draft]:
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if webpage.looks_like_html(text):
        return ".html", webpage.parse(text)
    if markdown.looks_like_markdown(text) or path.suffix.lower() in (".md", ".markdown"):
        return ".md", markdown.parse(text, path)
    return ".txt", scraped.parse(text)


def _folder_claim(path: Path, corpus_root: Path) -> list[Claim]:
    tag = folder_language(path, corpus_root)
    return [Claim("its folder", (tag,))] if tag else []


def _relative(path: Path, corpus_root: Path) -> Path:
    return path.relative_to(corpus_root) if path.is_relative_to(corpus_root) else Path(path.name)


def _article(draft: Draft, lang: str, encoding: str, path: Path) -> Article:
    facts = draft.facts
    title = next((piece.text for piece in draft.pieces if piece.kind is BlockKind.TITLE), "")
    return Article(
        id=f"{lang}/{'_'.join(unicodedata.normalize('NFC', path.stem).split())}",
        lang=lang,
        title=title,
        published=facts.published,
        url=facts.url,
        author=facts.author,
        publisher=facts.publisher,
        path=path.as_posix(),
        encoding=encoding,
        blocks=tuple(Block(piece.kind or BlockKind.PARAGRAPH, piece.text) for piece in draft.pieces),
        cuts=tuple(sorted(draft.cuts, key=lambda cut: cut.line)),
    )
