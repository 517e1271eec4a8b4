import { comparedWords, fittedHere, referenceWords } from "../state/compared_heads.ts";
import { count } from "../ui/format.ts";
import { chartFrame } from "../frame/chart_frame.ts";
import { pick } from "../ui/controls.ts";
import { ecdfRows, ecdfView, qqPairs, qqView } from "./distribution_view.ts";
import { el } from "../ui/dom.ts";
import { section } from "../ui/section.ts";
import type { Store } from "../state/store.ts";
import { troubleNote } from "../frame/trouble_note.ts";
import { distanceWords, summary } from "../frame/summaries.ts";

/** Distribution, chi-square, and the covariance behind them. */
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
    "Distances, and what they rest on",
    fittedHere(store.study)
      ? "The covariance of the healthy heads decides what counts as far. Switch it and everything on this page is computed again, by the study's own code."
      : `The covariance (${store.study.normative?.estimator ?? "unknown"}) came with the models, fitted on ${
        count(store.study.normative?.n ?? NaN)
      } heads whose codes are not in this study, so it cannot be switched here.`,
    fittedHere(store.study)
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
        caption: `Share of heads at or below each value: of the selection, or of ${
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
          "The reference group, healthy and kept out of training. Above the line, chi-square tail probabilities are too small: percentiles here rest on ranks.",
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
