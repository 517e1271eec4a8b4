import { midranks } from "../../array/midranks.ts";
import { checkSample } from "../samples/check_sample.ts";
import { normalQuantile } from "../distributions/normal_quantile.ts";
import { pool } from "../samples/pool.ts";

/** Result of {@linkcode delong}. */
export interface Delong {
  /** Area under the ROC curve, P(b > a) + P(b = a) / 2. */
  readonly auc: number;
  /** Variance of the AUC. */
  readonly variance: number;
  /** Confidence interval at the chosen level. */
  readonly interval: readonly [number, number];
  /** Placement of each value of a: share of b above it, ties counted half. The mean of the placements is the AUC. */
  readonly placementsA: Float64Array; // [a.length]
  /** Placement of each value of b: share of a below it, ties counted half. */
  readonly placementsB: Float64Array; // [b.length]
}

/** Options of a confidence interval. */
export interface IntervalOptions {
  /** Coverage of the interval. @default {0.95} */
  level?: number;
}

/**
 * AUC with DeLong's variance (DeLong, DeLong and Clarke-Pearson 1988, Biometrics 44:837) by midranks (Sun and Xu 2014).
 * The interval is symmetric and clipped to [0, 1], as in R's pROC. The variance treats heads as independent, so the
 * interval is too narrow if patients contribute two heads.
 *
 * @throws {InputError} if a sample has fewer than two values or one that is not finite.
 */
export function delong(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { level = 0.95 }: IntervalOptions = {},
): Delong {
  checkSample("DeLong's interval", a, { least: 2, name: "the first sample" });
  checkSample("DeLong's interval", b, { least: 2, name: "the second sample" });
  const m = a.length, n = b.length;
  const all = midranks(pool([a, b])).ranks, inA = midranks(a).ranks, inB = midranks(b).ranks;
  const placementsA = inA.map((r, i) => 1 - (all[i] - r) / n); // [m]
  const placementsB = inB.map((r, j) => (all[m + j] - r) / m); // [n]
  const area = placementsB.reduce((s, v) => s + v, 0) / n;
  const variance = sampleVariance(placementsA, area) / m + sampleVariance(placementsB, area) / n;
  return { auc: area, variance, interval: aucInterval(area, variance, level), placementsA, placementsB };
}

/** Symmetric interval, clipped to [0, 1]. */
export function aucInterval(area: number, variance: number, level: number): [number, number] {
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return [Math.max(0, area - half), Math.min(1, area + half)];
}

function sampleVariance(values: Float64Array, mean: number): number {
  return values.reduce((s, v) => s + (v - mean) ** 2, 0) / (values.length - 1);
}
