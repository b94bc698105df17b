"""Passages that say the same thing: article pairs, links, and links between plain tables.

    align_pair(source: Sequence[Passage], target: Sequence[Passage], *,
               min_confidence: float | None = None, monotonic: bool = False,
               encoder: Encoder | None = None,
               fixed: Sequence[Ends] = (), forbidden: Sequence[Ends] = ()) -> list[Link]
    pair_articles(source: Sequence[Report], target: Sequence[Report], settings: AlignmentSettings, *,
                  encoder: Encoder | None = None) -> list[ArticlePair]
    mine_tables(source: Sequence[Passage], target: Sequence[Passage], *,
                min_confidence: float | None = None, monotonic: bool = False,
                encoder: Encoder | None = None,
                on_progress: Callable[[str, int, int], None] | None = None) -> list[Link]
    read_table(path: Path, lang: str | None = None) -> list[Passage]
    write_links(links: Iterable[Link], path: Path) -> None

A `Passage` is one sentence with its English, a `Report` an article with its day and its passages, an
`Encoder` the model of English meaning that comes with the extra `paracorp[semantic]`. The way from two
articles to links: `similarity` (what windows share), `candidates` (which pairs are looked at), `features` and
`confidence` (how probable each is), `search` (the best set), `evidence` (why). Besides their words,
passages are compared by `figures`, `quotes` and, with an encoder, `wording`.
"""

from paracorp.alignment.articles import Report, likely_pairs, pair_articles, score_pair
from paracorp.alignment.linking import align_pair
from paracorp.alignment.mining import mine_tables
from paracorp.alignment.passages import Passage
from paracorp.alignment.semantic import Encoder, model_folder
from paracorp.alignment.tables import read_table, write_links

__all__ = [
    "Encoder",
    "Passage",
    "Report",
    "align_pair",
    "likely_pairs",
    "mine_tables",
    "model_folder",
    "pair_articles",
    "read_table",
    "score_pair",
    "write_links",
]
