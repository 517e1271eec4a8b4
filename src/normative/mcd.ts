import { cholesky } from "../array/cholesky.ts";
import { checkRows } from "../array/check_rows.ts";
import { covariance, type MeanAndCovariance } from "../array/covariance.ts";
import { quantile } from "../array/quantile.ts";
import { type Prng, seededPrng } from "../array/seeded_prng.ts";
import { tryCholesky } from "../array/try_cholesky.ts";
import { chiSquareQuantile } from "../stats/distributions/chi_square_quantile.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/** Mean and covariance of the rows that are not outliers. */
export interface RobustCovariance extends MeanAndCovariance {
  /** 1 for each row that mean and covariance use. */
  readonly support: Uint8Array; // [n]
  /**
   * The rows, about half, with the smallest covariance determinant; outliers are identified with their mean and
   * covariance.
   */
  readonly rawSupport: Int32Array; // [half], indices of rows
}

/** Options of {@linkcode mcd}. */
export interface McdOptions {
  /** Number of random starts. @default {100} */
  starts?: number;
  /** Random seed. @default {1} */
  seed?: number;
}

/**
 * Minimum covariance determinant by FAST-MCD (Rousseeuw and Van Driessen 1999, Technometrics 41:212): about half of the
 * rows of `rows` [n, d], namely ceil((n + d + 1) / 2), whose covariance has the smallest determinant, found by
 * concentration steps from random starts. One reweighting at the 97.5 % chi-square quantile follows. The reweighted
 * covariance has divisor n and no consistency factor, as in scikit-learn's `MinCovDet`.
 *
 * @throws {InputError} if there are too few rows (fewer than 2 d + 2), a value is not finite, or every start is
 * singular.
 */
export function mcd(
  rows: Float64Array,
  d: number,
  { starts = 100, seed = 1 }: McdOptions = {},
): RobustCovariance {
  const n = checkRows(rows, d);
  if (n < 2 * d + 2) {
    throw new InputError(
      `Cannot fit a robust covariance: ${d} columns need at least ${2 * d + 2} rows, got ${n}`,
    );
  }
  const half = Math.ceil((n + d + 1) / 2), prng = seededPrng(seed);
  const tries: Concentrated[] = [];
  for (let s = 0; s < starts; s++) {
    const found = concentrate(rows, { d, half, from: sample(prng, n, d + 1), steps: 2 });
    if (found) tries.push(found);
  }
  tries.sort((a, b) => a.logDeterminant - b.logDeterminant);
  let best: Concentrated | null = null;
  for (const start of tries.slice(0, 10)) {
    const done = concentrate(rows, { d, half, from: start.kept, steps: 100 });
    if (done && (!best || done.logDeterminant < best.logDeterminant)) best = done;
  }
  if (!best) {
    throw new InputError(
      "Cannot fit a robust covariance: every start is singular; many rows are equal, or the rows lie in a lower-dimensional plane",
    );
  }
  return reweightSupport(rows, d, { support: best.kept });
}

/**
 * Reweighted estimate from a raw support (row indices): the covariance of these rows is scaled so that the median
 * squared distance of all rows is that of a chi-square variable with d degrees of freedom. The mean and covariance of
 * the rows whose squared distance is below the 97.5 % chi-square quantile are returned.
 */
export function reweightSupport(
  rows: Float64Array,
  d: number,
  { support }: { support: ArrayLike<number> },
): RobustCovariance {
  const raw = covariance(pick(rows, d, support), d, { ddof: 0 });
  const distance = mahalanobis(rows, { mean: raw.mean, cholesky: cholesky(raw.covariance, d) });
  const squared = distance.map((v) => v * v);
  const factor = quantile(squared, 0.5) / chiSquareQuantile(0.5, d);
  const cut = chiSquareQuantile(0.975, d) * factor;
  const kept = Uint8Array.from(squared, (v) => (v < cut ? 1 : 0));
  const inside = Array.from(kept.keys()).filter((i) => kept[i] === 1);
  return {
    ...covariance(pick(rows, d, inside), d, { ddof: 0 }),
    support: kept,
    rawSupport: Int32Array.from(support),
  };
}

interface Concentrated {
  readonly kept: Int32Array; // [half], indices of rows
  readonly logDeterminant: number;
}

/**
 * At most `steps` concentration steps: fit, then take the `half` rows nearest to the fit, until the determinant stops
 * falling. Null if a covariance is singular.
 */
function concentrate(
  rows: Float64Array,
  { d, half, from, steps }: { d: number; half: number; from: Int32Array; steps: number },
): Concentrated | null {
  let kept = from, last = Infinity;
  for (let s = 0; s < steps; s++) {
    const fit = covariance(pick(rows, d, kept), d, { ddof: 0 });
    const factor = tryCholesky(fit.covariance, d);
    if (!factor) return null;
    const log = logDeterminantOf(factor, d);
    if (kept.length === half && log >= last - 1e-12) break;
    if (kept.length === half) last = log;
    const distance = mahalanobis(rows, { mean: fit.mean, cholesky: factor });
    kept = Int32Array.from(distance.keys()).sort((i, j) => distance[i] - distance[j] || i - j).subarray(
      0,
      half,
    );
  }
  const factor = tryCholesky(covariance(pick(rows, d, kept), d, { ddof: 0 }).covariance, d);
  return factor && { kept, logDeterminant: logDeterminantOf(factor, d) };
}

function logDeterminantOf(factor: Float64Array, d: number): number {
  let log = 0;
  for (let j = 0; j < d; j++) log += 2 * Math.log(factor[j * d + j]);
  return log;
}

/** The rows with the given indices, one after another. */
function pick(rows: Float64Array, d: number, indices: ArrayLike<number>): Float64Array {
  const out = new Float64Array(indices.length * d);
  for (let i = 0; i < indices.length; i++) {
    out.set(rows.subarray(indices[i] * d, (indices[i] + 1) * d), i * d);
  }
  return out;
}

/** `count` different whole numbers from 0 to n - 1, by a partial shuffle. */
function sample(prng: Prng, n: number, count: number): Int32Array {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + prng.integer(n - i), kept = all[i];
    all[i] = all[j];
    all[j] = kept;
  }
  return all.slice(0, count);
}
