"use strict";
// The list of units by article pair. Only the rows in sight are in the document.
(function (page) {
  const { make, byId, store } = page;
  const ROW_REM = 3.75; // as in the style sheet
  const HEAD_REM = 2.75;
  const BEYOND_PX = 300; // drawn above and below what is in sight
  const STATUSES = {
    auto: "not judged",
    accepted: "accepted",
    edited: "edited",
    rejected: "rejected",
    needs_work: "needs work",
    conflict: "conflict",
    stale: "stale",
  };
  const SIGNS = {
    auto: "·",
    accepted: "✓",
    edited: "✎",
    rejected: "✗",
    needs_work: "!",
    conflict: "≠",
    stale: "⧗",
  };
  page.STATUSES = STATUSES;

  let items = []; // ids and, in the order of the text, the heads of their article pairs
  let tops = [];
  let height = 0;
  let rem = 16; // px
  let itemOf = new Map(); // where in `items` an id stands

  function layOut() {
    items = [];
    tops = [];
    height = 0;
    rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    itemOf = new Map();
    let pair = null;
    const add = (item, rems) => {
      items.push(item);
      tops.push(height);
      height += rems * rem;
    };
    for (const id of store.shown) {
      const row = store.rows.get(id);
      if (store.filters.order === "text" && row.pair !== pair) add({ head: (pair = row.pair) }, HEAD_REM);
      itemOf.set(id, items.length);
      add({ id }, ROW_REM);
    }
    byId("list").firstElementChild.style.height = `${height}px`;
  }

  /** The two articles (or, for single sentences, the one) that a row's `pair` stands for. */
  page.articlesOf = function (pair) {
    if (store.kind !== "links") return [page.meta.articles[pair]];
    const { source, target } = page.meta.pairs[pair] || {};
    return [source, target].filter((each) => each !== undefined).map((each) => page.meta.articles[each]);
  };

  page.titleOf = (article) => article.title || article.id;

  /** The last item that begins at or above `top`. */
  function itemAt(top) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (tops[middle] <= top) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  function draw() {
    const list = byId("list");
    const { scrollTop, clientHeight } = list;
    const last = scrollTop + clientHeight + BEYOND_PX;
    const parts = [];
    for (let place = itemAt(scrollTop - BEYOND_PX); place < items.length && tops[place] < last; place += 1) {
      const { id, head } = items[place];
      const element = id ? drawRow(store.rows.get(id)) : drawHead(head);
      element.style.top = `${tops[place]}px`;
      parts.push(element);
    }
    const canvas = list.firstElementChild;
    canvas.replaceChildren(...parts);
    const current = canvas.querySelector('[aria-selected="true"]');
    if (current) list.setAttribute("aria-activedescendant", current.id);
    else list.removeAttribute("aria-activedescendant");
  }

  function drawHead(pair) {
    const { judged, all } = store.totals.get(pair);
    const titles = page
      .articlesOf(pair)
      .map((article) => page.inLanguage("span", article.lang, { class: "title" }, page.titleOf(article)));
    const done = make("small", { class: judged === all ? "all" : "" }, `${judged} / ${all}`);
    return make(
      "div",
      { class: "head", role: "presentation" },
      make("span", { class: "titles" }, titles),
      done,
    );
  }

  function drawRow(row) {
    const percent = row.confidence === null ? "" : page.percent(row.confidence);
    const codes =
      store.kind === "links"
        ? page.meta.languages.map((each) => each.code)
        : [store.kind, page.meta.pivot.code];
    const texts = [row.source, row.target].map((text, place) =>
      page.inLanguage("span", codes[place], { class: "text" }, text),
    );
    const found = row.findings ? `${row.findings} ${row.severity}` : "no findings";
    return make(
      "div",
      {
        class: `row ${row.status}`,
        id: `row-${row.id}`,
        role: "option",
        dataset: { id: row.id },
        "aria-selected": String(row.id === store.current),
        "aria-setsize": store.shown.length,
        "aria-posinset": store.place(row.id) + 1,
        "aria-label": `${STATUSES[row.status]}, ${percent || "confidence unknown"}, ${found}: ${row.source}`,
      },
      make("span", { class: "sign", title: STATUSES[row.status] }, SIGNS[row.status]),
      make("span", { class: "texts" }, texts),
      make(
        "span",
        { class: "facts" },
        make("span", {}, percent),
        row.findings
          ? make("span", { class: `count ${row.severity}`, title: found }, `⚑ ${row.findings}`)
          : null,
        row.notes ? make("span", { title: "has notes" }, "✉") : null,
      ),
    );
  }

  /** Bring the current row into sight. */
  function reveal() {
    const list = byId("list");
    const place = itemOf.get(store.current);
    if (place === undefined) return;
    const { scrollTop, clientHeight } = list;
    const top = tops[place];
    const after = top + 2 * ROW_REM * rem;
    if (top - HEAD_REM * rem < scrollTop || after > scrollTop + clientHeight) {
      list.scrollTop = Math.max(0, top - clientHeight / 3);
    }
  }

  function say() {
    const all = store.rows.size;
    const shown = store.shown.length;
    const what = store.kind === "links" ? "pairs" : "sentences";
    byId("found").textContent = shown === all ? `${all} ${what}` : `${shown} of ${all} ${what}`;
  }

  page.showList = function (open) {
    document.body.classList.toggle("list-open", open);
    byId("show-list").setAttribute("aria-expanded", String(open));
  };

  page.startList = function () {
    const list = byId("list");
    list.append(make("div", { class: "canvas", role: "presentation" }));
    list.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
    list.addEventListener("click", (event) => {
      const row = event.target.closest(".row");
      if (!row) return;
      page.showList(false);
      page.openView("unit");
      store.show(row.dataset.id);
    });
    new ResizeObserver(() => {
      layOut();
      draw();
    }).observe(list);
    byId("show-list").addEventListener("click", () =>
      page.showList(!document.body.classList.contains("list-open")),
    );
    store.listen((told) => {
      const [shown, current] = [told.has("shown"), told.has("current")];
      if (!shown && !current && !told.has("row")) return;
      if (shown) layOut();
      if (shown || current) reveal();
      draw();
      if (shown) say();
    });
  };
})(window.paracorp);
