import { seededPrng } from "../../array/seeded_prng.ts";
import { aucScoreInterval } from "./auc_score_interval.ts";
import { bcaInterval } from "./bca_interval.ts";
import { jackknifeGroups } from "./jackknife_groups.ts";
import { layOutAucs, weightedAucs } from "../effects/weighted_aucs.ts";

/** Options of {@linkcode bootstrapAucs}. */
export interface BootstrapAucsOptions {
  /** Group of each head, 0 to k - 1. */
  group: Int32Array; // [n]
  k: number;
  /** Cluster (patient) of each head, 0 to clusters - 1. */
  cluster: Int32Array; // [n]
  clusters: number;
  /** Number of bootstrap samples. @default {10000} */
  bootstraps?: number;
  /** Random seed. @default {1} */
  seed?: number;
  /** Coverage of the intervals. @default {0.95} */
  level?: number;
}

/**
 * BCa interval of every pairwise AUC, resampling whole clusters. Each resample is used for all pairs, so ten pairs cost
 * little more than one. `[g][h]` is the interval of P(h > g) + P(h = g) / 2, or null if g = h or a group is in fewer
 * than two clusters. Resamples without any head of a group are skipped for the pairs of that group. If two groups do
 * not overlap, their AUC is the same in every resample; Newcombe's interval for the number of clusters is returned
 * instead, because it does not shrink to a point. The acceleration is estimated by leaving out one cluster at a time,
 * or, if there are more than 5000, one set of clusters at a time (see `jackknifeGroups`).
 */
export function bootstrapAucs(
  values: ArrayLike<number>,
  { group, k, cluster, clusters, bootstraps = 10_000, seed = 1, level = 0.95 }: BootstrapAucsOptions,
): ([number, number] | null)[][] {
  const layout = layOutAucs(values, { group, cluster, k, clusters });
  const estimate = new Float64Array(k * k), out = new Float64Array(k * k);
  const weight = new Uint16Array(clusters).fill(1);
  weightedAucs(layout, weight, estimate);
  const { present, count } = groupsOfClusters({ group, cluster, k, clusters });

  const leftOut: number[][] = Array.from(estimate, () => []);
  const parts = jackknifeGroups(clusters), inside = new Uint8Array(k);
  for (let part = 0; part < parts; part++) {
    inside.fill(0);
    for (let c = part; c < clusters; c += parts) {
      weight[c] = 0;
      for (let g = 0; g < k; g++) inside[g] |= present[c * k + g];
    }
    weightedAucs(layout, weight, out);
    weight.fill(1);
    for (let g = 0; g < k; g++) {
      for (let h = g + 1; h < k; h++) {
        const at = g * k + h; // NaN if a whole group is left out
        if ((inside[g] || inside[h]) && out[at] === out[at]) leftOut[at].push(out[at]);
      }
    }
  }

  const prng = seededPrng(seed);
  const drawn = Array.from(estimate, () => new Float64Array(bootstraps)), filled = new Int32Array(k * k);
  for (let b = 0; b < bootstraps; b++) {
    weight.fill(0);
    for (let c = 0; c < clusters; c++) weight[prng.integer(clusters)]++;
    weightedAucs(layout, weight, out);
    for (let g = 0; g < k; g++) {
      for (let h = g + 1; h < k; h++) {
        const at = g * k + h;
        if (out[at] === out[at]) drawn[at][filled[at]++] = out[at]; // NaN if the resample lacks one of the groups
      }
    }
  }

  const interval = (g: number, h: number): [number, number] | null => {
    const at = g * k + h;
    if (g === h || count[g] < 2 || count[h] < 2 || filled[at] === 0) return null;
    if (estimate[at] === 0 || estimate[at] === 1) {
      return aucScoreInterval(estimate[at], [count[g], count[h]], { level });
    }
    if (leftOut[at].length < 2) return null;
    const replicates = drawn[at].subarray(0, filled[at]);
    return bcaInterval(estimate[at], { replicates, jackknife: Float64Array.from(leftOut[at]), level });
  };
  return Array.from({ length: k }, (_, g) =>
    Array.from({ length: k }, (_, h) => {
      if (g < h) return interval(g, h);
      const mirrored = interval(h, g);
      return mirrored && [1 - mirrored[1], 1 - mirrored[0]];
    }));
}

/** The groups that occur in each cluster, and the number of clusters of each group. */
function groupsOfClusters(
  { group, cluster, k, clusters }: { group: Int32Array; cluster: Int32Array; k: number; clusters: number },
) {
  const present = new Uint8Array(clusters * k), count = new Int32Array(k); // [clusters, k], [k]
  for (let i = 0; i < group.length; i++) {
    const at = cluster[i] * k + group[i];
    if (present[at]) continue;
    present[at] = 1;
    count[group[i]]++;
  }
  return { present, count };
}
