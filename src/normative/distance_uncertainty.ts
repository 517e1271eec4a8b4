import { quantile } from "../array/quantile.ts";
import { seededPrng } from "../array/seeded_prng.ts";
import type { LatentVector } from "../types.ts";
import { type GaussianShape, mahalanobis } from "./mahalanobis.ts";
import { InputError } from "../input_error.ts";

/** Uncertainty of a head's distance that follows from the encoder's posterior q(z|x). */
export interface DistanceUncertainty {
  /** Central 95 % of the distances of samples from q(z|x). */
  readonly interval: readonly [number, number];
  /** Mean distance of the samples. */
  readonly mean: number;
  /** Standard deviation of the samples' distances. */
  readonly sd: number;
}

/** Options of {@linkcode distanceUncertainty}. */
export interface DistanceUncertaintyOptions {
  /** Number of samples, a whole number from 2. @default {1000} */
  draws?: number;
  /** Random seed. @default {1} */
  seed?: number;
}

/**
 * Spread of a head's distance over the encoder's posterior, by sampling from q(z|x) = N(mean, exp(logVariance)). On
 * average the samples are farther from healthy than the posterior mean, which is the point that is scored. Therefore
 * interpret the width of the interval, not its position.
 *
 * @throws {TypeError} if the latent has another length than the model. @throws {InputError} if a value is not finite or
 * `draws` is not a whole number from 2.
 */
export function distanceUncertainty(
  { mean, logVariance }: LatentVector,
  model: GaussianShape,
  { draws = 1000, seed = 1 }: DistanceUncertaintyOptions = {},
): DistanceUncertainty {
  const d = model.mean.length;
  if (mean.length !== d || logVariance.length !== d) {
    throw new TypeError(
      `Cannot sample from a latent vector: the model needs ${d} latent dimensions, got ${mean.length} means and ${logVariance.length} variances`,
    );
  }
  if (!Number.isInteger(draws) || draws < 2) {
    throw new InputError(
      `Cannot estimate the uncertainty: draws must be a whole number from 2, got ${draws}`,
    );
  }
  const prng = seededPrng(seed), sd = logVariance.map((v) => Math.exp(v / 2));
  // [draws, d]
  const points = Float64Array.from({ length: draws * d }, (_, k) => mean[k % d] + sd[k % d] * prng.normal());
  const distances = mahalanobis(points, model).sort();
  const centre = distances.reduce((s, v) => s + v, 0) / draws;
  const squares = distances.reduce((s, v) => s + (v - centre) ** 2, 0);
  return {
    interval: [quantile(distances, 0.025, { sorted: true }), quantile(distances, 0.975, { sorted: true })],
    mean: centre,
    sd: Math.sqrt(squares / (draws - 1)),
  };
}
