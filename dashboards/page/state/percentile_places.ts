import { type Percentile, percentileOf, standing } from "../../../src/normative/percentile_of.ts";
import type { Deviations } from "./store.ts";

/**
 * Percentiles of many values among ascending reference values; NaN for missing values. The intervals take far longer to
 * compute, so each is computed only on demand, and once for all heads of the same rank.
 */
export function percentilePlaces(
  value: Float64Array,
  reference: Float64Array,
): Pick<Deviations, "percentile" | "percentileInterval"> {
  const n = reference.length;
  const known = new Map<number, Percentile["percentileInterval"]>();
  return {
    percentile: value.map((at) => {
      if (n === 0 || !Number.isFinite(at)) return NaN;
      const { below, upTo } = standing(at, reference);
      return (100 * (below + upTo)) / (2 * n);
    }),
    percentileInterval(head) {
      const at = value[head];
      if (n === 0 || !Number.isFinite(at)) return [NaN, NaN];
      const { below, upTo } = standing(at, reference);
      const rank = below * (n + 1) + upTo;
      const interval = known.get(rank) ?? percentileOf(at, reference).percentileInterval;
      known.set(rank, interval);
      return interval;
    },
  };
}
