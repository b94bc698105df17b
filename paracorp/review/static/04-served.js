"use strict";
// Units from the server on this machine, and decisions to it.
(function (page) {
  const REFUSALS = [400, 409, 413, 415];

  /** Asks the server; what it throws has `refused`: asking again is of no use, and `answered`: it is there. */
  async function call(path, options) {
    const answer = await fetch(path, { cache: "no-store", ...options }).catch(() => {
      throw new Error("The server does not answer; it may have ended.");
    });
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) return body;
    const { message, fix } = body.error || { message: `the server answered ${answer.status}`, fix: "" };
    const error = new Error([message, fix].filter(Boolean).join(". "));
    const refused = REFUSALS.includes(answer.status);
    throw Object.assign(error, { units: body.units || [], refused, answered: true });
  }

  const query = (values) => new URLSearchParams(values).toString();

  page.served = function () {
    return {
      live: true,
      meta: () => call("/api/meta"),
      index: (kind) => call(`/api/index?${query({ kind })}`),
      units: async (ids) => (await call(`/api/units?${query(ids.map((id) => ["id", id]))}`)).units,
      search: async (q, kind) => (await call(`/api/search?${query({ q, kind })}`)).ids,
      pair: (source, target) => call(`/api/pair?${query({ source, target })}`),
      changes: (since, build) => call(`/api/changes?${query({ since, build })}`),
      post: (events) =>
        call("/api/events", {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ events }),
        }),
    };
  };
})(window.paracorp);
