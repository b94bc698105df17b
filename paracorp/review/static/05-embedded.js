"use strict";
// Units that stand in the page itself, for a file that is sent around; decisions stay in this browser until they
// are downloaded.
(function (page) {
  const ID = 0; // the first column of a row
  const SPARE_MS = 3; // of a pause, left to the page

  page.embedded = function (data) {
    const key = `paracorp:${data.meta.corpus}:${data.meta.build}`;
    const events = read(key);
    const folded = new Map(); // texts of units as they are searched
    const kindRows = Object.entries(data.index).map(([kind, { rows }]) => [
      kind,
      new Map(rows.map((each) => [each[ID], each])),
    ]);
    const own = (id) => events.filter((event) => event.unit === id);
    const unitOf = (id) => page.overlaid(data.units[id], own(id));

    function row(each, columns) {
      const { state } = unitOf(each[ID]);
      const copy = [...each];
      copy[columns.indexOf("status")] = state.status;
      copy[columns.indexOf("notes")] = state.notes.length;
      return copy;
    }

    function index(kind) {
      const { rows, ...facts } = data.index[kind];
      const owners = kind === "links" ? ownersOf(events) : new Map();
      const judged = new Set(events.map((event) => event.unit));
      const whole = owners.size
        ? rows.filter((each) => !isRobbed(data.units[each[ID]], owners, data.units))
        : rows;
      return {
        ...facts,
        rows: whole.map((each) => (judged.has(each[ID]) ? row(each, facts.columns) : each)),
      };
    }

    function pair(source, target) {
      const { articles, pairs } = data.meta;
      const place = pairs.findIndex(
        (each) => articles[each.source].id === source && articles[each.target].id === target,
      );
      const found = data.article_pairs[place];
      const owners = ownersOf(events);
      const links = found.links
        .filter(
          (link) =>
            !page.live(own(link.unit)).some(page.isRelinking) &&
            !isRobbed(data.units[link.unit], owners, data.units),
        )
        .map((link) => ({ ...link, status: unitOf(link.unit).state.status }));
      return { ...found, links: [...links, ...madeHere(events, found)] };
    }

    /** What events changed, as the server would tell it: rows of their units, or all that relinking touches. */
    function post(added) {
      const wide =
        [...events, ...added].some(page.isRelinking) &&
        added.some((event) => event.event === "undo" || page.isRelinking(event));
      const before = wide ? index("links").rows : [];
      if (takeIn(read(key))) setTimeout(page.store.reload); // another window has kept some meanwhile
      takeIn(added);
      api.kept = page.stored.put(key, JSON.stringify(events));
      const rows = {};
      const touched = new Set(added.map((event) => event.unit));
      for (const [kind, known] of kindRows) {
        const here = [...touched].map((id) => known.get(id)).filter(Boolean);
        rows[kind] = here.map((each) => row(each, data.index[kind].columns));
      }
      const now = wide ? index("links").rows : [];
      const [earlier, left] = [before, now].map((list) => new Set(list.map((each) => each[ID])));
      rows.links.push(...now.filter((each) => !earlier.has(each[ID])));
      const gone = [...earlier].filter((id) => !left.has(id));
      return { cursor: 0, build: data.meta.build, reload: false, rows, gone, saved: [], by: [] };
    }

    /** Take in events, those that are new; whether there were any. */
    function takeIn(others) {
      const known = new Set(events.map((event) => event.id));
      const further = others.filter((event) => !known.has(event.id));
      events.push(...further);
      events.sort((one, other) => one.at.localeCompare(other.at)); // leaves those of one moment as they are
      further.forEach((event) => folded.delete(event.unit));
      return further.length > 0;
    }

    function folds(id) {
      if (!folded.has(id)) folded.set(id, textsOf(unitOf(id)).map(fold).join("\n"));
      return folded.get(id);
    }

    function search(text, kind) {
      const wanted = fold(text);
      return data.index[kind].rows.map((each) => each[ID]).filter((id) => folds(id).includes(wanted));
    }

    /** Fold the texts while nobody does anything, so that the first search finds them folded. */
    function foldInPauses() {
      const ids = Object.keys(data.units);
      let at = 0;
      const some = (pause) => {
        while (at < ids.length && pause.timeRemaining() > SPARE_MS) folds(ids[at++]);
        if (at < ids.length) inPause(some);
      };
      inPause(some);
    }

    foldInPauses();
    window.addEventListener("storage", (event) => {
      if (event.key === key && takeIn(read(key))) page.store.reload();
    });
    const api = {
      live: false,
      kept: true, // whether this browser keeps the decisions when the page is left
      events,
      meta: async () => data.meta,
      index: async (kind) => index(kind),
      units: async (ids) => ids.filter((id) => id in data.units).map(unitOf),
      search: async (text, kind) => search(text, kind),
      pair: async (source, target) => pair(source, target),
      post: async (added) => post(added),
    };
    return api;
  };

  /** Call `act` in the next pause; a browser that tells of none gets one now and then. */
  function inPause(act) {
    if (window.requestIdleCallback) return requestIdleCallback(act);
    const start = performance.now();
    return setTimeout(() => act({ timeRemaining: () => start + 20 - performance.now() }), 10);
  }

  function read(key) {
    try {
      const events = JSON.parse(page.stored.get(key) || "[]");
      return Array.isArray(events) ? events : [];
    } catch {
      return []; // damaged by another program: nothing that could be read back
    }
  }

  /** The units from which links were made here, by the ids of the sentences these links hold. */
  function ownersOf(events) {
    const owners = new Map();
    for (const event of page.live(events).filter(page.isRelinking)) {
      for (const [id] of event.data.links.flat(2)) owners.set(id, event.unit);
    }
    return owners;
  }

  /** Whether a link made here has a sentence of a unit of the same articles, so that the unit cannot stay as it is. */
  function isRobbed(unit, owners, units) {
    const ids = [...unit.source.segments, ...unit.target.segments].map((segment) => segment.id);
    return ids.some((id) => {
      const owner = owners.get(id);
      if (owner === undefined || owner === unit.id) return false;
      return !(owner in units) || units[owner].pair === unit.pair;
    });
  }

  function madeHere(events, shown) {
    const here = new Set([...shown.source.segments, ...shown.target.segments].map((segment) => segment.id));
    const made = page
      .live(events)
      .filter(page.isRelinking)
      .flatMap((event) => event.data.links.map((link) => [event, link]));
    return made
      .map(([event, link], number) => {
        const [source_ids, target_ids] = link.map((side) => side.map(([id]) => id));
        return {
          unit: `${event.id}-${number}`,
          made: true,
          source_ids,
          target_ids,
          confidence: null,
          status: "accepted",
        };
      })
      .filter((link) => [...link.source_ids, ...link.target_ids].every((id) => here.has(id)));
  }

  const textsOf = (unit) => [
    ...[unit.source, unit.target].flatMap((side) => [side.text, side.english]),
    ...unit.state.notes.map((note) => note.text),
  ];

  /** Case, width, accents and vowel points, and quotation marks do not count in a search. */
  function fold(text) {
    return text
      .normalize("NFKD")
      .replace(/\p{M}|[\p{Pi}\p{Pf}\p{Cf}"'`\u00b4\u05f3\u05f4\u201a\u201e]/gu, "")
      .replace(/[\p{Pd}\u2212]/gu, "-")
      .replace(/\s+/g, " ")
      .toLowerCase()
      .trim();
  }
})(window.paracorp);
