import { covariance, type MeanAndCovariance } from "../array/covariance.ts";
import { InputError } from "../input_error.ts";

/** Mean and a covariance shrunk towards a multiple of the identity. */
export interface ShrunkCovariance extends MeanAndCovariance {
  /** Weight of the scaled identity, 0 (no shrinkage) to 1. */
  readonly shrinkage: number;
}

/**
 * Ledoit and Wolf's shrinkage (2004, J Multivar Anal 88:365) of the maximum-likelihood covariance (divisor n) of `rows`
 * [n, d] towards its mean variance times the identity; the same numbers as scikit-learn's `LedoitWolf`.
 *
 * @throws {TypeError} if the number of values is not a multiple of d. @throws {InputError} if there are fewer than two
 * rows or a value is not finite.
 */
export function ledoitWolf(rows: Float64Array, d: number): ShrunkCovariance {
  const { n, mean, covariance: s } = covariance(rows, d, { ddof: 0 });
  if (n < 2) throw new InputError(`Cannot shrink a covariance: at least 2 rows are needed, got ${n}`);
  let trace = 0, squares = 0, fourth = 0;
  for (let j = 0; j < d; j++) trace += s[j * d + j];
  for (let j = 0; j < d * d; j++) squares += s[j] * s[j]; // |S|^2
  for (let i = 0; i < n; i++) {
    let length = 0;
    for (let j = 0; j < d; j++) length += (rows[i * d + j] - mean[j]) ** 2;
    fourth += length * length;
  }
  const mu = trace / d;
  const noise = (fourth / n - squares) / (d * n); // b-bar squared in the paper
  const gap = (squares - 2 * mu * trace + d * mu * mu) / d; // d squared in the paper
  const b = Math.min(noise, gap); // b squared in the paper
  // The variance of a single column is already a multiple of the identity.
  return shrink({ n, mean, covariance: s }, { mu, shrinkage: d === 1 || b === 0 ? 0 : b / gap });
}

/** (1 - shrinkage) S + shrinkage mu I. */
export function shrink(
  { n, mean, covariance: s }: MeanAndCovariance,
  { mu, shrinkage }: { mu: number; shrinkage: number },
): ShrunkCovariance {
  const d = mean.length, out = s.map((v) => (1 - shrinkage) * v); // [d, d]
  for (let j = 0; j < d; j++) out[j * d + j] += shrinkage * mu;
  return { n, mean, covariance: out, shrinkage };
}
