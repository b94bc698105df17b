"""Argos packages, run for real."""

from __future__ import annotations

import itertools
import math
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from paracorp.errors import CannotWriteError, InputError, UsageError
from paracorp.records import BlockKind, Origin, Segment
from paracorp.settings import TranslationSettings
from paracorp.translation import translate_segments
from paracorp.translation.argos import argos_engines, installed_packages, is_traditional
from paracorp.translation.engine import Attention, Decoding, Engine, EngineOutput
from paracorp.translation.model import threads
from tests.tiny_package import argos_folders, unpack

SETTINGS = TranslationSettings()


def outputs_of(
    engine: Engine, texts: Sequence[str], lang: str, decoding: Decoding = Decoding.PLAIN
) -> list[EngineOutput]:
    """The outputs of an engine in the order of the texts."""
    batches = list(engine.batches(texts, lang))
    outputs = engine.translate(batches, lang, decoding)
    found = dict(zip(itertools.chain(*batches), itertools.chain(*outputs), strict=True))
    return [found[text] for text in texts]


TEXTS = {
    "zh": ["总统在白宫宣布了新的计划。", "好", "公司将投资数十亿美元建设数据中心。OpenAI_x", "好。"],
    "he": ["הנשיא הכריז על התוכנית החדשה", "שלום", 'מנכ"ל החברה אמר', "abc 123"],
}


@pytest.mark.parametrize("lang", ["zh", "he"])
def test_a_package_translates_every_text_in_order(installed: Path, lang: str) -> None:
    [engine] = argos_engines([lang], "en", SETTINGS)
    together = outputs_of(engine, TEXTS[lang], lang)
    alone = [outputs_of(engine, [text], lang)[0] for text in TEXTS[lang]]
    assert [output.text for output in together] == [output.text for output in alone]
    assert len({output.text for output in together}) > 1
    assert all(item.text and 0 < item.score < 1 for output in together for item in output.hypotheses)


def test_an_output_offers_several_renderings_none_twice(installed: Path) -> None:
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    for output in outputs_of(engine, TEXTS["zh"], "zh"):
        texts = [item.text for item in output.hypotheses]
        assert 1 < len(texts) <= SETTINGS.beam
        assert len(set(texts)) == len(texts)


def test_batches_follow_from_the_set_of_texts_and_hold_no_more_tokens_than_asked(installed: Path) -> None:
    [engine] = argos_engines(["zh"], "en", TranslationSettings(batch_tokens=40))
    texts = [text * times for text in ("好", "总统", "公司将投资。") for times in range(1, 8)]
    batches = list(engine.batches(texts, "zh"))
    assert sorted(itertools.chain(*batches)) == sorted(texts)
    assert batches == list(engine.batches(reversed(texts), "zh"))
    import sentencepiece

    folder = installed / "translate-zh_en-1_0"
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    sizes = [[len(tokenizer.encode(text)) for text in batch] for batch in batches]
    assert all(len(batch) == 1 or max(batch) * len(batch) <= 40 for batch in sizes)
    assert list(itertools.chain(*sizes)) == sorted(itertools.chain(*sizes), reverse=True)


def test_the_next_batch_is_at_work_before_the_last_is_given(installed: Path) -> None:
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    taken: list[int] = []

    def batches() -> Iterator[list[str]]:
        for place in range(3):
            taken.append(place)
            yield ["好" * (place + 1)]

    outputs = engine.translate(batches(), "zh")
    next(outputs)
    assert taken == [0, 1]
    assert len(list(outputs)) == 2


@pytest.mark.parametrize("decoding", list(Decoding))
def test_every_way_of_decoding_gives_something_for_every_text(installed: Path, decoding: Decoding) -> None:
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    assert all(output.text for output in outputs_of(engine, TEXTS["zh"], "zh", decoding))


def test_a_text_beyond_any_model_gets_nothing_and_hurts_no_other(installed: Path) -> None:
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    alone, beyond = outputs_of(engine, ["好", "\U0001f600" * 500], "zh")
    assert alone.text
    assert beyond.hypotheses == ()


def test_attention_has_a_row_for_each_token_of_the_english(installed: Path) -> None:
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    source, english = TEXTS["zh"][0], "The president announced the plan"
    attention = engine.attend(source, english, "zh")
    assert attention is not None
    assert "".join(english[start:end] for start, end in attention.target) == english.replace(" ", "")
    assert "".join(source[start:end] for start, end in attention.source) == source
    assert all(0 < sum(row) < 1.01 for row in attention.weights)
    assert Attention.unpacked(attention.packed()).target == attention.target


