import { quantile } from "../../array/quantile.ts";
import type { ComparedGroup } from "./comparison.ts";
import { meanAndSquares } from "../effects/hedges_g.ts";
import type { ComparisonColumns } from "./read_comparison.ts";
import { type Sample, splitSamples } from "./split_samples.ts";

/**
 * Size, median, quartiles, mean, standard deviation and range of each group before adjustment, and the adjusted median
 * if there are covariates.
 */
export function describeGroups(columns: ComparisonColumns, adjusted: Sample[] | null): ComparedGroup[] {
  return splitSamples(columns, columns.values).map(({ label, index, values, clusters }) => {
    const sorted = values.slice().sort(), n = sorted.length;
    const [mean, squares] = meanAndSquares(values);
    const at = (p: number) => quantile(sorted, p, { sorted: true });
    return {
      group: label,
      n,
      clusters,
      median: at(0.5),
      q1: at(0.25),
      q3: at(0.75),
      mean,
      sd: Math.sqrt(squares / (n - 1)),
      min: sorted[0],
      max: sorted[n - 1],
      ...(adjusted ? { adjustedMedian: quantile(adjusted[index].values, 0.5) } : {}),
    };
  });
}
