"use strict";
// What a reviewer's own events make of a unit, for the page that has no server and for what is shown before the
// server has answered. The server decides in the end; the rules are the same.
(function (page) {
  const STATUS = { accept: "accepted", reject: "rejected", needs_work: "needs_work", edit: "edited" };
  const RELINKING = ["split", "merge", "relink"];

  page.isRelinking = (event) => RELINKING.includes(event.event);
  page.isVerdict = (event) => event.event in STATUS || page.isRelinking(event);

  /** The events that are not undone, oldest first; an undo may itself be undone. */
  page.live = function (events) {
    const undone = new Set();
    for (const event of [...events].reverse()) {
      if (event.event === "undo" && !undone.has(event.id)) undone.add(event.data.undoes);
    }
    return events.filter((event) => event.event !== "undo" && !undone.has(event.id));
  };

  /** The state of a unit as sent (`state`), with a reviewer's own further events of it. */
  page.withOwn = function (state, events) {
    if (!events.length) return state;
    const known = new Set(state.history.map((event) => event.id));
    const further = events.filter((event) => !known.has(event.id));
    const own = new Set(further.map((event) => event.id));
    const history = page.live([...state.history, ...further]);
    const verdicts = standing(history, own);
    const noted = history.filter((event) => own.has(event.id) && noteOf(event));
    const kept = new Set(history.map((event) => event.id));
    return {
      ...state,
      ...agreed(verdicts),
      verdicts,
      history: history.map((event) => ({ settled: false, ...event })),
      notes: [
        ...state.notes.filter((note) => kept.has(note.id)),
        ...noted.map((event) => ({
          id: event.id,
          reviewer: event.reviewer,
          at: event.at,
          text: noteOf(event),
        })),
      ],
    };
  };

  const noteOf = (event) => (event.event === "note" ? event.data.text : event.data.note) || "";

  /** The verdict that counts of each reviewer; edits last until that reviewer rejects. */
  function standing(history, own) {
    const latest = new Map();
    for (const event of history.filter(page.isVerdict)) {
      const { id, reviewer, at } = event;
      const before = ["reject", ...RELINKING].includes(event.event) ? {} : latest.get(reviewer)?.edits || {};
      const edits = event.event === "edit" ? { ...before, ...texts(event.data) } : before;
      // A pair that a person made shows the event that made it; only an own one can be about to replace it.
      const replaced = page.isRelinking(event) && own.has(id);
      latest.set(reviewer, {
        id,
        reviewer,
        at,
        event: event.event,
        edits,
        replaced,
        settles: event.data.settles || [],
      });
    }
    const settled = new Set([...latest.values()].flatMap((verdict) => verdict.settles));
    return [...latest.values()].filter((verdict) => !settled.has(verdict.id));
  }

  function texts(data) {
    const fields = ["source", "target", "source_english", "target_english"];
    return Object.fromEntries(fields.filter((name) => name in data).map((name) => [name, data[name]]));
  }

  function agreed(verdicts) {
    if (!verdicts.length) return { status: "auto", conflict: false, reviewer: "", reviewed: "", edits: {} };
    const last = verdicts.reduce((one, other) => (other.at >= one.at ? other : one));
    const facts = { reviewer: last.reviewer, reviewed: last.at };
    const views = new Set(verdicts.map(view));
    const edits = {};
    let clash = views.size > 1;
    for (const [name, text] of verdicts.flatMap((verdict) => Object.entries(verdict.edits))) {
      clash ||= name in edits && edits[name] !== text;
      edits[name] = text;
    }
    if (clash) return { ...facts, status: "conflict", conflict: true, edits: {} };
    const [only] = views;
    if (only !== "accepted") return { ...facts, status: only, conflict: false, edits: {} };
    return { ...facts, status: Object.keys(edits).length ? "edited" : "accepted", conflict: false, edits };
  }

  function view(verdict) {
    if (verdict.replaced) return "edited";
    return verdict.event === "edit" || RELINKING.includes(verdict.event) ? "accepted" : STATUS[verdict.event];
  }

  /** A unit with the texts that its own further events put in place. */
  page.overlaid = function (unit, events) {
    if (!events.length) return unit;
    const state = page.withOwn(unit.state, events);
    const changed = (field) => (state.edits[field] ?? null) !== (unit.state.edits[field] ?? null);
    const side = (name) => {
      const shown = unit[name];
      const english = `${name}_english`;
      return {
        ...shown,
        text: changed(name) ? (state.edits[name] ?? shown.original) : shown.text,
        english: changed(english) ? (state.edits[english] ?? shown.original_english) : shown.english,
        marks: changed(name) ? [] : shown.marks,
        english_marks: changed(english) ? [] : shown.english_marks,
      };
    };
    const findings = unit.findings.filter((finding) => !changed(finding.field));
    return { ...unit, state, findings, source: side("source"), target: side("target") };
  };
})(window.paracorp);
