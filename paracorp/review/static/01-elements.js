"use strict";
// Elements and texts. Texts enter the page as text nodes only.
window.paracorp = {};

(function (page) {
  /** An element with properties (`class`, `dataset`, `on`, `value`, attributes) and children (elements or texts). */
  page.make = function (tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "class") element.className = value;
      else if (name === "on")
        for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (name === "dataset") Object.assign(element.dataset, value);
      else if (name === "value") element.value = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(
      ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""),
    );
    return element;
  };

  page.byId = (id) => document.getElementById(id);

  page.language = (code) => [...page.meta.languages, page.meta.pivot].find((each) => each.code === code);

  /** A text in its language: direction and font come from here. */
  page.inLanguage = function (tag, code, properties, ...children) {
    const facts = page.language(code);
    return page.make(tag, { lang: facts.tag, dir: facts.dir, ...properties }, ...children);
  };

  /** A text by a person, whose language and direction nobody knows. */
  page.anyText = (text, tag = "bdi") => page.make(tag, { dir: "auto" }, text);

  /** A time as people write it, on the reviewer's clock. */
  page.moment = function (at) {
    const time = new Date(at);
    if (Number.isNaN(time.getTime())) return "";
    const two = (number) => String(number).padStart(2, "0");
    const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
    return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
  };

  /** A random id for an event; pages on disk have no `crypto.randomUUID`. */
  page.newId = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
      "",
    );

  /** Give the browser a file to save. */
  page.save = function (name, text, type) {
    const link = page.make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser reads it after the click
  };

  /** A browser's storage; private windows and files on disk may refuse it, then nothing is kept. */
  function storage(name) {
    const attempt = (act, otherwise) => {
      try {
        return act(window[name]);
      } catch {
        return otherwise;
      }
    };
    return {
      get: (key) => attempt((room) => room.getItem(key), null),
      put: (key, value) => attempt((room) => (room.setItem(key, value), true), false),
      drop: (key) => attempt((room) => room.removeItem(key), undefined),
      names: (start) => attempt((room) => Object.keys(room).filter((key) => key.startsWith(start)), []),
    };
  }

  page.stored = storage("localStorage");
  page.visit = storage("sessionStorage");
})(window.paracorp);
