"""Passages that say the same thing: article pairs, links, and links between plain tables.

    align_pair(source: Sequence[Passage], target: Sequence[Passage], *,
               min_confidence: float | None = None, monotonic: bool = False) -> list[Link]
    pair_articles(source: Sequence[Report], target: Sequence[Report],
                  settings: AlignmentSettings) -> list[ArticlePair]
    mine_tables(source: Sequence[Passage], target: Sequence[Passage], *,
                min_confidence: float | None = None, monotonic: bool = False,
                on_progress: Callable[[int, int], None] | None = None) -> list[Link]
    read_table(path: Path, lang: str | None = None) -> list[Passage]
    write_links(links: Iterable[Link], path: Path) -> None

A `Passage` is one sentence with its English, a `Report` an article with its day and its passages. The
way from two articles to links: `similarity` (what windows share), `candidates` (which pairs are looked at),
`features` and `confidence` (how probable each is), `search` (the best set), `evidence` (why).
"""

from paracorp.alignment.articles import Report, pair_articles
from paracorp.alignment.linking import align_pair
from paracorp.alignment.mining import mine_tables
from paracorp.alignment.passages import Passage
from paracorp.alignment.tables import read_table, write_links

__all__ = ["Passage", "Report", "align_pair", "mine_tables", "pair_articles", "read_table", "write_links"]
