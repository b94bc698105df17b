import sqlite3
from pathlib import Path

import numpy as np
import pytest

from paracorp.alignment import Encoder, Passage, align_pair, mine_tables, model_folder
from paracorp.alignment.candidates import compare
from paracorp.alignment.semantic import WIDTH
from paracorp.errors import InputError

EATING = "A man is eating food."
BREAD = "A man is eating a piece of bread."
BABY = "The girl is carrying a baby."
LONG = "Engineers who had looked at the rudder for a week said that a cable, inspected in March, had snapped."


@pytest.fixture(scope="session")
def folder() -> Path:
    found = model_folder()
    if found is None:
        pytest.skip("paracorp[semantic] is not installed")
    return found


@pytest.fixture(scope="session")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder, cache=None, on_message=lambda _: None)


def fresh(folder: Path, cache: Path) -> tuple[Encoder, list[str]]:
    said: list[str] = []
    return Encoder(folder, cache=cache, on_message=said.append), said


def test_similarities_are_those_that_the_authors_of_the_model_publish(encoder: Encoder) -> None:
    vectors = encoder.vectors([EATING, BREAD, BABY])
    found = vectors @ vectors.T
    assert found[0, 1] == pytest.approx(0.7553, abs=0.02)
    assert found[0, 2] == pytest.approx(-0.1050, abs=0.03)
    assert np.diag(found) == pytest.approx(1.0, abs=1e-3)


def test_a_vector_does_not_depend_on_the_texts_beside_it(folder: Path, tmp_path: Path) -> None:
    one, _ = fresh(folder, tmp_path / "one.sqlite")
    other, _ = fresh(folder, tmp_path / "other.sqlite")
    alone = np.concatenate([one.vectors([text]) for text in (EATING, LONG, BREAD)])
    np.testing.assert_allclose(alone, other.vectors([EATING, LONG, BREAD]), atol=1e-4)


def test_a_vector_does_not_depend_on_the_number_of_threads(folder: Path) -> None:
    from paracorp.alignment.minilm import MiniLM

    texts = [f"{text} {number}" for text in (EATING, LONG) for number in range(40)]
    one, two = (MiniLM(folder, threads).vectors(texts).tobytes() for threads in (1, 2))
    assert one == two


def test_a_blank_text_means_nothing(encoder: Encoder) -> None:
    assert not encoder.vectors([" ", ""]).any()
    assert encoder.vectors([]).shape == (0, WIDTH)


def test_known_vectors_need_no_model(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "caches" / "meanings.sqlite"
    first, _ = fresh(folder, cache)
    first.prepare([EATING, BREAD, ""])
    again, said = fresh(tmp_path / "nowhere", cache)
    assert again.vectors([BREAD, EATING]).tobytes() == first.vectors([BREAD, EATING]).tobytes()
    assert said == []


def test_a_damaged_cache_is_done_without(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    cache = tmp_path / "meanings.sqlite"
    cache.write_bytes(b"no database" * 100)
    broken, said = fresh(folder, cache)
    assert broken.vectors([EATING]).tobytes() == encoder.vectors([EATING]).tobytes()
    assert any("going on without the cache" in text for text in said)


def test_the_cache_holds_no_texts(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "meanings.sqlite"
    fresh(folder, cache)[0].prepare([EATING])
    rows = sqlite3.connect(cache).execute("SELECT key, vector FROM vectors").fetchall()
    assert [(len(key), len(vector)) for key, vector in rows] == [(32, 2 * WIDTH)]


def test_other_weights_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_bytes((folder / "vocab.txt").read_bytes())
    (tmp_path / "model.safetensors").write_bytes(
        (folder / "model.safetensors").read_bytes()[:-4] + b"\0\0\0\1"
    )
    with pytest.raises(InputError, match="SHA-256"):
        fresh(tmp_path, tmp_path / "c.sqlite")[0].vectors([EATING])


def test_what_shares_no_word_is_looked_at_for_its_meaning(encoder: Encoder) -> None:
    source, target = (
        [Passage(f"{side}{at}", "", english) for at, english in enumerate(texts)]
        for side, texts in (
            ("s", ("Sonatas, please.", "It snowed up high.")),
            ("t", ("He enjoys Chopin.", "Ulms bloom.")),
        )
    )

    def candidates(use: Encoder | None) -> set[tuple[int, int]]:
        found = compare(source, target, longest=1, ordered=False, encoder=use)
        return set(zip(found.left.tolist(), found.right.tolist(), strict=True))

    assert (0, 0) not in candidates(None)
    assert (0, 0) in candidates(encoder)


def test_a_paraphrase_gains_by_its_meaning(encoder: Encoder) -> None:
    source = [Passage("s", "", "A doctor in Merrow examined the injured child.")]
    target = [Passage("t", "", "A physician in Merrow looked at a wounded boy.")]
    (plain,) = align_pair(source, target, min_confidence=0.0)
    (found,) = align_pair(source, target, min_confidence=0.0, encoder=encoder)
    assert found.confidence > plain.confidence
    assert set(found.evidence.similarity) == {*plain.evidence.similarity, "meaning"}


def test_the_same_input_gives_the_same_links_with_an_encoder(
    source: list[Passage], target: list[Passage], encoder: Encoder, folder: Path, tmp_path: Path
) -> None:
    other, _ = fresh(folder, tmp_path / "meanings.sqlite")
    links = align_pair(source, target, encoder=encoder, min_confidence=0.05)
    assert links
    assert links == align_pair(source, target, encoder=other, min_confidence=0.05)
    assert mine_tables(source, target, encoder=encoder) == mine_tables(source, target, encoder=other)


def test_empty_sides_have_no_links_with_an_encoder(source: list[Passage], encoder: Encoder) -> None:
    assert align_pair(source, [], encoder=encoder) == []
    assert mine_tables([], source, encoder=encoder) == []
