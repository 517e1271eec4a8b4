import { checkRows } from "../array/check_rows.ts";

/** Mean and Cholesky factor of the distribution to whiten. */
export interface WhitenOptions {
  /** Mean vector. */
  mean: Float64Array; // [d]
  /** Lower Cholesky factor L of the covariance, row by row. */
  cholesky: Float64Array; // [d, d]
}

/**
 * Solves L y = x - mean for every row x of `rows` [n, d]. The Euclidean distance between two results is the Mahalanobis
 * distance between the rows, and the length of a result is the distance of its row from the mean.
 *
 * @throws {TypeError} if shapes do not agree.
 * @throws {InputError} if a value is not finite.
 */
export function whiten(rows: Float64Array, { mean, cholesky }: WhitenOptions): Float64Array {
  const d = mean.length;
  if (cholesky.length !== d * d) {
    throw new TypeError(
      `Cannot whiten: for a mean of ${d} numbers the factor must have ${d * d}, got ${cholesky.length}`,
    );
  }
  const n = checkRows(rows, d);
  const out = new Float64Array(n * d); // [n, d]
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) {
      let sum = rows[i * d + j] - mean[j];
      for (let k = 0; k < j; k++) sum -= cholesky[j * d + k] * out[i * d + k];
      out[i * d + j] = sum / cholesky[j * d + j];
    }
  }
  return out;
}
