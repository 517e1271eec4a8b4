import { quantile } from "../array/quantile.ts";
import { type ClusteredShare, clusteredShare } from "../stats/intervals/clustered_share.ts";
import { InputError } from "../input_error.ts";

/** A decision threshold that was chosen on validation heads before any test was run. */
export interface Threshold {
  /** Type tag, the same for every object of this type. */
  readonly kind: "threshold";
  /** A head with a score above this value is called abnormal. */
  readonly value: number;
  /** Requested specificity: share of healthy heads at or below the threshold, 0 to 1. */
  readonly specificityAsked: number;
  /** Number of validation heads on which the threshold was chosen. */
  readonly n: number;
}

/**
 * Chooses the threshold at the requested specificity: the quantile of the scores of *healthy validation* heads,
 * linearly interpolated. Held-out and diseased heads must not be passed.
 *
 * @throws {InputError} if there are no validation heads, a score is not finite, or the specificity is not in (0, 1).
 */
export function thresholdOnValidation(
  healthy: ArrayLike<number>,
  { specificity = 0.95 }: { specificity?: number } = {},
): Threshold {
  if (!(specificity > 0 && specificity < 1)) {
    throw new InputError(`Cannot choose a threshold: the specificity must be in (0, 1), got ${specificity}`);
  }
  for (let i = 0; i < healthy.length; i++) {
    if (!Number.isFinite(healthy[i])) {
      throw new InputError(`Cannot choose a threshold: the score of validation head ${i} is not finite`);
    }
  }
  return {
    kind: "threshold",
    value: quantile(healthy, specificity),
    specificityAsked: specificity,
    n: healthy.length,
  };
}

/** Performance of a threshold on heads that had no part in its choice. */
export interface ThresholdPerformance {
  /** Share of healthy heads at or below the threshold. */
  readonly specificity: ClusteredShare;
  /** Share of diseased heads above the threshold. */
  readonly sensitivity: ClusteredShare;
}

/**
 * Sensitivity and specificity of a threshold on held-out heads, with intervals clustered by patient.
 *
 * @throws {InputError} if there are no healthy or no diseased heads, or a score is not finite.
 */
export function applyThreshold(
  { value }: Threshold,
  { scores, diseased, patient }: {
    scores: ArrayLike<number>;
    /** True for diseased heads. */
    diseased: ArrayLike<boolean | number>;
    patient: ArrayLike<string | number>;
  },
): ThresholdPerformance {
  const indices = Array.from({ length: scores.length }, (_, i) => i);
  const bad = indices.find((i) => !Number.isFinite(scores[i]));
  if (bad !== undefined) {
    throw new InputError(`Cannot apply a threshold: the score of head ${bad} is not finite`);
  }
  const share = (heads: number[], hit: (score: number) => boolean) => {
    const hits = heads.map((i) => hit(scores[i]));
    return clusteredShare(hits, { cluster: heads.map((i) => patient[i]) });
  };
  const ill = indices.filter((i) => diseased[i]), healthy = indices.filter((i) => !diseased[i]);
  if (ill.length === 0 || healthy.length === 0) {
    throw new InputError(
      `Cannot apply a threshold: healthy and diseased heads are needed, got ${healthy.length} and ${ill.length}`,
    );
  }
  return { specificity: share(healthy, (v) => v <= value), sensitivity: share(ill, (v) => v > value) };
}
