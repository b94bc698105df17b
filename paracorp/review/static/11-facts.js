"use strict";
// What is known about a pair beside its texts: evidence, names and numbers, findings, notes, who judged it, conflicts.
(function (page) {
  const { make, store } = page;
  const FIELDS = ["source", "target", "source_english", "target_english"];
  const DID = {
    accept: "accepted",
    reject: "rejected",
    needs_work: "needs work",
    edit: "edited",
    note: "note",
    split: "split",
    merge: "merged",
    relink: "relinked",
  };

  const did = (event) => DID[event.event] || event.event;

  // ---- above the texts ----

  page.warnings = function (unit) {
    const { state } = unit;
    const relinked = page
      .live(unit.state.history)
      .filter((event) => page.isRelinking(event) && state.status === "edited");
    return [
      state.status === "conflict" ? conflict(unit) : null,
      ...state.stale.map(stale),
      store.source.live ? null : relinked.slice(-1).map((event) => newLinks(unit, event)),
    ];
  };

  function conflict(unit) {
    const { verdicts } = unit.state;
    const say =
      "The reviewers differ. Nothing of this counts until one of them changes the verdict, or you settle it:";
    return make(
      "div",
      { class: "warning-box" },
      make("p", {}, say),
      make(
        "ul",
        {},
        verdicts.map((verdict) => opinion(unit, verdict)),
      ),
    );
  }

  function opinion(unit, verdict) {
    const others = unit.state.verdicts.filter((each) => each.id !== verdict.id).map((each) => each.id);
    const edits = verdict.edits || {};
    const settle = () =>
      page.decide(Object.keys(edits).length ? "edit" : verdict.event, { ...edits, settles: others });
    const plain = ["accept", "reject", "needs_work", "edit"].includes(verdict.event);
    return make(
      "li",
      {},
      page.anyText(verdict.reviewer),
      `: ${did(verdict)}, ${page.moment(verdict.at)} `,
      plain ? make("button", { type: "button", on: { click: settle } }, "Settle: ", did(verdict)) : null,
      Object.entries(edits).map(([field, text]) =>
        page.inLanguage("p", langOf(unit, field), { class: "text" }, text),
      ),
    );
  }

  const langOf = (unit, field) => (field.endsWith("_english") ? page.meta.pivot.code : unit[field].lang);

  function stale(event) {
    const say = [
      `Stale: ${did(event)} by `,
      page.anyText(event.reviewer),
      `, ${page.moment(event.at)}, for texts that have changed since; it does not count. The texts were:`,
    ];
    const texts = event.anchors.map(([, text]) => page.anyText(text, "p"));
    return make("div", { class: "warning-box" }, make("p", {}, say), texts);
  }

  function newLinks(unit, event) {
    const rows = event.data.links.map((sides) =>
      make(
        "li",
        {},
        sides.map((anchors, place) =>
          anchors.map(([, text]) => page.inLanguage("p", unit[FIELDS[place]].lang, { class: "text" }, text)),
        ),
      ),
    );
    return make(
      "div",
      { class: "warning-box" },
      make("p", {}, `You ${did(event)} this pair. In its place will be:`),
      make("ol", { class: "new-links" }, rows),
    );
  }

  // ---- below the texts ----

  page.foot = function (unit) {
    const { state } = unit;
    return make(
      "div",
      { class: "foot" },
      section("Findings", unit.findings, (finding) => entry(unit, finding)),
      section("Evidence", unit.reasons, (reason) =>
        make("li", { class: reason.kind }, page.anyText(reason.text)),
      ),
      section("Names and numbers", unit.groups, (group, number) => groupEntry(group, number), "groups"),
      section("Notes", state.notes, (note) =>
        make(
          "li",
          {},
          page.anyText(note.reviewer),
          `, ${page.moment(note.at)}: `,
          page.anyText(note.text, "span"),
        ),
      ),
      section("History", state.history, (event) =>
        make(
          "li",
          {},
          page.moment(event.at),
          " ",
          page.anyText(event.reviewer),
          `: ${did(event)}${event.settled ? " (settled otherwise)" : ""}`,
        ),
      ),
    );
  };

  function section(title, entries, drawEntry, look = null) {
    if (!entries.length) return null;
    return make("section", {}, make("h2", {}, title), make("ul", { class: look }, entries.map(drawEntry)));
  }

  function entry(unit, finding) {
    const points = Array.from(
      unit[finding.field.replace("_english", "")][finding.field.endsWith("_english") ? "english" : "text"],
    );
    const quote = points.slice(finding.start, Math.min(finding.end, finding.start + 60)).join("");
    return make(
      "li",
      {
        dataset: { finding: finding.number },
        tabindex: 0,
        "aria-label": `${finding.severity}, ${finding.rule}: ${finding.message}`,
      },
      make("b", { class: `rule ${finding.severity}` }, finding.rule),
      " ",
      quote ? page.inLanguage("q", langOf(unit, finding.field), {}, quote) : null,
      " ",
      make("span", { dir: "ltr", class: "said" }, finding.message),
    );
  }

  /** A name or number; one that stands on one side only is said to. */
  function groupEntry(group, number) {
    const sides = ["source", "target"].filter((side) => group.fields.some((field) => field.startsWith(side)));
    const lacking = sides.length === 1 && group.fields.length;
    return make(
      "li",
      {},
      make("mark", { class: page.colour(number), dataset: { group: number } }, page.anyText(group.label)),
      lacking ? make("small", {}, " one side only") : null,
    );
  }
})(window.paracorp);
