import { checkRows } from "./check_rows.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode covariance}. */
export interface CovarianceOptions {
  /** Subtracted from n in the divisor: 1 gives the unbiased estimate, 0 the maximum-likelihood one. @default {1} */
  ddof?: 0 | 1;
}

/** Mean and covariance of a set of points. */
export interface MeanAndCovariance {
  /** Number of rows. */
  readonly n: number;
  /** Mean of each column. */
  readonly mean: Float64Array; // [d]
  /** Covariance of the columns, row by row. */
  readonly covariance: Float64Array; // [d, d]
}

/**
 * Mean and covariance of `rows` [n, d], row-major, in two passes: rows are centred before they are multiplied, which
 * avoids cancellation.
 *
 * @throws {TypeError} if d is not a positive integer or the length is not a multiple of it.
 * @throws {InputError} if n < 2 with `ddof: 1`, n < 1 with `ddof: 0`, or any value is not finite.
 */
export function covariance(
  rows: Float64Array,
  d: number,
  { ddof = 1 }: CovarianceOptions = {},
): MeanAndCovariance {
  const n = checkRows(rows, d);
  if (n - ddof < 1) {
    throw new InputError(`Cannot form a covariance: at least ${ddof + 1} rows are needed, got ${n}`);
  }
  const mean = columnMeans(rows, d); // [d]
  const sums = new Float64Array(d * d); // [d, d]; the lower triangle is filled first
  const centred = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) centred[j] = rows[i * d + j] - mean[j];
    for (let j = 0; j < d; j++) {
      const c = centred[j];
      for (let k = 0, row = j * d; k <= j; k++) sums[row + k] += c * centred[k];
    }
  }
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      sums[k * d + j] = sums[j * d + k] /= n - ddof;
    }
  }
  return { n, mean, covariance: sums };
}

/** Column means with one correction pass, so that they are accurate to the last bits even far from zero. */
function columnMeans(rows: Float64Array, d: number): Float64Array {
  const n = rows.length / d;
  const mean = new Float64Array(d), rest = new Float64Array(d);
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] += rows[at++];
  for (let j = 0; j < d; j++) mean[j] /= n;
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < d; j++) rest[j] += rows[at++] - mean[j];
  for (let j = 0; j < d; j++) mean[j] += rest[j] / n;
  return mean;
}
