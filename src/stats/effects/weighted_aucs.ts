import { ascendingOrder } from "../../array/midranks.ts";

/** Groups and clusters sorted by value, so that weighted AUCs can be computed many times. */
export interface AucLayout {
  /** Number of groups. */
  readonly k: number;
  /** Number of clusters. */
  readonly clusters: number;
  /** Group of each head, in ascending order of value. */
  readonly group: Uint16Array; // [n]
  /** Cluster of each head, in ascending order of value. */
  readonly cluster: Int32Array; // [n]
  /** 1 where the next value in ascending order is equal. */
  readonly tied: Uint8Array; // [n]
}

/** Sorts the values once for many calls of {@linkcode weightedAucs}. */
export function layOutAucs(
  values: ArrayLike<number>,
  { group, cluster, k, clusters }: { group: Int32Array; cluster: Int32Array; k: number; clusters: number },
): AucLayout {
  const order = ascendingOrder(values), n = order.length;
  const tied = new Uint8Array(n);
  for (let i = 0; i + 1 < n; i++) tied[i] = values[order[i]] === values[order[i + 1]] ? 1 : 0;
  return {
    k,
    clusters,
    group: Uint16Array.from(order, (i) => group[i]),
    cluster: Int32Array.from(order, (i) => cluster[i]),
    tied,
  };
}

/**
 * Computes every pairwise AUC in one pass over the sorted heads, with each cluster counted `weight[cluster]` times.
 * `out[g * k + h]` becomes P(h > g) + P(h = g) / 2, or NaN if g or h has no weight; the caller must handle NaN.
 *
 * @param weight [clusters]; 16-bit numbers, because a small array stays in the processor's cache: much faster with 10^5
 * heads
 * @param out [k, k]
 */
export function weightedAucs(layout: AucLayout, weight: Uint16Array, out: Float64Array): void {
  const { k, group, cluster, tied } = layout, n = group.length;
  // Weight of each group below the current value, and in the current run of tied values.
  const below = new Float64Array(k), run = new Float64Array(k);
  out.fill(0);
  let open = false; // whether the run continues with the next value
  for (let i = 0; i < n; i++) {
    const w = weight[cluster[i]], h = group[i];
    if (!open && tied[i] === 0) {
      if (w === 0) continue;
      for (let g = 0; g < k; g++) out[g * k + h] += w * below[g];
      below[h] += w;
      continue;
    }
    run[h] += w;
    open = tied[i] === 1;
    if (open) continue;
    for (let b = 0; b < k; b++) {
      if (run[b] === 0) continue;
      for (let g = 0; g < k; g++) out[g * k + b] += run[b] * (below[g] + run[g] / 2);
    }
    for (let g = 0; g < k; g++) {
      below[g] += run[g];
      run[g] = 0;
    }
  }
  for (let g = 0; g < k; g++) for (let h = 0; h < k; h++) out[g * k + h] /= below[g] * below[h];
}
