import { clusteredAuc } from "../../../src/stats/intervals/clustered_auc.ts";
import { clusteredRankSum } from "../../../src/stats/tests/clustered_rank_sum.ts";
import { median } from "../ui/format.ts";
import type { Store } from "../state/store.ts";

/** Comparison of the selection with all other shown heads. */
export interface SelectionStatistics {
  readonly n: number;
  readonly patients: number;
  readonly rest: number;
  readonly median: number;
  readonly restMedian: number;
  /** Probability that a selected head has a larger value than an unselected one; null if it cannot be computed. */
  readonly auc: number | null;
  /** 95 % interval of the AUC, clustered by patient. */
  readonly interval: readonly [number, number] | null;
  /** p of the rank-sum test clustered by patient. */
  readonly p: number | null;
}

/**
 * Values of the selected heads compared with those of all other shown heads, clustered by patient; null if no head is
 * selected. This is exploratory: the selection was made by looking at the same data, so the p-value is not evidence.
 */
export function selectionStatistics(
  { study, deviations, selection, shown }: Store,
): SelectionStatistics | null {
  if (!selection) return null;
  const patient = study.text("patient");
  const heads = Array.from(shown.keys()).filter((i) => shown[i]);
  const chosen = heads.filter((i) => selection[i]);
  const rest = heads.filter((i) => !selection[i]);
  const values = (list: number[]) => Float64Array.from(list, (i) => deviations.value[i]);
  const clusters = (list: number[]) => list.map((i) => patient[i] || String(i));
  const summary = {
    n: chosen.length,
    patients: new Set(clusters(chosen)).size,
    rest: rest.length,
    median: median(values(chosen)),
    restMedian: median(values(rest)),
  };
  try {
    const labels = { clusterA: clusters(rest), clusterB: clusters(chosen) };
    const area = clusteredAuc(values(rest), values(chosen), labels);
    const { p } = clusteredRankSum(values(rest), values(chosen), labels);
    return { ...summary, auc: area.auc, interval: area.interval, p };
  } catch {
    return { ...summary, auc: null, interval: null, p: null }; // too few heads or patients for a comparison
  }
}
