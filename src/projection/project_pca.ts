import { covariance } from "../array/covariance.ts";
import { symmetricEigen } from "../array/symmetric_eigen.ts";
import { InputError } from "../input_error.ts";

/** Options of {@linkcode projectPca}. */
export interface ProjectPcaOptions {
  /** Number of columns of `rows`. */
  d: number;
  /** Number of components. @default {2} */
  components?: number;
}

/** Result of {@linkcode projectPca}. */
export interface PcaProjection {
  /** Type tag, the same for every object of this type. */
  readonly kind: "pca-projection";
  /** Coordinates of the rows on the principal axes. */
  readonly points: Float64Array; // [n, components]
  /** Unit vectors, largest variance first; the entry of each with the largest magnitude is positive. */
  readonly axes: Float64Array; // [components, d]
  /** Mean of each column. */
  readonly mean: Float64Array; // [d]
  /** Share of the total variance along each axis, 0 to 1. */
  readonly explained: Float64Array; // [components]
}

/**
 * Principal components of `rows` [n, d] by the eigen-decomposition of their covariance (Pearson 1901, Hotelling 1933).
 *
 * @throws {TypeError} if the number of values is not a multiple of `d`.
 * @throws {InputError} if a value is not finite, n < 2, or `components` is not an integer from 1 to `d`.
 */
export function projectPca(rows: Float64Array, { d, components = 2 }: ProjectPcaOptions): PcaProjection {
  if (!Number.isInteger(components) || components < 1 || components > d) {
    throw new InputError(
      `Cannot project: components must be a whole number from 1 to ${d}, got ${components}`,
    );
  }
  const { n, mean, covariance: spread } = covariance(rows, d);
  const { values, vectors } = symmetricEigen(spread, d);
  const axes = vectors.slice(0, components * d); // [components, d]
  const points = new Float64Array(n * components);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < components; c++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (rows[i * d + j] - mean[j]) * axes[c * d + j];
      points[i * components + c] = sum;
    }
  }
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const explained = values.slice(0, components).map((value) => total > 0 ? Math.max(0, value) / total : 0);
  return { kind: "pca-projection", points, axes, mean, explained };
}
