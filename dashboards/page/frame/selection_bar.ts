import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { count, fixed, interval } from "../ui/format.ts";
import { downloadTable, type TableFormat } from "../export/export_table.ts";
import { headTable } from "../export/head_table.ts";
import { selectionStatistics } from "./selection_statistics.ts";
import type { Store } from "../state/store.ts";
import { linkTo } from "../state/url_state.ts";

/** The line that stays in sight: how many heads are selected, what sets them apart, and what can be done with them. */
export function selectionBar(store: Store): HTMLElement {
  const { study } = store;
  const words = el("p", { class: "selection-words", id: "selection-words" });
  const clear = button("Clear", () => store.select(null), { id: "clear" });
  const invert = button("Invert", () => {
    const { selection, shown } = store;
    store.select(Uint8Array.from(shown, (flag, i) => (flag && !selection?.[i] ? 1 : 0)), "inversion");
  });
  const save = (["csv", "json", "parquet"] as TableFormat[]).map((format) =>
    button(format.toUpperCase(), () => downloadTable(headTable(store), { name: "heads", format }), {
      "aria-label": `Save the selected heads as ${format.toUpperCase()}`,
    })
  );
  const link = button("Copy link", async () => {
    await navigator.clipboard?.writeText(linkTo(store)).catch(() => {});
    store.say("The link to this view is in the address bar and on the clipboard");
  });
  const number = el("strong", { id: "selected-count" });
  const how = document.createTextNode("");
  const draw = () => {
    const flags = store.selection;
    clear.hidden = invert.hidden = flags === null;
    if (!flags) {
      words.replaceChildren(
        `All ${count(study.n)} heads. `,
        el("span", { class: "hint" }, "Draw on the map, drag along a histogram or click a pair to select."),
      );
      return;
    }
    let n = 0;
    for (const flag of flags) n += flag;
    number.textContent = count(n);
    how.data = ` of ${count(study.n)} heads, by ${store.selectedBy}`;
    if (words.firstChild !== number || words.childNodes.length !== 2) words.replaceChildren(number, how);
  };
  const settle = () => {
    draw();
    const statistics = selectionStatistics(store);
    if (!statistics) return;
    const { patients, median, restMedian, auc, interval: range } = statistics;
    words.append(
      `. ${count(patients)} patients; median distance ${fixed(median)} against ${
        fixed(restMedian)
      } of the rest` +
        (auc === null ? "" : `; AUC ${fixed(auc)}${range ? ` ${interval(range)}` : ""}`) + " ",
      el("em", { class: "quiet" }, "exploratory"),
    );
    store.say(words.textContent ?? "");
  };
  draw();
  store.on("selection", draw);
  store.on(["settled", "deviation"], settle);
  return el(
    "div",
    { class: "selection-bar", role: "region", "aria-label": "Selection" },
    words,
    el(
      "div",
      { class: "selection-tools" },
      clear,
      invert,
      el("span", { class: "quiet" }, "Save"),
      save,
      link,
    ),
  );
}
