"""Fit the coefficients of `paracorp.alignment.confidence` and print out-of-fold figures.

    paracorp build corpora/stargate
    python tests/benchmarks/fit_alignment.py BENCH corpora/stargate [--cache FILE] [--write]

BENCH is a folder with `news`, `articles` and `mining`, each with zh.tsv, he.tsv and gold.tsv; the corpus is
one with gold links that has been built. All is done twice, without and with the extra `paracorp[semantic]`;
FILE keeps its vectors between runs. Without `--write` only the figures are printed; with it
`paracorp/alignment/model.json` is replaced. Folds go by story (news and corpus), by article and by source
row (mining). A pair of passages of the news weighs as much as several others (`SET_WEIGHT`), so that the few
stories count about as much as the many articles. Pairs that the gold calls possible are left out.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from paracorp.alignment import confidence
from paracorp.alignment.candidates import Comparison, compare
from paracorp.alignment.confidence import Judged, Logistic, Model, judge_features
from paracorp.alignment.context import CONTEXT, Pairs, context_features, pairs_of
from paracorp.alignment.features import EDGE, PAIR, Edges, edge_features, pair_features
from paracorp.alignment.linking import LONGEST
from paracorp.alignment.passages import Passage
from paracorp.alignment.search import best_set, best_threshold, worth
from paracorp.alignment.semantic import Encoder, model_folder
from paracorp.alignment.similarity import Floats, Ints
from paracorp.alignment.tables import read_table
from paracorp.evaluation.alignment import Ends, GoldLink, calibration, score
from paracorp.evaluation.links import read_corpus_gold, read_gold
from paracorp.records import Article, Segment, Translation
from paracorp.tables import read_table as read_rows

FOLDS = {"news": 3, "articles": 6, "corpus": 2, "mining": 5}
INNER_FOLDS = 5
RIDGE = 1.0
# What agrees never speaks against a pair, what contradicts never for it, whatever few cases happen to say.
SIGNS: dict[str, tuple[float | None, float | None]] = {
    "numbers": (0.0, None),
    "quotes": (0.0, None),
    "clash": (None, 0.0),
    "quotes_differ": (None, 0.0),
}
# Articles of one story share this many sure links; fewer are chance meetings of two stories.
STORY_LINKS = 3
# The set of article pairs that have fewer: they teach, but no figures are printed for them.
BETWEEN = "between"
# It is for what is found where there is nothing; at full weight it costs .04 of the lax F1 on the news.
SET_WEIGHT = {"news": 4.0, BETWEEN: 0.2}
THRESHOLDS = tuple(round(0.2 + 0.05 * step, 2) for step in range(9))


@dataclass(frozen=True, slots=True)
class Case:
    """One pair of articles (or a fold of a heap of sentences) with features and labels.

    Weights are 0 for rows that teach nothing: possible pairs, and edges whose core is wrong.
    """

    set: str
    name: str
    comparison: Comparison
    pairs: Pairs
    table: Floats
    edges: Edges
    label: Floats
    weight: Floats
    edge_label: Floats
    edge_weight: Floats


def logistic(names: tuple[str, ...], parts: Sequence[tuple[Floats, Floats, Floats]]) -> Logistic:
    """Weighted logistic regression with a ridge on standardised columns, by L-BFGS.

    `parts` are (table, label, weight).
    """
    table, label, weight = (np.concatenate([part[at] for part in parts]) for at in range(3))
    table, label, weight = table[weight > 0], label[weight > 0], weight[weight > 0]
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = np.column_stack([(table - mean) / spread, np.ones(len(table))])

    def loss(beta: Floats) -> tuple[float, Floats]:
        total = scaled @ beta
        chance = 1 / (1 + np.exp(-total))
        value = (weight * (np.logaddexp(0, total) - label * total)).sum()
        value += 0.5 * RIDGE * (beta[:-1] ** 2).sum()
        slope = scaled.T @ (weight * (chance - label)) + RIDGE * np.append(beta[:-1], 0)
        return float(value), slope

    start = np.zeros(scaled.shape[1])
    # Tight enough that the last digit kept does not hang on the number of threads.
    beta = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[*(SIGNS.get(name, (None, None)) for name in names), (None, None)],
        options={"maxiter": 10_000, "maxfun": 100_000, "ftol": 1e-15, "gtol": 1e-8},
    ).x
    raw = beta[:-1] / spread
    weights = {name: round(float(value), 3) for name, value in zip(names, raw, strict=True)}
    return Logistic(weights | {"": round(float(beta[-1] - (raw * mean).sum()), 3)})


def fit_cases(cases: Sequence[Case]) -> Model:
    """The three models on some cases.

    The third is taught by what the first two say of cases that they have not seen, as it will be used.
    """
    pair, edge = first_models(cases)
    parts = []
    for seen, held in splits(cases):
        unseen_pair, unseen_edge = first_models(seen)
        for case in held:
            chance = unseen_pair.probability(PAIR, case.table)
            joins = unseen_edge.probability(EDGE, case.edges.features)
            ordered = case.comparison.ordered
            table = context_features(case.pairs, chance, case.edges, joins, ordered=ordered)
            parts.append((table, case.label, case.weight * factor(case)))
    return Model(pair, edge, logistic(CONTEXT, parts))


def first_models(cases: Sequence[Case]) -> tuple[Logistic, Logistic]:
    """The models of pairs and of edges."""
    pair = logistic(PAIR, [(case.table, case.label, case.weight * factor(case)) for case in cases])
    joined = [(case.edges.features, case.edge_label, case.edge_weight * factor(case)) for case in cases]
    taught = any(part[2].any() for part in joined)
    return pair, logistic(EDGE, joined) if taught else Logistic({"": 0.0})


def factor(case: Case) -> float:
    """The weight of a case."""
    return SET_WEIGHT.get(case.set, 1.0)


def splits(cases: Sequence[Case]) -> Iterator[tuple[list[Case], list[Case]]]:
    """Cases to learn from and the others, each part with a share of every set.

    One heap is not split: with tens of thousands of rows for a few weights it made no difference.
    """
    if len(cases) == 1:
        yield list(cases), list(cases)
        return
    names: dict[tuple[str, str], int] = {}
    for of in sorted({case.set for case in cases}):
        inside = sorted({case.name for case in cases if case.set == of})
        names |= {(of, name): at for at, name in enumerate(inside)}
    for fold in range(INNER_FOLDS):
        seen = [case for case in cases if names[case.set, case.name] % INNER_FOLDS != fold]
        yield seen, [case for case in cases if names[case.set, case.name] % INNER_FOLDS == fold]


def edges_of(gold: Sequence[GoldLink], strength: str) -> set[tuple[str, str]]:
    """Sentence pairs of the gold links of one strength."""
    links = (link for link in gold if link.strength == strength)
    return {(one, other) for link in links for one in link.source_ids for other in link.target_ids}


def label_case(name: str, story: str, comparison: Comparison, gold: Sequence[GoldLink]) -> Case:
    """Features and labels of one comparison."""
    pairs, edges = pairs_of(comparison), edge_features(comparison)
    sure, possible = edges_of(gold, "sure"), edges_of(gold, "possible")

    def among(wanted: set[tuple[str, str]], source: Ints, target: Ints) -> Floats:
        ids = zip(source.tolist(), target.tolist(), strict=True)
        source_side, target_side = comparison.source.passages, comparison.target.passages
        return np.array([(source_side[at].id, target_side[to].id) in wanted for at, to in ids], dtype=float)

    label = among(sure, pairs.source, pairs.target)
    weight = 1.0 - among(possible, pairs.source, pairs.target)
    edge_label = among(sure, *edges.edge)
    edge_weight = among(sure, *edges.core) * (1.0 - among(possible, *edges.edge))
    table = pair_features(comparison, pairs.row)
    return Case(name, story, comparison, pairs, table, edges, label, weight, edge_label, edge_weight)


def read_cases(bench: Path, name: str, encoder: Encoder | None) -> tuple[list[Case], list[GoldLink]]:
    """The article pairs of one set of running text, or the one heap of `mining`."""
    source, target = (read_table(bench / name / f"{side}.tsv") for side in ("zh", "he"))
    gold = read_gold(bench / name / "gold.tsv")
    if name == "mining":
        heap = compare(source, target, longest=1, ordered=False, encoder=encoder)
        return [label_case(name, "", heap, gold)], gold
    cases = []
    for article in sorted({str(passage.article) for passage in source}):
        sides = [[passage for passage in side if passage.article == article] for side in (source, target)]
        comparison = compare(sides[0], sides[1], longest=LONGEST, ordered=True, encoder=encoder)
        cases.append(label_case(name, article, comparison, gold))
    return cases, gold


def read_corpus(root: Path, encoder: Encoder | None) -> tuple[list[Case], list[GoldLink]]:
    """All article pairs of a built corpus: those of one story under one name, the others as set `BETWEEN`.

    The others meet by chance, if at all: they teach what two reports about one field share anyway.
    """
    build = root / "build"
    segments = read_rows(build / "segments.parquet", Segment)
    english = {row.segment_id: row.text for row in read_rows(build / "translations.parquet", Translation)}
    days = {row.id: row.published for row in read_rows(build / "articles.parquet", Article)}
    grouped: dict[str, list[Passage]] = {}
    for row in segments:
        text = english.get(row.id, "")
        passage = Passage(row.id, row.text, text, row.kind, row.block, days[row.article_id])
        grouped.setdefault(row.article_id, []).append(passage)
    gold = read_corpus_gold(root / "gold" / "links.tsv", segments)
    named = {pair: str(story) for story, pairs in enumerate(stories(gold)) for pair in pairs}
    cases = []
    for one, other in itertools.product(*(_of_language(grouped, lang) for lang in ("zh", "he"))):
        comparison = compare(grouped[one], grouped[other], longest=LONGEST, ordered=True, encoder=encoder)
        story = named.get((one, other))
        names = ("corpus", story) if story is not None else (BETWEEN, f"{one} {other}")
        cases.append(label_case(*names, comparison, gold))
    return cases, gold


def _of_language(articles: Iterable[str], lang: str) -> list[str]:
    return sorted(name for name in articles if name.startswith(f"{lang}/"))


def article_of(ids: Sequence[str]) -> str:
    """The article of a link's end."""
    return ids[0].split("#")[0]


