"use strict";
// Decisions: shown at once, kept in this browser until they are saved, sent one after the other, sent again when the
// server was lost; and what others decide meanwhile.
(function (page) {
  const { store } = page;
  const POLL_MS = 1000;
  const MOST_EVENTS = 100;
  const MOST_CHARS = 1_000_000; // of one request
  const KEPT_FOR_UNDO = 200;

  store.unsent = []; // events the source has not taken yet, oldest first
  store.refused = []; // events the source will not take
  store.lost = ""; // why the server cannot be reached, or cannot save
  store.answered = false; // whether a server said so
  store.refusal = ""; // why it did not take something
  store.saved = 0; // events of this visit that are saved
  let mine = []; // my events of this visit, for undo and redo; an undo has in `of` what it took back
  let sending = null;

  const unsentKey = () => `paracorp:unsent:${page.meta.corpus}:`;
  const mineKey = () => `paracorp:mine:${page.meta.corpus}`;

  /** Take up what an earlier visit could not save, and look for what others do. */
  store.startSaving = function () {
    mine = listed(page.visit.get(mineKey()));
    if (!store.source.live) return;
    store.unsent = page.stored.names(unsentKey()).flatMap((name) => listed(`[${page.stored.get(name)}]`));
    store.unsent.sort((one, other) => one.at.localeCompare(other.at));
    store.unsent.forEach(store.foresee);
    send();
    setTimeout(poll, POLL_MS);
  };

  function listed(text) {
    try {
      const events = JSON.parse(text || "[]");
      return Array.isArray(events) ? events.filter((event) => event?.id && event.data && event.at) : [];
    } catch {
      return [];
    }
  }

  /** An event of mine on a unit, with the texts it is about in it. */
  store.event = function (name, data, unit) {
    return {
      v: 1,
      id: page.newId(),
      event: name,
      unit: unit.id,
      content_hash: unit.content_hash,
      anchors: [...unit.source.segments, ...unit.target.segments].map((segment) => [
        segment.id,
        segment.text,
      ]),
      data,
      reviewer: store.reviewer,
      at: new Date().toISOString(),
    };
  };

  /** Show an event at once and save it; `of` is what an undo takes back. */
  store.decide = function (event, of = undefined) {
    mine.push({ ...event, kind: store.kind, of });
    mine = mine.slice(-KEPT_FOR_UNDO);
    page.visit.put(mineKey(), JSON.stringify(mine));
    store.unsent.push(event);
    if (store.source.live) page.stored.put(unsentKey() + event.id, JSON.stringify(event));
    store.foresee(event);
    store.tell("row", "saved");
    if (event.unit === store.current) store.tell("unit");
    return send();
  };

  /** Put into the list what an event will come to. */
  store.foresee = function (event) {
    const row = store.rows.get(event.unit);
    const unit = store.unit(event.unit);
    if (row && unit) store.putRow({ ...row, status: unit.state.status, notes: unit.state.notes.length });
  };

  /** Send what is not saved; resolves when all is, or when the server is lost. */
  function send() {
    sending ||= sendAll().finally(() => {
      sending = null;
      store.tell("saved");
    });
    return sending;
  }

  async function sendAll() {
    while (store.unsent.length) {
      const batch = nextBatch();
      try {
        settle(batch, await store.source.post(batch));
      } catch (error) {
        if (!error.refused) {
          store.setLost(error);
          return; // the poll sends again
        }
        await refuse(batch, error);
      }
    }
  }

  let single = false; // after a refusal the events are sent one by one, to find the one that is meant

  function nextBatch() {
    let chars = 0;
    const fits = (event, place) => place === 0 || (chars += JSON.stringify(event).length) < MOST_CHARS;
    return store.unsent.slice(0, single ? 1 : MOST_EVENTS).filter(fits);
  }

  function settle(batch, changes) {
    single = false;
    store.lost = "";
    for (const id of new Set(batch.map((event) => event.unit))) {
      if (store.units.has(id)) store.units.set(id, store.unit(id));
    }
    forget(batch);
    store.saved += batch.length;
    const made = changes.reload
      ? []
      : (changes.rows[store.kind] || []).map((row) => row[0]).filter((id) => !store.rows.has(id));
    const away = changes.gone.includes(store.current);
    take(changes, { touched: batch.map((event) => event.unit), wanted: away ? made[0] : "" });
  }

  function forget(events) {
    const done = new Set(events.map((event) => event.id));
    store.unsent = store.unsent.filter((event) => !done.has(event.id));
    for (const id of done) page.stored.drop(unsentKey() + id);
  }

  async function refuse(batch, error) {
    const meant = batch.length === 1 ? batch : batch.filter((event) => error.units.includes(event.unit));
    single = !meant.length;
    if (single) return;
    store.refused.push(...meant);
    const ids = new Set(meant.map((event) => event.id));
    mine = mine.filter((event) => !ids.has(event.id));
    forget(meant);
    store.refusal = `Not saved: ${error.message}`;
    await store.reload().catch(store.setLost);
  }

  // ---- undo and redo ----

  /** Take back my latest decision of this visit, else my latest on the current unit; what it was, or null. */
  store.undo = async function () {
    const last = lastOfMine();
    if (last) await takeBack(last, last);
    return last;
  };

  /** Take back my latest undo, unless I have decided something since; what counts again, or null. */
  store.redo = async function () {
    const undo = lastUndo();
    if (undo) await takeBack(undo, undo.of);
    return undo?.of || null;
  };

  /** Take back one of my events, an undo too; `decision` is what counts then no more, or again. */
  async function takeBack(last, decision) {
    const { kind, settled, of, ...event } = last;
    if (kind === store.kind && store.rows.has(last.unit) && last.unit !== store.current)
      store.show(last.unit);
    const undo = {
      ...event,
      id: page.newId(),
      event: "undo",
      data: { undoes: last.id },
      at: new Date().toISOString(),
    };
    const saving = store.decide(undo, last);
    if (kind !== store.kind || !page.isRelinking(decision)) return;
    await saving;
    if (store.rows.has(last.unit)) store.show(last.unit);
  }

  function lastUndo() {
    const live = new Set(page.live(mine).map((event) => event.id));
    const takenBack = new Set();
    for (const event of [...mine].reverse()) {
      if (live.has(event.id)) return null;
      if (event.event !== "undo" || takenBack.has(event.id) || event.reviewer !== store.reviewer) continue;
      if (event.of?.event !== "undo") return event.of ? event : null;
      takenBack.add(event.of.id);
    }
    return null;
  }

  /** My events of a unit that are not saved; a redo with what it brings back, which the server tells no more of. */
  store.unsentOf = function (id) {
    const events = store.unsent
      .filter((event) => event.unit === id)
      .flatMap((event) => {
        const undo = event.event === "undo" && mine.find((each) => each.id === event.id)?.of;
        return undo && undo.event === "undo" ? [undo.of, undo, event] : [event];
      });
    return [...new Map(events.map((event) => [event.id, event])).values()];
  };

  function lastOfMine() {
    const live = page.live(mine).filter((event) => event.reviewer === store.reviewer);
    if (live.length) return live[live.length - 1];
    const unit = store.unit();
    const own = unit ? unit.state.history.filter((event) => event.reviewer === store.reviewer) : [];
    return own.length ? { ...store.event("", {}, unit), ...own[own.length - 1], kind: store.kind } : null;
  }

  // ---- what others do, and this page's own saved decisions ----

  function take(changes, { touched = [], wanted = "" } = {}) {
    if (changes.reload || changes.build !== store.build) return store.reload(wanted).catch(store.setLost);
    if (changes.cursor < store.cursor) return undefined; // overtaken by a later answer
    store.cursor = changes.cursor;
    const rows = (changes.rows[store.kind] || []).map(store.asRow);
    const known =
      rows.every((row) => store.rows.has(row.id)) && !changes.gone.some((id) => store.rows.has(id));
    const ids = [
      ...Object.values(changes.rows)
        .flat()
        .map((row) => row[0]),
      ...changes.gone,
      ...touched,
    ];
    ids.forEach((id) => store.dated.add(id));
    rows.forEach(store.putRow);
    changes.gone.forEach(store.dropRow);
    store.unsent.forEach(store.foresee);
    if (!known) return rearrange(wanted);
    if (rows.length) store.tell("row");
    return ids.includes(store.current) ? refresh() : undefined;
  }

  function rearrange(wanted) {
    const place = store.place(store.current);
    store.sort();
    store.arrange();
    store.tell("shown");
    const here = store.rows.has(store.current) && !wanted;
    return store.show(
      here ? store.current : wanted || store.shown[Math.min(place, store.shown.length - 1)] || "",
    );
  }

  async function refresh() {
    const id = store.current;
    await store.fetch([id]);
    if (id === store.current) store.tell("unit");
  }

  /** Fetch everything anew, after a build or a refusal; the place in the list is kept. */
  store.reload = async function (wanted = "") {
    store.units.clear();
    store.dated.clear();
    await store.loadMeta();
    await store.open(store.kind, wanted || store.current, { keep: true });
  };

  store.setLost = function (error) {
    store.lost = error.message;
    store.answered = Boolean(error.answered);
    store.tell("saved");
  };

  async function poll() {
    try {
      const changes = await store.source.changes(store.cursor, store.build);
      const found = store.lost;
      if (!store.unsent.length) store.lost = ""; // else it is known when they are sent
      await take(changes);
      if (found) store.tell("saved");
      if (found && !store.unit()) await store.show(store.current);
      if (store.unsent.length) send();
    } catch (error) {
      store.setLost(error);
    }
    setTimeout(poll, POLL_MS);
  }

  /** Decisions that are in no file of the corpus, one JSON line each. */
  store.unsavedLines = () =>
    [...store.refused, ...store.unsent].map((event) => `${JSON.stringify(event)}\n`).join("");
})(window.paracorp);
