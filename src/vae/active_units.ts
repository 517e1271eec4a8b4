import type { LatentVector } from "../types.ts";

/** What one latent dimension carries. */
export interface LatentUnit {
  /** Index of the coordinate. */
  readonly index: number;
  /** Variance of the encoder's mean over the heads. */
  readonly meanVariance: number;
  /** Mean divergence from N(0, 1), nats. */
  readonly divergence: number;
  /** The mean varies with the head: variance above 0.01. */
  readonly active: boolean;
}

/** Burda, Grosse and Salakhutdinov 2016 (arXiv 1509.00519, section 5.2): a unit is active above this variance. */
const ACTIVE_VARIANCE = 0.01;

/**
 * Which latent dimensions are used at all: a collapsed one says the same of every head.
 *
 * @throws {RangeError} if fewer than two heads are given.
 */
export function activeUnits(latents: readonly LatentVector[]): LatentUnit[] {
  const n = latents.length;
  if (n < 2) throw new RangeError(`Cannot count active units: two heads are needed, got ${n}`);
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
