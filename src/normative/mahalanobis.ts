import { whitenedLengths } from "../array/whitened_lengths.ts";

/** Centre and lower Cholesky factor of the covariance; a normative model is one. */
export interface Shape {
  readonly mean: Float64Array; // [d]
  readonly cholesky: Float64Array; // [d, d]
}

/**
 * Mahalanobis distance (not squared) of every row of `rows` [n, d] from the mean, under the covariance whose factor is given
 * (Mahalanobis 1936): |L^-1 (x - mean)|.
 *
 * @throws {TypeError} if the length is no multiple of d. @throws {InputError} if a value is not finite, naming row and column.
 */
export function mahalanobis(rows: Float64Array, { mean, cholesky }: Shape): Float64Array {
  return whitenedLengths(rows, { mean, lower: cholesky });
}
