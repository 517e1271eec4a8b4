import { measureWord } from "../state/measures.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import type { Store } from "../state/store.ts";

/** Two number fields and a button, as an alternative to dragging along the histogram. */
export function rangeFields(store: Store): HTMLElement {
  const field = (name: string) =>
    el("input", {
      type: "number",
      step: "any",
      "aria-label": `Select values ${name}`,
      class: "short",
    });
  const word = el("span", { class: "quiet" }, measureWord(store));
  store.on("deviation", () => (word.textContent = measureWord(store)));
  const from = field("from");
  const to = field("to");
  const choose = button(
    "Select",
    () =>
      selectRange(
        store,
        [from, to].map(({ value }, k) => (value === "" ? [-Infinity, Infinity][k] : Number(value))),
      ),
  );
  return el(
    "div",
    { class: "controls bare", role: "group", "aria-label": "Select a range" },
    word,
    from,
    el("span", { class: "quiet" }, "to"),
    to,
    choose,
  );
}

/** Selects the shown heads whose value is within a closed range; the two limits may be given in any order. */
export function selectRange(store: Store, [from, to]: readonly number[]): void {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const { value } = store.deviations;
  const flags = Uint8Array.from(value, (at, i) => (at >= low && at <= high && store.shown[i] ? 1 : 0));
  const words = low === -Infinity
    ? `up to ${high.toFixed(2)}`
    : high === Infinity
    ? `${low.toFixed(2)} and more`
    : `${low.toFixed(2)} to ${high.toFixed(2)}`;
  store.select(flags, `${measureWord(store)} ${words}`);
}
