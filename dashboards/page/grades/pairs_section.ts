import { comparedWords } from "../state/compared_heads.ts";
import { chartFrame } from "../frame/chart_frame.ts";
import { el } from "../ui/dom.ts";
import { effectTable, estimationView, raincloudView, rainRows } from "./estimation_view.ts";
import { pairReader } from "./pair_reader.ts";
import { pairControls, pairsView, pairTable } from "./pairs_view.ts";
import { section } from "../ui/section.ts";
import type { Store } from "../state/store.ts";
import { distanceWords, effectWords, pairsWords, summary } from "../frame/summaries.ts";

/** Every pair of grades: p, effects, every head, and words. */
export function pairsSection(store: Store): HTMLElement {
  const matrix = pairsView(store);
  const estimation = estimationView(store);
  const rain = raincloudView(store);
  return section(
    "pairs",
    "Between grades",
    "The primary test is a rank sum clustered by patient, corrected over all pairs; the naive test stands beside it because many readers will look for it.",
    pairControls(store),
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "pairs",
        title: "Every pair of grades",
        caption:
          "Below the diagonal adjusted p, darker below 0.05, 0.01 and 0.001; above it Cliff\u2019s delta of the column against the row. A click selects both grades.",
        body: matrix.element,
        figure: matrix.figure,
        table: () => pairTable(store),
        summary: summary(store, () => pairsWords(store)),
      }),
      chartFrame({
        id: "estimation",
        title: "Effect sizes",
        caption:
          "Cliff\u2019s delta with its 95 % interval, bootstrapped over patients; right of zero the second grade has the larger value. Shaded: the equivalence margin. Open marks: p of 0.05 or more.",
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
          "Cloud: density. Box: quartiles with the median; whiskers: the furthest head within 1.5 box lengths. Dots: heads. Brackets: adjusted p against grade 0 and between neighbouring grades.",
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
