import { chartFrame } from "../frame/chart_frame.ts";
import { type Comparisons, comparisonsOf } from "../state/comparisons.ts";
import { el } from "../ui/dom.ts";
import { fixed, interval } from "../ui/format.ts";
import { section } from "../ui/section.ts";
import { rocView, stagingView, stagingWords } from "./staging_view.ts";
import type { Store } from "../state/store.ts";
import { summary } from "../frame/summaries.ts";

/** Detection of each grade and staging. */
export function detectionSection(store: Store): HTMLElement {
  const roc = rocView(store);
  const staging = stagingView(store);
  const rows = comparisonsOf(store)?.detection ?? [];
  return section(
    "detection",
    "Detection and staging",
    "How well the distance alone tells each grade from held-out healthy heads, and how an ordinal model of it stages them, cross-validated by patient.",
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "roc",
        title: "Detection by distance",
        caption: "ROC curves against held-out healthy heads; area with its interval.",
        body: roc.element,
        figure: roc.figure,
        table: () => ({
          columns: ["grade", "measure", "auc", "low", "high", "n"],
          rows: rows.map((row) => [row.grade, row.measure, row.auc, row.interval[0], row.interval[1], row.n]),
        }),
        summary: summary(store, () => measureWords(rows)),
      }),
      chartFrame({
        id: "staging",
        title: "Staging",
        caption: "Reference grade against predicted grade, number of heads; shade is the share of the row.",
        body: staging.element,
        figure: staging.figure,
        table: () => ({
          columns: ["reference", "0", "1", "2", "3", "4"],
          rows: (comparisonsOf(store)?.staging?.confusion ?? []).map((row, grade) => [grade, ...row]),
        }),
        summary: summary(store, () => stagingWords(store)),
      }),
    ),
  );
}

/** The same by what the decoder could not draw; the rest is in the table. */
function measureWords(rows: NonNullable<Comparisons["detection"]>): string {
  const residual = rows.filter(({ measure }) => measure === "residual");
  const others = [...new Set(rows.map(({ measure }) => measure))].filter((name) =>
    name !== "distance" && name !== "residual"
  );
  const words = residual.map(({ grade, auc, interval: range }) =>
    `grade ${grade} ${fixed(auc)} ${interval(range)}`
  );
  return (words.length ? `By the residual instead, AUC: ${words.join("; ")}.` : "") +
    (others.length ? ` In the table: ${others.join(", ")}.` : "");
}
