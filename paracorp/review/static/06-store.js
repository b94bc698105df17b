"use strict";
// The state of the page: rows of the list, units fetched so far, filters, order, what is shown.
(function (page) {
  const KEPT_UNITS = 1000;
  const AHEAD = 12; // units fetched before they are wanted
  const OPEN = ["auto", "needs_work", "conflict", "stale"];
  const NO_FILTERS = { text: "", status: "", least: 0, most: 100, rule: "", pair: "", order: "text" };

  const store = {
    source: null,
    kind: "links",
    columns: [],
    rows: new Map(), // every unit of the kind, by id
    inText: [], // the rows in the order of the text
    totals: new Map(), // by article pair: how many rows, how many of them judged
    judged: 0,
    shown: [], // ids that pass the filters, in the chosen order
    places: new Map(), // of the ids in `shown`
    current: "",
    units: new Map(), // as they were last fetched
    dated: new Set(), // ids of fetched units that have changed since
    filters: { ...NO_FILTERS },
    found: null, // ids that hold the searched text; null without a search
    cursor: 0,
    build: "",
    reviewer: "",
    listeners: [],
  };
  page.store = store;
  page.NO_FILTERS = NO_FILTERS;

  /**
   * Call `act(told)` after changes, once for all that one key or answer brought. `told` is a set of: "all" (another
   * list), "shown" (which rows, in which order), "current", "row" (what a row says), "unit" (what the current unit
   * says), "saved".
   */
  store.listen = (act) => store.listeners.push(act);

  let told = new Set();
  store.tell = function (...changes) {
    if (!told.size) queueMicrotask(flush);
    changes.forEach((each) => told.add(each));
  };

  function flush() {
    const now = told;
    told = new Set();
    store.listeners.forEach((act) => act(now));
  }

  store.isOpen = (row) => OPEN.includes(row.status);
  store.place = (id) => store.places.get(id) ?? -1;

  store.start = async function (source, { kind, unit, filters }) {
    store.source = source;
    await store.loadMeta();
    const known = page.meta.kinds.some((each) => each.kind === kind);
    Object.assign(store.filters, filters);
    await store.open(known ? kind : "links", unit, { keep: true });
  };

  store.loadMeta = async function () {
    page.meta = await store.source.meta();
    store.cursor = page.meta.cursor;
    store.build = page.meta.build;
    const chosen = page.visit.get(nameKey()) ?? page.stored.get(nameKey());
    store.reviewer = chosen || page.meta.reviewer || "";
  };

  // A name chosen here holds until the review is started under another one.
  const nameKey = () => `paracorp:reviewer:${page.meta.reviewer}`;

  store.setReviewer = function (name) {
    store.reviewer = name;
    page.visit.put(nameKey(), name);
    page.stored.put(nameKey(), name);
  };

  /** Show the list of another kind, or the same one anew, with the unit `wanted`. */
  store.open = async function (kind, wanted = "", { keep = false } = {}) {
    let index;
    try {
      index = await store.source.index(kind);
    } catch (error) {
      return store.setLost(error);
    }
    if (kind !== store.kind && !keep) Object.assign(store.filters, { pair: "", rule: "" });
    store.kind = kind;
    store.columns = index.columns;
    store.rows = new Map();
    store.totals = new Map();
    store.judged = 0;
    for (const row of index.rows) store.putRow(asRow(row, index.columns));
    store.unsent.forEach(store.foresee);
    await search();
    store.sort();
    store.arrange();
    store.current = store.rows.has(wanted) ? wanted : store.shown[0] || "";
    await store.fetch([store.current]);
    store.tell("all", "shown", "current", "unit", "saved");
    return fetchAround();
  };

  function asRow(values, columns) {
    const row = {};
    columns.forEach((name, place) => (row[name] = values[place]));
    row.certainty = row.confidence === null ? 1 : Math.abs(2 * row.confidence - 1);
    return row;
  }

  store.asRow = (values) => asRow(values, store.columns);

  /** Put a row into the list, or in the place of the one with its id, and keep count. */
  store.putRow = function (row) {
    store.dropRow(row.id);
    tally(row, 1);
    store.rows.set(row.id, row);
  };

  store.dropRow = function (id) {
    const row = store.rows.get(id);
    if (row) tally(row, -1);
    return row ? store.rows.delete(id) : false;
  };

  function tally(row, one) {
    const total = store.totals.get(row.pair) || { judged: 0, all: 0 };
    const judged = store.isOpen(row) ? 0 : one;
    store.totals.set(row.pair, { judged: total.judged + judged, all: total.all + one });
    store.judged += judged;
  }

  // ---- filters and order ----

  store.filter = async function (changes) {
    const searched = "text" in changes && changes.text !== store.filters.text;
    Object.assign(store.filters, changes);
    const wanted = store.filters.text;
    if (searched) await search();
    if (wanted !== store.filters.text) return; // typed on meanwhile
    store.arrange();
    store.tell("shown");
    if (store.place(store.current) < 0) await store.show(store.shown[0] || "");
    else store.tell("current");
  };

  async function search() {
    const wanted = store.filters.text.trim();
    const { kind } = store;
    try {
      const ids = wanted ? await store.source.search(wanted, kind) : null;
      if (wanted === store.filters.text.trim() && kind === store.kind) store.found = ids && new Set(ids);
    } catch (error) {
      store.setLost(error);
    }
  }

  /** Put all rows in the order of the text; wanted when rows come or go. */
  store.sort = () => (store.inText = [...store.rows.keys()].sort(byText));

  const byText = (one, other) => {
    const [row, next] = [store.rows.get(one), store.rows.get(other)];
    return row.pair - next.pair || row.pos - next.pos;
  };

  /** Put the rows that pass the filters in their order. */
  store.arrange = function () {
    const rows = store.inText.map((id) => store.rows.get(id)).filter(passes);
    const order = ORDERS[store.filters.order];
    if (order) rows.sort(order); // which leaves rows that are alike in the order of the text
    store.shown = rows.map((row) => row.id);
    store.places = new Map(store.shown.map((id, place) => [id, place]));
  };

  function passes(row) {
    const { status, least, most, rule, pair } = store.filters;
    if (store.found && !store.found.has(row.id)) return false;
    if (status === "open" ? !store.isOpen(row) : status && row.status !== status) return false;
    if (row.confidence !== null && (row.confidence * 100 < least || row.confidence * 100 > most))
      return false;
    if (row.confidence === null && most < 100) return false;
    if (rule === "any" && !row.findings) return false;
    if (rule !== "" && rule !== "any" && !row.rules.includes(Number(rule))) return false;
    return pair === "" || row.pair === Number(pair);
  }

  const RANK = { error: 3, warning: 2, info: 1, "": 0 };
  const ORDERS = {
    uncertain: (one, other) => one.certainty - other.certainty,
    findings: (one, other) => RANK[other.severity] - RANK[one.severity] || other.findings - one.findings,
  };

  // ---- the unit that is shown ----

  /** The current unit as it is with what is not saved yet; undefined while it loads. */
  store.unit = (id = store.current) => {
    const unit = store.units.get(id);
    return unit && page.overlaid(unit, store.unsentOf(id));
  };

  store.show = async function (id) {
    store.current = id;
    store.tell("current", "unit");
    const missing = id && (!store.units.has(id) || store.dated.has(id));
    if (missing) {
      await store.fetch([id]);
      if (store.current === id) store.tell("unit");
    }
    fetchAround();
  };

  /** Fetch units that are not here or have changed; a failure is told as a lost server is. */
  store.fetch = async function (ids) {
    const wanted = ids.filter((id) => id && (!store.units.has(id) || store.dated.has(id)));
    if (!wanted.length) return;
    try {
      for (const unit of await store.source.units(wanted)) {
        store.units.set(unit.id, unit);
        store.dated.delete(unit.id);
      }
    } catch (error) {
      store.setLost(error);
    }
    for (const id of store.units.keys()) {
      if (store.units.size <= KEPT_UNITS) break;
      if (id !== store.current) store.units.delete(id);
    }
  };

  function fetchAround() {
    const place = store.place(store.current);
    const near = store.shown.slice(Math.max(0, place - 2), place + AHEAD);
    const nearest = near.slice(0, AHEAD / 2);
    if (nearest.some((id) => !store.units.has(id) || store.dated.has(id))) store.fetch(near);
  }

  /** Go `step` rows on in the list; stays inside it. */
  store.step = function (step) {
    const next =
      store.shown[Math.min(Math.max(store.place(store.current) + step, 0), store.shown.length - 1)];
    return next && next !== store.current ? store.show(next) : store.tell("current");
  };

  /** After a verdict: the next row below that wants a person, else the next one. */
  store.goOn = function () {
    for (let place = store.place(store.current) + 1; place < store.shown.length; place += 1) {
      if (store.isOpen(store.rows.get(store.shown[place]))) return store.show(store.shown[place]);
    }
    return store.step(1);
  };

  /** The following row that wants a person, from the end on to the beginning; false where there is none. */
  store.nextOpen = function () {
    const [place, all] = [store.place(store.current), store.shown.length];
    for (let step = 1; step < all; step += 1) {
      const id = store.shown[(place + step) % all];
      if (id !== store.current && store.isOpen(store.rows.get(id))) return store.show(id);
    }
    return false;
  };

  let doubted = ""; // the row that the last jump led to

  /**
   * The row that wants a person and whose confidence is nearest to a half; pressed again there, the next by
   * doubt. False where there is none.
   */
  store.nextDoubtful = function () {
    const later = (one, other) =>
      one.certainty - other.certainty || store.place(one.id) - store.place(other.id);
    const first = (rows) => rows.reduce((one, other) => (one && later(one, other) <= 0 ? one : other), null);
    const rows = store.shown
      .map((id) => store.rows.get(id))
      .filter((row) => store.isOpen(row) && row.id !== store.current);
    const here = doubted === store.current && store.rows.get(store.current);
    const next = (here && first(rows.filter((row) => later(here, row) < 0))) || first(rows);
    if (!next) return false;
    doubted = next.id;
    return store.show(next.id);
  };
})(window.paracorp);
