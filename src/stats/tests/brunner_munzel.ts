import { midranks } from "../../array/midranks.ts";
import { checkSample } from "../samples/check_sample.ts";
import { pool } from "../samples/pool.ts";
import { tTail } from "../distributions/t_tail.ts";

/** Result of {@linkcode brunnerMunzel}. */
export interface BrunnerMunzel {
  /** Test statistic; above 0 if values of b tend to be higher; infinite if the samples do not overlap. */
  readonly statistic: number;
  /** Degrees of freedom. */
  readonly df: number;
  /** Two-sided p-value from Student's t. */
  readonly p: number;
  /** P(b > a) + P(b = a) / 2. */
  readonly estimate: number;
}

/**
 * Brunner and Munzel's test (2000, Biometrical Journal 42:17) of P(b > a) + P(b = a) / 2 = 1/2, which allows unequal
 * spread. If the placements (see `Delong`) do not vary, the limit of the formula is returned: p = 1 for equal
 * constants, p = 0 for samples that do not overlap.
 *
 * @throws {InputError} if a sample has fewer than two values or one that is not finite.
 */
export function brunnerMunzel(a: ArrayLike<number>, b: ArrayLike<number>): BrunnerMunzel {
  checkSample("Brunner-Munzel", a, { least: 2, name: "the first sample" });
  checkSample("Brunner-Munzel", b, { least: 2, name: "the second sample" });
  const m = a.length, n = b.length, all = midranks(pool([a, b])).ranks;
  const one = placements(all.subarray(0, m), midranks(a).ranks);
  const two = placements(all.subarray(m), midranks(b).ranks);
  const estimate = (two.mean - (n + 1) / 2) / m;
  const pooled = m * one.variance + n * two.variance;
  if (pooled === 0) {
    const apart = estimate === 0.5 ? 0 : estimate > 0.5 ? Infinity : -Infinity;
    return { statistic: apart, df: m + n - 2, p: apart === 0 ? 1 : 0, estimate };
  }
  const statistic = m * n * (two.mean - one.mean) / ((m + n) * Math.sqrt(pooled));
  const df = pooled ** 2 / ((m * one.variance) ** 2 / (m - 1) + (n * two.variance) ** 2 / (n - 1));
  return { statistic, df, p: Math.min(1, 2 * tTail(Math.abs(statistic), df)), estimate };
}

/** Mean of the pooled ranks and variance of pooled minus within-group ranks. */
function placements(pooled: Float64Array, within: Float64Array) {
  const n = within.length, mean = pooled.reduce((s, v) => s + v, 0) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (pooled[i] - within[i] - mean + (n + 1) / 2) ** 2;
  return { mean, variance: squares / (n - 1) };
}
