import { chiSquareTail } from "../stats/distributions/chi_square_tail.ts";
import type { Deviation, LatentVector, NormativeModel } from "../types.ts";
import { mahalanobis } from "./mahalanobis.ts";
import { type Percentile, percentileOf, standing } from "./percentile_of.ts";

/**
 * How far one head is from healthy: its Mahalanobis distance and the rank of that distance among held-out healthy
 * heads. The chi-square tail probability with d degrees of freedom is an additional diagnostic (latent vectors are only
 * approximately normal).
 *
 * @throws {TypeError} if the latent has another length than the model. @throws {InputError} if a value is not finite or
 * the reference group is empty.
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

/**
 * As {@linkcode scoreDeviation} for a distance that is already known, for example from leave-one-out.
 *
 * @throws {InputError} if the distance is not finite or the reference group is empty.
 */
export function placeDistance(distance: number, model: NormativeModel): Deviation {
  const percentile = percentileOf(distance, model.referenceDistances);
  return deviationOf(distance, { percentile, d: model.mean.length });
}

function deviationOf(
  distance: number,
  { percentile: p, d }: { percentile: Percentile; d: number },
): Deviation {
  return {
    kind: "deviation",
    distance,
    percentile: p.percentile,
    percentileInterval: p.percentileInterval,
    tailProbability: { empirical: p.tailProbability, chiSquare: chiSquareTail(distance * distance, d) },
  };
}

/**
 * As {@linkcode placeDistance} for many heads. Each different percentile is computed only once; with n reference heads
 * there are at most 2 n + 1.
 *
 * @throws {InputError} if a distance is not finite or the reference group is empty.
 */
export function placeDistances(distances: Float64Array, model: NormativeModel): Deviation[] {
  const known = new Map<number, Percentile>(); // keyed by `below` and `upTo` of the distance
  const { referenceDistances: reference, mean } = model;
  return Array.from(distances, (distance) => {
    const { below, upTo } = standing(distance, reference);
    const key = Number.isFinite(distance) ? below * (reference.length + 1) + upTo : NaN;
    const percentile = known.get(key) ?? percentileOf(distance, reference);
    known.set(key, percentile);
    return deviationOf(distance, { percentile, d: mean.length });
  });
}
