from pathlib import Path

import pytest

from paracorp.errors import InputError
from paracorp.evaluation.alignment import (
    Ends,
    GoldLink,
    calibration,
    interval,
    mistakes,
    score,
)
from paracorp.evaluation.links import read_corpus_gold, read_gold, read_links
from paracorp.records import BlockKind, Segment


def link(source: str, target: str, strength: str = "sure") -> GoldLink:
    return GoldLink(tuple(source.split()), tuple(target.split()), strength)


def ends(source: str, target: str) -> Ends:
    return tuple(source.split()), tuple(target.split())


def test_strict_counts_whole_links_and_lax_sentence_pairs() -> None:
    gold = [link("a b", "x"), link("c", "y")]
    found = score([ends("a", "x"), ends("c", "y")], gold)
    assert (found.strict.precision, found.strict.recall) == (0.5, 0.5)
    assert found.lax.precision == 1.0
    assert found.lax.recall == pytest.approx(2 / 3)


def test_possible_links_are_no_error_and_no_miss() -> None:
    gold = [link("a", "x"), link("b", "y", "possible")]
    assert score([ends("a", "x")], gold).strict.f1 == 1.0
    assert score([ends("a", "x"), ends("b", "y")], gold).strict.f1 == 1.0


def test_passages_without_a_link_are_never_counted() -> None:
    """5 right links of 25 score low, however many passages rightly stay alone."""
    gold = [link(f"s{at}", f"t{at}") for at in range(25)]
    found = [ends(f"s{at}", f"t{at}") for at in range(5)]
    scores = score(found, gold)
    assert scores.strict.f1 == pytest.approx(1 / 3)
    assert scores.lax.f1 == pytest.approx(1 / 3)


def test_nothing_found_and_nothing_to_find_score_zero() -> None:
    assert score([], [link("a", "x")]).strict.f1 == 0.0
    assert score([ends("a", "x")], []).lax.f1 == 0.0


def test_mistakes_list_what_was_missed_and_what_is_wrong() -> None:
    gold = [link("a b", "x"), link("c", "y", "possible")]
    found = mistakes([ends("a", "x"), ends("c", "y"), ends("d", "z")], gold)
    assert found.missed == (("b", "x"),)
    assert found.wrong == (("d", "z"),)


def test_the_interval_holds_the_score_and_repeats() -> None:
    gold = [link(f"s{at}", f"t{at}") for at in range(40)]
    found = [ends(f"s{at}", f"t{at}") for at in range(30)] + [
        ends(f"s{at}", f"x{at}") for at in range(30, 34)
    ]
    low, high = interval(found, gold, seed=1)
    assert low < score(found, gold).lax.f1 < high
    assert interval(found, gold, seed=1) == (low, high)
    perfect = [(item.source_ids, item.target_ids) for item in gold]
    assert interval(perfect, gold, seed=1) == (1.0, 1.0)


def test_an_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no links"):
        interval([], [], seed=1)


def test_a_calibrated_forecast_has_no_error_and_a_wrong_one_has() -> None:
    fair = calibration([0.5] * 4 + [0.9] * 10, [1, 0, 1, 0] + [1] * 9 + [0])
    assert fair.ece == pytest.approx(0.0)
    wrong = calibration([1.0, 0.0], [0, 1])
    assert wrong.ece == pytest.approx(1.0)
    assert wrong.brier == pytest.approx(1.0)
    assert calibration([], []).ece == 0.0


def test_probabilities_and_outcomes_must_match() -> None:
    with pytest.raises(ValueError, match="1 probabilities for 2"):
        calibration([0.5], [1, 0])


def test_gold_files_name_their_strength(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text("source_ids\ttarget_ids\tstrength\na b\tx\tS\nc\ty\tpossible\n", encoding="utf-8")
    assert read_gold(path) == [link("a b", "x"), link("c", "y", "possible")]


@pytest.mark.parametrize(
    ("body", "line"), [("source_ids\nx\n", 1), ("source_ids\ttarget_ids\tstrength\na\tx\tmaybe\n", 2)]
)
def test_a_bad_gold_file_is_named_with_its_line(tmp_path: Path, body: str, line: int) -> None:
    path = tmp_path / "gold.tsv"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_gold(path)
    assert caught.value.line == line


def test_links_without_confidence_count_as_certain(tmp_path: Path) -> None:
    path = tmp_path / "links.tsv"
    path.write_text("source_ids\ttarget_ids\na b\tx\n", encoding="utf-8")
    assert read_links(path) == [(ends("a b", "x"), 1.0)]


def segment(identity: str, text: str) -> Segment:
    article = identity.partition("#")[0]
    return Segment(identity, article, article[:2], BlockKind.PARAGRAPH, 0, 0, len(text), text)


SEGMENTS = [
    segment("zh/a#0.0", "渡轮星期二触礁。"),
    segment("zh/a#0.1", "渔民最先赶到。"),
    segment("he/b#0.0", "המעבורת עלתה על שרטון."),
]
HEAD = "source_article\tsource_text\ttarget_article\ttarget_text\tstrength\n"


def test_quoted_gold_takes_the_segments_it_covers(tmp_path: Path) -> None:
    path = tmp_path / "links.tsv"
    row = "zh/a\t渡轮星期二触礁。渔民最先赶到。\the/b\tהמעבורת עלתה על שרטון.\tsure\n"
    path.write_text(HEAD + row, encoding="utf-8")
    assert read_corpus_gold(path, SEGMENTS) == [link("zh/a#0.0 zh/a#0.1", "he/b#0.0")]


def test_a_quotation_that_no_article_holds_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "links.tsv"
    path.write_text(HEAD + "zh/a\t没有这句话。\the/b\tהמעבורת עלתה על שרטון.\tsure\n", encoding="utf-8")
    with pytest.raises(InputError, match="没有这句话"):
        read_corpus_gold(path, SEGMENTS)
