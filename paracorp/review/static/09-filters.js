"use strict";
// Which units are listed, and in which order.
(function (page) {
  const { make, byId, store } = page;
  const TYPING_MS = 150; // a pause this long while typing starts the search

  function select(name, label, options) {
    const control = make(
      "select",
      { name },
      options.map(([value, text]) => make("option", { value: String(value) }, text)),
    );
    control.value = String(store.filters[name]);
    let pointed = false;
    control.addEventListener("pointerdown", () => (pointed = true));
    control.addEventListener("keydown", () => (pointed = false));
    control.addEventListener("change", () => {
      store.filter({ [name]: control.value });
      if (pointed) byId("list").focus({ preventScroll: true }); // so that the next key is an action again
    });
    return make("label", {}, make("span", {}, label), control);
  }

  function percent(name, label) {
    const put = () => store.filter({ [name]: Math.min(100, Math.max(0, Number(control.value) || 0)) });
    const facts = {
      type: "number",
      name,
      min: 0,
      max: 100,
      step: 5,
      value: store.filters[name],
      "aria-label": label,
    };
    const control = make("input", { ...facts, on: { change: put } });
    return control;
  }

  function searchField() {
    let timer = 0;
    const field = make("input", {
      type: "search",
      id: "search",
      name: "text",
      dir: "auto",
      autocomplete: "off",
      value: store.filters.text,
      placeholder: "Search in any language",
      "aria-label": "Search in any language",
      on: {
        input: () => {
          clearTimeout(timer);
          timer = setTimeout(() => store.filter({ text: field.value }), TYPING_MS);
        },
      },
    });
    return field;
  }

  function draw() {
    const rows = [...store.rows.values()];
    const pairs = [...new Set(rows.map((row) => row.pair))].map((pair) => [
      pair,
      page.articlesOf(pair).map(page.titleOf).join(" – "),
    ]);
    const found = new Set(rows.flatMap((row) => row.rules));
    const rules = page.meta.rules
      .map((rule, place) => [place, rule.name])
      .filter(([place]) => found.has(place));
    byId("filters").replaceChildren(
      searchField(),
      select("status", "Status", [["", "any"], ["open", "wants a person"], ...Object.entries(page.STATUSES)]),
      select("order", "Order", [
        ["text", "as in the text"],
        ["uncertain", "uncertain first"],
        ["findings", "findings first"],
      ]),
      select("rule", "Finding", [["", "any or none"], ["any", "any"], ...rules]),
      select("pair", "Article", [["", "all"], ...pairs]),
      make(
        "fieldset",
        {},
        make("legend", {}, "Confidence, %"),
        percent("least", "Least confidence in percent"),
        " – ",
        percent("most", "Most confidence in percent"),
        make("button", { type: "button", id: "no-filters", on: { click: clear } }, "Reset"),
      ),
    );
  }

  async function clear() {
    await store.filter({ ...page.NO_FILTERS, order: store.filters.order });
    draw();
  }

  page.startFilters = function () {
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    store.listen((told) => told.has("all") && draw());
  };
})(window.paracorp);
