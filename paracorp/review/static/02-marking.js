"use strict";
// Names, numbers and findings at their places in a text. Offsets are code points, half-open.
(function (page) {
  const COLOURS = 8;
  const LONG_CHARS = 3000; // more than that of one text is shown on request

  page.worst = (severities) => ["error", "warning", "info"].find((each) => severities.includes(each)) || "";

  /** The colour of a group; past the last colour they begin anew, underlined. */
  page.colour = (group) => `mark g${group % COLOURS}${group >= COLOURS ? " again" : ""}`;

  /**
   * A text in pieces: `marks` (in order, apart from each other) and `findings` (may overlap; each has a `number`
   * that its entry in the list of findings has, too) become `mark` elements.
   */
  page.marked = function (text, marks, findings) {
    const spans = findings.filter((each) => each.start < each.end);
    if (!marks.length && !spans.length) return [text];
    const points = Array.from(text);
    const borders = new Set([0, points.length]);
    for (const { start, end } of [...marks, ...spans])
      borders.add(Math.min(start, points.length)).add(Math.min(end, points.length));
    const cuts = [...borders].sort((one, other) => one - other);
    let at = 0; // of the mark that may hold the next piece
    return cuts.slice(1).map((end, place) => {
      const start = cuts[place];
      while (at < marks.length && marks[at].end <= start) at += 1;
      const mark = at < marks.length && marks[at].start <= start ? marks[at] : null;
      const here = spans.filter((span) => span.start <= start && end <= span.end);
      const piece = points.slice(start, end).join("");
      return mark || here.length ? drawPiece(piece, mark, here) : piece;
    });
  };

  function drawPiece(piece, mark, findings) {
    const worst = page.worst(findings.map((each) => each.severity));
    const classes = [mark ? page.colour(mark.group) : "", worst ? `finding ${worst}` : ""];
    const dataset = {};
    if (mark) dataset.group = mark.group;
    if (findings.length) dataset.findings = findings.map((each) => each.number).join(" ");
    const title = findings.map((each) => `${each.rule}: ${each.message}`).join("\n") || null;
    return page.make("mark", { class: classes.filter(Boolean).join(" "), title, dataset }, piece);
  }

  /** The beginning of a very long text, and whether that is not all. */
  page.clipped = function (text) {
    if (text.length <= LONG_CHARS) return [text, false];
    const points = Array.from(text);
    return points.length > LONG_CHARS ? [points.slice(0, LONG_CHARS).join(""), true] : [text, false];
  };

  /** Light up, in all texts, what belongs to the element under the pointer or focus; `none` ends it. */
  page.relate = function (root, element) {
    for (const each of root.querySelectorAll(".lit")) each.classList.remove("lit");
    const { group, findings, finding } =
      element?.closest("[data-group], [data-findings], [data-finding]")?.dataset || {};
    const numbers = [...(findings?.split(" ") || []), finding].filter(Boolean);
    const wanted = numbers.flatMap((number) => [
      `[data-finding="${number}"]`,
      `[data-findings~="${number}"]`,
    ]);
    if (group !== undefined && !finding) wanted.push(`[data-group="${group}"]`);
    if (wanted.length) for (const each of root.querySelectorAll(wanted.join())) each.classList.add("lit");
  };
})(window.paracorp);
