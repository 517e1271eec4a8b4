import { chiSquareTail } from "../stats/distributions/chi_square_tail.ts";
import type { Deviation, LatentVector, NormativeModel } from "../types.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { percentileOf } from "./percentile_of.ts";

/**
 * How far one head is from healthy: its Mahalanobis distance and the rank of that distance among held-out healthy heads. The chi-square
 * tail probability with d degrees of freedom is an additional diagnostic (latent vectors are only approximately normal).
 *
 * @throws {TypeError} if the latent has another length than the model. @throws {InputError} if a value is not finite.
 */
export function scoreDeviation(latent: LatentVector | Float64Array, model: NormativeModel): Deviation {
  const point = latent instanceof Float64Array ? latent : latent.mean; // [d]
  const d = model.mean.length;
  if (point.length !== d) {
    throw new TypeError(`Cannot score a head: the model needs ${d} latent dimensions, got ${point.length}`);
  }
  const [distance] = mahalanobis(point, model);
  return placeDistance(distance, model);
}

/** The same for a distance that is already known, for example from leave-one-out. */
export function placeDistance(distance: number, model: NormativeModel): Deviation {
  const { percentile, percentileInterval, tailProbability } = percentileOf(
    distance,
    model.referenceDistances,
  );
  return {
    kind: "deviation",
    distance,
    percentile,
    percentileInterval,
    tailProbability: {
      empirical: tailProbability,
      chiSquare: chiSquareTail(distance * distance, model.mean.length),
    },
  };
}
