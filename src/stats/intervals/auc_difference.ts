import { ascendingOrder } from "../../array/midranks.ts";
import { clusterBootstrap } from "./cluster_bootstrap.ts";
import { InputError } from "../../input_error.ts";

/** Result of {@linkcode aucDifference}. */
export interface AucDifference {
  /** AUC of the first score. */
  readonly first: number;
  /** AUC of the second score. */
  readonly second: number;
  /** first - second. */
  readonly difference: number;
  /**
   * BCa interval of the difference; each bootstrap sample of whole clusters is used for both scores. Null if it cannot
   * be computed, for example from a single cluster.
   */
  readonly interval: readonly [number, number] | null;
}

/**
 * Compares how well two scores separate the same two groups of heads: the difference of their AUCs with a paired
 * cluster bootstrap interval.
 *
 * @example
 * ```ts
 * import { aucDifference } from "@caput/caput";
 * import { assertEquals } from "@std/assert";
 *
 * const diseased = { positive: [0, 0, 1, 1], cluster: ["p", "q", "r", "s"] };
 * assertEquals(aucDifference([1, 2, 3, 4], [1, 4, 2, 3], diseased).difference, 0.5);
 * ```
 *
 * @throws {TypeError} if the lengths differ. @throws {InputError} if a group is empty or a score is NaN.
 */
export function aucDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { positive, cluster, bootstraps = 2000, seed = 1, level = 0.95 }: {
    /** 1 for the heads of the group that is expected to have the higher scores, 0 for the others. */
    positive: ArrayLike<number>; // [n]
    /** Cluster (patient) of each head. */
    cluster: ArrayLike<string | number>; // [n]
    /** Number of bootstrap samples. @default {2000} */
    bootstraps?: number;
    /** Random seed. @default {1} */
    seed?: number;
    /** Coverage of the interval. @default {0.95} */
    level?: number;
  },
): AucDifference {
  const n = positive.length;
  if (first.length !== n || second.length !== n || cluster.length !== n) {
    throw new TypeError(
      `Cannot compare AUCs: lengths must be equal, got ${first.length}, ${second.length}, ${n} and ${cluster.length}`,
    );
  }
  const one = ascendingOrder(first), two = ascendingOrder(second);
  const everyOne = new Float64Array(n).fill(1);
  const a = weightedAuc(first, one, { positive, weight: everyOne });
  const b = weightedAuc(second, two, { positive, weight: everyOne });
  if (a === null || b === null) {
    throw new InputError("Cannot compare AUCs: both groups need at least one head");
  }
  const { interval } = clusterBootstrap((weight) => {
    const p = weightedAuc(first, one, { positive, weight });
    return p === null ? null : p - weightedAuc(second, two, { positive, weight })!;
  }, { cluster, bootstraps, seed, level });
  return { first: a, second: b, difference: a - b, interval };
}

/**
 * Weighted AUC, or null if a group has no weight.
 *
 * @param order indices of the values in ascending order of value
 */
export function weightedAuc(
  values: ArrayLike<number>,
  order: Uint32Array,
  { positive, weight }: { positive: ArrayLike<number>; weight: Float64Array },
): number | null {
  let below = 0, above = 0, sum = 0;
  for (let start = 0; start < order.length;) {
    let runNegative = 0, runPositive = 0, end = start;
    do {
      const i = order[end];
      if (positive[i]) runPositive += weight[i];
      else runNegative += weight[i];
      end++;
    } while (end < order.length && values[order[end]] === values[order[start]]);
    sum += runPositive * (below + runNegative / 2);
    below += runNegative;
    above += runPositive;
    start = end;
  }
  return below > 0 && above > 0 ? sum / (below * above) : null;
}
