"""Speed, memory, and what a killed run loses, of translation. Run by hand on a quiet machine:

    uv run python tests/benchmarks/bench_translation.py [--argos PYTHON] [--packages FOLDER] [--only NAME ...]

PYTHON is that of an environment with argostranslate and all it asks for; without it that comparison is left
out. FOLDER holds `.argosmodel` files for zh and he; without it those of ../shared/starter/gist, where they
are, else tiny ones made here, whose English is noise; the last two sections always take these. NAME: argos,
overhead, identity, killed, names, cached, memory.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import os
import platform
import random
import re
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from paracorp.records import BlockKind, Segment  # noqa: E402
from paracorp.settings import TranslationSettings  # noqa: E402
from paracorp.translation import Cache, Engine, Memory, load_memory, translate_segments  # noqa: E402
from paracorp.translation.argos import argos_engines, installed_packages  # noqa: E402
from paracorp.translation.drafting import Drafter  # noqa: E402
from paracorp.translation.engine import Decoding, EngineOutput, Hypothesis  # noqa: E402
from paracorp.translation.guards import judge  # noqa: E402
from paracorp.translation.memory import Entry  # noqa: E402
from paracorp.translation.model import PARTS, threads  # noqa: E402

SETTINGS = TranslationSettings()
LANG = "zh"
# Fewer sentences, for a first look: BENCH_SHARE=0.1.
SHARE = float(os.environ.get("BENCH_SHARE", "1"))
NEWS, CACHED, SHORT = (int(count * SHARE) for count in (2_000, 100_000, 1_000_000))
ROUNDS = 3
KILLS = 10
SHARED = ROOT.parent / "shared"


def news_pairs(lang: str, count: int) -> dict[str, str]:
    """Sentences of the sample corpus with their English, and with other figures in each round: none twice."""
    own = memory_entries(ROOT / "corpora" / "stargate" / "memory", lang)
    chosen = random.Random(5)
    made: dict[str, str] = {}
    while len(made) < count:
        for entry in own:
            varied = re.sub(r"\d", lambda match: str(chosen.randint(1, 9)), entry.text)
            first_round = len(made) < len(own)
            made[varied if first_round else f"{varied.rstrip('。.')} ({len(made)})。"] = entry.english
    return dict(list(made.items())[:count])


def news_sentences(lang: str, count: int) -> list[str]:
    """The sentences alone."""
    return list(news_pairs(lang, count))


def memory_entries(folder: Path, lang: str) -> list[Entry]:
    """What a memory folder has for a language; nothing where there is none."""
    path = folder / f"{lang}-en.tmx"
    memory = load_memory([path], [lang]) if path.is_file() else Memory()
    return [entry for code, entry in memory.entries() if code == lang]


def short_segments(count: int) -> Iterator[str]:
    """Short texts, all different."""
    words = ("计划", "公司", "总统", "投资", "数据", "就业", "交易", "机会", "建设", "白宫")
    for number in range(count):
        yield "".join(words[int(digit)] for digit in f"{number:06}"[-6:]) + f"{number % 7}"


def segments(texts: Sequence[str] | Iterator[str], lang: str = LANG) -> list[Segment]:
    """One segment per text."""
    kind, article = BlockKind.PARAGRAPH, f"{lang}/a"
    return [
        Segment(f"{article}#{place}.0", article, lang, kind, place, 0, len(text), text)
        for place, text in enumerate(texts)
    ]


def engine_of(lang: str = LANG, settings: TranslationSettings = SETTINGS) -> Engine:
    """The engine of the installed package, its model loaded."""
    [engine] = argos_engines([lang], "en", settings)
    list(engine.translate([["好" if lang == "zh" else "שלום"]], lang))
    return engine


def translated(texts: Sequence[str], engine: Engine, cache: Cache | None = None, **more: Any) -> list[str]:
    """The English of texts."""
    rows = translate_segments(
        segments(texts), memory=None, engines=[engine], settings=SETTINGS, cache=cache, **more
    )
    return [row.text for row in rows]


@dataclasses.dataclass(frozen=True)
class Took:
    """Wall and processor seconds, and how many of the latter this thread took: all of Python's own work."""

    wall: float
    cpu: float
    own: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:.1f} s ({self.cpu:.1f} s of processor)"


def timed(action: Callable[[], object]) -> Took:
    """How long an action takes."""
    wall, cpu, own = time.perf_counter(), time.process_time(), time.thread_time()
    action()
    return Took(time.perf_counter() - wall, time.process_time() - cpu, time.thread_time() - own)


