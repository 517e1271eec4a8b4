import { whitenedLengths } from "../array/whitened_lengths.ts";

/** Mean and Cholesky factor of a Gaussian; a {@linkcode NormativeModel} has both. */
export interface GaussianShape {
  /** Mean vector. */
  readonly mean: Float64Array; // [d]
  /** Lower Cholesky factor of the covariance, row by row. */
  readonly cholesky: Float64Array; // [d, d]
}

/**
 * Mahalanobis distance (not squared) of every row of `rows` [n, d] from the mean (Mahalanobis 1936): |L^-1 (x - mean)|,
 * where L is the Cholesky factor of the covariance.
 *
 * @throws {TypeError} if the number of values is not a multiple of d. @throws {InputError} if a value is not finite,
 * naming row and column.
 */
export function mahalanobis(rows: Float64Array, { mean, cholesky }: GaussianShape): Float64Array {
  return whitenedLengths(rows, { mean, lower: cholesky });
}
