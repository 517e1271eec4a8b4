import { button } from "./controls.ts";
import { el } from "./dom.ts";
import { count, fixed, median } from "./format.ts";
import type { Store } from "./store.ts";

/** The line that stays in sight: how many heads are selected, and what sets them apart. */
export function selectionBar(store: Store): HTMLElement {
  const words = el("p", { class: "selection-words", id: "selection-words" });
  const clear = button("Clear", () => store.select(null));
  const { study } = store;
  const draw = () => {
    const flags = store.selection;
    clear.hidden = flags === null;
    if (!flags) {
      words.textContent = `All ${count(study.n)} heads. Draw on the map or drag along a histogram to select.`;
      return;
    }
    let n = 0;
    for (const flag of flags) n += flag;
    const chosen = Array.from(store.deviations.distance).filter((_, i) => flags[i]);
    words.replaceChildren(
      el("strong", { id: "selected-count" }, count(n)),
      ` of ${count(study.n)} heads selected by ${store.selectedBy}; median distance ${
        fixed(median(chosen))
      }.`,
    );
  };
  draw();
  store.on(["selection", "deviation"], draw);
  return el("div", { class: "selection-bar", role: "region", "aria-label": "Selection" }, words, clear);
}
