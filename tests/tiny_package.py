"""A real Argos package small enough for tests: a Transformer from random arrays, a trained tokenizer.

Its English is noise, always the same for the same text.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_LINES = {
    "zh": [
        "总统在白宫宣布了新的计划。",
        "公司将投资数十亿美元建设数据中心。",
        "他说这笔交易会创造许多就业机会。",
    ],
    "he": [
        "הנשיא הכריז על התוכנית החדשה בבית הלבן.",
        "החברה תשקיע מיליארדים במרכזי נתונים.",
        "העסקה תיצור משרות רבות.",
    ],
    "en": [
        "The president announced the new plan at the White House.",
        "The company will invest billions in data centres.",
        "The deal will create many jobs, he said.",
    ],
}
_WIDTH = 16
_LAYERS = 1
# The first dimension of every state grows with the position and counts only for the end of the sentence:
# so no output is empty and none goes on for ever.
_GROWTH = 0.5
_END_WEIGHT, _END_BIAS = 3.0, -5.0


@contextlib.contextmanager
def argos_folders(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give Argos Translate folders of its own below `home`; the one its packages go to.

    `argostranslate.settings` reads the environment once, when it is imported. So it is forgotten here,
    to be imported afresh by the code under test, and forgotten again afterwards.
    """
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    packages = home / "packages"
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(packages))
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", "http://127.0.0.1:9/")
    monkeypatch.setenv("KMP_DUPLICATE_LIB_OK", "True")  # the import sets it
    for name in ("ARGOS_DEBUG", "ARGOS_DEV_MODE", "ARGOS_DEVICE_TYPE", "ARGOS_COMPUTE_TYPE", "SNAP"):
        monkeypatch.delenv(name, raising=False)
    _forget_argos()
    yield packages
    _forget_argos()


def _forget_argos() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "argostranslate"]:
        del sys.modules[name]


def build_package(
    folder: Path,
    lang: str = "zh",
    *,
    code: str = "",
    to_code: str = "en",
    version: str = "1.0",
    target_prefix: str = "",
    tokenizer: str = "sentencepiece",
) -> Path:
    """Write `translate-<code>_<to_code>-<version>.argosmodel` into a folder; `code` is that of the language.

    Whatever the codes, it reads the lines of `lang` and writes Latin letters.
    """
    code = code or lang
    name = f"translate-{code}_{to_code}-{version.replace('.', '_')}"
    root = folder / name
    (root / "model").mkdir(parents=True)
    lines = _LINES.get(lang, []) + _LINES["en"]
    write = {"sentencepiece": _sentencepiece, "bpe": _bpe}[tokenizer]
    tokens = write(root, lines)
    english = [token for token in tokens if re.fullmatch(r"<unk>|</?s>|▁?[A-Za-z]+(@@)?", token)]
    english += [target_prefix] if target_prefix else []
    _transformer(tokens, english, seed=sum(map(ord, code))).save(str(root / "model"))
    metadata = {
        "package_version": version,
        "argos_version": "1.9",
        "from_code": code,
        "from_name": code,
        "to_code": to_code,
        "to_name": to_code,
        "target_prefix": target_prefix,
    }
    (root / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    return pack(root)


def pack(root: Path) -> Path:
    """Zip a package folder as Argos does: one folder in the archive."""
    path = root.with_name(root.name + ".argosmodel")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(root.rglob("*")):
            archive.write(file, file.relative_to(root.parent).as_posix())
    return path


def unpack(path: Path, packages: Path) -> Path:
    """Put a package where Argos looks for it, without paracorp; its folder."""
    packages.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(packages)
    return packages / path.stem


def _sentencepiece(root: Path, lines: list[str]) -> list[str]:
    """Train a tokenizer on the lines; its tokens."""
    import sentencepiece

    with (root / "sentencepiece.model").open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines * 4),
            model_writer=file,
            vocab_size=400,
            byte_fallback=True,
            hard_vocab_limit=False,
            character_coverage=1.0,
            num_threads=1,
            minloglevel=2,
        )
    processor = sentencepiece.SentencePieceProcessor(model_file=str(root / "sentencepiece.model"))
    return [processor.id_to_piece(index) for index in range(processor.get_piece_size())]


def _bpe(root: Path, lines: list[str]) -> list[str]:
    """Write merges for a few words; every character, with and without the joiner, as tokens."""
    (root / "bpe.model").write_text("#version: 0.2\nt h\nth e</w>\n", encoding="utf-8")
    letters = sorted(set("".join(lines)) - {" "})
    return ["<unk>", "<s>", "</s>", "the", "th@@", *letters, *(f"{letter}@@" for letter in letters)]


def _transformer(source: list[str], target: list[str], seed: int) -> Any:
    """A model specification over the tokens of both sides, filled with random arrays."""
    import ctranslate2
    import numpy as np

    random = np.random.default_rng(seed)
    spec = ctranslate2.specs.TransformerSpec.from_config(_LAYERS, 2, pre_norm=True)

    def matrix(*shape: int) -> Any:
        return random.normal(0, 1.2 / np.sqrt(shape[-1]), shape).astype(np.float32)

    def linear(part: Any, outputs: int, inputs: int = _WIDTH) -> None:
        part.weight = matrix(outputs, inputs)
        part.bias = np.zeros(outputs, dtype=np.float32)

    def norm(part: Any) -> None:
        part.gamma = np.ones(_WIDTH, dtype=np.float32)
        part.beta = np.zeros(_WIDTH, dtype=np.float32)

    def attention(part: Any, sizes: tuple[int, ...]) -> None:
        norm(part.layer_norm)
        for linear_part, outputs in zip(part.linear, sizes, strict=True):
            linear(linear_part, outputs)

    def feed_forward(part: Any) -> None:
        norm(part.layer_norm)
        linear(part.linear_0, 2 * _WIDTH)
        linear(part.linear_1, _WIDTH, 2 * _WIDTH)

    positions = matrix(2048, _WIDTH)
    positions[:, 0] = np.arange(2048) * _GROWTH
    spec.encoder.embeddings[0].weight = matrix(len(source), _WIDTH)
    spec.decoder.embeddings.weight = matrix(len(target), _WIDTH)
    spec.decoder.embeddings.weight[:, 0] = 0
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = positions
        norm(side.layer_norm)
        for layer in side.layer:
            attention(layer.self_attention, (3 * _WIDTH, _WIDTH))
            feed_forward(layer.ffn)
    for layer in spec.decoder.layer:
        attention(layer.attention, (_WIDTH, 2 * _WIDTH, _WIDTH))
    linear(spec.decoder.projection, len(target))
    end = target.index("</s>")
    spec.decoder.projection.weight[:, 0] = 0
    spec.decoder.projection.weight[end, 0] = _END_WEIGHT
    spec.decoder.projection.bias[end] = _END_BIAS
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    spec.validate()
    spec.optimize()
    return spec
