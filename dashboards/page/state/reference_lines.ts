import type { ReferenceLine } from "../../../src/figures/deviation_by_grade.ts";
import type { Store } from "./store.ts";

/** The 50th, 95th and 99th percentile of the reference heads; none if there are fewer than 20 such heads. */
export function referenceLines({ deviations: { reference } }: Store): ReferenceLine[] {
  if (reference.length < 20) return [];
  return [50, 95, 99].map((percent) => ({
    value: reference[Math.min(reference.length - 1, Math.ceil((percent / 100) * reference.length) - 1)],
    label: percent === 50 ? "median" : `${percent} %`,
  }));
}
