import { choice } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import type { Store } from "../state/store.ts";

const SPLITS = ["train", "validation", "held-out"];

/** Settings for the whole page: appearance, and which subsets of the split are shown. */
export function settingsBar(store: Store): HTMLElement {
  const present = new Set(store.study.text("split"));
  const boxes = SPLITS.filter((split) => present.has(split)).map((split) => {
    const box = el("input", {
      type: "checkbox",
      onchange: () => {
        const chosen = new Set(store.view.splits.split(","));
        if (box.checked) chosen.add(split);
        else chosen.delete(split);
        store.setView({ splits: SPLITS.filter((name) => chosen.has(name)).join(",") });
        store.select(null);
      },
    });
    const mark = () => (box.checked = store.view.splits.split(",").includes(split));
    mark();
    store.on("view", mark);
    return el("label", { class: "tick" }, box, el("span", {}, split));
  });
  return el(
    "div",
    { class: "controls settings" },
    boxes.length > 1 &&
      el(
        "div",
        { class: "controls bare", role: "group", "aria-label": "Subsets shown" },
        el("span", { class: "quiet" }, "Subsets"),
        boxes,
      ),
    choice(store, {
      field: "palette",
      label: "Palette",
      options: [["ramp", "Ordered ramp"], ["okabe-ito", "Okabe\u2013Ito"]],
    }),
    choice(store, {
      field: "scheme",
      label: "Page",
      options: [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]],
    }),
  );
}
