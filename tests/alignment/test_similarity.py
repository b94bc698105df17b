import numpy as np
import pytest
from scipy import sparse

from paracorp.alignment import similarity
from paracorp.alignment.passages import Passage, Window, windows
from paracorp.alignment.similarity import dots, merge, nearest, read_terms, space
from paracorp.records import BlockKind

SENTENCES = (
    "The ferry ran aground near Merrow on Tuesday.",
    "On Tuesday the ferry hit the rocks of Merrow.",
    "An orchid grows on the mountain.",
    "The orchid needs a fungus.",
    "",
)


def vectors() -> sparse.csr_array:
    terms = [read_terms(Passage(str(at), "", english)) for at, english in enumerate(SENTENCES)]
    shared = space(terms)
    return shared.vectors(shared.counts(terms))


def test_a_sentence_equals_itself_and_relatives_are_closer_than_strangers() -> None:
    table = vectors()
    one = np.zeros(4, dtype=np.int64)
    same, close, far, _ = dots(table, table, one, np.arange(4))
    assert same == pytest.approx(1.0)
    assert close > 3 * far


def test_an_empty_sentence_is_similar_to_nothing() -> None:
    table = vectors()
    assert dots(table, table, np.full(5, 4), np.arange(5)).tolist() == [0.0] * 5


def test_neighbours_are_the_same_however_the_blocks_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    table = vectors()
    whole = nearest(table, table, 3)
    monkeypatch.setattr(similarity, "_BLOCK_CELLS", 1)
    cut = nearest(table, table, 3)
    for one, other in zip(whole, cut, strict=True):
        assert one.index.tolist() == other.index.tolist()
        assert one.score.tolist() == other.score.tolist()
    dense = np.round((table @ table.T).toarray(), 9)
    assert whole[0].score.tolist() == np.sort(dense, axis=1)[:, :-4:-1].tolist()


def test_a_search_beyond_the_budget_leaves_out_common_columns_only(monkeypatch: pytest.MonkeyPatch) -> None:
    table = vectors()
    monkeypatch.setattr(similarity, "SEARCH_BUDGET", 30)
    forward, _ = nearest(table, table, 2)
    assert forward.index[0, 0] == 0


def test_numbers_are_read_from_the_text_where_the_english_lost_them() -> None:
    terms = read_terms(Passage("a", "死亡25人", "People died."))
    assert "amount:25" in terms.keys


def test_the_counts_of_a_window_are_the_sum_of_its_passages() -> None:
    terms = [read_terms(Passage(str(at), "", english)) for at, english in enumerate(SENTENCES)]
    counts = space(terms).counts(terms)
    merged = merge(counts, [Window(0, 2)])
    assert merged.toarray().tolist() == (counts[[0]].toarray() + counts[[1]].toarray()).tolist()


def test_windows_do_not_run_over_headings_or_gaps() -> None:
    side = [
        Passage("a", "", "One."),
        Passage("b", "", "Two."),
        Passage("c", "", "Head", BlockKind.HEADING),
        Passage("d", "", "Three."),
        Passage("e", "", ""),
        Passage("f", "", "Four."),
    ]
    found = [(span.start, span.size) for span in windows(side, 3)]
    assert found == [(0, 1), (1, 1), (2, 1), (3, 1), (5, 1), (0, 2)]
