"""Reports as collected (Markdown, scraped text, web pages) to articles, with what was cut and why.

Importing this package is light; PyYAML, markdown-it and trafilatura are loaded where they are used.
"""

from __future__ import annotations

from paracorp.ingest.duplicates import near_duplicates
from paracorp.ingest.files import find_files, leads_nowhere
from paracorp.ingest.reading import Explained, classify, explain, read_article

__all__ = [
    "Explained",
    "classify",
    "explain",
    "find_files",
    "leads_nowhere",
    "near_duplicates",
    "read_article",
]
