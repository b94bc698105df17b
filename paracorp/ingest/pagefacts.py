"""What the head of a web page says of its report: title, day, author, publisher, address, language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from paracorp.ingest.draft import Facts
from paracorp.ingest.prose import clean
from paracorp.ingest.published import first_day
from paracorp.ingest.rules import load_rules

_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate",
    "publish-date", "publish_date", "published_time", "publication_date", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "article:create_at", "parsely-pub-date", "sailthru.date", "apub:time",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author")
_PUBLISHERS = (
    "og:site_name", "publisher", "article:publisher", "dc.publisher", "source", "mediaid", "application-name",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "headline", "parsely-title", "dc.title", "articletitle")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts; the title is what the head calls the report, if possible without the name of the site.

    `lang` is the language attribute of the page, empty where it has none; the title stands on `title_line`.
    """

    facts: Facts
    lang: str
    title_line: int


def read_page_facts(tree: Any) -> PageFacts:
    """Facts by the page's own tags; nothing is guessed from addresses or the clock."""
    meta = _meta(tree)
    data = _linked_data(tree)
    publisher = _first(meta, _PUBLISHERS) or _name(data.get("publisher"))
    element = tree.find(".//title")
    page_title = clean(element.text_content()) if element is not None else ""
    title = _first(meta, _TITLES) or clean(str(data.get("headline") or ""))
    author = _first(meta, _AUTHORS)
    facts = Facts(
        title=title or _without_site(page_title, publisher),
        published=first_day(_first(meta, _DATES) or str(data.get("datePublished") or "")),
        url=_address(tree, meta),
        author=_name(data.get("author")) if not author or author.startswith("http") else author,
        publisher="" if publisher.startswith("http") else publisher,
    )
    line = element.sourceline if element is not None else 1
    return PageFacts(facts, clean(tree.get("lang") or ""), line or 1)


def _meta(tree: Any) -> dict[str, str]:
    """The first content of each name, property or itemprop of the page's tags, in lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta", "time"):
        content = element.get("content") or (element.get("datetime") if element.get("itemprop") else None)
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content and clean(content):
                found.setdefault(name, clean(content))
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _linked_data(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object that is an article of some kind; empty where none is, or it does not parse."""
    for element in tree.iter("script"):
        if "ld+json" in (element.get("type") or "") and element.text:
            try:
                data = json.loads(element.text, strict=False)
            except (ValueError, RecursionError):
                continue
            article = next((item for item in _objects(data) if "Article" in str(item.get("@type"))), None)
            if article:
                return article
    return {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    items = data if isinstance(data, list) else [data]
    for item in items:
        if isinstance(item, dict):
            yield item
            yield from (inner for inner in item.get("@graph") or () if isinstance(inner, dict))


def _name(value: Any) -> str:
    """The name in a JSON-LD person or organisation, several joined by commas."""
    items = value if isinstance(value, list) else [value]
    names = (item.get("name") if isinstance(item, dict) else item for item in items)
    return ", ".join(clean(name) for name in names if isinstance(name, str) and clean(name))


def _address(tree: Any, meta: dict[str, str]) -> str:
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    addresses = (clean(address or "") for address in (*links, meta.get("og:url"), meta.get("twitter:url")))
    return next((address for address in addresses if address.startswith(("http://", "https://"))), "")


def _without_site(title: str, publisher: str) -> str:
    for mark in ("_", "|", "｜", "-", "–", "—"):
        head, _, tail = title.rpartition(mark)
        if publisher and head.strip() and tail.strip() == publisher:
            return head.strip()
    return load_rules().site_name.sub("", title)
