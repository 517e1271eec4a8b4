import * as Inputs from "@observablehq/inputs";
import { el } from "./dom.ts";
import { inputForm } from "./input_form.ts";
import type { Store, View } from "../state/store.ts";

/** A row of buttons, one per option of a setting. */
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

/** A checkbox for a setting that is on or off. */
export function tick<K extends keyof View>(
  store: Store,
  { field, label, title, when = () => true }: {
    field: K;
    label: string;
    title?: string;
    /** Whether the control applies; it is hidden otherwise. */
    when?: (view: Readonly<View>) => boolean;
  },
): HTMLElement {
  const box = el("input", {
    type: "checkbox",
    onchange: () => store.setView({ [field]: box.checked } as Partial<View>),
  });
  const element = el("label", { class: "tick", title }, box, el("span", {}, label));
  const mark = () => {
    box.checked = Boolean(store.view[field]);
    element.hidden = !when(store.view);
  };
  mark();
  store.on("view", mark);
  return element;
}

/** A drop-down list for a setting. */
export function pick<K extends keyof View>(
  store: Store,
  { field, label, options }: { field: K; label: string; options: readonly (readonly [string, string])[] },
): HTMLElement {
  const names = new Map(options.map(([value, text]) => [text, value]));
  const form = inputForm<string>(
    Inputs.select(names, { label, value: String(store.view[field]) }),
    (value) => store.setView({ [field]: value } as Partial<View>),
  );
  store.on("view", () => (form.value = String(store.view[field])));
  return form;
}

/** A button; a `class` among the attributes replaces `plain`. */
export function button(
  text: string,
  onclick: (event: MouseEvent) => void,
  attributes = {},
): HTMLButtonElement {
  return el("button", { type: "button", class: "plain", onclick, ...attributes }, text);
}
