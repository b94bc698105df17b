"use strict";
// The head of the page, what it says, its place across reloads, and its start.
(function (page) {
  const { make, byId, store } = page;
  const SAID_MS = 5000;
  const PLACE_MS = 200; // browsers refuse to write the address much more often

  page.openView = function (view, unit = null) {
    page.view = view;
    document.body.dataset.view = view;
    drawViews();
    keepPlace();
    byId("actions").hidden = view === "articles" || !store.rows.size;
    return view === "articles" ? page.openArticles({ unit }) : store.tell("unit");
  };

  function drawViews() {
    const names = Object.fromEntries(page.meta.languages.map((each) => [each.code, each.name]));
    const open = (kind) => async () => {
      if (store.kind !== kind) await store.open(kind);
      page.openView("unit");
    };
    const tab = (name, chosen, click, count = "") =>
      make(
        "button",
        { type: "button", "aria-pressed": String(chosen), on: { click } },
        name,
        count === "" ? null : make("small", {}, ` ${count}`),
      );
    byId("views").replaceChildren(
      ...page.meta.kinds.map(({ kind, count }) =>
        tab(names[kind] || "Pairs", page.view === "unit" && store.kind === kind, open(kind), count),
      ),
      tab("Articles", page.view === "articles", () => page.openView("articles")),
    );
  }

  page.drawTools = function () {
    const dark = isDark();
    byId("tools").replaceChildren(
      make(
        "button",
        { type: "button", id: "reviewer", title: "Who reviews", on: { click: () => page.who() } },
        make("span", { "aria-hidden": "true" }, "✍ "),
        page.anyText(store.reviewer || "Your name?"),
      ),
      make(
        "button",
        {
          type: "button",
          id: "theme",
          "aria-pressed": String(dark),
          "aria-label": "Dark theme",
          on: { click: () => setTheme(dark ? "light" : "dark") },
        },
        dark ? "☀" : "☾",
      ),
      make(
        "button",
        { type: "button", id: "help", "aria-label": "Keys", on: { click: () => page.help() } },
        "?",
      ),
      ...(store.source.live
        ? []
        : [
            make(
              "button",
              { type: "button", id: "download", class: "primary", on: { click: download } },
              "Download",
            ),
          ]),
    );
  };

  // ---- theme ----

  const isDark = () =>
    (page.stored.get("paracorp:theme") ||
      (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

  function setTheme(name) {
    page.stored.put("paracorp:theme", name);
    document.documentElement.dataset.theme = name;
    page.drawTools();
    byId("theme").focus();
  }

  // ---- progress, what is saved, what went wrong ----

  function drawProgress() {
    const all = store.rows.size;
    const { judged } = store;
    const bar = byId("progress");
    bar.setAttribute("aria-valuemax", String(all));
    bar.setAttribute("aria-valuenow", String(judged));
    bar.setAttribute("aria-valuetext", `${judged} of ${all} judged`);
    bar.firstElementChild.style.width = `${all ? (100 * judged) / all : 0}%`;
    bar.lastElementChild.textContent = `${judged} / ${all} judged`;
  }

  function drawSaved() {
    byId("saved").textContent = savedText();
    const lines = store.unsavedLines();
    const lost = store.lost && `${store.lost} ${unsentText()}`;
    const text = [store.refusal, lost].filter(Boolean).join(" ");
    const problem = byId("problem");
    if (problem.dataset.text === `${text}${lines.length}`) return;
    problem.dataset.text = `${text}${lines.length}`;
    problem.hidden = !text;
    const rescue = () => page.save(`${page.meta.corpus}.unsaved.jsonl`, lines, "application/x-ndjson");
    const dismiss = () => {
      store.refusal = "";
      drawSaved();
    };
    problem.replaceChildren(
      make("span", {}, text),
      lines ? make("button", { type: "button", on: { click: rescue } }, "Download what is not saved") : "",
      store.refusal && !store.lost
        ? make("button", { type: "button", on: { click: dismiss } }, "Dismiss")
        : "",
    );
  }

  function savedText() {
    if (store.unsent.length) return store.lost ? `${store.unsent.length} not saved` : "saving …";
    if (!store.source?.live) return heldText();
    return store.saved ? "saved" : "";
  }

  function heldText() {
    const { events, kept } = store.source || { events: [], kept: true };
    if (!events.length) return "";
    return kept
      ? `${events.length} kept in this browser`
      : `${events.length} in this window only: download them`;
  }

  function unsentText() {
    const number = store.unsent.length;
    if (!number) return "What is saved is safe.";
    const what = `${number} ${number === 1 ? "decision is" : "decisions are"} not saved yet`;
    const when = store.answered
      ? "sent again as soon as that is mended"
      : "sent when the server is back at this address (start paracorp review with the same --port)";
    return `${what}: ${when}, or downloaded here for paracorp review --apply.`;
  }

  let silence = 0;
  /** Say something for a few seconds. */
  page.say = function (text) {
    byId("message").textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => (byId("message").textContent = ""), SAID_MS);
  };

  function download() {
    const { events } = store.source;
    page.save(
      `${page.meta.corpus}.decisions.jsonl`,
      events.map((event) => `${JSON.stringify(event)}\n`).join(""),
      "application/x-ndjson",
    );
    store.downloaded = events.length;
    page.say(`${events.length} decisions downloaded; paracorp review CORPUS --apply FILE takes them in.`);
  }

  function onLeave(event) {
    const { live, kept, events } = store.source;
    if (live ? store.unsent.length : !kept && events.length > (store.downloaded || 0)) event.preventDefault();
  }

  // ---- the place, in the address: it can be sent to another reviewer; a reload finds the latest in the visit ----

  let waiting = 0;
  function keepPlace() {
    page.visit.put("paracorp:place", placeText());
    clearTimeout(waiting);
    waiting = setTimeout(() => history.replaceState(null, "", `#${placeText()}`), PLACE_MS);
  }

  function placeText() {
    const changed = Object.entries(store.filters).filter(
      ([name, value]) => String(value) !== String(page.NO_FILTERS[name]),
    );
    return new URLSearchParams([
      ["kind", store.kind],
      ["unit", store.current],
      ["view", page.view],
      ...changed,
    ]).toString();
  }

  function readPlace() {
    const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
    const place = new URLSearchParams(
      (reloaded && page.visit.get("paracorp:place")) || location.hash.slice(1),
    );
    const filters = {};
    for (const [name, value] of Object.entries(page.NO_FILTERS)) {
      if (place.has(name))
        filters[name] = typeof value === "number" ? Number(place.get(name)) : place.get(name);
    }
    return { kind: place.get("kind"), unit: place.get("unit") || "", view: place.get("view"), filters };
  }

  // ---- start ----

  function onChange(told) {
    if (told.has("all")) {
      drawViews();
      byId("actions").hidden = page.view === "articles" || !store.rows.size;
    }
    if (told.has("shown") || told.has("current")) keepPlace();
    if (["row", "shown", "saved"].some((each) => told.has(each))) {
      drawProgress();
      drawSaved();
    }
  }

  async function start() {
    document.documentElement.dataset.theme = isDark() ? "dark" : "light";
    const data = byId("paracorp-data");
    [page.startList, page.startFilters, page.startUnit, page.startArticles, page.startKeys].forEach((each) =>
      each(),
    );
    store.listen(onChange);
    byId("skip").addEventListener("click", (event) => (event.preventDefault(), byId("pane").focus()));
    const place = readPlace();
    try {
      await store.start(data ? page.embedded(JSON.parse(data.textContent)) : page.served(), place);
    } catch (error) {
      byId("problem").hidden = false;
      byId("problem").textContent = error.message;
      return;
    }
    window.addEventListener("beforeunload", onLeave);
    store.startSaving();
    page.drawTools();
    if (place.view === "articles") page.openView("articles");
    else byId("list").focus({ preventScroll: true });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})(window.paracorp);
