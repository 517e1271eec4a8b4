import { quantile } from "../array/quantile.ts";
import { InputError } from "../input_error.ts";

/** Scales and weights of the combined score, estimated on healthy validation heads before any test is run. */
export interface CombinedScale {
  /** Type tag, the same for every object of this type. */
  readonly kind: "combined-scale";
  /** Median and robust spread (1.4826 MAD) of the distance among the validation heads. */
  readonly distance: { readonly median: number; readonly spread: number };
  /** The same for the residual, the part of the crop that the decoder cannot reconstruct. */
  readonly residual: { readonly median: number; readonly spread: number };
  /** Weights of the two robust z-scores; they sum to 1. */
  readonly weights: readonly [distance: number, residual: number];
}

/**
 * Fits the combined score to healthy validation heads only: each measure is converted to a robust z-score, and the two
 * are added with the given weights (equal by default; scaled so that they sum to 1). Held-out and diseased heads must
 * not be passed.
 *
 * @throws {InputError} if there are fewer than 2 heads or the lengths differ, a value is not finite, the median
 * absolute deviation of a measure is 0, or a weight is negative or both are 0.
 */
export function fitCombined(
  validation: { distances: ArrayLike<number>; residuals: ArrayLike<number> },
  { weights = [0.5, 0.5] }: { weights?: readonly [number, number] } = {},
): CombinedScale {
  const { distances, residuals } = validation;
  if (distances.length !== residuals.length || distances.length < 2) {
    throw new InputError(
      "Cannot fit a combined score: at least 2 validation heads with both measures are needed, " +
        `got ${distances.length} and ${residuals.length}`,
    );
  }
  const total = weights[0] + weights[1];
  if (!(weights[0] >= 0 && weights[1] >= 0 && total > 0)) {
    throw new InputError(
      `Cannot fit a combined score: weights must be at least 0 and not both 0, got ${weights}`,
    );
  }
  return {
    kind: "combined-scale",
    distance: robustScale(distances, "distance"),
    residual: robustScale(residuals, "residual"),
    weights: [weights[0] / total, weights[1] / total],
  };
}

/**
 * Weighted sum of the two robust z-scores: 0 for a head with the median distance and the median residual; larger means
 * farther from healthy.
 *
 * @throws {InputError} if distance or residual is not finite.
 */
export function combinedScore(
  { distance, residual }: { distance: number; residual: number },
  scale: CombinedScale,
): number {
  if (!Number.isFinite(distance) || !Number.isFinite(residual)) {
    throw new InputError(`Cannot combine scores that are not finite: got ${distance} and ${residual}`);
  }
  return scale.weights[0] * (distance - scale.distance.median) / scale.distance.spread +
    scale.weights[1] * (residual - scale.residual.median) / scale.residual.spread;
}

/**
 * Median, and 1.4826 times the median absolute deviation, of a measure.
 *
 * @param name Name of the measure, for error messages.
 * @param group Kind of the heads, for error messages.
 * @throws {InputError} if the median absolute deviation is 0 or a value is not finite.
 */
export function robustScale(
  values: ArrayLike<number>,
  name: string,
  group = "validation",
): { median: number; spread: number } {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new InputError(`Cannot scale the ${name}: ${group} head ${i} has a value that is not finite`);
    }
  }
  const median = quantile(values, 0.5);
  const spread = 1.4826 * quantile(Float64Array.from(values, (v) => Math.abs(v - median)), 0.5);
  if (!(spread > 0)) {
    throw new InputError(
      `Cannot scale the ${name}: it does not vary among the ${group} heads (median absolute deviation 0)`,
    );
  }
  return { median, spread };
}
