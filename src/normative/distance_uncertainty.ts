import { quantile } from "../array/quantile.ts";
import { seededPrng } from "../array/seeded_prng.ts";
import type { LatentVector } from "../types.ts";
import { mahalanobis, type Shape } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/** How far a head's distance depends on where in q(z|x) it is taken. */
export interface DistanceUncertainty {
  /** Central 95 % of the distances of points drawn from q(z|x). */
  readonly interval: readonly [number, number];
  readonly mean: number;
  readonly sd: number;
}

/** Options of {@linkcode distanceUncertainty}. */
export interface DistanceUncertaintyOptions {
  /** Points drawn. @default {1000} */
  draws?: number;
  /** @default {1} */
  seed?: number;
}

/**
 * The spread of a head's distance over the encoder's own uncertainty: points drawn from q(z|x) = N(mean, exp(logVariance)). The drawn
 * points lie farther out on average than the mean, which is what the model scores: read the width, not the place.
 *
 * @throws {TypeError} if the latent has another length than the model. @throws {InputError} if a value is not finite or draws < 2.
 */
export function distanceUncertainty(
  { mean, logVariance }: LatentVector,
  model: Shape,
  { draws = 1000, seed = 1 }: DistanceUncertaintyOptions = {},
): DistanceUncertainty {
  const d = model.mean.length;
  if (mean.length !== d || logVariance.length !== d) {
    throw new TypeError(
      `Cannot draw from a head: the model needs ${d} latent dimensions, got ${mean.length}`,
    );
  }
  if (!Number.isInteger(draws) || draws < 2) {
    throw new InputError(`Cannot judge uncertainty: at least 2 draws are needed, got ${draws}`);
  }
  const prng = seededPrng(seed), sd = logVariance.map((v) => Math.exp(v / 2));
  const points = Float64Array.from({ length: draws * d }, (_, k) => mean[k % d] + sd[k % d] * prng.normal()); // [draws, d]
  const distances = mahalanobis(points, model).sort();
  const centre = distances.reduce((s, v) => s + v, 0) / draws;
  const squares = distances.reduce((s, v) => s + (v - centre) ** 2, 0);
  return {
    interval: [quantile(distances, 0.025, { sorted: true }), quantile(distances, 0.975, { sorted: true })],
    mean: centre,
    sd: Math.sqrt(squares / (draws - 1)),
  };
}
