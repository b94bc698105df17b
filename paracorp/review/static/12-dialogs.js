"use strict";
// What asks for more than one key: edit, note, who reviews, help.
(function (page) {
  const { make, store } = page;

  /**
   * A modal dialog. `submit` gives false to keep it open; Ctrl+Enter submits. Escape leaves, the first time only
   * with a warning if `isChanged()`.
   */
  page.ask = function (title, content, { save = "Save", submit = null, isChanged = () => false } = {}) {
    const before = document.activeElement;
    const warning = make("p", { class: "unsaved", role: "status" });
    const dialog = make("dialog", { "aria-labelledby": "dialog-title" });
    const close = () => {
      dialog.close();
      dialog.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
    };
    const leave = () => {
      if (!isChanged() || warning.textContent) return close();
      warning.textContent = "Not saved yet. Press Escape or Cancel again to leave it.";
      return undefined;
    };
    const buttons = make(
      "p",
      { class: "buttons" },
      submit
        ? make("button", { type: "submit", class: "primary" }, `${save} `, make("kbd", {}, "Ctrl ↵"))
        : null,
      make("button", { type: "button", on: { click: leave } }, submit ? "Cancel" : "Close"),
    );
    const heading = { id: "dialog-title", tabindex: -1, autofocus: !submit };
    const form = make("form", {}, make("h2", heading, title), content, warning, buttons);
    const send = () => submit?.() !== false && close();
    form.addEventListener("submit", (event) => (event.preventDefault(), send()));
    dialog.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") (event.preventDefault(), leave());
      if (submit && event.key === "Enter" && (event.ctrlKey || event.metaKey))
        (event.preventDefault(), send());
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (!dialog.contains(document.activeElement)) leave(); // somebody clicked beside the fields, then Escape
    });
    dialog.append(form);
    document.body.append(dialog);
    dialog.showModal();
    (dialog.querySelector("[autofocus]") || dialog.querySelector("textarea, input, select"))?.focus();
    return dialog;
  };

  // ---- edit ----

  /** The texts of a unit that can be edited, in the order of their keys. */
  page.fieldsOf = function (unit) {
    const names = ["source", "target"];
    const texts = names.map((name) => ({
      field: name,
      lang: unit[name].lang,
      text: unit[name].text,
      original: unit[name].original,
    }));
    if (unit.kind !== "links") return texts;
    const english = names.map((name) => ({
      field: `${name}_english`,
      lang: page.meta.pivot.code,
      of: unit[name].lang,
      text: unit[name].english,
      original: unit[name].original_english,
    }));
    return [...texts, ...english];
  };

  /** Edit the texts, beginning with the one of number `first`. */
  page.edit = function (first = 0) {
    const unit = store.unit();
    const fields = page.fieldsOf(unit).map((facts, number) => area(facts, number === first));
    const changed = () => fields.filter(({ control, text }) => control.value.trim() !== text.trim());
    page.ask(
      "Edit",
      make(
        "div",
        { class: "fields" },
        fields.map((each) => each.shown),
      ),
      {
        isChanged: () => changed().length > 0,
        submit() {
          const empty = changed().find(({ control }) => !control.value.trim());
          if (empty) {
            empty.control.setCustomValidity("A text cannot be empty; reject the pair instead.");
            return empty.control.reportValidity();
          }
          const data = Object.fromEntries(
            changed().map(({ field, control }) => [field, control.value.trim()]),
          );
          if (Object.keys(data).length) page.decide("edit", data, unit);
          return true;
        },
      },
    );
  };

  function area({ field, lang, of, text, original }, focused) {
    const label = of
      ? `${page.language(lang).name} of the ${page.language(of).name}`
      : page.language(lang).name;
    const control = page.inLanguage("textarea", lang, {
      "aria-label": label,
      name: field,
      rows: 5,
      autofocus: focused,
      spellcheck: "false",
    });
    control.value = text;
    control.addEventListener("input", () => control.setCustomValidity(""));
    const back = () => {
      control.value = original;
      control.focus();
    };
    const reset =
      original && original !== text
        ? make("button", { type: "button", on: { click: back } }, "Original")
        : null;
    return {
      field,
      control,
      text,
      shown: make("div", { class: "field" }, make("span", { "aria-hidden": "true" }, label), control, reset),
    };
  }

  // ---- note, reviewer, help ----

  page.note = function () {
    const unit = store.unit();
    const control = make("textarea", { rows: 4, dir: "auto", "aria-label": "Note" });
    page.ask("Note", control, {
      isChanged: () => Boolean(control.value.trim()),
      submit() {
        if (!control.value.trim()) return false;
        return page.decide("note", { text: control.value.trim() }, unit);
      },
    });
  };

  /** Ask for the reviewer's name, then go on with what needed it. */
  page.who = function (then = null) {
    const control = make("input", {
      value: store.reviewer,
      maxlength: 80,
      dir: "auto",
      required: true,
      autocomplete: "off",
      "aria-label": "Your name",
    });
    page.ask(
      "Who reviews?",
      make("label", {}, make("span", {}, "Your name stands beside each decision."), control),
      {
        submit() {
          if (!control.value.trim()) return false;
          store.setReviewer(control.value.trim());
          page.drawTools();
          if (then) setTimeout(then);
          return true;
        },
      },
    );
  };

  page.help = function () {
    const entries = page.keys().map(([keys, text]) =>
      make(
        "div",
        {},
        make(
          "dt",
          {},
          keys.map((key) => make("kbd", {}, key)),
        ),
        make("dd", {}, text),
      ),
    );
    const words = [
      "The keys are the same places on a Hebrew or Chinese keyboard. While you type in a field they are letters.",
      "A colour marks the same name or number in all texts; a wavy line marks a finding.",
      "Point at one, or at its entry below the texts, to see what belongs together.",
    ];
    page.ask(
      "Keys",
      make(
        "div",
        {},
        make("dl", { class: "keys" }, entries),
        words.map((text) => make("p", {}, text)),
      ),
    );
  };
})(window.paracorp);
