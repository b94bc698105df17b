"use strict";
// Other links in the place of a pair: split it, or take the next sentence into it.
(function (page) {
  const { make, store } = page;
  const MOST_PARTS = 5;

  const anchors = (segments) => segments.map((segment) => [segment.id, segment.text]);
  page.anchors = anchors;

  /** Ask which part each sentence goes to; a part without both sides is no pair and its sentences become free. */
  page.split = function () {
    const unit = store.unit();
    const most = Math.max(unit.source.segments.length, unit.target.segments.length);
    if (most < 2)
      return page.say("A pair of single sentences cannot be split; edit the texts, or relink it.");
    const parts = Math.min(MOST_PARTS, most);
    const chosen = [];
    const column = (name) =>
      make(
        "ul",
        { class: "parts" },
        unit[name].segments.map((segment, place, all) => {
          const control = partChoice(parts, all.length === 1 ? 0 : place);
          chosen.push({ name, segment, control });
          return make(
            "li",
            {},
            control,
            page.inLanguage("span", unit[name].lang, { class: "text" }, segment.text),
          );
        }),
      );
    const linksOf = () => {
      const of = (name, part) =>
        anchors(
          chosen
            .filter((each) => each.name === name && each.control.value === String(part))
            .map((each) => each.segment),
        );
      const links = Array.from({ length: parts }, (_, part) => [of("source", part), of("target", part)]);
      return links.filter(([source, target]) => source.length && target.length);
    };
    return page.ask(
      "Split",
      make(
        "div",
        {},
        make("p", {}, "Which pair does each sentence go to?"),
        make("div", { class: "sides" }, column("source"), column("target")),
      ),
      {
        save: "Split",
        submit: () => linksOf().length > 0 && page.decide("split", { links: linksOf() }, unit),
      },
    );
  };

  function partChoice(parts, place) {
    const options = Array.from({ length: parts }, (_, part) =>
      make("option", { value: String(part) }, `pair ${part + 1}`),
    );
    const control = make(
      "select",
      { "aria-label": "Goes to" },
      options,
      make("option", { value: "" }, "none"),
    );
    control.value = String(Math.min(place, parts - 1));
    return control;
  }

  /** Take the sentence after the pair's last one on a side into the pair; a pair that held it keeps its rest. */
  page.merge = async function (name) {
    const unit = store.unit();
    const next = unit[name].after[0];
    if (!next) return page.say("There is no next sentence on this side.");
    const grown = { source: anchors(unit.source.segments), target: anchors(unit.target.segments) };
    grown[name].push([next.id, next.text]);
    const links = [[grown.source, grown.target]];
    const holders = next.units.filter((id) => id !== unit.id);
    await store.fetch(holders);
    for (const other of holders.map((id) => store.units.get(id))) {
      if (!other || other.pair !== unit.pair || other.state.status === "rejected") continue;
      const rest = ["source", "target"].map((side) =>
        anchors(other[side].segments.filter((segment) => segment.id !== next.id)),
      );
      if (rest.every((side) => side.length)) links.push(rest);
    }
    return page.decide("merge", { links }, unit);
  };
})(window.paracorp);
