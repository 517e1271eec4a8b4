import { checkRows } from "../array/check_rows.ts";
import { seededPrng } from "../array/seeded_prng.ts";
import { symmetricEigen } from "../array/symmetric_eigen.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode leadingComponents}. */
export interface LeadingComponentsOptions {
  /** Number of columns of `rows`; may be thousands. */
  d: number;
  /** Number of components. */
  components: number;
  /** Random seed of the initial directions; it has little effect on the result. @default {1} */
  seed?: number;
  /** Number of subspace iterations. @default {4} */
  rounds?: number;
}

/** Result of {@linkcode leadingComponents}. */
export interface LeadingComponents {
  /** Mean of each column. */
  readonly mean: Float64Array; // [d]
  /** Principal axes as unit vectors, largest variance first. */
  readonly axes: Float32Array; // [components, d]
  /** Variance along each axis, divisor n - 1. */
  readonly variances: Float64Array; // [components]
  /** Sum of the variances of all columns. */
  readonly totalVariance: number;
  /** Number of rows. */
  readonly n: number;
}

/**
 * Inner products of the rows of a [n, d] with those of b [k, d]. Two rows of a and four of b are processed at a time,
 * so that the processor can add up several sums at once.
 */
function innerProducts(a: Float32Array, b: Float32Array, d: number): Float64Array { // [n, k]
  const n = a.length / d, k = b.length / d, out = new Float64Array(n * k);
  const single = (i: number, c: number) => {
    let sum = 0;
    for (let j = 0, x = i * d, y = c * d; j < d; j++, x++, y++) sum += a[x] * b[y];
    out[i * k + c] = sum;
  };
  for (let i = 0; i < n; i += 2) {
    const last = i + 1 === n ? 0 : d; // a single row at the end is computed twice
    for (let c = 0; c + 3 < k; c += 4) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0, t0 = 0, t1 = 0, t2 = 0, t3 = 0;
      for (let x = i * d, y = c * d, end = x + d; x < end; x++, y++) {
        const v = a[x], w = a[x + last], b0 = b[y], b1 = b[y + d], b2 = b[y + 2 * d], b3 = b[y + 3 * d];
        s0 += v * b0, s1 += v * b1, s2 += v * b2, s3 += v * b3;
        t0 += w * b0, t1 += w * b1, t2 += w * b2, t3 += w * b3;
      }
      out.set([s0, s1, s2, s3], i * k + c);
      if (last > 0) out.set([t0, t1, t2, t3], (i + 1) * k + c);
    }
    for (let c = k & ~3; c < k; c++) {
      single(i, c);
      if (last > 0) single(i + 1, c);
    }
  }
  return out;
}

/** Sum over i of weights [n, k] times rows a [n, d], four sums at a time. */
function weightedSums(weights: Float64Array, a: Float32Array, d: number): Float32Array { // [k, d]
  const n = a.length / d, k = weights.length / n, out = new Float32Array(k * d);
  for (let c = 0; c < k; c += 4) {
    const sums = new Float64Array(4 * d), count = Math.min(4, k - c); // [4, d]
    for (let i = 0; i < n; i++) {
      const [w0, w1 = 0, w2 = 0, w3 = 0] = weights.subarray(i * k + c, i * k + c + count);
      for (let j = 0, x = i * d; j < d; j++, x++) {
        const value = a[x];
        sums[j] += w0 * value;
        sums[j + d] += w1 * value;
        sums[j + 2 * d] += w2 * value;
        sums[j + 3 * d] += w3 * value;
      }
    }
    out.set(sums.subarray(0, count * d), c * d);
  }
  return out;
}

/** Makes the rows of q [k, d] orthonormal (modified Gram-Schmidt, in two passes against rounding errors). */
function orthonormalise(q: Float32Array, d: number): void {
  for (let c = 0; c * d < q.length; c++) {
    const row = q.subarray(c * d, (c + 1) * d);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < c; other++) {
        const before = q.subarray(other * d, (other + 1) * d);
        let dot = 0;
        for (let j = 0; j < d; j++) dot += row[j] * before[j];
        for (let j = 0; j < d; j++) row[j] -= dot * before[j];
      }
    }
    let squares = 0;
    for (let j = 0; j < d; j++) squares += row[j] * row[j];
    const length = Math.sqrt(squares) || 1;
    for (let j = 0; j < d; j++) row[j] /= length;
  }
}

/**
 * The first principal components of rows with very many columns, such as images, by randomised subspace iteration
 * (Halko, Martinsson and Tropp 2011, SIAM Review 53:217, algorithm 4.4), without forming the d x d covariance.
 *
 * @throws {TypeError} if the number of values is not a multiple of `d`.
 * @throws {InputError} if a value is not finite, or unless `components` is an integer from 1, below the number of rows
 * and at most `d`.
 */
export function leadingComponents(
  rows: Float64Array | Float32Array,
  { d, components, seed = 1, rounds = 4 }: LeadingComponentsOptions,
): LeadingComponents {
  const n = checkRows(rows, d);
  if (!Number.isInteger(components) || components < 1 || components >= n || components > d) {
    throw new InputError(
      `Cannot find components: their number must be a whole number from 1 to below ${
        Math.min(n, d + 1)
      }, got ${components}`,
    );
  }
  const mean = new Float64Array(d);
  for (let at = 0; at < rows.length; at += d) {
    for (let j = 0; j < d; j++) mean[j] += rows[at + j] / n;
  }
  const centred = new Float32Array(rows.length); // [n, d]
  let squares = 0;
  for (let at = 0; at < rows.length; at += d) {
    for (let j = 0; j < d; j++) {
      const value = centred[at + j] = Math.fround(rows[at + j] - mean[j]);
      squares += value * value;
    }
  }
  const totalVariance = squares / (n - 1);
  const k = Math.min(n - 1, d, components + 8); // a few extra directions make the last requested ones more accurate
  const prng = seededPrng(seed);
  const q = Float32Array.from({ length: k * d }, () => prng.normal()); // [k, d]
  orthonormalise(q, d);
  for (let round = 0; round < rounds; round++) {
    q.set(weightedSums(innerProducts(centred, q, d), centred, d));
    orthonormalise(q, d);
  }
  const scores = innerProducts(centred, q, d); // [n, k]
  const small = new Float64Array(k * k); // covariance inside the subspace
  for (let i = 0; i < n; i++) {
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < k; b++) small[a * k + b] += scores[i * k + a] * scores[i * k + b] / (n - 1);
    }
  }
  const { values, vectors } = symmetricEigen(small, k);
  const axes = new Float32Array(components * d);
  for (let c = 0; c < components; c++) {
    for (let a = 0; a < k; a++) {
      for (let j = 0; j < d; j++) axes[c * d + j] += vectors[c * k + a] * q[a * d + j];
    }
  }
  return { mean, axes, variances: values.slice(0, components), totalVariance, n };
}
