import { cholesky } from "../array/cholesky.ts";
import { covariance } from "../array/covariance.ts";
import { solveLower } from "../array/solve_lower.ts";
import { symmetricEigen } from "../array/symmetric_eigen.ts";

/** Coordinates of the code in which distances are measured, and those that only serve the decoder. */
export interface CodeBasis {
  /** Mean code of the healthy training heads. */
  readonly centre: Float64Array; // [d]
  /** From a code less the centre to the new coordinates; healthy heads have a spread of about 1 along each. */
  readonly turn: Float64Array; // [d, d]
  /** The inverse of `turn`. */
  readonly back: Float64Array; // [d, d]
  /** The first so many coordinates are measured. */
  readonly measured: number;
  /** Mean squared move of a head along each coordinate under a local change, in healthy variances; falling. */
  readonly gains: Float64Array; // [d]
}

/** Codes of the same healthy heads, as they are and changed; rows follow the order of the heads, draw after draw. */
export interface CodesForBasis {
  readonly still: Float64Array; // [n, d]
  /** With one local change each (see `changeLocally`). */
  readonly changed: Float64Array; // [draws * n, d]
  /** Placed and processed differently, anatomy unchanged (see `changeCrop`). */
  readonly varied: Float64Array; // [draws * n, d]
}

/** How the basis is found. */
export interface BasisOptions {
  /** Length of a code. */
  d: number;
  /** Number of coordinates to measure. */
  measured: number;
  /** Healthy covariance of a larger cohort, coded by the network the training started from, and the heads it counts as. @default identity */
  prior?: { readonly covariance: Float64Array; readonly heads: number };
  /** Weight of the variance that placement and processing add to healthy variation. @default {0.25} */
  variedWeight?: number;
}

/** Heads' worth of an identity that is added to the healthy covariance where there is no other prior, per dimension. */
const IDENTITY_PER_DIMENSION = 1 / 16;

/**
 * Turns the code so that its coordinates are ordered by how far local changes move a head along them, in standard deviations of what
 * healthy heads do anyway (they differ from one another, and are placed and processed differently): the generalised eigenvectors of the two
 * covariances, as in Fisher's discriminant analysis (1936, Ann Eugen 7:179), from healthy heads and generic changes alone. A distance
 * over all coordinates adds up 128 of which most only hold what healthy heads differ in; lesions drown in them. Few heads leave many
 * directions empty by chance, and a new healthy head would be far along each: they need the prior.
 *
 * @throws {TypeError} if the rows do not pair. @throws {RangeError} if `measured` is out of range or a code is not finite.
 */
export function findCodeBasis(
  { still, changed, varied }: CodesForBasis,
  { d, measured, prior, variedWeight = 0.25 }: BasisOptions,
): CodeBasis {
  if (!Number.isInteger(measured) || measured < 1 || measured > d) {
    throw new RangeError(
      `Cannot turn the code: measured must be a whole number from 1 to ${d}, got ${measured}`,
    );
  }
  const { n, mean: centre, covariance: healthy } = covariance(still, d);
  const moved = meanSquare(moves(varied, still), d);
  const trace = (matrix: Float64Array) => {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += matrix[j * d + j];
    return sum;
  };
  const heads = prior?.heads ?? IDENTITY_PER_DIMENSION * d;
  const scale = heads / (n + heads) * trace(healthy) / (prior ? trace(prior.covariance) : d); // of the prior
  const spread = healthy.map((value, i) =>
    n / (n + heads) * (value + variedWeight * moved[i]) +
    scale * (prior ? prior.covariance[i] : i % (d + 1) === 0 ? 1 : 0)
  );
  const lower = cholesky(spread, d);
  const away = moves(changed, still);
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

/** Each row less that of the same head among `still`. */
function moves(rows: Float64Array, still: Float64Array): Float64Array {
  if (rows.length === 0 || rows.length % still.length !== 0) {
    throw new TypeError(
      `Cannot turn the code: changed heads must be draws of the ${still.length} values, got ${rows.length}`,
    );
  }
  return rows.map((value, i) => value - still[i % still.length]);
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
