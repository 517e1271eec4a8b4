import { midranks } from "../../array/midranks.ts";
import { auc } from "../effects/auc.ts";
import { checkSample } from "../samples/check_sample.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { pool } from "../samples/pool.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode jonckheereTerpstra}. */
export interface JonckheereTerpstra {
  /** Number of pairs of values in which the later group has the higher value; ties count half. */
  readonly j: number;
  /** Above 0 if values rise with the order of groups. */
  readonly z: number;
  /** Two-sided p-value, asymptotic. */
  readonly p: number;
}

/**
 * Trend over ordered groups (Jonckheere 1954; Terpstra 1952), with the tie-corrected variance (Lehmann 1975,
 * Nonparametrics, equation 5.40 and Hollander and Wolfe 1999, equation 6.19) and no continuity correction. All values
 * equal: z = 0, p = 1.
 *
 * @throws {InputError} if there are fewer than two groups, one is empty, or a value is not finite.
 */
export function jonckheereTerpstra(groups: readonly ArrayLike<number>[]): JonckheereTerpstra {
  if (groups.length < 2) {
    throw new InputError(
      `Cannot compute Jonckheere-Terpstra: at least 2 groups are needed, got ${groups.length}`,
    );
  }
  groups.forEach((g, i) => checkSample("Jonckheere-Terpstra", g, { name: `group ${i}` }));
  let j = 0;
  for (let a = 0; a < groups.length; a++) {
    for (let b = a + 1; b < groups.length; b++) {
      j += Math.round(auc(groups[a], groups[b]) * groups[a].length * groups[b].length * 2) / 2;
    }
  }
  const values = pool(groups), runs = midranks(values).runs;
  if (runs.length === 1) return { j, z: 0, p: 1 };
  const sizes = groups.map((g) => g.length);
  const { mean, variance } = jonckheereMoments(sizes, runs);
  const z = (j - mean) / Math.sqrt(variance);
  return { j, z, p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}

/** Mean and variance of J from the sizes of groups and tied runs. */
function jonckheereMoments(sizes: ArrayLike<number>, runs: ArrayLike<number>) {
  const n = Array.from(sizes).reduce((s, v) => s + v, 0);
  const over = (list: ArrayLike<number>, f: (v: number) => number) =>
    Array.from(list).reduce((s, v) => s + f(v), 0);
  const two = (v: number) => v * (v - 1), three = (v: number) => two(v) * (v - 2);
  const five = (v: number) => two(v) * (2 * v + 5);
  const mean = (n * n - over(sizes, (v) => v * v)) / 4;
  let variance = (five(n) - over(sizes, five) - over(runs, five)) / 72 +
    over(sizes, two) * over(runs, two) / (8 * two(n));
  if (n > 2) variance += over(sizes, three) * over(runs, three) / (36 * three(n));
  return { mean, variance };
}