def test_attention_works_with_a_byte_pair_package_and_a_prefix(tiny: dict[str, Path], packages: Path) -> None:
    unpack(tiny["iw"], packages)
    [engine] = argos_engines(["he"], "en", SETTINGS)
    attention = engine.attend(TEXTS["he"][0], "The plan", "he")
    assert attention is not None
    assert [attention.target[0][0], attention.target[-1][1]] == [0, len("The plan")]


@pytest.mark.parametrize(
    ("options", "message"),
    [({"device": "cuda"}, "finds none"), ({"compute_type": "float16"}, "does not work on cpu")],
)
def test_what_this_machine_cannot_do_is_a_usage_error(
    installed: Path, options: dict[str, str], message: str
) -> None:
    [engine] = argos_engines(["zh"], "en", TranslationSettings(**options))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=message):
        outputs_of(engine, ["好"], "zh")


def test_the_compute_type_asked_for_is_used_and_is_part_of_the_key(installed: Path) -> None:
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    [exact] = argos_engines(["zh"], "en", TranslationSettings(compute_type="int8_float32"))
    assert engine.key != exact.key
    assert all(output.text for output in outputs_of(exact, TEXTS["zh"], "zh"))


def test_threads_follow_the_cores_and_argos_own_settings_win(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert threads("cpu", 2) == {"inter_threads": 2, "intra_threads": 1}
    assert threads("cpu", 16) == {"inter_threads": 4, "intra_threads": 4}
    assert threads("cuda", 16)["inter_threads"] == 1
    monkeypatch.setenv("ARGOS_INTER_THREADS", "3")
    assert threads("cpu", 2) == {"inter_threads": 3, "intra_threads": 1}


def test_the_score_is_the_mean_probability_per_token(installed: Path) -> None:
    import ctranslate2
    import sentencepiece

    [engine] = argos_engines(["zh"], "en", SETTINGS)
    [output] = outputs_of(engine, TEXTS["zh"][:1], "zh")
    folder = installed / "translate-zh_en-1_0"
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    translator = ctranslate2.Translator(str(folder / "model"), compute_type="auto")
    tokens = [tokenizer.encode(TEXTS["zh"][0], out_type=str)]
    best = translator.translate_batch(tokens, beam_size=4, length_penalty=0.2)[0].hypotheses[0]
    [scored] = translator.score_batch(tokens, [best])
    assert output.hypotheses[0].score == pytest.approx(
        math.exp(sum(scored.log_probs) / len(scored.log_probs)), rel=1e-3
    )


def test_byte_pair_packages_and_target_prefixes_work(tiny: dict[str, Path], packages: Path) -> None:
    unpack(tiny["iw"], packages)
    [engine] = argos_engines(["he"], "en", SETTINGS)
    assert engine.name == "argos he_en 1.1"
    outputs = outputs_of(engine, TEXTS["he"], "he")
    assert all(output.text and "<en>" not in output.text and "@@" not in output.text for output in outputs)


def test_the_name_has_the_version_and_the_key_follows_content_and_options(installed: Path) -> None:
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    assert engine.name == "argos zh_en 1.0"
    key = engine.key
    assert key.startswith("argos zh_en 1.0 ")
    [again] = argos_engines(["zh"], "en", SETTINGS)
    assert again.key == key
    [wider] = argos_engines(["zh"], "en", TranslationSettings(beam=5))
    assert wider.key != key
    (installed / "translate-zh_en-1_0" / "README.md").write_text("changed", encoding="utf-8")
    [changed] = argos_engines(["zh"], "en", SETTINGS)
    assert changed.key != key


def test_the_highest_version_is_taken(tiny: dict[str, Path], installed: Path) -> None:
    unpack(tiny["iw"], installed)
    newest = shutil.copytree(installed / "translate-he_en-1_0", installed / "other")
    metadata = newest / "metadata.json"
    metadata.write_text(metadata.read_text(encoding="utf-8").replace('"1.0"', '"1.10"'), encoding="utf-8")
    [engine] = argos_engines(["he"], "en", SETTINGS)
    assert engine.name == "argos he_en 1.10"


def test_a_traditional_package_takes_traditional_texts_first(tiny: dict[str, Path], installed: Path) -> None:
    unpack(tiny["zt"], installed)
    traditional, simplified = argos_engines(["zh"], "en", SETTINGS)
    assert (traditional.name, simplified.name) == ("argos zt_en 1.0", "argos zh_en 1.0")
    texts = ["總統宣佈計劃。", "总统宣布计划。", "好。"]
    assert [traditional.accepts(text, "zh") for text in texts] == [True, False, False]
    assert all(simplified.accepts(text, "zh") for text in texts)


def test_a_traditional_package_alone_takes_everything(tiny: dict[str, Path], packages: Path) -> None:
    unpack(tiny["zt"], packages)
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    assert engine.accepts("总统", "zh")
    assert not engine.accepts("שלום", "he")


def test_a_few_shared_characters_do_not_make_a_text_traditional() -> None:
    assert is_traditional("臺灣總統")
    assert not is_traditional("台湾总统")
    assert not is_traditional("OpenAI 2025")


def test_without_packages_there_are_no_engines(packages: Path) -> None:
    assert argos_engines(["zh", "he"], "en", SETTINGS) == []
    assert installed_packages() == []


def test_packages_to_another_language_are_not_used(installed: Path) -> None:
    assert argos_engines(["zh", "he"], "fr", SETTINGS) == []


@pytest.mark.parametrize(
    ("name", "body", "problem"),
    [
        ("model/model.bin", None, "model/model.bin is missing"),
        ("sentencepiece.model", None, "sentencepiece.model or bpe.model is missing"),
        ("metadata.json", None, "metadata.json cannot be used"),
        ("metadata.json", b"{", "metadata.json cannot be used"),
        ("metadata.json", b"{}", "metadata.json cannot be used"),
    ],
)
def test_a_package_that_lacks_a_file_is_named(
    installed: Path, name: str, body: bytes | None, problem: str
) -> None:
    file = installed / "translate-zh_en-1_0" / name
    file.unlink() if body is None else file.write_bytes(body)
    with pytest.raises(InputError) as caught:
        argos_engines(["zh"], "en", SETTINGS)
    assert f"translate-zh_en-1_0 is broken: {problem}" in str(caught.value)
    assert "paracorp models install zh" in caught.value.fix
    assert len(argos_engines(["he"], "en", SETTINGS)) == 1


@pytest.mark.parametrize("name", ["model/model.bin", "sentencepiece.model"])
def test_a_package_with_a_damaged_file_is_named_when_it_is_loaded(installed: Path, name: str) -> None:
    (installed / "translate-zh_en-1_0" / name).write_bytes(b"damaged")
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    with pytest.raises(InputError, match="translate-zh_en-1_0 is broken"):
        outputs_of(engine, ["好"], "zh")


def test_a_broken_package_is_passed_over_where_a_good_one_is_installed(installed: Path) -> None:
    broken = shutil.copytree(installed / "translate-zh_en-1_0", installed / "translate-zh_en-9_9")
    (broken / "model" / "model.bin").unlink()
    [engine] = argos_engines(["zh"], "en", SETTINGS)
    assert engine.name == "argos zh_en 1.0"


def test_settings_argos_cannot_read_are_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOS_BEAM_SIZE", "wide")
    with argos_folders(tmp_path, monkeypatch), pytest.raises(UsageError, match="wide"):
        installed_packages()


def test_a_home_that_cannot_be_written_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "file"
    home.write_text("in the way", encoding="utf-8")
    with argos_folders(home, monkeypatch), pytest.raises(CannotWriteError, match="file"):
        installed_packages()


def test_importing_the_room_loads_no_engine_and_makes_no_folder(tmp_path: Path) -> None:
    code = (
        "import sys, paracorp.translation, paracorp.translation.argos, paracorp.translation.packages\n"
        "heavy = {'argostranslate', 'ctranslate2', 'sentencepiece', 'numpy', 'rapidfuzz', 'lxml'}\n"
        "print(sorted(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    environment = {"HOME": str(tmp_path), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"
    assert list(tmp_path.iterdir()) == []


def test_the_gist_packages_translate_a_few_sentences(shared: Path, packages: Path) -> None:
    files = sorted((shared / "starter" / "gist").glob("*.argosmodel"))
    if not files:
        pytest.skip("no gist packages in ../shared/starter")
    for file in files:
        unpack(file, packages)
    segments = [
        Segment(f"{lang}/a#0.{n}", f"{lang}/a", lang, BlockKind.PARAGRAPH, 0, 0, len(text), text)
        for lang, texts in TEXTS.items()
        for n, text in enumerate(texts)
    ]
    engines = argos_engines(["zh", "he"], "en", SETTINGS)
    rows = list(translate_segments(segments, memory=None, engines=engines, settings=SETTINGS))
    assert [row.segment_id for row in rows] == [segment.id for segment in segments]
    assert all(row.origin is Origin.MODEL and row.text.isascii() for row in rows)