def stories(gold: Sequence[GoldLink]) -> list[list[tuple[str, str]]]:
    """The article pairs with sure links enough, grouped by story: those that share an article."""
    sure = (link for link in gold if link.strength == "sure")
    count = Counter((article_of(link.source_ids), article_of(link.target_ids)) for link in sure)
    ends = sorted(pair for pair, links in count.items() if links >= STORY_LINKS)
    groups: list[list[tuple[str, str]]] = []
    for one, other in ends:
        joined = [group for group in groups if any({one, other} & set(pair) for pair in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([pair for group in joined for pair in group] + [(one, other)])
    return groups


def chosen(comparison: Comparison, found: Judged, threshold: float | None) -> list[Ends]:
    """The ids of the links that a threshold would give, or the one that fits these articles."""
    source, target = comparison.source, comparison.target
    pick = partial(best_set, comparison)
    ends = []
    limit = best_threshold(found, pick) if threshold is None else threshold
    for row in pick(worth(found, limit)).tolist():
        one, other = source.windows[comparison.left[row]], target.windows[comparison.right[row]]
        ends.append(
            (
                tuple(passage.id for passage in source.passages[one.start : one.stop]),
                tuple(passage.id for passage in target.passages[other.start : other.stop]),
            )
        )
    return ends


def pair_chances(case: Case, found: Judged) -> Floats:
    """The final probability of each 1:1 candidate."""
    return np.asarray(found.expected[case.pairs.row])


def report(name: str, judged: Sequence[tuple[Case, Judged]], gold: Sequence[GoldLink]) -> None:
    """Print F1 as the aligner chooses and by fixed threshold, and calibration over all 1:1 candidates."""
    for threshold in (None, *THRESHOLDS):
        links = [ends for case, found in judged for ends in chosen(case.comparison, found, threshold)]
        scores = score(links, gold)
        limit = "own " if threshold is None else f"{threshold:.2f}"
        print(f"{name:8} {limit} strict {scores.strict.line()} | lax {scores.lax.line()}")
    chance = np.concatenate([pair_chances(case, found) for case, found in judged])
    label = np.concatenate([case.label for case, _ in judged])
    kept = np.concatenate([case.weight for case, _ in judged]) > 0
    table = calibration(chance[kept].tolist(), label[kept].tolist())
    print(f"{name:8} {table.line()}")
    for part in table.bins:
        means = f"mean {part.confidence:.3f} right {part.right:.3f}"
        print(f"{name:8} {part.low:.1f}-{part.high:.1f} n {part.count:6} {means}")


def judged_by(case: Case, trained: Model) -> Judged:
    """What the models say of a case."""
    return judge_features(case.comparison, trained, case.pairs, case.table, case.edges)


def by_story(cases: Sequence[Case], golds: dict[str, list[GoldLink]]) -> None:
    """Report running text, every story or article judged by models that have not seen it."""
    for name, gold in golds.items():
        names = sorted({case.name for case in cases if case.set == name})
        judged = []
        for fold in range(FOLDS[name]):
            held = set(names[fold :: FOLDS[name]])
            seen = [case for case in cases if may_teach(case, name, held)]
            trained = fit_cases(seen)
            tested = (case for case in cases if case.set == name and case.name in held)
            judged += [(case, judged_by(case, trained)) for case in tested]
        report(name, judged, gold)


def may_teach(case: Case, name: str, held: set[str]) -> bool:
    """Whether a case shows nothing of what is held back of a set."""
    if name == "corpus" and case.set == BETWEEN:
        return False  # each of them has an article of the story that is held back
    return case.set != name or case.name not in held


def heap(case: Case, gold: Sequence[GoldLink]) -> Model:
    """The models of `mining`, reported out of folds by source row."""
    fold = case.pairs.source % FOLDS["mining"]
    total = np.zeros(len(case.comparison.left))
    for number in range(FOLDS["mining"]):
        seen = replace(case, weight=np.where(fold == number, 0.0, case.weight))
        found = judged_by(case, fit_cases([seen]))
        held = case.pairs.row[fold == number]
        total[held] = found.expected[held]
    judged = Judged(np.ones(len(total), dtype=np.int64), total)
    report("mining", [(case, judged)], gold)
    return fit_cases([case])


def as_data(trained: Model) -> dict[str, object]:
    """A model as JSON data."""
    return {name: getattr(trained, name).weights for name in ("pair", "edge", "context")}


def fit(bench: Path, corpus: Path, encoder: Encoder | None) -> dict[str, object]:
    """Both models, for comparisons with this encoder or with none; prints the figures."""
    print("without the extra" if encoder is None else "with the extra")
    read = {name: read_cases(bench, name, encoder) for name in ("news", "articles", "mining")}
    read["corpus"] = read_corpus(corpus, encoder)
    running = ("news", "articles", "corpus")
    cases = [case for name in running for case in read[name][0]]
    by_story(cases, {name: read[name][1] for name in running})
    return {
        "articles": as_data(fit_cases(cases)),
        "sentences": as_data(heap(read["mining"][0][0], read["mining"][1])),
    }


def main() -> None:
    """Print the figures; write the models where asked."""
    parser = argparse.ArgumentParser(description="Fit the alignment models and print out-of-fold figures.")
    parser.add_argument("bench", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cache", type=Path, help="where vectors are kept between runs")
    asked = parser.parse_args()
    folder = model_folder()
    if folder is None:
        parser.error("needs paracorp[semantic]")
    encoder = Encoder(folder, cache=asked.cache, on_message=print)
    models = fit(asked.bench, asked.corpus, None)
    with_extra = fit(asked.bench, asked.corpus, encoder)
    models |= {name + confidence.SEMANTIC: data for name, data in with_extra.items()}
    if asked.write:
        path = Path(confidence.__file__).with_name("model.json")
        path.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
