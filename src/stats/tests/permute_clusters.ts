import { midranks } from "../../array/midranks.ts";
import { type Prng, seededPrng } from "../../array/seeded_prng.ts";
import { layOutAucs, weightedAucs } from "../effects/weighted_aucs.ts";

/** Options of {@linkcode permuteClusters}. */
export interface PermuteClustersOptions {
  /** Group of each value. */
  group: Int32Array; // [n], 0 to k - 1
  /** Number of groups. */
  k: number;
  /** Cluster of each value. */
  cluster: Int32Array; // [n], 0 to clusters - 1
  /** Number of clusters. */
  clusters: number;
  /** Number of permutations. @default {9999} */
  permutations?: number;
  /** Random seed. @default {1} */
  seed?: number;
}

/**
 * Result of {@linkcode permuteClusters}. Each p is (1 + permutations at least as extreme) / (1 + permutations), so
 * never 0.
 */
export interface ClusterPermutation {
  /** p of the Kruskal-Wallis statistic. */
  readonly omnibusP: number;
  /** Two-sided p of the Jonckheere-Terpstra statistic. */
  readonly trendP: number;
}

/**
 * Permutation test of group differences that keeps clusters together: clusters of equal size exchange their sets of
 * group labels, and the labels are shuffled within each cluster. Exact for any number of clusters if, under the null
 * hypothesis, clusters of equal size are exchangeable, and so are the heads of a cluster.
 */
export function permuteClusters(
  values: ArrayLike<number>,
  { group, k, cluster, clusters, permutations = 9999, seed = 1 }: PermuteClustersOptions,
): ClusterPermutation {
  const n = values.length, ranks = midranks(values).ranks;
  const size = new Int32Array(k);
  for (const g of group) size[g]++;
  const everyOne = new Uint16Array(n).fill(1), aucs = new Float64Array(k * k);
  // Each head is its own cluster in the layout, so `layout.cluster` is the head at each position of the layout.
  const heads = Int32Array.from({ length: n }, (_, i) => i);
  const layout = layOutAucs(values, { group, cluster: heads, k, clusters: n });
  const statistics = (labels: ArrayLike<number>): [spread: number, trend: number] => {
    const sums = new Float64Array(k);
    for (let i = 0; i < n; i++) sums[labels[i]] += ranks[i];
    let spread = 0, trend = 0;
    for (let g = 0; g < k; g++) spread += (sums[g] - size[g] * (n + 1) / 2) ** 2 / size[g];
    for (let i = 0; i < n; i++) layout.group[i] = labels[layout.cluster[i]];
    weightedAucs(layout, everyOne, aucs);
    for (let g = 0; g < k; g++) {
      for (let h = g + 1; h < k; h++) trend += (aucs[g * k + h] - 0.5) * size[g] * size[h];
    }
    return [spread, Math.abs(trend)];
  };
  const [spread, trend] = statistics(group);
  const shuffle = labelShuffler({ group, cluster, clusters, prng: seededPrng(seed) });
  let farSpread = 1, farTrend = 1;
  for (let b = 0; b < permutations; b++) {
    const [s, t] = statistics(shuffle());
    if (s >= spread * (1 - 1e-12)) farSpread++;
    if (t >= trend - 1e-9 * (1 + trend)) farTrend++;
  }
  return { omnibusP: farSpread / (1 + permutations), trendP: farTrend / (1 + permutations) };
}

/**
 * Draws random labellings: Fisher-Yates shuffle among clusters of equal size, then within each cluster. Labels are kept
 * in small arrays, one for each size of cluster, because random access to large ones would take most of the time.
 */
function labelShuffler(
  { group, cluster, clusters, prng }: {
    group: Int32Array;
    cluster: Int32Array;
    clusters: number;
    prng: Prng;
  },
): () => Uint16Array {
  const members: number[][] = Array.from({ length: clusters }, () => []);
  cluster.forEach((c, i) => members[c].push(i));
  const classes = [...Map.groupBy(members, (list) => list.length)].map(([size, lists]) => ({
    size,
    /** Heads of each cluster of this size, and their groups. */
    heads: Int32Array.from(lists.flat()), // [lists.length, size]
    groups: Uint16Array.from(lists.flat(), (i) => group[i]), // [lists.length, size]
    sources: new Int32Array(lists.length),
  }));
  const labels = new Uint16Array(group.length);
  return () => {
    for (const { size, heads, groups, sources } of classes) {
      for (let i = 0; i < sources.length; i++) sources[i] = i;
      for (let i = sources.length - 1; i >= 0; i--) {
        const pick = prng.integer(i + 1), source = size * sources[pick], target = size * i;
        sources[pick] = sources[i];
        for (let s = 0; s < size; s++) labels[heads[target + s]] = groups[source + s];
        for (let s = size - 1; s > 0; s--) {
          const one = heads[target + s], other = heads[target + prng.integer(s + 1)];
          const label = labels[one];
          labels[one] = labels[other];
          labels[other] = label;
        }
      }
    }
    return labels;
  };
}
