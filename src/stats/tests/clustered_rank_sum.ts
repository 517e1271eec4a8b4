import { ascendingOrder } from "../../array/midranks.ts";
import { checkSample } from "../samples/check_sample.ts";
import { encodeLabels } from "../samples/encode_labels.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { pool } from "../samples/pool.ts";
import { InputError } from "../../input_error.ts";

/** Cluster labels, one per value. */
export interface ClusterLabels {
  /** Cluster of each value of the first group. */
  clusterA: ArrayLike<string | number>;
  /** Cluster of each value of the second group. */
  clusterB: ArrayLike<string | number>;
}

/** Result of {@linkcode clusteredRankSum}. */
export interface ClusteredRankSum {
  /**
   * Expected rank sum of group b when one value of each cluster is drawn at random, divided by the number of clusters
   * plus 1.
   */
  readonly s: number;
  /** Expected value of s if the groups do not differ. */
  readonly expected: number;
  /** Variance of s. */
  readonly variance: number;
  /** (s - expected) / sqrt(variance); above 0 if values of b tend to be higher. */
  readonly z: number;
  /** Two-sided p-value, asymptotic in the number of clusters. */
  readonly p: number;
  /** Number of clusters (patients). */
  readonly clusters: number;
}

/**
 * Rank-sum test for clustered data, where a cluster may contain both groups and cluster sizes may be informative (Datta
 * and Satten 2005, JASA 100:908, sections 2 and 3). Ties are handled by mid-distribution functions: the share of values
 * below, plus half the share of equal values. All values equal: z = 0, p = 1.
 *
 * @example
 * ```ts
 * import { clusteredRankSum } from "@caput/caput";
 * import { assert } from "@std/assert";
 *
 * const patients = { clusterA: ["p", "p", "q"], clusterB: ["r", "s", "s"] };
 * assert(clusteredRankSum([1, 2, 4], [3, 5, 6], patients).z > 0);
 * ```
 *
 * @throws {InputError} if a group is empty, a value is not finite, there are fewer than two clusters, or the groups
 * differ but the variance between clusters is 0.
 * @throws {TypeError} if there are more or fewer cluster labels than values.
 */
export function clusteredRankSum(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { clusterA, clusterB }: ClusterLabels,
): ClusteredRankSum {
  checkSample("the clustered rank sum", a, { name: "the first sample" });
  checkSample("the clustered rank sum", b, { name: "the second sample" });
  const values = pool([a, b]); // [n], group b from a.length on
  const { codes, size: m } = encodeLabels([clusterA, clusterB], [a.length, b.length]);
  if (m < 2) {
    throw new InputError(`Cannot compute the clustered rank sum: at least 2 clusters are needed, got ${m}`);
  }
  const members = new Float64Array(m), inB = new Float64Array(m); // [clusters]
  for (let i = 0; i < values.length; i++) {
    members[codes[i]]++;
    if (i >= a.length) inB[codes[i]]++;
  }
  const share = inB.map((v, c) => v / members[c]); // n_i1 / n_i
  const sumShare = share.reduce((p, q) => p + q, 0);
  const { pooled, weighted } = midDistributions(values, codes, members);
  const within = distributionWithin(values, codes, members);
  let s = 0;
  for (let i = a.length; i < values.length; i++) s += (1 + weighted[i] - within[i]) / members[codes[i]];
  s /= m + 1;
  const w = new Float64Array(m); // W-hat of each cluster
  for (let i = 0; i < values.length; i++) {
    const c = codes[i], others = sumShare - share[c];
    w[c] += ((i >= a.length ? m - 1 : 0) - others) * pooled[i] / (members[c] * (m + 1));
  }
  let variance = 0;
  for (let c = 0; c < m; c++) variance += (w[c] - m / (2 * (m + 1)) * (share[c] - sumShare / m)) ** 2;
  const gap = s - sumShare / 2;
  // If every term cancels (all values tied, or all clusters alike), only rounding errors of about 1e-16 remain.
  const noVariance = variance <= 1e-26 * m;
  if (noVariance && Math.abs(gap) > 1e-9 * m) {
    throw new InputError(
      `Cannot compute the clustered rank sum: the ${m} clusters have no variance to compare the difference with`,
    );
  }
  const z = noVariance ? 0 : gap / Math.sqrt(variance);
  const p = Math.min(1, 2 * normalTail(Math.abs(z)));
  return { s, expected: sumShare / 2, variance: noVariance ? 0 : variance, z, p, clusters: m };
}

/**
 * Mid-distribution function at each value: of all heads (`pooled`), and the sum of the clusters' mid-distribution
 * functions (`weighted`).
 */
function midDistributions(values: Float64Array, codes: Int32Array, members: Float64Array) {
  const n = values.length, order = ascendingOrder(values);
  const pooled = new Float64Array(n), weighted = new Float64Array(n);
  let below = 0;
  for (let start = 0; start < n;) {
    let end = start, tied = 0;
    while (end < n && values[order[end]] === values[order[start]]) tied += 1 / members[codes[order[end++]]];
    for (let k = start; k < end; k++) {
      pooled[order[k]] = (start + end) / 2 / n;
      weighted[order[k]] = below + tied / 2;
    }
    below += tied;
    start = end;
  }
  return { pooled, weighted };
}

/** Mid-distribution function of each value's own cluster, at that value. */
function distributionWithin(values: Float64Array, codes: Int32Array, members: Float64Array): Float64Array {
  const cluster: number[][] = Array.from(members, () => []);
  codes.forEach((c, i) => cluster[c].push(i));
  return values.map((v, i) => {
    let below = 0;
    for (const k of cluster[codes[i]]) below += values[k] < v ? 1 : values[k] === v ? 0.5 : 0;
    return below / members[codes[i]];
  });
}
