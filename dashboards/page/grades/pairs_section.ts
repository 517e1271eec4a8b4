import { comparedWords } from "../state/compared_heads.ts";
import { chartFrame } from "../chart/chart_frame.ts";
import { el } from "../ui/dom.ts";
import { effectTable, estimationView, raincloudView, rainRows } from "./estimation_view.ts";
import { pairReader } from "./pair_reader.ts";
import { pairControls, pairsView, pairTable } from "./pairs_view.ts";
import { marksWords } from "../state/most_marks.ts";
import { section } from "../ui/section.ts";
import type { Store } from "../state/store.ts";
import { distanceWords, effectWords, pairsWords, summary } from "../chart/summaries.ts";

/** Section on all pairs of grades: p values, effects, individual heads, and text. */
export function pairsSection(store: Store): HTMLElement {
  const matrix = pairsView(store);
  const estimation = estimationView(store);
  const rain = raincloudView(store);
  return section(
    "pairs",
    "Between grades",
    "The primary test is a rank-sum test clustered by patient, corrected over all pairs. The unclustered test is shown for comparison.",
    pairControls(store),
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "pairs",
        title: "Every pair of grades",
        caption:
          "Below the diagonal: adjusted p, shaded in steps at 0.05, 0.01 and 0.001. Above it: Cliff\u2019s delta of the column against the row. Click a cell to select both grades.",
        body: matrix.element,
        figure: matrix.figure,
        table: () => pairTable(store),
        summary: summary(store, () => pairsWords(store)),
      }),
      chartFrame({
        id: "estimation",
        title: "Effect sizes",
        caption:
          "Cliff\u2019s delta with 95 % interval (bootstrap by patient). Right of zero, the second grade has the larger value. Shaded: equivalence margin. Open symbols: p of 0.05 or more after Holm\u2019s correction. The intervals are not corrected for the number of pairs, so one can exclude zero although its symbol is open.",
        body: estimation.element,
        figure: estimation.figure,
        table: () => effectTable(store),
        summary: summary(store, () => effectWords(store)),
      }),
    ),
    el(
      "div",
      { class: "two even spaced" },
      chartFrame({
        id: "raincloud",
        title: `Every head compared (${comparedWords(store.study)})`,
        caption:
          "Cloud: density. Box: quartiles with the median; whiskers: the furthest head within 1.5 interquartile ranges. Dots: heads. Brackets: adjusted p against grade 0 and between neighbouring grades." +
          marksWords(store.study),
        body: rain.element,
        figure: rain.figure,
        table: () => ({
          columns: ["head_id", "patient", "grade", "split", store.deviations.measure],
          rows: rainRows(store).map(({ i, grade, distance }) => [
            store.study.headId[i],
            store.study.text("patient")[i],
            grade,
            store.study.text("split")[i],
            distance,
          ]),
        }),
        summary: summary(store, () => distanceWords(store)),
      }),
      pairReader(store),
    ),
  );
}
