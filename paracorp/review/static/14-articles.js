"use strict";
// Both whole articles with the links drawn between them; sentences chosen on both sides make a new link.
(function (page) {
  const { make, byId, store } = page;

  let shown = null; // the two articles and their links
  let number = 0; // of the article pair
  let chosen = new Set(); // ids of segments
  let relinked = null; // the unit whose link is made anew
  let english = false; // whether the English stands under each sentence

  /** Show the article pair of the current unit, or of number `place`; with `unit`, make that unit's link anew. */
  page.openArticles = async function ({ unit = null, place = null } = {}) {
    number = place ?? pairOf(unit || store.unit());
    const pair = page.meta.pairs[number];
    if (!pair) return noPairs();
    relinked = unit;
    chosen = new Set(unit ? idsOf(unit) : []);
    await fetchPair();
    if (page.view !== "articles") return undefined;
    draw();
    if (!shown) return undefined;
    const current = unit || store.unit();
    for (const side of [current?.source, current?.target])
      page.sentence(side?.segments[0]?.id)?.scrollIntoView({ block: "center" });
    return page.drawLines(alive());
  };

  const idsOf = (unit) => [...unit.source.segments, ...unit.target.segments].map((segment) => segment.id);

  async function fetchPair() {
    const { source, target } = page.meta.pairs[number];
    try {
      shown = await store.source.pair(page.meta.articles[source].id, page.meta.articles[target].id);
    } catch (error) {
      shown = null;
      store.setLost(error);
    }
  }

  function pairOf(unit) {
    if (!unit) return 0;
    if (unit.kind === "links") return unit.pair;
    return Math.max(
      0,
      page.meta.pairs.findIndex((pair) => pair.source === unit.pair || pair.target === unit.pair),
    );
  }

  function noPairs() {
    byId("pane").replaceChildren(make("p", { class: "empty" }, "No two articles are paired."));
  }

  /** The sentence of a segment in the article view. */
  page.sentence = (id) => id && document.getElementById(`s-${id}`);

  function draw() {
    const pane = byId("pane");
    if (!shown)
      return pane.replaceChildren(make("p", { class: "empty" }, "The articles could not be fetched."));
    const tops = [...pane.querySelectorAll(".column")].map((each) => each.scrollTop);
    const columns = make("div", { class: "pair", id: "pair" }, column("source"), column("target"));
    pane.replaceChildren(
      make(
        "article",
        { class: `card articles${english ? " with-english" : ""}`, "aria-label": "Articles" },
        bar(),
        columns,
      ),
    );
    [...columns.children].forEach((each, place) => (each.scrollTop = tops[place] || 0));
    page.drawLines(alive());
    return undefined;
  }

  function bar() {
    const titles = ({ source, target }) =>
      [source, target].map((each) => page.titleOf(page.meta.articles[each])).join(" – ");
    const options = page.meta.pairs.map((pair, place) =>
      make("option", { value: String(place) }, titles(pair)),
    );
    const choice = make(
      "select",
      { "aria-label": "Articles", on: { change: () => page.openArticles({ place: Number(choice.value) }) } },
      options,
    );
    choice.value = String(number);
    const toggle = () => {
      english = !english;
      draw();
    };
    const save = {
      type: "button",
      id: "save-link",
      class: "primary",
      disabled: !isComplete(),
      on: { click: page.saveLink },
    };
    return make(
      "div",
      { class: "bar-line" },
      choice,
      make("p", { id: "chosen", role: "status", class: chosen.size ? "some" : null }, said()),
      make(
        "button",
        { type: "button", "aria-pressed": String(english), on: { click: toggle } },
        page.meta.pivot.name,
      ),
      make("button", save, relinked ? "Save this link " : "New link ", make("kbd", {}, "L")),
      make(
        "button",
        { type: "button", on: { click: () => page.openView("unit") } },
        "Back ",
        make("kbd", {}, "Esc"),
      ),
    );
  }

  function said() {
    if (chosen.size) return `${chosenOf("source").length} : ${chosenOf("target").length} chosen`;
    return "Choose sentences on both sides to link them. A linked sentence opens its pair.";
  }

  const chosenOf = (name) => shown[name].segments.filter((segment) => chosen.has(segment.id));
  const isComplete = () => chosenOf("source").length > 0 && chosenOf("target").length > 0;
  const alive = () => shown.links.filter((link) => link.status !== "rejected");
  const holds = (link, id) => link.source_ids.includes(id) || link.target_ids.includes(id);
  const linkOf = (id) => alive().find((link) => holds(link, id));

  function column(name) {
    const { article, segments } = shown[name];
    const facts = page.meta.articles[article];
    const blocks = new Map();
    for (const segment of segments)
      blocks.set(segment.block, [...(blocks.get(segment.block) || []), segment]);
    const drawn = [...blocks.values()].map((block) =>
      make(
        "div",
        { class: `block ${block[0].kind}` },
        block.flatMap((segment) => [sentence(segment), " "]),
      ),
    );
    const on = { scroll: () => requestAnimationFrame(() => page.drawLines(alive())) };
    return page.inLanguage(
      "section",
      facts.lang,
      { class: "column", "aria-label": page.titleOf(facts), on },
      drawn,
    );
  }

  function sentence(segment) {
    const link = linkOf(segment.id);
    const look = ["sentence", link ? "linked" : "", link?.unit === store.current ? "current" : ""];
    const text =
      english && segment.english
        ? [
            make(
              "span",
              { class: "text-english", lang: page.meta.pivot.tag, dir: page.meta.pivot.dir },
              segment.english,
            ),
          ]
        : [];
    return make(
      "span",
      {
        id: `s-${segment.id}`,
        role: "button",
        tabindex: 0,
        class: look.filter(Boolean).join(" "),
        dataset: { segment: segment.id },
        "aria-pressed": String(chosen.has(segment.id)),
        title: segment.english || null,
      },
      page.clipped(segment.text)[0],
      text,
    );
  }

  /** Choose a sentence or let it go; a linked one opens its pair while nothing is chosen. */
  function press(element) {
    const id = element.dataset.segment;
    const link = linkOf(id);
    if (link && !chosen.size && !relinked) return openPair(link);
    if (!chosen.delete(id)) chosen.add(id);
    element.setAttribute("aria-pressed", String(chosen.has(id)));
    byId("chosen").textContent = said();
    byId("chosen").classList.toggle("some", chosen.size > 0);
    byId("save-link").disabled = !isComplete();
    return undefined;
  }

  function openPair(link) {
    if (link.made)
      return page.say("This link was made here; the pair is built from it when the decisions are applied.");
    page.openView("unit");
    return store.kind === "links" ? store.show(link.unit) : store.open("links", link.unit);
  }

  page.saveLink = async function () {
    if (!shown || !isComplete()) return page.say("Choose at least one sentence on each side.");
    const links = [["source", "target"].map((name) => page.anchors(chosenOf(name))), ...rests()];
    const back = relinked;
    await page.decide("relink", { links }, back || unitOf(links));
    if (back) return page.openView("unit");
    chosen = new Set();
    await fetchPair();
    return draw();
  };

  /** What links that come from no unit are said about: their own sentences. */
  function unitOf(links) {
    const side = (place) => ({
      segments: links.flatMap((link) => link[place].map(([id, text]) => ({ id, text }))),
    });
    return { id: "", content_hash: "", source: side(0), target: side(1) };
  }

  /** What other links keep when sentences are taken from them. */
  function rests() {
    const robbed = alive().filter(
      (link) => link.unit !== relinked?.id && [...chosen].some((id) => holds(link, id)),
    );
    const kept = (name, ids) =>
      page.anchors(
        shown[name].segments.filter((segment) => ids.includes(segment.id) && !chosen.has(segment.id)),
      );
    return robbed
      .map((link) => [kept("source", link.source_ids), kept("target", link.target_ids)])
      .filter((link) => link.every((side) => side.length));
  }

  // ---- pointer and keys on sentences ----

  function glow(element) {
    const link = element ? linkOf(element.dataset.segment) : null;
    for (const each of document.querySelectorAll("#pair .sentence"))
      each.classList.toggle("glow", Boolean(link && holds(link, each.dataset.segment)));
    page.glowLine(link?.unit);
  }

  page.startArticles = function () {
    const pane = byId("pane");
    const at = (event) => (page.view === "articles" && event.target.closest?.(".sentence")) || null;
    pane.addEventListener("click", (event) => at(event) && !String(getSelection()) && press(at(event)));
    pane.addEventListener("keydown", (event) => {
      if (!at(event) || !["Enter", "Space"].includes(event.code)) return;
      event.preventDefault();
      press(at(event));
    });
    ["pointerover", "focusin"].forEach((name) =>
      pane.addEventListener(name, (event) => shown && page.view === "articles" && glow(at(event))),
    );
    new ResizeObserver(() => page.view === "articles" && shown && page.drawLines(alive())).observe(pane);
    store.listen(async (told) => {
      if (page.view !== "articles" || !told.has("shown") || !shown) return;
      await fetchPair(); // somebody made or took back a link
      if (page.view === "articles") draw();
    });
  };
})(window.paracorp);
