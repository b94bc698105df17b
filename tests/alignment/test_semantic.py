import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from paracorp.alignment import Encoder, Passage, align_pair, mine_tables, model_folder
from paracorp.alignment.candidates import compare
from paracorp.alignment.minilm import MiniLM
from paracorp.alignment.semantic import WIDTH
from paracorp.alignment.similarity import Floats
from paracorp.errors import InputError

NEWS = Path(__file__).parents[1] / "fixtures" / "news"
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


def vectors(encoder: Encoder, texts: Sequence[str]) -> Floats:
    return np.array([reading.vector for reading in encoder.read(texts)], dtype=np.float64)


def bytes_of(encoder: Encoder, texts: Sequence[str]) -> list[tuple[bytes, tuple[str, ...], bytes]]:
    return [
        (reading.vector.tobytes(), reading.words.stems, reading.words.points.tobytes())
        for reading in encoder.read(texts)
    ]


def test_similarities_are_those_that_the_authors_of_the_model_publish(encoder: Encoder) -> None:
    made = vectors(encoder, [EATING, BREAD, BABY])
    found = made @ made.T
    assert found[0, 1] == pytest.approx(0.7553, abs=0.02)
    assert found[0, 2] == pytest.approx(-0.1050, abs=0.03)
    assert np.diag(found) == pytest.approx(1.0, abs=2e-3)


def test_a_vector_does_not_depend_on_the_texts_beside_it(folder: Path, tmp_path: Path) -> None:
    one, _ = fresh(folder, tmp_path / "one.sqlite")
    other, _ = fresh(folder, tmp_path / "other.sqlite")
    alone = np.concatenate([vectors(one, [text]) for text in (EATING, LONG, BREAD)])
    np.testing.assert_allclose(alone, vectors(other, [EATING, LONG, BREAD]), atol=1e-3)


def test_a_reading_does_not_depend_on_the_number_of_threads(folder: Path) -> None:
    texts = [f"{text} {number}" for text in (EATING, LONG) for number in range(40)]
    assert MiniLM(folder, 1).read(texts) == MiniLM(folder, 2).read(texts)


def test_words_come_by_their_stems_without_marks(encoder: Encoder) -> None:
    (reading,) = encoder.read(["Engineers inspected 12 cables, twice!"])
    assert reading.words.stems == ("engine", "inspect", "12", "cabl", "twic")
    assert reading.words.points.shape == (5, WIDTH)


def test_a_word_is_nearer_to_another_word_for_the_same_than_to_its_neighbour(encoder: Encoder) -> None:
    doctors, physicians = encoder.read(["The doctor saw the boy.", "A physician examined a child."])
    one, other = (reading.words.points.astype(float) for reading in (doctors, physicians))
    one, other = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (one, other))
    assert (one[1] @ other.T).argmax() == 1


def test_a_blank_text_means_nothing(encoder: Encoder) -> None:
    assert not vectors(encoder, [" ", ""]).any()
    assert encoder.read([" "])[0].words.points.shape == (0, WIDTH)
    assert encoder.read([]) == []


def test_progress_counts_the_texts_that_are_new(folder: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    made, _ = fresh(folder, tmp_path / "meanings.sqlite")
    made.prepare([EATING])
    made.prepare([EATING, BREAD, BABY, "", BABY], lambda done, of: seen.append((done, of)))
    assert seen == [(2, 2)]


def test_known_vectors_need_no_model(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "caches" / "meanings.sqlite"
    first, _ = fresh(folder, cache)
    first.prepare([EATING, BREAD, ""])
    again, said = fresh(tmp_path / "nowhere", cache)
    assert bytes_of(again, [BREAD, EATING]) == bytes_of(first, [BREAD, EATING])
    assert said == []


def test_a_damaged_cache_is_done_without(folder: Path, tmp_path: Path, encoder: Encoder) -> None:
    cache = tmp_path / "meanings.sqlite"
    cache.write_bytes(b"no database" * 100)
    broken, said = fresh(folder, cache)
    assert bytes_of(broken, [EATING]) == bytes_of(encoder, [EATING])
    assert any("going on without the cache" in text for text in said)


def test_the_cache_holds_no_texts(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "meanings.sqlite"
    fresh(folder, cache)[0].prepare([EATING])
    ((key, vector, points),) = sqlite3.connect(cache).execute("SELECT * FROM readings").fetchall()
    assert (len(key), len(vector), len(points)) == (32, 2 * WIDTH, 5 * WIDTH)


def test_other_weights_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_bytes((folder / "vocab.txt").read_bytes())
    (tmp_path / "model.safetensors").write_bytes(
        (folder / "model.safetensors").read_bytes()[:-4] + b"\0\0\0\1"
    )
    with pytest.raises(InputError, match="SHA-256"):
        fresh(tmp_path, tmp_path / "c.sqlite")[0].read([EATING])


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
    assert set(found.evidence.similarity) == {*plain.evidence.similarity, "meaning", "wording"}


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


def test_links_with_an_encoder_are_the_same_on_any_number_of_threads(folder: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "threads = int(sys.argv[2]); os.cpu_count = lambda: threads\n"
        "from paracorp.alignment import Encoder, mine_tables, read_table\n"
        "news = Path(sys.argv[3]); sides = [read_table(news / f'{lang}.tsv') for lang in ('zh', 'he')]\n"
        "encoder = Encoder(Path(sys.argv[1]), cache=None, on_message=lambda _: None)\n"
        "print(mine_tables(*sides, min_confidence=0.05, encoder=encoder))\n"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, str(folder), threads, str(NEWS)],
            env={"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads},
            capture_output=True,
            check=True,
        ).stdout
        for threads in ("1", "3")
    ]
    assert len(runs[0]) > 10_000
    assert runs[0] == runs[1]
