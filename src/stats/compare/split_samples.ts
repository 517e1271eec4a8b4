import type { ComparisonColumns } from "./read_comparison.ts";

/** Values of one group and the cluster of each. */
export interface Sample {
  readonly label: string;
  /** Index of the group. */
  readonly index: number;
  readonly values: Float64Array; // [n]
  readonly cluster: Int32Array; // [n]
  /** Number of different clusters. */
  readonly clusters: number;
}

/** The values of each group in order, with their clusters. */
export function splitSamples({ labels, group, cluster }: ComparisonColumns, values: Float64Array): Sample[] {
  return labels.map((label, index) => {
    const inside = (_: number, i: number) => group[i] === index;
    const inGroup = cluster.filter(inside);
    return { label, index, values: values.filter(inside), cluster: inGroup, clusters: new Set(inGroup).size };
  });
}
