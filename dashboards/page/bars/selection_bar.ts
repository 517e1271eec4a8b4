import { measureWord } from "../state/measures.ts";
import { button } from "../ui/controls.ts";
import { el } from "../ui/dom.ts";
import { count, fixed, interval } from "../ui/format.ts";
import { dicomButton } from "../export/dicom_button.ts";
import type { DicomJob } from "../export/dicom_job.ts";
import { headTable } from "../export/head_table.ts";
import { dicomStatus } from "./dicom_status.ts";
import type { Server } from "../state/load_study.ts";
import { saveMenu } from "../chart/save_menu.ts";
import { selectionStatistics } from "./selection_statistics.ts";
import type { Store } from "../state/store.ts";
import { linkTo } from "../state/url_state.ts";

/** Sticky bar: number of selected heads, how they differ from the other shown heads, and actions. */
export function selectionBar(
  store: Store,
  { server, dicom }: { server: Server | null; dicom: DicomJob },
): HTMLElement {
  const { study } = store;
  const words = el("p", { class: "selection-words", id: "selection-words" });
  const clear = button("Clear", () => store.select(null), { id: "clear" });
  const invert = button("Invert", () => {
    const { selection, shown } = store;
    store.select(Uint8Array.from(shown, (flag, i) => (flag && !selection?.[i] ? 1 : 0)), "inversion");
  });
  const save = saveMenu({
    id: "heads",
    name: "the selected heads",
    table: () => headTable(store),
    more: (close) => [
      el("p", {}, "Their films"),
      dicomButton(dicom, "DICOM, outlines and report", () => {
        dicom.start(selectedFilms(store));
        close();
      }),
    ],
  });
  const link = button("Copy link", async () => {
    const copied = await navigator.clipboard?.writeText(linkTo(store, server?.key)).then(
      () => true,
      () => false,
    );
    link.textContent = copied ? "Copied" : "Not copied";
    setTimeout(() => (link.textContent = "Copy link"), 1600);
    store.say(
      copied
        ? `The link to this view was copied${
          server ? "; it works on this machine while the server is running" : ""
        }`
        : "The browser did not allow copying; the address bar contains the link to this view",
    );
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
  const addStatistics = () => {
    draw();
    const statistics = selectionStatistics(store);
    if (!statistics) return;
    const { patients, median, restMedian, auc, interval: range } = statistics;
    words.append(
      `. ${count(patients)} patients; median ${measureWord(store)} ${fixed(median)} against ${
        fixed(restMedian)
      } of the rest` +
        (auc === null ? "" : `; AUC ${fixed(auc)}${range ? ` ${interval(range)}` : ""}`) + " ",
      el("em", { class: "quiet" }, "exploratory"),
    );
    store.say(words.textContent ?? "");
  };
  draw();
  store.on("selection", draw);
  store.on(["settled", "deviation"], addStatistics);
  return el(
    "div",
    { class: "selection-bar", role: "region", "aria-label": "Selection" },
    words,
    el(
      "div",
      { class: "selection-tools" },
      clear,
      invert,
      save,
      link,
    ),
    dicomStatus(dicom),
  );
}

/**
 * Films of the selected heads. Null if no head is selected: all films are then exported, including those whose heads
 * are not shown.
 */
function selectedFilms({ study, selection }: Store): string[] | null {
  if (!selection) return null;
  return [...new Set(study.text("film").filter((_, i) => selection[i]))];
}
