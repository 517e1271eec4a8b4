import { combinedScore, fitCombined } from "../../../src/normative/combined_score.ts";
import { comparedHealthy } from "./compared_heads.ts";
import type { PageStudy } from "./page_study.ts";
import { percentilePlaces } from "./percentile_places.ts";
import type { Deviations, Measure, Store } from "./store.ts";

/** The three measures and their labels. */
export const MEASURES = [["distance", "Distance"], ["residual", "Residual"], [
  "combined",
  "Combined",
]] as const;

/** Name of the measure in a sentence. */
export function measureWord({ deviations: { measure } }: Pick<Store, "deviations">): string {
  return measure === "combined" ? "combined score" : measure;
}

/** Label of the measure on an axis. */
export function measureAxis({ deviations: { measure } }: Pick<Store, "deviations">): string {
  return {
    distance: "Mahalanobis distance from healthy",
    residual: "residual (reconstruction error, z)",
    combined: "combined score (robust z)",
  }[measure];
}

/** One sentence that explains the measure. */
export function measureNote(measure: Measure): string {
  return {
    distance: "Distance: Mahalanobis distance of the head\u2019s latent vector from those of healthy heads.",
    residual:
      "Residual: the part of the image that an autoencoder trained on healthy heads cannot reconstruct.",
    combined:
      "Combined: the mean of distance and residual, each as a robust z-score among healthy validation heads.",
  }[measure];
}

/** Whether the study contains values of the measure. */
export function hasMeasure(study: PageStudy, measure: Measure): boolean {
  return measure === "distance" || study.number(measure).some(Number.isFinite);
}

/**
 * The same heads with another measure. Percentiles of the distance refer to the reference group. Percentiles of the
 * other two measures refer to the compared healthy heads of this study, because a reference group that came with the
 * models has no values of these measures here.
 */
export function withMeasure(study: PageStudy, base: Deviations, measure: Measure): Deviations {
  if (measure === "distance") return base;
  const value = measure === "residual" ? study.number("residual") : combinedOf(study, base);
  const reference = Float64Array.from(comparedHealthy(study), (i) => value[i]).filter(Number.isFinite).sort();
  return {
    ...base,
    measure,
    value,
    reference,
    ...percentilePlaces(value, reference),
  };
}

/** The study's own combined score. With another covariance, it is scaled again on the healthy validation heads. */
function combinedOf(study: PageStudy, { distance }: Deviations): Float64Array {
  if (distance === study.number("distance")) return study.number("combined");
  const split = study.text("split"), residual = study.number("residual");
  const validation = Array.from(study.grade.keys()).filter((i) =>
    study.grade[i] === 0 && split[i] === "validation"
  );
  const scale = fitCombined({
    distances: validation.map((i) => distance[i]),
    residuals: validation.map((i) => residual[i]),
  });
  return Float64Array.from(
    distance,
    (at, i) => combinedScore({ distance: at, residual: residual[i] }, scale),
  );
}
