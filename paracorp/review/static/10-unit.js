"use strict";
// One pair: both texts with their English, what is marked and found in them, the sentences around them.
(function (page) {
  const { make, byId, store } = page;
  const expanded = new Set(); // fields of the current unit that are shown whole although they are long
  let drawn = "";

  function draw() {
    const pane = byId("pane");
    const unit = store.unit();
    const focused = pane.contains(document.activeElement) && document.activeElement !== pane;
    if (store.current !== drawn) {
      expanded.clear();
      pane.scrollTop = 0; // before the new content, which would have to be laid out at once for it
    }
    pane.replaceChildren(unit ? card(unit) : make("p", { class: "empty" }, waiting()));
    if (focused) pane.focus({ preventScroll: true });
    if (unit && store.current !== drawn) speak(unit);
    drawn = store.current;
  }

  function waiting() {
    if (store.current) return "Loading …";
    return store.rows.size
      ? "No pair passes these filters."
      : "There is nothing to review: the corpus has no pairs.";
  }

  function speak(unit) {
    const found = unit.findings.length ? `${unit.findings.length} findings` : "no findings";
    byId("spoken").textContent =
      `${placeOf(unit)}, ${page.STATUSES[unit.state.status]}, ${page.percent(unit.confidence)}, ${found}`;
  }

  const placeOf = (unit) => `${store.place(unit.id) + 1 || "–"} / ${store.shown.length}`;

  page.percent = (confidence) =>
    confidence === null ? "confidence unknown" : `${Math.floor(confidence * 100 + 1e-9)} %`;

  function card(unit) {
    const numbered = { ...unit, findings: unit.findings.map((finding, number) => ({ ...finding, number })) };
    return make(
      "article",
      { class: "card", "aria-label": "Pair" },
      head(unit),
      page.warnings(unit),
      make("div", { class: "sides" }, side(numbered, "source"), side(numbered, "target")),
      page.foot(numbered),
    );
  }

  function head(unit) {
    const { status, reviewer, reviewed } = unit.state;
    const row = store.rows.get(unit.id);
    const unsaved = store.unsent.some((event) => event.unit === unit.id);
    return make(
      "div",
      { class: "meta" },
      make("span", { class: `status ${status}` }, page.STATUSES[status]),
      confidence(unit),
      unit.kind === "links" ? make("span", { title: "sentences on each side" }, unit.shape) : null,
      reviewer ? make("span", {}, page.anyText(reviewer), ` ${page.moment(reviewed)}`) : null,
      row?.pending && !unsaved ? make("span", {}, "counts from the next build") : null,
      make("span", { class: "place" }, placeOf(unit)),
    );
  }

  function confidence(unit) {
    const value = unit.confidence;
    if (value === null) return unit.kind === "links" ? make("span", {}, "linked by a person") : null;
    const bar = make(
      "span",
      { class: `bar ${value < 0.5 ? "low" : value < 0.9 ? "middle" : "high"}`, "aria-hidden": "true" },
      make("span"),
    );
    bar.firstElementChild.style.width = `${value * 100}%`;
    return make(
      "span",
      { class: "confidence", title: "probability that this is a pair" },
      make("span", { class: "unseen" }, "confidence "),
      bar,
      page.percent(value),
    );
  }

  // ---- the two sides; each has the same five parts, which stand in the same rows ----

  function side(unit, name) {
    const shown = unit[name];
    return make(
      "section",
      { class: `side ${name}`, "aria-label": page.language(shown.lang).name },
      unit.kind === "links" || name === "source" ? article(shown) : languageOf(shown),
      neighbours(shown, shown.before, "before"),
      field(unit, name, "text", shown.lang, "main"),
      unit.kind === "links"
        ? field(unit, `${name}_english`, "english", page.meta.pivot.code, "english", name)
        : make("div"),
      neighbours(shown, shown.after, "after"),
    );
  }

  function field(unit, field, part, lang, look, name = field) {
    const shown = unit[name];
    const marks = part === "text" ? shown.marks : shown.english_marks;
    const [text, more] = expanded.has(field) ? [shown[part], false] : page.clipped(shown[part]);
    const findings = unit.findings.filter((finding) => finding.field === field);
    const edited = field in unit.state.edits;
    const body = page.inLanguage(
      "p",
      lang,
      { class: `text ${look}`, dataset: { field } },
      page.marked(text, marks, findings),
    );
    if (!text) body.append(make("span", { class: "none", lang: "en", dir: "ltr" }, "no English yet"));
    return make(
      "div",
      { class: `field${edited ? " edited" : ""}`, title: edited ? "edited" : null },
      body,
      more ? whole(field, shown[part]) : null,
      part === "text" && unit.kind !== "links" && name === "target" ? origin(shown) : null,
      part === "english" ? origin(shown) : null,
    );
  }

  function whole(field, text) {
    const act = () => {
      expanded.add(field);
      draw();
    };
    return make(
      "button",
      { type: "button", class: "more", on: { click: act } },
      `Show all ${Array.from(text).length.toLocaleString("en")} characters`,
    );
  }

  const ORIGINS = {
    memory: "from the memory",
    fuzzy: "from a similar entry of the memory",
    model: "by a model",
    none: "",
  };

  function origin(shown) {
    const text = [ORIGINS[shown.origin] ?? shown.origin, shown.engine].filter(Boolean).join(": ");
    return text ? make("small", { class: "origin" }, page.anyText(text)) : null;
  }

  const languageOf = (shown) => make("div", { class: "article" }, make("b", {}, page.language(shown.lang).name));

  function article(shown) {
    const facts = page.meta.articles[shown.article];
    const title = page.inLanguage("span", facts.lang, { class: "title" }, page.titleOf(facts));
    const link = facts.url
      ? make(
          "a",
          {
            href: facts.url,
            target: "_blank",
            rel: "noopener noreferrer",
            dir: page.language(facts.lang).dir,
          },
          title,
        )
      : title;
    const when = facts.published ? make("time", { datetime: facts.published }, facts.published) : null;
    const who = [facts.publisher, facts.author].filter(Boolean).map((text) => page.anyText(text));
    const parts = [make("b", {}, page.language(shown.lang).name), when, ...who].filter(Boolean);
    return make(
      "div",
      { class: "article" },
      link,
      make(
        "small",
        { dir: page.language(shown.lang).dir },
        parts.flatMap((part, place) => (place ? [" · ", part] : [part])),
      ),
    );
  }

  function neighbours(shown, segments, where) {
    const lines = segments.map((segment) =>
      page.inLanguage(
        "p",
        shown.lang,
        { class: "text", title: segment.english || null },
        page.clipped(segment.text)[0],
      ),
    );
    return make("div", { class: `near ${where}` }, lines);
  }

  page.startUnit = function () {
    const pane = byId("pane");
    const relate = (event) => page.relate(pane, event.target.closest ? event.target : null);
    ["pointerover", "focusin", "click"].forEach((name) => pane.addEventListener(name, relate));
    pane.addEventListener("pointerleave", () => page.relate(pane, null));
    store.listen((told) => page.view === "unit" && told.has("unit") && draw());
  };
})(window.paracorp);
