import {
  type IntraclassCorrelation,
  intraclassCorrelation,
} from "../stats/effects/intraclass_correlation.ts";

/** Result of {@linkcode repeatability}. */
export interface Repeatability extends IntraclassCorrelation {
  /** Number of heads. */
  readonly subjects: number;
  /** Measurements per head. */
  readonly repeats: number;
  /** Standard error of measurement with repeats as a random effect: square root of the variance within heads. */
  readonly standardError: number;
  /** 1.96 sqrt(2) standard errors: a smaller change of a head's score may be due to the film alone. */
  readonly smallestDetectableChange: number;
}

/**
 * Repeatability of a score when the same head is imaged (or rendered) again with another exposure, pose or bit depth:
 * intraclass correlation and smallest detectable change (de Vet et al. 2006, J Clin Epidemiol 59:1033) of `scores`
 * [n heads, repeats].
 *
 * @throws {TypeError} if the number of scores is not a multiple of `repeats`. @throws {InputError} if there are fewer
 * than 2 heads or repeats, a score is not finite, or the scores do not vary.
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
