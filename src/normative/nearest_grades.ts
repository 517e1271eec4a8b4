import type { OrdinalModel } from "./fit_ordinal.ts";
import { logistic } from "./ordinal_step.ts";
import { InputError } from "../input_error.ts";

/** A grade and its probability. */
export interface GradeShare {
  /** Grade, 0 to 4. */
  readonly grade: number;
  /** Probability of the grade, 0 to 1. */
  readonly share: number;
}

/**
 * Probability of each grade, most likely first; they sum to 1. `features` [p] are one head's values of the features
 * that the model was fitted to, in the same order and not standardised.
 *
 * @throws {TypeError} if there are not p features. @throws {InputError} if a feature is not finite.
 */
export function nearestGrades(features: ArrayLike<number>, model: OrdinalModel): GradeShare[] {
  return Array.from(gradeShares(features, model), (share, g) => ({ grade: model.grades[g], share }))
    .sort((a, b) => b.share - a.share || a.grade - b.grade);
}

/** Probabilities in the order of the model's grades. @throws as {@linkcode nearestGrades}. */
export function gradeShares(features: ArrayLike<number>, model: OrdinalModel): Float64Array {
  const p = model.slopes.length, k = model.grades.length;
  if (features.length !== p) {
    throw new TypeError(`Cannot stage a head: the model needs ${p} features, got ${features.length}`);
  }
  let sum = 0;
  for (let j = 0; j < p; j++) sum += model.slopes[j] * (features[j] - model.mean[j]) / model.spread[j];
  if (!Number.isFinite(sum)) throw new InputError("Cannot stage a head: a feature is not finite");
  const shares = new Float64Array(k); // [k]
  for (let g = 0; g < k; g++) {
    const u = g < k - 1 ? model.thresholds[g] - sum : Infinity;
    const l = g > 0 ? model.thresholds[g - 1] - sum : -Infinity;
    shares[g] = logistic(u) * logistic(-l) * -Math.expm1(l - u);
  }
  return shares;
}
