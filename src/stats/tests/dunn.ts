import { midranks } from "../../array/midranks.ts";
import { type Adjustment, adjustP } from "../correction/adjust_p.ts";
import { checkSample } from "../samples/check_sample.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { pool } from "../samples/pool.ts";
import { InputError } from "../../input_error.ts";

/** One pair of {@linkcode dunn}. */
export interface DunnPair {
  /** Index of the first group. */
  readonly i: number;
  /** Index of the second group. */
  readonly j: number;
  /** Test statistic; above 0 if group j ranks higher. */
  readonly z: number;
  /** Two-sided p-value. */
  readonly p: number;
  /** p after correction over all pairs. */
  readonly pAdjusted: number;
}

/**
 * Dunn's pairwise comparisons of mean ranks after Kruskal-Wallis, over the ranks of all groups, tie-corrected
 * (Dunn 1964, Technometrics 6:241). All values equal: every z = 0, p = 1.
 *
 * @throws {InputError} if there are fewer than two groups, one is empty, or a value is not finite.
 */
export function dunn(
  groups: readonly ArrayLike<number>[],
  { adjust = "holm" }: { adjust?: Adjustment } = {},
): DunnPair[] {
  if (groups.length < 2) {
    throw new InputError(`Cannot compute Dunn's test: at least 2 groups are needed, got ${groups.length}`);
  }
  groups.forEach((g, i) => checkSample("Dunn's test", g, { name: `group ${i}` }));
  const { ranks, tieSum } = midranks(pool(groups));
  const total = ranks.length;
  let at = 0;
  const meanRanks = groups.map((g) => {
    let sum = 0;
    for (let i = 0; i < g.length; i++) sum += ranks[at++];
    return sum / g.length;
  });
  const tied = tieSum === total ** 3 - total;
  const spread = total * (total + 1) / 12 - tieSum / (12 * (total - 1));
  const pairs: { i: number; j: number; z: number; p: number }[] = [];
  for (let i = 0; i < groups.length; i++) {
    for (let j = i + 1; j < groups.length; j++) {
      const se = Math.sqrt(spread * (1 / groups[i].length + 1 / groups[j].length));
      const z = tied ? 0 : (meanRanks[j] - meanRanks[i]) / se;
      pairs.push({ i, j, z, p: Math.min(1, 2 * normalTail(Math.abs(z))) });
    }
  }
  const adjusted = adjustP(pairs.map((v) => v.p), { method: adjust });
  return pairs.map((v, k) => ({ ...v, pAdjusted: adjusted[k] }));
}
