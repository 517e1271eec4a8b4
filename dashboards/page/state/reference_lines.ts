import type { ReferenceLine } from "../../../src/figures/deviation_by_grade.ts";
import type { Store } from "./store.ts";

/** The 50th, 95th and 99th percentile of the measure shown among the reference heads; none for fewer than 20 heads. */
export function referenceLines({ deviations: { reference } }: Pick<Store, "deviations">): ReferenceLine[] {
  return linesOf(reference);
}

/** The same percentiles of the study's own reference distances, whichever measure and covariance are shown. */
export function distanceLines({ study }: Pick<Store, "study">): ReferenceLine[] {
  return linesOf(study.normative?.referenceDistances ?? []);
}

function linesOf(reference: ArrayLike<number>): ReferenceLine[] {
  if (reference.length < 20) return [];
  return [50, 95, 99].map((percent) => ({
    value: reference[Math.min(reference.length - 1, Math.ceil((percent / 100) * reference.length) - 1)],
    label: percent === 50 ? "median" : `${percent} %`,
  }));
}
