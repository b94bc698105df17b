"use strict";
// The links between two articles, drawn as curves from sentence to sentence; those with an end in sight.
(function (page) {
  const { store } = page;
  const SVG = "http://www.w3.org/2000/svg";

  /** Draw links between the sentences that are in the document. */
  page.drawLines = function (links) {
    const pair = document.getElementById("pair");
    if (!pair) return;
    pair.querySelector("svg")?.remove();
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("aria-hidden", "true");
    const frame = pair.getBoundingClientRect();
    const [left, right] = [...pair.querySelectorAll(".column")].map((column) =>
      column.getBoundingClientRect(),
    );
    const ends = [left.right - frame.left, right.left - frame.left];
    svg.append(...links.flatMap((link) => curves(link, frame, ends)));
    pair.append(svg);
  };

  /** A curve from every sentence of a link on the left to every one on the right. */
  function curves(link, frame, [x1, x2]) {
    const heights = (ids) =>
      ids
        .map(page.sentence)
        .filter(Boolean)
        .map((each) => heightOf(each) - frame.top);
    const [from, to] = [heights(link.source_ids), heights(link.target_ids)];
    const isSeen = (y) => y >= 0 && y <= frame.height;
    const ends = from.flatMap((y1) => to.map((y2) => [y1, y2]));
    return ends
      .filter(([y1, y2]) => isSeen(y1) || isSeen(y2))
      .map(([y1, y2]) => {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("d", `M${x1} ${y1} C${(x1 + x2) / 2} ${y1} ${(x1 + x2) / 2} ${y2} ${x2} ${y2}`);
        path.setAttribute("class", `${link.status}${link.unit === store.current ? " current" : ""}`);
        path.dataset.unit = link.unit;
        return path;
      });
  }

  /** The middle of a sentence, which may begin and end within lines. */
  function heightOf(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return (top + bottom) / 2;
  }

  page.glowLine = function (unit) {
    for (const path of document.querySelectorAll("#pair path"))
      path.classList.toggle("glow", path.dataset.unit === unit);
  };
})(window.paracorp);
