import { seededPrng } from "../../array/seeded_prng.ts";
import { bcaInterval } from "./bca_interval.ts";
import { jackknifeGroups } from "./jackknife_groups.ts";
import { encodeLabels } from "../samples/encode_labels.ts";
import { InputError } from "../../input_error.ts";

/** Options of {@linkcode clusterBootstrap}. */
export interface ClusterBootstrapOptions {
  /** Cluster of each value; whole clusters are resampled. */
  cluster: ArrayLike<string | number>; // [n]
  /** Number of bootstrap samples. @default {2000} */
  bootstraps?: number;
  /** Random seed. @default {1} */
  seed?: number;
  /** Coverage of the interval. @default {0.95} */
  level?: number;
}

/** Result of {@linkcode clusterBootstrap}. */
export interface ClusterBootstrap {
  /** The statistic of the sample itself. */
  readonly estimate: number;
  /**
   * BCa interval; null if there are fewer than two clusters, or the statistic is undefined for every bootstrap sample,
   * or is defined for fewer than two leave-one-out samples.
   */
  readonly interval: readonly [number, number] | null;
}

/**
 * BCa interval of any statistic, resampling whole clusters. The statistic receives how often each value counts
 * (`weight` [n]) and returns a number, or null if it is undefined for a resample, which is then skipped. Clusters are
 * left out one at a time for the interval's acceleration, or in sets of several clusters if there are more than 5000
 * (see `jackknifeGroups`).
 *
 * @throws {InputError} if the statistic is undefined for the sample itself.
 */
export function clusterBootstrap(
  statistic: (weight: Float64Array) => number | null,
  { cluster, bootstraps = 2000, seed = 1, level = 0.95 }: ClusterBootstrapOptions,
): ClusterBootstrap {
  const { codes, size } = encodeLabels([cluster], [cluster.length]);
  const weight = new Float64Array(codes.length);
  const count = new Float64Array(size).fill(1);
  const evaluate = () => {
    for (let i = 0; i < codes.length; i++) weight[i] = count[codes[i]];
    return statistic(weight);
  };
  const estimate = evaluate();
  if (estimate === null) {
    throw new InputError("Cannot bootstrap: the statistic is undefined for this sample");
  }
  if (size < 2) return { estimate, interval: null };
  const jackknife: number[] = [], replicates: number[] = [];
  const parts = jackknifeGroups(size);
  for (let g = 0; g < parts; g++) {
    for (let c = g; c < size; c += parts) count[c] = 0;
    const value = evaluate();
    count.fill(1);
    if (value !== null) jackknife.push(value);
  }
  const prng = seededPrng(seed);
  for (let b = 0; b < bootstraps; b++) {
    count.fill(0);
    for (let c = 0; c < size; c++) count[prng.integer(size)]++;
    const value = evaluate();
    if (value !== null) replicates.push(value);
  }
  if (jackknife.length < 2 || replicates.length === 0) return { estimate, interval: null };
  return {
    estimate,
    interval: bcaInterval(estimate, {
      replicates: Float64Array.from(replicates),
      jackknife: Float64Array.from(jackknife),
      level,
    }),
  };
}
