import { type SymmetricEigen, symmetricEigen } from "../array/symmetric_eigen.ts";
import type { LatentVector, NormativeModel } from "../types.ts";

/** Contribution of one eigenvector of the healthy covariance to a head's distance. */
export interface ExplainedDirection {
  /** Rank of the eigenvector by healthy variance; 0 has the largest. */
  readonly index: number;
  /** Variance of healthy heads along the eigenvector. */
  readonly eigenvalue: number;
  /** The head's coordinate along the eigenvector, in healthy standard deviations. */
  readonly z: number;
  /** Share of the squared distance, 0 to 1; all shares sum to 1 (all are 0 if the distance is 0). */
  readonly share: number;
  /** The head with this coordinate set to the healthy mean; decode it to compare with the head itself. */
  readonly without: Float64Array; // [d]
  /** The healthy mean with only this coordinate set to the head's; decode it to compare with the mean. */
  readonly alone: Float64Array; // [d]
}

/**
 * Explains a distance: splits the squared Mahalanobis distance into the contributions of the eigenvectors of the
 * healthy covariance, sorted with the largest contribution first. The caller decodes `without` and `alone` to show what
 * each direction looks like.
 *
 * @throws {TypeError} if the latent has another length than the model.
 */
export function explainDeviation(
  latent: LatentVector | Float64Array,
  model: NormativeModel,
  { limit = Infinity, eigen }: {
    /** Number of directions returned. @default all */
    limit?: number;
    /** Eigendecomposition of the covariance, to compute it once for many heads. @default computed */
    eigen?: SymmetricEigen;
  } = {},
): ExplainedDirection[] {
  const point = latent instanceof Float64Array ? latent : latent.mean; // [d]
  const d = model.mean.length;
  if (point.length !== d) {
    throw new TypeError(`Cannot explain a head: the model needs ${d} latent dimensions, got ${point.length}`);
  }
  const { values, vectors } = eigen ?? symmetricEigen(model.covariance, d);
  const directions = Array.from(values, (eigenvalue, index) => {
    const v = vectors.subarray(index * d, (index + 1) * d);
    let along = 0;
    for (let j = 0; j < d; j++) along += v[j] * (point[j] - model.mean[j]);
    return {
      index,
      eigenvalue,
      z: along / Math.sqrt(eigenvalue),
      without: point.map((x, j) => x - along * v[j]),
      alone: model.mean.map((m, j) => m + along * v[j]),
    };
  });
  const total = directions.reduce((s, v) => s + v.z * v.z, 0);
  return directions
    .map((v) => ({ ...v, share: total === 0 ? 0 : v.z * v.z / total }))
    .sort((a, b) => b.share - a.share || a.index - b.index)
    .slice(0, limit);
}
