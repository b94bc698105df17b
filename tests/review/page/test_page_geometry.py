"""What the review page looks like: directions, widths, hostile texts, accessibility, from a phone to 4K."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paracorp.corpus import Corpus
from paracorp.review.page import whole_page
from tests.review.page.conftest import Served, decisions, reload, saved, two_and_two, until, violations

pytestmark = pytest.mark.loopback

# Where the first and last characters of an element stand, and the edges of its box.
EDGES = """selector => {
  const element = document.querySelector(selector);
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const node = texts.nextNode();
  range.setStart(node, 0);
  range.setEnd(node, 1);
  const [box, letter] = [element.getBoundingClientRect(), range.getClientRects()[0]];
  return { left: box.left, right: box.right, first_left: letter.left, first_right: letter.right,
           letter: node.data[0], direction: getComputedStyle(element).direction };
}"""


def test_the_hebrew_begins_at_its_right_edge_and_the_chinese_at_its_left(window: Any) -> None:
    hebrew = window.evaluate(EDGES, "[data-field=target]")
    assert "\u0590" <= hebrew["letter"] <= "\u05ff"
    assert hebrew["direction"] == "rtl"
    assert hebrew["first_right"] == pytest.approx(hebrew["right"], abs=2)
    chinese = window.evaluate(EDGES, "[data-field=source]")
    assert chinese["direction"] == "ltr"
    assert chinese["first_left"] == pytest.approx(chinese["left"], abs=2)
    assert hebrew["left"] > chinese["right"] - 1


@pytest.mark.parametrize("text", ["OpenAI הודיעה על שיתוף פעולה", "500 מיליארד דולר יושקעו"])
def test_a_hebrew_text_that_begins_with_latin_or_a_number_begins_at_the_right_edge_too(
    window: Any, text: str
) -> None:
    window.keyboard.press("2")
    window.keyboard.press("Control+A")
    window.keyboard.type(text)
    window.keyboard.press("Control+Enter")
    saved(window)
    last_of_word = text.index(" ") - 1
    right = window.evaluate(
        """([text, last]) => {
          const element = document.querySelector('[data-field=target]');
          const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          let node = walk.nextNode();
          for (; last >= node.data.length; node = walk.nextNode()) last -= node.data.length;
          range.setStart(node, last);
          range.setEnd(node, last + 1);
          const style = getComputedStyle(element);
          const inner = parseFloat(style.paddingRight) + parseFloat(style.borderRightWidth);
          return [element.getBoundingClientRect().right - inner, range.getBoundingClientRect().right];
        }""",
        [text, last_of_word],
    )
    assert right[0] == pytest.approx(right[1], abs=2)


def test_english_stands_under_each_text_from_left_to_right(window: Any) -> None:
    for side in ("source", "target"):
        text, english = (
            window.locator(f"[data-field={field}]").bounding_box() for field in (side, f"{side}_english")
        )
        assert english["y"] >= text["y"] + text["height"]
        assert window.evaluate(EDGES, f"[data-field={side}_english]")["direction"] == "ltr"
    boxes = [window.locator(f"[data-field={side}_english]").bounding_box() for side in ("source", "target")]
    assert boxes[0]["y"] == boxes[1]["y"]


def test_the_sentences_around_are_grey(window: Any) -> None:
    colours = window.evaluate(
        "['.near p', '[data-field=source]'].map("
        "(each) => getComputedStyle(document.querySelector(each)).color)"
    )
    assert colours[0] != colours[1]


def test_who_wrote_an_article_stands_under_its_title_at_the_edge_its_language_begins_at(window: Any) -> None:
    edges = window.evaluate(
        """["target", "source"].map((side) => [".title", "small"].map((part) => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(`.side.${side} .article ${part}`));
          const { left, right } = range.getBoundingClientRect();
          return side === "target" ? right : left;
        }))"""
    )
    for title, facts in edges:
        assert facts == pytest.approx(title, abs=2)


def test_the_text_stands_at_one_height_from_pair_to_pair(window: Any) -> None:
    heights = set()
    for _ in range(6):
        until(window, "paracorp.store.unit()?.pair === 0")
        heights.add(window.locator("[data-field=source]").bounding_box()["y"])
        window.keyboard.press("j")
    assert max(heights) - min(heights) < 1


SIZES = [(360, 740), (768, 1024), (1280, 800), (3840, 2160)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_wider_than_the_window(
    served: Served, open_window: Callable[..., Any], width: int, height: int
) -> None:
    window = open_window(served.address, viewport={"width": width, "height": height}, has_touch=width < 800)

    def overflow() -> Any:
        return window.evaluate(
            "[document.documentElement, document.getElementById('pane'), document.getElementById('top')]"
            ".map((each) => each.scrollWidth - each.clientWidth)"
        )

    assert overflow() == [0, 0, 0]
    window.keyboard.press("v")
    window.wait_for_selector("#pair .sentence")
    assert overflow() == [0, 0, 0]
    window.keyboard.press("Escape")
    window.keyboard.press("e")
    assert window.locator("dialog").evaluate("each => each.scrollWidth - each.clientWidth") == 0


def test_on_a_phone_the_list_is_opened_and_a_pair_chosen_and_judged_by_touch(
    served: Served, open_window: Callable[..., Any], stargate: Corpus
) -> None:
    window = open_window(served.address, viewport={"width": 360, "height": 740}, has_touch=True)
    assert not window.locator("#side").is_visible()
    window.tap("#show-list")
    window.locator(".row").nth(2).tap()
    assert not window.locator("#side").is_visible()
    chosen = window.evaluate("paracorp.store.shown[2]")
    window.tap("#actions .accept")
    saved(window)
    assert decisions(stargate)[0]["unit"] == chosen
    window.tap("#actions .rest")
    assert window.locator("#actions .relink").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_to_complain_about(
    served: Served, open_window: Callable[..., Any], theme: str
) -> None:
    window = open_window(served.address, color_scheme=theme)
    window.select_option("select[name=order]", "findings")
    window.keyboard.press("Home")
    until(window, "document.querySelector('.field mark.finding') !== null")
    for key in "rwa":
        window.keyboard.press(key)
        saved(window)
    window.keyboard.press("Home")
    assert violations(window) == []
    for key in ["e", "t", "?"]:
        window.keyboard.press(key)
        window.wait_for_selector("dialog")
        assert violations(window) == []
        window.keyboard.press("Escape")
    two_and_two(window)
    window.keyboard.press("s")
    assert violations(window) == []
    window.keyboard.press("Escape")
    window.keyboard.press("l")
    window.wait_for_selector("#pair .sentence")
    assert violations(window) == []


def test_the_theme_is_the_systems_until_another_is_chosen_and_then_kept(
    served: Served, open_window: Callable[..., Any]
) -> None:
    window = open_window(served.address, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = window.evaluate(paper)
    window.click("#theme")
    light = window.evaluate(paper)
    assert light != dark
    reload(window)
    assert window.evaluate(paper) == light


def test_the_focus_is_seen(window: Any) -> None:
    for _ in range(12):
        window.keyboard.press("Tab")
        shown = window.evaluate(
            "(() => { const style = getComputedStyle(document.activeElement);"
            " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'; })()"
        )
        assert shown


HOSTILE = {
    "markup": "<img src=x onerror=alert(1)><script>alert(2)</script>&lt;b&gt;</p></div></script>{{7*7}}",
    "overrides": "abc\u202edcba\u2067xyz\u2066\u202d",
    "ends": "\u2069\u2069\u202c tail \u202e",
    "word": "נ" + "x" * 4000,
    "long": "数据" * 50_000,
    "signs": "\u0000\ufffe\u200b\U0001f600" + "e\u0301" + "\u0300" * 300,
}


def poisoned(value: Any, text: str) -> Any:
    """Data of the page with every text in it that a person or an article wrote replaced."""
    names = {"text", "original", "english", "original_english", "title", "publisher", "author", "label"}
    names |= {"message", "reviewer", "engine"}
    if isinstance(value, list):
        return [poisoned(each, text) for each in value]
    if isinstance(value, dict):
        return {
            name: text if name in names and isinstance(each, str) else poisoned(each, text)
            for name, each in value.items()
        }
    return value


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_stay_texts_and_keep_the_layout(
    bundle: dict[str, Any], tmp_path: Path, open_window: Callable[..., Any], name: str
) -> None:
    text = HOSTILE[name]
    kept = [row[0] for row in bundle["index"]["links"]["rows"]][:3]
    note = {"id": "1", "reviewer": text, "at": "2026-01-01T00:00:00Z", "text": text}
    for unit_id in kept:
        unit = poisoned(bundle["units"][unit_id], text[:1000])
        unit["source"] |= {"text": text, "english": text}
        unit["target"] |= {"text": text, "english": text}
        unit["state"]["notes"] = [note]
        bundle["units"][unit_id] = unit
    bundle["index"]["links"]["rows"] = [
        [*row[:9], text[:80], text[:80], *row[11:]] for row in bundle["index"]["links"]["rows"][:3]
    ]
    bundle["units"] = {unit_id: bundle["units"][unit_id] for unit_id in kept}
    bundle["index"] = {"links": bundle["index"]["links"]}
    bundle["meta"]["kinds"] = bundle["meta"]["kinds"][:1]
    bundle["meta"] = poisoned(bundle["meta"], text[:2000])
    for pair in bundle["article_pairs"]:
        pair["links"] = [link for link in pair["links"] if link["unit"] in kept]
    bundle["article_pairs"] = poisoned(bundle["article_pairs"][:1], text[:1000])
    path = tmp_path / "hostile.html"
    path.write_text(whole_page(text[:500], bundle), encoding="utf-8")
    window = open_window(path.as_uri())
    for view in ["unit", "articles"]:
        window.evaluate("view => paracorp.openView(view)", view)
        window.wait_for_selector(".sides" if view == "unit" else "#pair .sentence")
        assert window.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert window.locator("#pane").evaluate("each => each.scrollWidth - each.clientWidth") <= 0
        assert window.locator("#pane img, #pane script, #side img").count() == 0
        assert window.locator("#tools button").first.bounding_box()["y"] < 120
    window.keyboard.press("Escape")
    shown = window.locator("[data-field=target]").evaluate("each => each.textContent")
    assert shown == text[: len(shown)]
    box = window.locator("#actions .accept").bounding_box()
    assert box["y"] + box["height"] <= 800
    window.keyboard.press("a")
    assert len(window.evaluate("paracorp.store.source.events")) == 1


def test_of_twenty_thousand_pairs_only_those_in_sight_are_in_the_document(
    bundle: dict[str, Any], tmp_path: Path, open_window: Callable[..., Any]
) -> None:
    index = bundle["index"]["links"]
    first = index["rows"][0]
    index["rows"] = [first, *([f"more-{number:05}", 0, 100 + number, *first[3:]] for number in range(19_999))]
    path = tmp_path / "many.html"
    path.write_text(whole_page("Many", bundle), encoding="utf-8")
    window = open_window(path.as_uri())
    assert window.locator("#found").inner_text() == "20000 pairs"
    assert window.locator(".row").count() < 40
    window.locator("#list").evaluate("list => { list.scrollTop = list.scrollHeight; }")
    until(window, "document.getElementById('row-more-19998') !== null")
    assert window.locator(".row").count() < 40
    window.keyboard.press("Home")
    until(window, "document.querySelector('.row[aria-selected=true]') !== null")


def test_a_very_long_text_is_shown_whole_on_request(
    bundle: dict[str, Any], tmp_path: Path, open_window: Callable[..., Any]
) -> None:
    first = bundle["index"]["links"]["rows"][0][0]
    bundle["units"][first]["source"]["text"] = HOSTILE["long"]
    path = tmp_path / "long.html"
    path.write_text(whole_page("Long", bundle), encoding="utf-8")
    window = open_window(path.as_uri())
    assert window.locator("[data-field=source]").evaluate("each => each.textContent.length") < 10_000
    window.locator("button", has_text="Show all 100,000 characters").click()
    assert window.locator("[data-field=source]").evaluate("each => each.textContent.length") == 100_000
