"""TMX of a million units: writing, validating and reading as ratios to bare lxml loops. Run by hand:

    uv run python tests/benchmarks/bench_formats.py [UNITS]

Every task runs in a process of its own, which gives its peak memory; the tasks take turns, so that a busy
machine is busy for all. Times are those of the task without making the units. Ratios count: absolute times of
shared machines are not stable. Exits with 1 where a bound of the project does not hold.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from translate.storage import tmx

from paracorp import __version__
from paracorp.corpus import file_hash
from paracorp.formats.tmx import read_tmx, validate_tmx, write_tmx
from paracorp.records import Article, Origin, Status, TranslationUnit, Variant

UNITS = 1_000_000
ROUNDS = 3
# Their ratio is a bound, and they are short.
READING = ("bare_read", "read")
# Translate Toolkit holds the whole file in memory.
TOOLKIT_UNITS = 50_000
TAGS = {"zh": "zh-CN", "he": "he-IL", "en": "en"}
DAY = dt.date(2025, 2, 8)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ENGINES = {"zh": "argos translate-zh_en 1.9", "he": "argos translate-he_en 1.5"}


def articles() -> dict[str, Article]:
    """A thousand pairs of articles."""
    names = [f"{lang}/report-{number}" for lang in ("zh", "he") for number in range(1000)]
    return {name: article(name) for name in names}


def article(name: str) -> Article:
    """An article with what is said of it in a TMX."""
    url = f"https://example.org/{name}?a=1&b=2"
    return Article(name, name[:2], f"标题 & כותרת {name}", DAY, url, "", "", "", "", ())


def units(count: int) -> Iterator[TranslationUnit]:
    """Units of the length of news sentences, none like the other."""
    for number in range(count):
        zh = f"总统说，第{number}个项目将于星期三启动，投资总额为{number % 977}亿美元，创造数千个岗位。"
        he = f"הנשיא אמר כי פרויקט {number} ייצא לדרך ביום רביעי, בהשקעה של {number % 977} מיליון דולר."
        en = f"The president said that project {number} would start on Wednesday."
        sides = [
            Variant(
                lang,
                text,
                en,
                f"{lang}/report-{number % 1000}",
                (f"{lang}/report-{number % 1000}#{number // 1000}.0",),
                Origin.MODEL,
                ENGINES[lang],
            )
            for lang, text in (("zh", zh), ("he", he))
        ]
        yield TranslationUnit(
            f"u{number}", sides[0], sides[1], 0.5 + number % 100 / 200, "1:1", Status.AUTO, f"l{number}", DAY
        )


def make(path: Path, count: int) -> None:
    """Make the units only."""
    for _ in units(count):
        pass


def write(path: Path, count: int) -> None:
    """Write as paracorp does, validation on."""
    write_tmx(
        path, units(count), source_lang="zh", target_lang="he", tags=TAGS, findings={}, articles=articles()
    )


def bare_write(path: Path, count: int) -> None:
    """Write the same elements in a bare `xmlfile` loop, unchecked."""
    known = articles()
    with path.open("wb") as file, etree.xmlfile(file, encoding="UTF-8") as xml:
        xml.write_declaration()
        xml.write_doctype('<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
        with xml.element("tmx", {"version": "1.4"}):
            xml.write(etree.Element("header", {"creationtoolversion": __version__, "srclang": "zh-CN"}))
            with xml.element("body"):
                for unit in units(count):
                    tu = etree.Element("tu", {"tuid": unit.id, "changedate": "20250208T000000Z"})
                    for name, value in bare_props(unit, known):
                        etree.SubElement(tu, "prop", {"type": name}).text = value
                    for side in (unit.source, unit.target):
                        tuv = etree.SubElement(tu, "tuv", {XML_LANG: TAGS[side.lang]})
                        etree.SubElement(tuv, "seg").text = side.text
                    xml.write(tu, pretty_print=True)


def bare_props(unit: TranslationUnit, known: dict[str, Article]) -> Iterator[tuple[str, str]]:
    """The properties our writer gives a unit."""
    yield "x-confidence", f"{unit.confidence:.4f}"
    yield "x-shape", unit.shape
    yield "x-status", unit.status.value
    for name, side in (("source", unit.source), ("target", unit.target)):
        article = known[side.article_id]
        yield f"x-{name}-article", article.id
        yield f"x-{name}-title", article.title
        yield f"x-{name}-date", str(article.published)
        yield f"x-{name}-url", article.url
        yield f"x-{name}-ids", " ".join(side.segment_ids)
        yield f"x-{name}-origin", side.origin.value
        yield f"x-{name}-engine", side.engine
        yield f"x-{name}-english", side.english


def validate(path: Path, count: int) -> None:
    """Validate alone."""
    if problems := list(validate_tmx(path)):
        sys.exit(f"{problems[0]}")


def read(path: Path, count: int) -> None:
    """Read every unit as paracorp does."""
    found = sum(1 for _ in read_tmx(path, on_reject=None))
    if found != count:
        sys.exit(f"{found} units read, {count} written")


def bare_read(path: Path, count: int) -> None:
    """Take the texts out in a bare `iterparse` loop."""
    for _, element in etree.iterparse(path, tag="tu"):
        [segment.text for segment in element.iter("seg")]
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def toolkit_write(path: Path, count: int) -> None:
    """Write the same units with Translate Toolkit, which has no call for properties."""
    known = articles()
    store: Any = tmx.tmxfile()
    for unit in units(count):
        store.addtranslation(unit.source.text, "zh-CN", unit.target.text, "he-IL")
        tu = store.units[-1].xmlelement
        for place, (name, value) in enumerate(bare_props(unit, known)):
            prop = etree.Element("prop", {"type": name})
            prop.text = value
            tu.insert(place, prop)
    with path.open("wb") as file:
        store.serialize(file)


TASKS: dict[str, Callable[[Path, int], None]] = {
    task.__name__: task for task in (make, bare_write, write, validate, bare_read, read, toolkit_write)
}


def measured(task: str, path: Path, count: int) -> tuple[float, float]:
    """Seconds and peak resident MiB of a task in a process of its own, starting it left out."""
    command = [sys.executable, __file__, "--task", task, str(path), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{task}: {done.stdout}{done.stderr}")
    seconds, peak = map(float, done.stdout.split())
    return seconds, peak


def run_task(task: str, path: Path, count: int) -> None:
    """The inside of `measured`."""
    started = time.perf_counter()
    TASKS[task](path, count)
    seconds = time.perf_counter() - started
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def rounds(folder: Path, count: int) -> tuple[dict[str, float], dict[str, float]]:
    """Median seconds of every task, without making the units where it makes them, and the highest peaks."""
    path, other = folder / "ours.tmx", folder / "bare.tmx"
    files = {"bare_write": other, "toolkit_write": other}
    times: dict[str, list[float]] = {task: [] for task in TASKS}
    peaks = dict.fromkeys(TASKS, 0.0)
    for turn in range(ROUNDS):
        for task, taken in times.items():
            if turn and count > UNITS // 5 and task not in READING:
                continue
            size = min(count, TOOLKIT_UNITS) if task == "toolkit_write" else count
            seconds, peak = measured(task, files.get(task, path), size)
            taken.append(seconds * count / size)
            peaks[task] = max(peaks[task], peak)
    medians = {task: statistics.median(taken) for task, taken in times.items()}
    for task in ("bare_write", "write", "toolkit_write"):
        medians[task] -= medians["make"]
    return medians, peaks


def flat(folder: Path, count: int) -> dict[str, float]:
    """Peak MiB of writing and of reading a tenth of the units."""
    path = folder / "tenth.tmx"
    return {task: measured(task, path, count // 10)[1] for task in ("write", "read")}


def same_bytes(folder: Path, count: int) -> bool:
    """Whether a second export is the first, byte for byte."""
    again = folder / "again.tmx"
    measured("write", again, count)
    return file_hash(again) == file_hash(folder / "ours.tmx")


def main() -> None:
    """Print the figures; exit with 1 where a bound does not hold."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else UNITS
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.platform()}"
    print(f"{count:,} units; {machine}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times, peaks = rounds(folder, count)
        size = (folder / "ours.tmx").stat().st_size
        small = flat(folder, count)
        same = same_bytes(folder, count)
    for task, seconds in times.items():
        print(f"{task:<14} {seconds:8.1f} s  {count / seconds:10,.0f} units/s  peak {peaks[task]:6.0f} MiB")
    peaks_of_small = f"write {small['write']:.0f}, read {small['read']:.0f} MiB"
    print(f"the file has {size / 2**20:,.0f} MiB; peaks with a tenth of the units: {peaks_of_small}")
    bounds = {
        "write and validate / bare write <= 2.5": times["write"] / times["bare_write"] <= 2.5,
        "write and validate < Translate Toolkit": times["write"] < times["toolkit_write"],
        "read / bare read <= 2": times["read"] / times["bare_read"] <= 2,
        "peak memory < 300 MiB": max(peaks["write"], peaks["read"]) < 300,
        "memory is flat": all(peaks[task] < small[task] + 40 for task in small),
        "the second export is the same": same,
    }
    ratios = {
        "write and validate / bare write": times["write"] / times["bare_write"],
        "write and validate / Translate Toolkit": times["write"] / times["toolkit_write"],
        "read / bare read": times["read"] / times["bare_read"],
    }
    for label, ratio in ratios.items():
        print(f"{label}: {ratio:.2f}")
    for label, holds in bounds.items():
        print(f"{'holds' if holds else 'BROKEN'}: {label}")
    if not all(bounds.values()):
        sys.exit(1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--task"]:
        run_task(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
