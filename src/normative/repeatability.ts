import {
  type IntraclassCorrelation,
  intraclassCorrelation,
} from "../stats/effects/intraclass_correlation.ts";

/** Result of {@linkcode repeatability}. */
export interface Repeatability extends IntraclassCorrelation {
  readonly subjects: number;
  readonly repeats: number;
  /** Standard error of one measurement, repeats taken as random: sqrt of the variance within subjects. */
  readonly standardError: number;
  /** 1.96 sqrt(2) standard errors: a smaller change of one head may be the film alone. */
  readonly smallestDetectableChange: number;
}

/**
 * How well a score repeats when the same head is filmed (or rendered) again at another exposure, pose or bit depth: intraclass
 * correlation and smallest detectable change (de Vet et al. 2006, J Clin Epidemiol 59:1033) of `scores` [n heads, repeats].
 *
 * @throws {InputError} if there are fewer than 2 heads or repeats, or a score is not finite.
 */
export function repeatability(scores: Float64Array, repeats: number): Repeatability {
  const icc = intraclassCorrelation(scores, repeats), subjects = scores.length / repeats;
  const { repeats: between, error } = icc.meanSquares;
  const standardError = Math.sqrt(Math.max(0, (between - error) / subjects) + error);
  return {
    ...icc,
    subjects,
    repeats,
    standardError,
    smallestDetectableChange: 1.96 * Math.SQRT2 * standardError,
  };
}
