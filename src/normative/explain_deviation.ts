import { type SymmetricEigen, symmetricEigen } from "../array/symmetric_eigen.ts";
import type { LatentVector, NormativeModel } from "../types.ts";

/** What one eigen-direction of the healthy covariance adds to a head's distance. */
export interface ExplainedDirection {
  /** 0 is the direction of largest healthy variance. */
  readonly index: number;
  /** Variance of healthy heads along it. */
  readonly eigenvalue: number;
  /** The head's place along it, in healthy standard deviations. */
  readonly z: number;
  /** Share of the squared distance, 0 to 1; all shares sum to 1. */
  readonly share: number;
  /** The head with this direction put back to the healthy mean: decode beside the head itself. */
  readonly without: Float64Array; // [d]
  /** The healthy mean moved along this direction alone: decode beside the mean. */
  readonly alone: Float64Array; // [d]
}

/**
 * Why a head is far: its squared Mahalanobis distance split over the eigen-directions of the healthy covariance, largest share
 * first. The decoder belongs to the caller: it decodes `without` beside the head.
 *
 * @throws {TypeError} if the latent has another length than the model.
 */
export function explainDeviation(
  latent: LatentVector | Float64Array,
  model: NormativeModel,
  { limit = Infinity, eigen }: {
    /** Directions returned. @default all */
    limit?: number;
    /** The covariance's eigen-directions, where many heads are explained by one model. */
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
