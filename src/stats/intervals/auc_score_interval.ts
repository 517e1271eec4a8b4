import type { IntervalOptions } from "./delong.ts";
import { normalQuantile } from "../distributions/normal_quantile.ts";
import { InputError } from "../../input_error.ts";

/**
 * Interval of an AUC by the score method (Newcombe 2006, Stat Med 25:559, method 5): all AUC values from which the
 * observed one is at most z standard errors away, with the variance of Hanley and McNeil at that value. The interval
 * stays within [0, 1]. Unlike DeLong's or a bootstrap interval, this one does not shrink to a point if the groups do
 * not overlap. `sizes` are numbers of heads, or effective numbers (smaller, not always whole) if patients contribute
 * two heads.
 *
 * @throws {InputError} unless the AUC is in [0, 1] and both sizes are at least 1.
 */
export function aucScoreInterval(
  auc: number,
  sizes: readonly [number, number],
  { level = 0.95 }: IntervalOptions = {},
): [number, number] {
  const [m, n] = sizes;
  if (!(auc >= 0 && auc <= 1) || !(m >= 1 && n >= 1)) {
    throw new InputError(
      `Cannot form an interval of an AUC: the AUC must be in [0, 1] and sizes at least 1, got ${auc}, ${m}, ${n}`,
    );
  }
  const z = normalQuantile((1 + level) / 2), extra = (m + n) / 2 - 1;
  const reaches = (t: number) => {
    const variance = t * (1 - t) * (1 + extra * ((1 - t) / (2 - t) + t / (1 + t))) / (m * n);
    return Math.abs(auc - t) <= z * Math.sqrt(variance);
  };
  return [auc === 0 ? 0 : edge(auc, 0, reaches), auc === 1 ? 1 : edge(auc, 1, reaches)];
}

/** The last point between `from` and `to` for which `reaches` is true, by bisection. */
function edge(from: number, to: number, reaches: (t: number) => boolean): number {
  let inside = from, outside = to;
  for (let i = 0; i < 80; i++) {
    const middle = (inside + outside) / 2;
    if (reaches(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
