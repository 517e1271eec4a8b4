import { quantile } from "../../array/quantile.ts";
import type { IntervalOptions } from "./delong.ts";
import { normalQuantile } from "../distributions/normal_quantile.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { InputError } from "../../input_error.ts";

/**
 * Bias-corrected and accelerated bootstrap interval (Efron 1987, JASA 82:171) from the estimate, its resampled values
 * and its leave-one-out values. As in SciPy, the bias comes from the share of replicates below the estimate (equal ones
 * count half), and quantiles are of type 7. If every replicate is on one side of the estimate, the correction is
 * undefined and the percentile interval is returned.
 *
 * @throws {InputError} if there are no replicates or fewer than two leave-one-out values.
 */
export function bcaInterval(
  estimate: number,
  { replicates, jackknife, level = 0.95 }: IntervalOptions & {
    replicates: Float64Array;
    jackknife: Float64Array;
  },
): [number, number] {
  if (replicates.length < 1 || jackknife.length < 2) {
    throw new InputError(
      "Cannot form a BCa interval: replicates and at least 2 leave-one-out values are needed, " +
        `got ${replicates.length} and ${jackknife.length}`,
    );
  }
  const sorted = Float64Array.from(replicates).sort(), count = sorted.length;
  let less = 0, lessOrEqual = 0;
  for (const v of sorted) {
    if (v < estimate) less++;
    if (v <= estimate) lessOrEqual++;
  }
  const bias = normalQuantile((less + lessOrEqual) / (2 * count));
  const acceleration = jackknifeSkew(jackknife) / 6;
  const at = (p: number) => {
    if (!Number.isFinite(bias)) return p;
    const z = bias + normalQuantile(p), stretch = 1 - acceleration * z;
    // From the pole of the correction on, the limit is the most extreme replicate.
    return stretch <= 0 ? (z < 0 ? 0 : 1) : normalTail(-(bias + z / stretch));
  };
  const tail = (1 - level) / 2;
  return [
    quantile(sorted, at(tail), { sorted: true }),
    quantile(sorted, at(1 - tail), { sorted: true }),
  ];
}

/**
 * Sum of the cubed leave-one-out deviations divided by the 3/2 power of their sum of squares; 0 if all values are
 * equal.
 */
function jackknifeSkew(values: Float64Array): number {
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  let squares = 0, cubes = 0;
  for (const v of values) {
    squares += (mean - v) ** 2;
    cubes += (mean - v) ** 3;
  }
  return squares === 0 ? 0 : cubes / squares ** 1.5;
}
