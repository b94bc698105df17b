"""How fast the review page acts on 20,000 pairs in Chromium: from a key to the frame that shows its effect.

    python tests/benchmarks/bench_page.py [PAIRS]

Prints milliseconds, the median and the worst, for each action.
"""

from __future__ import annotations

import copy
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from paracorp.review.page import whole_page
from paracorp.review.views import COLUMNS

ARTICLE_PAIRS = 200
TIMES = 15
# A key, and the time until the frame after it has been drawn.
PRESS = """code => new Promise((done) => {
  const start = performance.now();
  document.body.dispatchEvent(new KeyboardEvent("keydown", { code, key: "", bubbles: true }));
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now() - start);
    port2.postMessage(0);
  });
})"""
FILTER = """async (changes) => {
  const start = performance.now();
  await paracorp.store.filter(changes);
  return performance.now() - start;
}"""
SCROLL = """async (share) => {
  const list = document.getElementById("list");
  const start = performance.now();
  list.scrollTop = share * list.scrollHeight;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


def language(code: str, tag: str, direction: str) -> dict[str, str]:
    return {"code": code, "name": code, "endonym": code, "tag": tag, "dir": direction}


def side(lang: str, article: int, text: str, english: str) -> dict[str, Any]:
    name = f"{lang}/{article}#1.{text[-6:]}"
    segment = {"id": name, "text": text, "english": english, "kind": "paragraph", "units": []}
    marks = [{"start": 0, "end": 4, "group": 0}, {"start": 6, "end": 9, "group": 1}]
    return {
        "lang": lang, "article": article, "text": text, "original": text, "english": english,
        "original_english": english, "origin": "model", "engine": "", "segments": [segment],
        "before": [segment], "after": [segment], "marks": marks, "english_marks": marks,
    }  # fmt: skip


def unit(number: int) -> dict[str, Any]:
    pair = number * ARTICLE_PAIRS // 20_000
    place = {"field": "source", "start": 2, "end": 8}
    finding = place | {"rule": "length", "severity": "warning", "message": "long"}
    chinese = f"软银与甲骨文将共同投资五千亿美元建设数据中心{number:06}"
    hebrew = f"סופטבנק ואורקל ישקיעו יחד במרכזי נתונים {number:06}"
    english = "SoftBank and Oracle will invest."
    fields = ["source", "target", "source_english", "target_english"]
    state = {"status": "auto", "conflict": False, "reviewer": "", "reviewed": "", "edits": {}, "history": []}
    return {
        "id": f"zh-he-{number:06}", "kind": "links", "content_hash": "0" * 16, "shape": "1:1",
        "confidence": number * 7919 % 10_000 / 10_000, "pair": pair,
        "source": side("zh", 2 * pair, chinese, english),
        "target": side("he", 2 * pair + 1, hebrew, english),
        "reasons": [{"kind": "names", "text": "Both name SoftBank, Oracle"}], "runner_up": None,
        "findings": [finding] * (number % 3),
        "groups": [{"label": name, "kind": "name", "fields": fields} for name in ("SoftBank", "Oracle")],
        "state": copy.deepcopy(state) | {"verdicts": [], "notes": [], "stale": []},
    }  # fmt: skip


def row(unit: dict[str, Any], place: int) -> list[Any]:
    found = len(unit["findings"])
    texts = [unit["source"]["text"], unit["target"]["text"]]
    severity = "warning" if found else ""
    head = [unit["id"], unit["pair"], place, unit["confidence"], "auto", severity, found, [0] * bool(found)]
    return [*head, "1:1", *texts, 0, False]


def bundle(pairs: int) -> dict[str, Any]:
    units = [unit(number) for number in range(pairs)]
    articles = [
        {"id": f"{lang}/{number}", "lang": lang, "title": f"{lang} {number}", "published": "2025-01-22",
         "url": "", "author": "", "publisher": ""}
        for number in range(ARTICLE_PAIRS) for lang in ("zh", "he")
    ]  # fmt: skip
    meta = {
        "corpus": "bench", "title": "Bench", "version": "0", "build": "0", "cursor": 0, "reviewer": "bench",
        "languages": [language("zh", "zh-CN", "ltr"), language("he", "he-IL", "rtl")],
        "pivot": language("en", "en", "ltr"), "kinds": [{"kind": "links", "count": pairs}],
        "rules": [{"name": "length", "severity": "warning"}], "articles": articles,
        "pairs": [{"source": 2 * each, "target": 2 * each + 1, "score": 1} for each in range(ARTICLE_PAIRS)],
    }  # fmt: skip
    rows = [row(each, place) for place, each in enumerate(units)]
    index = {"links": {"kind": "links", "cursor": 0, "build": "0", "columns": list(COLUMNS), "rows": rows}}
    return {"meta": meta, "index": index, "units": {each["id"]: each for each in units}, "article_pairs": []}


def measure(page: Page) -> dict[str, list[float]]:
    keys = {"next": "KeyJ", "previous": "KeyK", "accept": "KeyA", "reject": "KeyR", "undo": "KeyU"}
    keys |= {
        "redo": "KeyY",
        "next that wants a person": "KeyN",
        "next uncertain": "KeyD",
        "last": "End",
        "first": "Home",
    }
    times = {name: [page.evaluate(PRESS, code) for _ in range(TIMES)] for name, code in keys.items()}
    orders = ["uncertain", "findings", "text"]
    times["order"] = [page.evaluate(FILTER, {"order": order}) for order in orders]
    statuses = ["open", "accepted", ""]
    times["filter by status"] = [page.evaluate(FILTER, {"status": status}) for status in statuses]
    times["first search"] = [page.evaluate(FILTER, {"text": "软银"})]
    times["search"] = [page.evaluate(FILTER, {"text": text}) for text in ("אורקל", "softbank", "")]
    times["scroll"] = [page.evaluate(SCROLL, share / TIMES) for share in range(TIMES)]
    times["opening a dialog"] = [page.evaluate(PRESS, "KeyE")]
    return times


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        path = Path(folder) / "bench.html"
        path.write_text(whole_page("Bench", bundle(pairs)), encoding="utf-8")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(path.as_uri(), timeout=300_000)
        page.wait_for_selector(".card", timeout=300_000)
        print(f"{'':<26}{'median':>8}{'worst':>8}  ms, with {pairs} pairs")
        for name, times in measure(page).items():
            print(f"{name:<26}{statistics.median(times):>8.1f}{max(times):>8.1f}")
        browser.close()


if __name__ == "__main__":
    main()
