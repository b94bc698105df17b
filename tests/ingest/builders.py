"""Corpus folders and articles for the tests of ingest."""

from __future__ import annotations

from pathlib import Path

from paracorp.ingest import read_article
from paracorp.records import Article, Block, BlockKind

LANGUAGES = ("zh", "he")

ZH_BODY = "市政府二月二十七日公布的数字显示，两台机组头一个月共发电一点二亿千瓦时。"
HE_BODY = "עיריית חיפה הודיעה אתמול שהרכבת הקלה תפעל החל מחודש יולי גם בשעות הלילה."

# Paragraphs that do not begin alike.
ZH = tuple(f"{opening}{ZH_BODY}" for opening in ("晨湾讯。", "码头边，", "另一头，", "到了夜里，"))
HE = tuple(f"{opening} {HE_BODY}" for opening in ("אתמול:", "השבוע:", "בינתיים:", "ולסיום:"))


def write(root: Path, name: str, content: str | bytes) -> Path:
    """A file below `root/articles`, its folders made."""
    path = root / "articles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def read(root: Path, name: str, content: str | bytes) -> Article:
    return read_article(write(root, name, content), root, LANGUAGES)


def blocks(article: Article) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in article.blocks]


def cuts(article: Article) -> list[tuple[str, int, str]]:
    return [(cut.rule, cut.line, cut.text) for cut in article.cuts]


def plain_article(name: str, *texts: str) -> Article:
    """An article of paragraphs under the id `name` (`lang/stem`)."""
    return Article(
        id=name,
        lang=name.partition("/")[0],
        title="",
        published=None,
        url="",
        author="",
        publisher="",
        path=f"articles/{name}.txt",
        encoding="utf-8",
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts),
    )
