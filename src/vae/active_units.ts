import type { LatentVector } from "../types.ts";

/** Activity of one latent dimension. */
export interface LatentUnit {
  /** Index of the latent dimension, from 0. */
  readonly index: number;
  /** Variance of the posterior mean over the heads. */
  readonly meanVariance: number;
  /** Mean KL divergence of the posterior from N(0, 1), in nats. */
  readonly divergence: number;
  /** True if the variance of the posterior mean is above 0.01. */
  readonly active: boolean;
}

/** Burda, Grosse and Salakhutdinov 2016 (arXiv 1509.00519, section 5.2): a unit is active above this variance. */
const ACTIVE_VARIANCE = 0.01;

/**
 * Finds the latent dimensions that are in use. A collapsed dimension has almost the same posterior mean for every
 * head.
 *
 * @throws {RangeError} if fewer than two heads are given.
 */
export function activeUnits(latents: readonly LatentVector[]): LatentUnit[] {
  const n = latents.length;
  if (n < 2) throw new RangeError(`Cannot count active units: at least two heads are needed, got ${n}`);
  return Array.from(latents[0].mean, (_value, index) => {
    let sum = 0, squares = 0, divergence = 0;
    for (const { mean, logVariance } of latents) {
      sum += mean[index];
      squares += mean[index] ** 2;
      divergence += 0.5 * (mean[index] ** 2 + Math.exp(logVariance[index]) - logVariance[index] - 1);
    }
    const meanVariance = Math.max(0, squares - sum * sum / n) / (n - 1);
    return { index, meanVariance, divergence: divergence / n, active: meanVariance > ACTIVE_VARIANCE };
  });
}
