import { MANY_HEADS } from "../../many_heads.ts";
import { TOO_MANY } from "../state/recompute.ts";
import { comparedWords, fittedHere, referenceWords } from "../state/compared_heads.ts";
import { count } from "../ui/format.ts";
import { chartFrame } from "../chart/chart_frame.ts";
import { pick } from "../ui/controls.ts";
import { ecdfRows, ecdfView, qqPairs, qqView } from "./distribution_view.ts";
import { el } from "../ui/dom.ts";
import { MARKS } from "../state/most_marks.ts";
import { section } from "../ui/section.ts";
import type { Store } from "../state/store.ts";
import { troubleNote } from "../chart/trouble_note.ts";
import { distanceWords, summary } from "../chart/summaries.ts";

/** Section with distribution, chi-square plot and choice of the covariance estimator. */
export function distancesSection(store: Store): HTMLElement {
  const ecdf = ecdfView(store);
  const qq = qqView(store);
  const estimators = [
    ["study", `${store.study.normative?.estimator ?? "study"} (study)`],
    ["sample", "sample"],
    ["ledoit-wolf", "Ledoit\u2013Wolf"],
    ["oas", "OAS"],
    ["mcd", "MCD, robust"],
  ] as const;
  return section(
    "distances",
    "Distances and their covariance",
    fittedHere(store.study)
      ? store.study.n > MANY_HEADS
        ? `The covariance of the healthy heads (${store.study.normative?.estimator}) defines the distance. It cannot be changed here: ${TOO_MANY}.`
        : "The covariance of the healthy heads defines the distance. If you choose another estimator, distances, percentiles and the tests between grades are recomputed with the same code as in the study."
      : `The covariance (${store.study.normative?.estimator ?? "unknown"}) came with the models, fitted on ${
        count(store.study.normative?.n ?? NaN)
      } heads whose latent vectors are not in this study, so the estimator cannot be changed here.`,
    fittedHere(store.study) && store.study.n <= MANY_HEADS
      ? el(
        "div",
        { class: "controls" },
        pick(store, {
          field: "estimator",
          label: "Covariance",
          options: estimators.filter(([name], k) => k === 0 || name !== store.study.normative?.estimator),
        }),
        troubleNote(store),
      )
      : null,
    el(
      "div",
      { class: "two even" },
      chartFrame({
        id: "ecdf",
        title: "Distribution by grade",
        caption: `Share of heads at or below each value, among the selected heads or, if none is selected, ${
          comparedWords(store.study)
        }.`,
        body: ecdf.element,
        figure: ecdf.figure,
        table: () => ({
          columns: ["head_id", "grade", store.deviations.measure],
          rows: ecdfRows(store).map(({ i, grade, distance }) => [store.study.headId[i], grade, distance]),
        }),
        summary: summary(store, () => distanceWords(store)),
      }),
      chartFrame({
        id: "qq",
        title: "Squared distance against chi-square",
        caption:
          "Heads of the reference group. Above the line, chi-square tail probabilities are too small; the percentiles on this page are ranks and do not use them." +
          (store.study.n > MANY_HEADS ? ` At most ${count(MARKS)} are drawn, at evenly spaced ranks.` : ""),
        body: qq.element,
        figure: qq.figure,
        table: () => ({
          columns: ["expected", "observed"],
          rows: qqPairs(store).map(({ expected, observed }) => [expected, observed]),
        }),
        summary: summary(
          store,
          () =>
            `${
              referenceWords(store.study)
            }, ${store.study.d} degrees of freedom, ${store.deviations.estimator} covariance.`,
        ),
      }),
    ),
  );
}
