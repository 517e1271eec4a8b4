import type { PageStudy } from "./page_study.ts";
import type { Deviations } from "./store.ts";

/** Distances, percentiles and normative model as stored in the study. */
export function firstDeviations(study: PageStudy): Deviations {
  const { normative } = study;
  return {
    estimator: normative?.estimator ?? "study",
    measure: "distance",
    value: study.number("distance"),
    distance: study.number("distance"),
    percentile: study.number("percentile"),
    percentileInterval: (
      head,
    ) => [study.number("percentile_low")[head], study.number("percentile_high")[head]],
    reference: Float64Array.from(normative?.referenceDistances ?? []),
    referenceDistance: Float64Array.from(normative?.referenceDistances ?? []),
    mean: Float64Array.from(normative?.mean ?? []),
    covariance: Float64Array.from((normative?.covariance ?? []).flat() as number[]), // [d, d]
  };
}
