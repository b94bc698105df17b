"""Units to TMX and TSV files, articles to English Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from paracorp.corpus import Corpus, atomic_path
from paracorp.formats.tmx import write_tmx
from paracorp.formats.tsv import write_tsv
from paracorp.languages import join_sentences, language
from paracorp.records import Article, BlockKind, Finding, Origin, Segment, Translation, TranslationUnit


def export_pair(
    corpus: Corpus,
    pair: tuple[str, str],
    units: Sequence[TranslationUnit],
    *,
    findings: Iterable[Finding],
    articles: Mapping[str, Article],
) -> list[Path]:
    """Write the TSV and TMX of one language pair; the paths written, TSV first."""
    source, target = pair
    rules = rules_by_unit(findings)
    tsv, tmx = pair_paths(corpus, pair)
    with atomic_path(tsv) as path:
        write_tsv(path, units, findings=rules)
    tags = {code: corpus.settings.export.tags.get(code, language(code).bcp47) for code in pair}
    with atomic_path(tmx) as path:
        write_tmx(
            path,
            units,
            source_lang=source,
            target_lang=target,
            tags=tags,
            findings=rules,
            articles=articles,
        )
    return [tsv, tmx]


def pair_paths(corpus: Corpus, pair: tuple[str, str]) -> tuple[Path, Path]:
    """Where the TSV and the TMX of a language pair go."""
    stem = f"{corpus.name}.{pair[0]}-{pair[1]}"
    return corpus.export / f"{stem}.tsv", corpus.export / f"{stem}.tmx"


def rules_by_unit(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """The names of the rules that found something, per unit id, each once, sorted."""
    rules: dict[str, set[str]] = {}
    for finding in findings:
        rules.setdefault(finding.unit_id, set()).add(finding.rule)
    return {unit_id: sorted(names) for unit_id, names in rules.items()}


def english_markdown(
    article: Article, segments: Iterable[Segment], translations: Mapping[str, Translation]
) -> str:
    """An article in English as Markdown: front matter, title, headings, paragraphs, captions, list items.

    A sentence without a rendering stands in the original between ⟦ and ⟧.
    """
    by_block: dict[int, list[str]] = {}
    for segment in segments:
        rendering = translations[segment.id]
        missing = rendering.origin is Origin.NONE
        by_block.setdefault(segment.block, []).append(f"⟦{segment.text}⟧" if missing else rendering.text)
    titles = [index for index, block in enumerate(article.blocks) if block.kind is BlockKind.TITLE]
    english = {index: join_sentences(texts, "en") for index, texts in sorted(by_block.items())}
    lines = [_front_matter(article, english.get(titles[0], "") if titles else "")]
    for index, text in english.items():
        if text.strip():
            lines.append(_MARKUP[article.blocks[index].kind].format(_literal(text)))
    return "\n\n".join(lines) + "\n"


_MARKUP = {
    BlockKind.TITLE: "# {}",
    BlockKind.HEADING: "## {}",
    BlockKind.PARAGRAPH: "{}",
    BlockKind.CAPTION: "*{}*",
    BlockKind.LIST_ITEM: "- {}",
}


def _front_matter(article: Article, english_title: str) -> str:
    fields = {
        "title": english_title,
        "original_title": article.title,
        "lang": article.lang,
        "date": article.published.isoformat() if article.published else "",
        "author": article.author,
        "publisher": article.publisher,
        "url": article.url,
        "source_file": article.path,
    }
    body = "\n".join(f"{name}: {_quoted(value)}" for name, value in fields.items() if value)
    return f"---\n{body}\n---"


def _quoted(value: str) -> str:
    """A YAML double-quoted scalar."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _literal(text: str) -> str:
    """Text that Markdown reads as text: what would open markup is escaped."""
    escaped = "".join(f"\\{char}" if char in "\\`*_[]<>&~" else char for char in " ".join(text.split()))
    escaped = re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped)  # else a numbered list
    return f"\\{escaped}" if escaped[:1] in ("#", "-", "+", "|", "=") else escaped
