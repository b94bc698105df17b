"""Articles in English as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from paracorp.languages import join_sentences
from paracorp.lexicon.entities import EntityReader
from paracorp.lexicon.matching import Matcher, Mention
from paracorp.lexicon.splicing import as_listed, splice
from paracorp.lexicon.termbase import Termbase
from paracorp.records import Article, BlockKind, Origin, Segment, Translation

_PIVOT = "en"
_UNSURE = "translation-unsure: "
_FORBIDDEN = ".forbidden"
_MARKUP = {
    BlockKind.TITLE: "# {}",
    BlockKind.HEADING: "## {}",
    BlockKind.PARAGRAPH: "{}",
    BlockKind.CAPTION: "*{}*",
    BlockKind.LIST_ITEM: "- {}",
}


class GlossaryNames:
    """Writes the names in English texts as a glossary lists them."""

    def __init__(self, termbase: Termbase) -> None:
        """Build the matchers once for many articles."""
        self._termbase = termbase
        self._approved = EntityReader(termbase).matcher(_PIVOT)
        forbidden = [term for term in termbase if term.status == "forbidden" and _PIVOT in term.variants]
        self._forbidden = Matcher(forbidden, _PIVOT)

    def normalised(self, text: str) -> str:
        """The text with the approved name for every forbidden one, and the others as they are listed."""
        for mention in reversed(self._forbidden.find(text)):
            term_id = mention.term_id.removesuffix(_FORBIDDEN)
            term, names = self._termbase.get(term_id), self._termbase.approved(term_id, _PIVOT)
            if term is not None and names:
                text = splice(text, mention.start, mention.end, names[0], kind=term.kind)
        found = self._approved.find(text)
        return as_listed(text, [mention for mention in found if not self._listed(mention, text)])

    def _listed(self, mention: Mention, text: str) -> bool:
        """Whether a name is written as any variant of its term; the mention has but one of those alike."""
        return text[mention.start : mention.end] in self._termbase.approved(mention.term_id, _PIVOT)


def english_markdown(
    article: Article,
    segments: Iterable[Segment],
    translations: Mapping[str, Translation],
    names: GlossaryNames | None = None,
    *,
    final: str = "",
) -> str:
    """An article in English as Markdown: front matter, title, headings, paragraphs, captions, list items.

    A sentence without a rendering stands in the original between ⟦ and ⟧; one that is unsure has a footnote
    with the reason and the score. `names` writes all names but those in English that `final` names as the
    engine, which a person wrote.
    """
    footnotes: list[str] = []
    by_block: dict[int, list[tuple[str, str]]] = {}
    for segment in segments:
        rendering = translations[segment.id]
        text = rendering.text
        if names is not None and not (final and rendering.engine == final):
            text = names.normalised(text)
        if rendering.origin is Origin.NONE:
            text = f"⟦{segment.text}⟧"
        doubt = _doubt(rendering)
        footnotes += [f"[^{len(footnotes) + 1}]: {_escaped(doubt)}"] if doubt else []
        mark = f"[^{len(footnotes)}]" if doubt else ""
        by_block.setdefault(segment.block, []).append((text, mark))
    title = next((index for index, block in enumerate(article.blocks) if block.kind is BlockKind.TITLE), -1)
    english = join_sentences([text for text, _ in by_block.get(title, ())], "en")
    lines = [_front_matter(article, english)]
    for index, sentences in sorted(by_block.items()):
        marked = join_sentences([_escaped(text) + mark for text, mark in sentences if text.strip()], "en")
        if marked:
            lines.append(_MARKUP[article.blocks[index].kind].format(_at_line_start(marked)))
    return "\n\n".join(lines + (["\n".join(footnotes)] if footnotes else [])) + "\n"


def _doubt(rendering: Translation) -> str:
    """Why a rendering is unsure, with its score; empty where nothing speaks against it."""
    reasons = [note.removeprefix(_UNSURE) for note in rendering.notes if note.startswith(_UNSURE)]
    if rendering.origin is Origin.FUZZY:
        reasons.append(f"from a sentence in {rendering.engine} that is nearly the same")
    return f"Unsure: {'; '.join(reasons)} (score {rendering.score:.2f})" if reasons else ""


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


def _escaped(text: str) -> str:
    """Text that Markdown reads as text inside a line: what would open markup is escaped."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>&~" else char for char in " ".join(text.split()))


def _at_line_start(line: str) -> str:
    """An escaped line that is no heading, list or table."""
    line = re.sub(r"^(\d+)([.)])", r"\1\\\2", line)
    return f"\\{line}" if line[:1] in ("#", "-", "+", "|", "=") else line
