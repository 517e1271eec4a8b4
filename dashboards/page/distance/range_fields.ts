import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import type { Store } from "../state/store.ts";

/** Two numbers and a button: the drag along the histogram for those who do not drag. */
export function rangeFields(store: Store): HTMLElement {
  const field = (name: string) =>
    el("input", {
      type: "number",
      min: 0,
      step: "any",
      "aria-label": `Select distances ${name}`,
      class: "short",
    });
  const from = field("from");
  const to = field("to");
  const choose = button(
    "Select",
    () =>
      selectRange(store, [from, to].map(({ value }, k) => (value === "" ? [0, Infinity][k] : Number(value)))),
  );
  return el(
    "div",
    { class: "controls bare", role: "group", "aria-label": "Select a range of distances" },
    el("span", { class: "quiet" }, "distance"),
    from,
    el("span", { class: "quiet" }, "to"),
    to,
    choose,
  );
}

/** Selects the shown heads whose distance lies in a closed range, its ends in any order. */
export function selectRange(store: Store, [from, to]: readonly number[]): void {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const { distance } = store.deviations;
  const flags = Uint8Array.from(distance, (at, i) => (at >= low && at <= high && store.shown[i] ? 1 : 0));
  const upper = high === Infinity ? "and more" : `to ${high.toFixed(2)}`;
  store.select(flags, `distance ${low.toFixed(2)} ${upper}`);
}
