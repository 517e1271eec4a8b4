import { covariance, type MeanAndCovariance } from "../array/covariance.ts";
import type { CovarianceEstimator } from "../types.ts";
import { ledoitWolf } from "./ledoit_wolf.ts";
import { mcd } from "./mcd.ts";
import { oas } from "./oas.ts";
import { InputError } from "../input_error.ts";

/** The estimators that {@linkcode estimateCovariance} accepts. */
export const ESTIMATORS: readonly CovarianceEstimator[] = ["sample", "ledoit-wolf", "oas", "mcd"];

/** Mean and covariance, with the shrinkage weight or the rows that the estimator used. */
export interface EstimatedCovariance extends MeanAndCovariance {
  /** Estimator that was used. */
  readonly estimator: CovarianceEstimator;
  /** Weight of the scaled identity, 0 to 1 (`ledoit-wolf`, `oas`); 0 for the others. */
  readonly shrinkage: number;
  /** 1 for each row that the estimate uses (`mcd`); null for the others, which use all rows. */
  readonly support: Uint8Array | null; // [n]
}

/**
 * Mean and covariance of `rows` [n, d] by a named estimator: `sample` (divisor n - 1), `ledoit-wolf` and `oas` (shrunk,
 * divisor n), `mcd` (robust, divisor n). `seed` is used by `mcd` only.
 *
 * @throws {TypeError} if the number of values is not a multiple of d. @throws {InputError} if the estimator is unknown,
 * there are too few rows, a value is not finite, or (`mcd`) every random start is
 * singular, as when all rows lie in a plane of fewer dimensions.
 */
export function estimateCovariance(
  rows: Float64Array,
  d: number,
  { estimator = "ledoit-wolf", seed = 1 }: { estimator?: CovarianceEstimator; seed?: number } = {},
): EstimatedCovariance {
  switch (estimator) {
    case "sample":
      return { ...covariance(rows, d), estimator, shrinkage: 0, support: null };
    case "ledoit-wolf":
      return { ...ledoitWolf(rows, d), estimator, support: null };
    case "oas":
      return { ...oas(rows, d), estimator, support: null };
    case "mcd":
      return robust(rows, d, seed);
    default:
      throw new InputError(
        `Cannot estimate a covariance: the estimator must be one of ${
          ESTIMATORS.join(", ")
        }, got "${estimator}"`,
      );
  }
}

function robust(rows: Float64Array, d: number, seed: number): EstimatedCovariance {
  const { mean, covariance, support } = mcd(rows, d, { seed });
  return { n: rows.length / d, mean, covariance, support, estimator: "mcd", shrinkage: 0 };
}