def say(name: str, found: str, goal: str) -> None:
    """One line of the result."""
    print(f"{name:10} {found}   (goal: {goal})", flush=True)


def against_argos(work: Path, python: str) -> None:
    """Sentences per second, against Argos's own translate() on paragraphs of four sentences."""
    texts = news_sentences(LANG, NEWS)
    paragraphs = [texts[place : place + 4] for place in range(0, len(texts), 4)]
    (work / "paragraphs.json").write_text(json.dumps(paragraphs), encoding="utf-8")
    engine = engine_of()
    own = timed(lambda: translated(texts, engine, Cache(work / "argos.sqlite", print)))
    script = Path(__file__).with_name("argos_own.py")
    done = subprocess.run(
        [python, str(script), LANG, str(work / "paragraphs.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    figures = json.loads(done.stdout.strip().split("\n")[-1])
    assert figures["beam"] == SETTINGS.beam
    theirs = Took(figures["wall"], figures["cpu"])
    rates = (
        f"{NEWS} sentences in {own}, {NEWS / own.wall:.1f}/s; Argos in {theirs}, {NEWS / theirs.wall:.1f}/s"
    )
    say("argos", f"{rates}: {theirs.wall / own.wall:.1f} times as fast", ">= 5 times on 2 cores")


def overhead(work: Path) -> None:
    """What tokens, guards, several renderings and the cache cost over a bare call on sorted batches.

    The share of Python is its processor time in that of the bare call: it holds on a busy machine, too.
    """
    texts = news_sentences(LANG, NEWS)
    engine = engine_of()
    first = Drafter(engine, LANG, cache=None, names=None).outputs(texts, Decoding.PLAIN)
    sound = [text for text, output in first if judge(text, output.text, LANG) is None]
    for name, some in (("first time", sound), ("with others", texts)):
        pairs = []
        for number in range(ROUNDS):
            cache = Cache(work / f"{name}{number}.sqlite", print)
            calls = [bare_call(some), lambda: translated(some, engine, cache)]  # noqa: B023
            one, other = map(timed, calls if number % 2 else reversed(calls))
            pairs.append((one, other) if number % 2 else (other, one))
        walls = statistics.median(ours.wall / bare.wall - 1 for bare, ours in pairs)
        cpus = statistics.median(ours.cpu / bare.cpu - 1 for bare, ours in pairs)
        python = statistics.median(ours.own / bare.cpu for bare, ours in pairs)
        shown = "; ".join(f"{bare} / {ours}" for bare, ours in pairs)
        what = f"{len(some)} sentences that are right the {name}" if some is sound else f"all {len(some)}"
        say(
            "overhead",
            f"{what}: {walls:+.1%}, of processor {cpus:+.1%}, Python {python:.1%}; bare / ours {shown}",
            "<= 5 %",
        )
    print(f"           of all, {len(texts) - len(sound)} were at fault and asked for again", flush=True)


def bare_call(texts: Sequence[str]) -> Callable[[], object]:
    """A call of CTranslate2 over tokens in order of length, with Argos's own options and as many threads."""
    import ctranslate2
    import sentencepiece

    [folder] = [package.folder for package in installed_packages() if package.from_code == LANG]
    tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    rows = sorted(tokenizer.encode(list(texts), out_type=str), key=len, reverse=True)
    bare = ctranslate2.Translator(str(folder / "model"), **threads("cpu"))
    bare.translate_batch(rows[-1:])
    return lambda: bare.translate_batch(
        rows,
        beam_size=SETTINGS.beam,
        max_batch_size=SETTINGS.batch_tokens // PARTS,
        batch_type="tokens",
        length_penalty=0.2,
        replace_unknowns=True,
        return_scores=True,
    )


def identity(_: Path) -> None:
    """How many sentences come out the same alone as in their batch."""
    texts = news_sentences(LANG, NEWS)
    engine = engine_of()
    batches = list(engine.batches(texts, LANG))
    pooled = [output.text for outputs in engine.translate(batches, LANG) for output in outputs]
    alone = [next(engine.translate([[text]], LANG))[0].text for batch in batches for text in batch]
    same = sum(one == other for one, other in zip(pooled, alone, strict=True))
    say("identity", f"{same} of {len(texts)} the same alone ({same / len(texts):.2%})", ">= 99.5 %")


def cached(work: Path) -> None:
    """Runs over what the cache knows: human English, so that guards and names find what is usual.

    The first run judges the outputs, as one does after another glossary; the second finds it done.
    """
    from paracorp.lexicon.termbase import read_termbase

    pairs = news_pairs(LANG, CACHED)
    engine, cache = engine_of(), Cache(work / "cached.sqlite", print)
    offered = {
        text: [Hypothesis(english + end, 0.6) for end in ("", ".", "!", "?")]
        for text, english in pairs.items()
    }
    lines = {text: EngineOutput(tuple(items)).packed() for text, items in offered.items()}
    cache.put(f"{engine.key} {Decoding.PLAIN}", engine.name, LANG, lines)
    termbase = read_termbase(ROOT / "glossaries" / "ai-politics.csv")
    for glossary in (None, termbase):
        runs = []
        found: list[list[str]] = []
        for _ in range(2):
            more = {"termbase": glossary}
            runs.append(timed(lambda: found.append(translated(list(pairs), engine, cache, **more))))  # noqa: B023
        assert found[0] == found[1]
        assert glossary is not None or found[0] == list(pairs.values())
        what = f"with a glossary of {len(glossary)}" if glossary else "without a glossary"
        say("cached", f"{len(pairs)} sentences {what}: first {runs[0]}, second {runs[1]}", "under 10 s")


def memory(work: Path) -> None:
    """Peak memory of a process that translates a million short segments."""
    peaks = []
    for count in (SHORT // 10, SHORT):
        done = subprocess.run(
            [
                sys.executable,
                __file__,
                "--job",
                "memory-job",
                str(work / f"memory{count}.sqlite"),
                str(count),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        peaks.append((count, json.loads(done.stdout)))
    found = "; ".join(
        f"{count} segments: peak {peak['peak']:.0f} MiB, of it {peak['input']:.0f} before translating, "
        f"{peak['seconds']:.0f} s"
        for count, peak in peaks
    )
    say("memory", found, "flat, under 1.5 GB")


def memory_job(file: Path, count: str) -> None:
    """Translate short segments, counting what comes; peak memory at the start and the end."""
    rows = segments(short_segments(int(count)))
    engine = engine_of()
    before = _peak_mib()
    started = time.perf_counter()
    made = translate_segments(
        rows, memory=None, engines=[engine], settings=SETTINGS, cache=Cache(file, print)
    )
    total = sum(bool(row.text) for row in made)
    assert total == len(rows)
    seconds = time.perf_counter() - started
    print(json.dumps({"peak": _peak_mib(), "input": before, "seconds": seconds}))


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def killed(work: Path) -> None:
    """Ten kills at random moments: what was translated twice, and whether the end is the same."""
    whole = _killed_job(work, "whole").wait()
    assert whole == 0
    duration = (work / "whole.json").stat().st_mtime - (work / "whole.started").stat().st_mtime
    moments = random.Random(11)
    lost = []
    for _ in range(KILLS):
        (work / "cut.started").unlink(missing_ok=True)
        before = _written(work / "cut.log")
        job = _killed_job(work, "cut")
        while not (work / "cut.started").exists() and job.poll() is None:
            time.sleep(0.01)
        time.sleep(moments.uniform(0.0, 2.5 * duration / KILLS))
        job.send_signal(signal.SIGKILL)
        job.wait()
        lost.append(_repeated(before, _written(work / "cut.log")))
    before = _written(work / "cut.log")
    assert _killed_job(work, "cut").wait() == 0
    lost.append(_repeated(before, _written(work / "cut.log")))
    same = (work / "whole.json").read_bytes() == (work / "cut.json").read_bytes()
    batches = max(json.loads((work / "cut.sizes").read_text()))
    worst = max(lost)
    found = f"{KILLS} kills: at most {worst} sentences twice after one, largest batch {batches}; "
    say("killed", found + f"result {'the same bytes' if same else 'DIFFERENT'}", "<= one batch, same bytes")


def _written(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8").split("\n")[:-1] if log.exists() else []


def _repeated(before: list[str], after: list[str]) -> int:
    """How many sentences of the latest run an earlier run had translated already."""
    known = set(before)
    return sum(line in known for line in after[len(before) :])


def _killed_job(work: Path, name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, __file__, "--job", "killed-job", str(work), name])


def killed_job(work: Path, name: str) -> None:
    """Translate, writing down each sentence the model has finished."""
    engine = engine_of()
    log = (work / f"{name}.log").open("a", encoding="utf-8", buffering=1)
    texts = news_sentences(LANG, NEWS)
    (work / f"{name}.sizes").write_text(json.dumps([len(batch) for batch in engine.batches(texts, LANG)]))
    (work / f"{name}.started").touch()
    rows = translate_segments(
        segments(texts),
        memory=None,
        engines=[_Logged(engine, log.write)],
        settings=SETTINGS,
        cache=Cache(work / f"{name}.sqlite", print),
    )
    found = [dataclasses.astuple(row) for row in rows]
    (work / f"{name}.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


class _Logged:
    """An engine that writes down every sentence it has finished, with the way it was decoded."""

    def __init__(self, engine: Engine, write: Callable[[str], object]) -> None:
        self._engine = engine
        self._write = write

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def translate(self, batches: Any, lang: str, decoding: Any = "plain") -> Iterator[Any]:
        """Pass batches on and outputs back."""
        given: list[list[str]] = []

        def noted() -> Iterator[list[str]]:
            for batch in batches:
                given.append(batch)
                yield batch

        for outputs in self._engine.translate(noted(), lang, decoding):
            self._write("".join(f"{decoding} {text}\n" for text in given.pop(0)))
            yield outputs


def names(work: Path) -> None:
    """Term accuracy without and with the glossary at work, on the sample corpus and the seeds."""
    from paracorp.lexicon.termbase import read_termbase
    from paracorp.translation.names import Names

    termbase = read_termbase(ROOT / "glossaries" / "ai-politics.csv")
    for name, folder in (
        ("sample", ROOT / "corpora" / "stargate" / "memory"),
        ("seeds", SHARED / "seeds" / "memory"),
    ):
        for lang in ("zh", "he"):
            texts = sorted(entry.text for entry in memory_entries(folder, lang))
            if not texts:
                continue
            wanted = Names(termbase, lang, "en")
            engine, cache = engine_of(lang), Cache(work / "names.sqlite", print)
            shares = []
            for glossary in (None, termbase):
                rows = translate_segments(
                    segments(texts, lang),
                    memory=None,
                    engines=[engine],
                    settings=SETTINGS,
                    cache=cache,
                    termbase=glossary,
                )
                required = [wanted.required(text) for text in texts]
                lacking = sum(
                    len(wanted.missing(terms, row.text)) for terms, row in zip(required, rows, strict=True)
                )
                total = sum(map(len, required))
                shares.append(f"{1 - lacking / total:.3f}")
            say(
                "names",
                f"{name} {lang}: {total} terms, right {shares[0]} before, {shares[1]} after",
                "report",
            )


def install_packages(home: Path, folder: Path | None, *, tiny: bool) -> str:
    """Give Argos folders of its own with the packages in; what they are."""
    tiny_package = importlib.import_module("tiny_package")
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[variable] = str(home / variable.lower())
    packages = home / "packages"
    os.environ["ARGOS_PACKAGES_DIR"] = str(packages)
    folder = folder or SHARED / "starter" / "gist"
    files = [] if tiny else sorted(folder.glob("*.argosmodel"))
    for file in files or [tiny_package.build_package(home / "built", lang) for lang in ("zh", "he")]:
        tiny_package.unpack(file, packages)
    return f"{folder.name} packages" if files else "tiny packages (noise)"


# Each measured in a process of its own: with the packages given, or with the tiny ones.
SECTIONS: dict[str, Callable[..., None]] = {
    "argos": against_argos,
    "overhead": overhead,
    "identity": identity,
    "killed": killed,
    "names": names,
}
TINY_SECTIONS: dict[str, Callable[..., None]] = {"cached": cached, "memory": memory}
JOBS: dict[str, Callable[..., None]] = {
    **SECTIONS,
    **TINY_SECTIONS,
    "memory-job": memory_job,
    "killed-job": killed_job,
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--argos", metavar="PYTHON")
    parser.add_argument("--packages", type=Path)
    parser.add_argument("--only", nargs="*", default=[*SECTIONS, *TINY_SECTIONS])
    parser.add_argument("--job", nargs="*")
    options = parser.parse_args()
    if options.job:
        JOBS[options.job[0]](Path(options.job[1]), *options.job[2:])
        return
    print(f"{len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, {platform.platform()}")
    for is_tiny in (False, True):
        with tempfile.TemporaryDirectory() as name:
            kind = install_packages(Path(name), options.packages, tiny=is_tiny)
            print(f"with {kind}:", flush=True)
            for section in TINY_SECTIONS if is_tiny else SECTIONS:
                if section in options.only and (section != "argos" or options.argos):
                    more = [options.argos] if section == "argos" else []
                    subprocess.run([sys.executable, __file__, "--job", section, name, *more], check=False)


if __name__ == "__main__":
    main()
