import { cholesky } from "../array/cholesky.ts";
import { covariance } from "../array/covariance.ts";
import { solveLower } from "../array/solve_lower.ts";
import { symmetricEigen } from "../array/symmetric_eigen.ts";

/**
 * A linear change of latent coordinates. The first new coordinates are used for the distance, the others only by the
 * decoder.
 */
export interface CodeBasis {
  /** Mean latent vector of the healthy training heads. */
  readonly centre: Float64Array; // [d]
  /**
   * Matrix that converts a latent vector minus the centre to the new coordinates. Healthy heads have a standard
   * deviation of about 1 along each of them.
   */
  readonly turn: Float64Array; // [d, d]
  /** The inverse of `turn`. */
  readonly back: Float64Array; // [d, d]
  /** Number of leading coordinates in which the distance is measured. */
  readonly measured: number;
  /** Mean squared displacement of a head along each coordinate by a local change, in healthy variances; descending. */
  readonly gains: Float64Array; // [d]
}

/**
 * Latent vectors of the same n healthy heads without and with changes. In `changed` and `varied`, the n rows of the
 * first draw come first, then those of the second, and so on.
 */
export interface CodesForBasis {
  /** Without any change. */
  readonly unchanged: Float64Array; // [n, d]
  /** Each head with its own local change (see `changeLocally`). */
  readonly changed: Float64Array; // [draws * n, d]
  /** With other placement and processing but unchanged anatomy (see `changeCrop`). */
  readonly varied: Float64Array; // [draws * n, d]
}

/** Options of {@linkcode findCodeBasis}. */
export interface BasisOptions {
  /** Number of latent dimensions. */
  d: number;
  /** Number of coordinates in which the distance is to be measured. */
  measured: number;
  /**
   * Healthy covariance of a larger cohort, from the network that training started from, and its weight in heads; the
   * covariance is scaled to the trace of the heads' covariance. @default the identity, with a weight of d / 16 heads
   */
  prior?: { readonly covariance: Float64Array; readonly heads: number };
  /** Weight of the variance that placement and processing add to healthy variation. @default {0.25} */
  variedWeight?: number;
}

/**
 * Weight, in heads per dimension, of the identity that is added to the healthy covariance if there is no other prior.
 */
const IDENTITY_PER_DIMENSION = 1 / 16;

/**
 * Finds coordinates ordered by how far local changes displace a head along them, in standard deviations of healthy
 * variation (between heads, and by placement and processing). They are the generalised eigenvectors of two matrices,
 * the mean square of the displacements and the covariance of healthy variation, as in Fisher's discriminant analysis
 * (1936, Ann Eugen 7:179). Both are estimated from healthy heads and generic changes only. A distance over all
 * coordinates (up to 128) would be dominated by those that mainly describe differences between healthy heads, and
 * lesions would hardly change it. With few heads, many directions have almost no variance by chance, and a new healthy
 * head would seem far from the others along them; the prior prevents this.
 *
 * @throws {TypeError} if the numbers of rows do not match. @throws {RangeError} if `measured` is not a whole number
 * from 1 to d, there are fewer than two heads, a value of `unchanged` is not finite, or the healthy covariance is
 * singular.
 */
export function findCodeBasis(
  { unchanged, changed, varied }: CodesForBasis,
  { d, measured, prior, variedWeight = 0.25 }: BasisOptions,
): CodeBasis {
  if (!Number.isInteger(measured) || measured < 1 || measured > d) {
    throw new RangeError(
      `Cannot find the latent basis: measured must be a whole number from 1 to ${d}, got ${measured}`,
    );
  }
  const { n, mean: centre, covariance: healthy } = covariance(unchanged, d);
  const added = meanSquare(displacements(varied, unchanged), d);
  const trace = (matrix: Float64Array) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += matrix[j * d + j];
    return sum;
  };
  const heads = prior?.heads ?? IDENTITY_PER_DIMENSION * d;
  const scale = heads / (n + heads) * trace(healthy) / (prior ? trace(prior.covariance) : d); // of the prior
  const spread = healthy.map((value, i) =>
    n / (n + heads) * (value + variedWeight * added[i]) +
    scale * (prior ? prior.covariance[i] : i % (d + 1) === 0 ? 1 : 0)
  );
  const lower = cholesky(spread, d);
  const away = displacements(changed, unchanged);
  for (let at = 0; at < away.length; at += d) away.set(solveLower(lower, away.subarray(at, at + d)), at);
  const { values, vectors } = symmetricEigen(meanSquare(away, d), d);
  const turn = new Float64Array(d * d), back = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    const v = vectors.subarray(i * d, (i + 1) * d); // [d]
    turn.set(solveLower(lower, v, { transpose: true }), i * d); // row i of V L^-1
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += lower[j * d + k] * v[k];
      back[j * d + i] = sum; // column i of L V'
    }
  }
  return { centre, turn, back, measured, gains: values };
}

/** Each row minus the row of the same head in `unchanged`. */
function displacements(rows: Float64Array, unchanged: Float64Array): Float64Array {
  if (rows.length === 0 || rows.length % unchanged.length !== 0) {
    throw new TypeError(
      `Cannot find the latent basis: the number of values of changed heads must be a multiple of ${unchanged.length}, got ${rows.length}`,
    );
  }
  return rows.map((value, i) => value - unchanged[i % unchanged.length]);
}

/** Mean of x x' over the rows, [d, d]. */
function meanSquare(rows: Float64Array, d: number): Float64Array {
  const square = new Float64Array(d * d), n = rows.length / d;
  for (let at = 0; at < rows.length; at += d) {
    for (let j = 0; j < d; j++) {
      const left = rows[at + j] / n;
      for (let k = 0; k <= j; k++) square[j * d + k] += left * rows[at + k];
    }
  }
  for (let j = 0; j < d; j++) for (let k = 0; k < j; k++) square[k * d + j] = square[j * d + k];
  return square;
}
