import { comparedWords } from "../state/compared_heads.ts";
import { chartFrame } from "../chart/chart_frame.ts";
import { type Comparisons, comparisonsOf } from "../state/comparisons.ts";
import { el } from "../ui/dom.ts";
import { fixed } from "../ui/format.ts";
import { section } from "../ui/section.ts";
import { rocView, stagingView, stagingWords } from "./staging_view.ts";
import type { Store } from "../state/store.ts";
import { summary } from "../chart/summaries.ts";

/** Detection of each grade and staging. */
export function detectionSection(store: Store): HTMLElement {
  const roc = rocView(store);
  const staging = stagingView(store);
  const rows = comparisonsOf(store)?.detection ?? [];
  return section(
    "detection",
    "Detection and staging",
    "How well a single measure separates each grade from healthy, and how an ordinal model stages the heads, cross-validated by patient.",
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "roc",
        title: "Detection",
        caption: `ROC curves of the measure shown, each grade against ${
          comparedWords(store.study, "healthy heads")
        }; AUC with 95 % interval (bootstrap by patient).`,
        body: roc.element,
        figure: roc.figure,
        table: () => ({
          columns: ["grade", "measure", "auc", "low", "high", "n", "interval"],
          rows: rows.map((row) => [
            row.grade,
            row.measure,
            row.auc,
            row.interval[0],
            row.interval[1],
            row.n,
            "Obuchowski",
          ]),
        }),
        summary: summary(store, () => measureWords(store, rows)),
      }),
      chartFrame({
        id: "staging",
        title: "Staging",
        caption: "Reference grade against predicted grade, number of heads; shading is the share of the row.",
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

/** The AUC of the residual as text, or of the distance while the residual is shown; all measures are in the table. */
function measureWords({ deviations }: Store, rows: NonNullable<Comparisons["detection"]>): string {
  const other = deviations.measure === "residual" ? "distance" : "residual";
  const words = rows.filter(({ measure }) => measure === other).map(({ grade, auc }) =>
    `grade ${grade} ${fixed(auc)}`
  );
  return words.length
    ? `AUC of the ${other}: ${
      words.join("; ")
    }. The table contains every measure with Obuchowski\u2019s intervals.`
    : "";
}
