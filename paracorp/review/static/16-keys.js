"use strict";
// Actions and their keys.
(function (page) {
  const { make, byId, store } = page;
  page.view = "unit";

  /** Decide on a unit in the name of the reviewer. */
  page.decide = (name, data, unit = store.unit()) => store.decide(store.event(name, data, unit));

  const judge =
    (name) =>
    (id = store.current) => {
      const unit = store.unit(id);
      page.decide(name, name === "accept" && unit.kind !== "links" ? { target: unit.target.text } : {}, unit);
      if (id === store.current) store.goOn();
    };

  const orSay = (done, text) => (done === false ? page.say(text) : done);
  const nothingLeft = "Nothing else in this list wants a person.";

  async function undo() {
    const undone = await store.undo();
    page.say(
      undone ? `Taken back: ${undone.event.replace("_", " ")}` : "There is nothing of yours to take back.",
    );
  }

  async function redo() {
    const again = await store.redo();
    page.say(again ? `Done again: ${again.event.replace("_", " ")}` : "There is nothing to do again.");
  }

  const toggleArticles = () => page.openView(page.view === "unit" ? "articles" : "unit");

  function goSearch() {
    page.showList(true);
    byId("search").select();
  }

  // Key: a letter by what is written on it, on keyboards with Latin letters, else by its place, so that a Hebrew or
  // Chinese keyboard needs no switching; other keys by their place.
  // `decides`: asks for the reviewer's name first; `links`: for pairs only; `button`: the group of buttons it is in.
  const ACTIONS = [
    { name: "accept", label: "Accept", codes: ["KeyA"], act: judge("accept"), decides: true, button: 1 },
    { name: "reject", label: "Reject", codes: ["KeyR"], act: judge("reject"), decides: true, button: 1 },
    {
      name: "needs_work",
      label: "Needs work",
      codes: ["KeyW"],
      act: judge("needs_work"),
      decides: true,
      button: 1,
    },
    { name: "edit", label: "Edit", codes: ["KeyE"], act: () => page.edit(), decides: true, button: 1 },
    {
      name: "previous",
      label: "Previous",
      codes: ["KeyK", "ArrowUp"],
      act: () => store.step(-1),
      button: 2,
    },
    { name: "next", label: "Next", codes: ["KeyJ", "ArrowDown"], act: () => store.step(1), button: 2 },
    { name: "undo", label: "Undo", codes: ["KeyU"], act: undo, button: 2, anywhere: true },
    {
      name: "redo",
      label: "Redo",
      help: "Redo what was undone",
      codes: ["KeyY"],
      act: redo,
      button: 2,
      anywhere: true,
    },
    {
      name: "doubtful",
      label: "Uncertain",
      help: "Next uncertain one",
      codes: ["KeyD"],
      act: () => orSay(store.nextDoubtful(), nothingLeft),
      button: 2,
    },
    { name: "note", label: "Note", codes: ["KeyT"], act: () => page.note(), decides: true, button: 3 },
    {
      name: "split",
      label: "Split",
      codes: ["KeyS"],
      act: () => page.split(),
      decides: true,
      links: true,
      button: 3,
    },
    {
      name: "merge_source",
      label: "Merge left",
      help: "Merge with the next sentence, left",
      codes: ["BracketLeft"],
      act: () => page.merge("source"),
      decides: true,
      links: true,
      button: 3,
    },
    {
      name: "merge_target",
      label: "Merge right",
      help: "Merge with the next sentence, right",
      codes: ["BracketRight"],
      act: () => page.merge("target"),
      decides: true,
      links: true,
      button: 3,
    },
    {
      name: "relink",
      label: "Relink",
      help: "Relink: choose the sentences in the articles; there, make the link",
      codes: ["KeyL"],
      act: () => page.openView("articles", store.unit()),
      decides: true,
      links: true,
      button: 3,
    },
    ...[0, 1, 2, 3].map((number) => ({
      name: `edit_${number + 1}`,
      help: [
        "Edit the left text",
        "Edit the right text",
        "Edit the English of the left",
        "Edit the English of the right",
      ][number],
      codes: [`Digit${number + 1}`, `Numpad${number + 1}`],
      act: () => page.edit(number),
      decides: true,
      links: number > 1,
    })),
    {
      name: "next_open",
      help: "Next that wants a person",
      codes: ["KeyN"],
      act: () => orSay(store.nextOpen(), nothingLeft),
    },
    {
      name: "articles",
      help: "Both articles, or back to the pair",
      codes: ["KeyV"],
      act: toggleArticles,
      anywhere: true,
    },
    { name: "search", help: "Search", codes: ["Slash"], act: goSearch, anywhere: true },
    { name: "first", help: "First", codes: ["Home"], act: () => store.step(-Infinity) },
    { name: "last", help: "Last", codes: ["End"], act: () => store.step(Infinity) },
    { name: "help", help: "These keys", codes: [], act: () => page.help(), anywhere: true },
  ];
  const SHOWN_KEYS = { BracketLeft: "[", BracketRight: "]", ArrowUp: "↑", ArrowDown: "↓", Slash: "/" };
  const VERDICTS = ["accept", "reject", "needs_work"];
  const keyOf = (code) => SHOWN_KEYS[code] || code.replace(/^(Key|Digit)/, "");
  const keysOf = ({ codes, name }) =>
    name === "help" ? ["?"] : codes.filter((code) => !code.startsWith("Numpad")).map(keyOf);

  /** All keys with what they do, for the help. */
  page.keys = () => [
    ...ACTIONS.map((action) => [keysOf(action), action.help || action.label]),
    [["Esc"], "Leave a field, the list or the articles"],
  ];

  page.act = function (name) {
    const action = ACTIONS.find((each) => each.name === name);
    if (page.view === "articles" && name === "relink") return page.saveLink();
    if (page.view === "articles" && !action.anywhere) return undefined;
    if (action.links && store.kind !== "links")
      return page.say("That is for pairs; here are single sentences and their English.");
    if (action.decides && !store.unit()) return actWhenShown(name);
    if (action.decides && !store.reviewer) return page.who(() => page.act(name));
    return action.act();
  };

  const awaited = new Set(); // ids of units that a key was pressed on before they were here

  /** The key was faster than the unit: act as soon as it is there; verdicts even if one has gone on meanwhile. */
  async function actWhenShown(name) {
    const id = store.current;
    if (!id || awaited.has(id)) return undefined;
    awaited.add(id);
    await store.fetch([id]);
    awaited.delete(id);
    if (!store.unit(id)) return page.say("Nothing is shown to decide on.");
    if (id === store.current) return page.act(name);
    return VERDICTS.includes(name) && store.reviewer ? judge(name)(id) : undefined;
  }

  // ---- keys ----

  function codeOf(event) {
    return /^[a-z]$/i.test(event.key) ? `Key${event.key.toUpperCase()}` : event.code;
  }

  function actionOf(event) {
    if (event.key === "?" || event.key === "？" || (event.shiftKey && event.code === "Slash")) return "help";
    if (event.shiftKey) return null;
    if (event.key === "/") return "search";
    return ACTIONS.find((each) => each.codes.includes(codeOf(event)))?.name;
  }

  const isComposing = (event) => event.isComposing || event.keyCode === 229;
  const isTyping = (element) => Boolean(element.closest?.("input, textarea, select, [contenteditable]"));

  function onKey(event) {
    if (isComposing(event) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") return onEscape(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "Enter" && event.target === byId("list")) return goToPair();
    const name = actionOf(event);
    if (!name || (event.repeat && !["next", "previous"].includes(name))) return;
    event.preventDefault();
    page.act(name);
  }

  function goToPair() {
    page.showList(false);
    byId("pane").focus();
  }

  function onEscape(event) {
    if (isTyping(event.target)) return byId("list").focus({ preventScroll: true });
    if (document.body.classList.contains("list-open")) return page.showList(false);
    return page.view === "articles" ? page.openView("unit") : undefined;
  }

  // ---- buttons ----

  function drawButtons() {
    const shown = ACTIONS.filter((action) => action.button && (!action.links || store.kind === "links"));
    const button = (action) =>
      make(
        "button",
        {
          type: "button",
          class: action.name,
          title: action.help || null,
          "aria-keyshortcuts": keysOf(action)[0],
          on: { click: () => page.act(action.name) },
        },
        action.label,
        " ",
        make("kbd", { "aria-hidden": "true" }, keysOf(action)[0]),
      );
    const groups = [1, 2, 3].map((number) =>
      make("div", { class: "group" }, shown.filter((action) => action.button === number).map(button)),
    );
    const more = () => byId("actions").classList.toggle("all");
    byId("actions").replaceChildren(
      ...groups,
      make("button", { type: "button", class: "rest", on: { click: more } }, "More"),
    );
  }

  page.startKeys = function () {
    document.addEventListener("keydown", onKey);
    store.listen((told) => told.has("all") && drawButtons());
  };
})(window.paracorp);
