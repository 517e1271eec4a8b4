import { el } from "./dom.ts";
import type { Store, View } from "./store.ts";

/** A row of buttons of which one is pressed. */
export function choice<K extends keyof View>(
  store: Store,
  { field, label, options }: {
    field: K;
    label: string;
    options: readonly (readonly [View[K] & string, string])[];
  },
): HTMLElement {
  const buttons = options.map(([value, text]) =>
    el("button", {
      type: "button",
      onclick: () => store.setView({ [field]: value } as Partial<View>),
      "data-value": value,
    }, text)
  );
  const mark = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.value === store.view[field]));
    }
  };
  mark();
  store.on("view", mark);
  return el("div", { class: "choice", role: "group", "aria-label": label }, buttons);
}

/** A box to tick. */
export function tick<K extends keyof View>(
  store: Store,
  { field, label, title }: { field: K; label: string; title?: string },
): HTMLElement {
  const box = el("input", {
    type: "checkbox",
    onchange: () => store.setView({ [field]: box.checked } as Partial<View>),
  });
  const mark = () => (box.checked = Boolean(store.view[field]));
  mark();
  store.on("view", mark);
  return el("label", { class: "tick", title }, box, el("span", {}, label));
}

/** A list to pick from. */
export function pick<K extends keyof View>(
  store: Store,
  { field, label, options }: { field: K; label: string; options: readonly (readonly [string, string])[] },
): HTMLElement {
  const list = el("select", {
    onchange: () => store.setView({ [field]: list.value } as Partial<View>),
  }, options.map(([value, text]) => el("option", { value }, text)));
  const mark = () => (list.value = String(store.view[field]));
  mark();
  store.on("view", mark);
  return el("label", { class: "pick" }, el("span", {}, label), list);
}

/** A plain button. */
export function button(
  text: string,
  onclick: (event: MouseEvent) => void,
  attributes = {},
): HTMLButtonElement {
  return el("button", { type: "button", class: "plain", onclick, ...attributes }, text);
}
