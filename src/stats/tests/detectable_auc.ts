import { normalQuantile } from "../distributions/normal_quantile.ts";
import { normalTail } from "../distributions/normal_tail.ts";
import { InputError } from "../../input_error.ts";

/** Options of {@linkcode detectableAuc}. */
export interface DetectableAucOptions {
  /** Two-sided significance level. @default {0.05} */
  alpha?: number;
  /** Required power, 0 to 1. @default {0.8} */
  power?: number;
  /** Clustered variance divided by unclustered variance. @default {1} */
  designEffect?: number;
}

/**
 * The smallest AUC above 1/2 that a rank-sum test of nA against nB heads detects with the required power: variance
 * under the null hypothesis (nA + nB + 1) / (12 nA nB), under the alternative by Hanley and McNeil (1982, Radiology
 * 143:29), each times the design effect. `null` if even an AUC of 1 would not be detected.
 *
 * @throws {InputError} if a size is below 1, or level, power or design effect is out of range.
 */
export function detectableAuc(
  nA: number,
  nB: number,
  { alpha = 0.05, power = 0.8, designEffect = 1 }: DetectableAucOptions = {},
): number | null {
  if (!(nA >= 1 && nB >= 1) || !(alpha > 0 && alpha < 1 && power > 0 && power < 1) || !(designEffect > 0)) {
    throw new InputError(
      "Cannot find a detectable AUC: sizes must be at least 1, level and power in (0, 1), design effect above 0, " +
        `got ${nA}, ${nB}, ${alpha}, ${power}, ${designEffect}`,
    );
  }
  const nullSd = Math.sqrt(designEffect * (nA + nB + 1) / (12 * nA * nB));
  const threshold = normalQuantile(1 - alpha / 2) * nullSd;
  const missed = (area: number) => {
    const sd = Math.sqrt(designEffect * hanleyMcNeil(area, nA, nB));
    if (sd === 0) return area - 0.5 > threshold ? 0 : 1;
    return normalTail((area - 0.5 - threshold) / sd);
  };
  let low = 0.5, high = 1;
  if (missed(1) > 1 - power) return null;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (missed(middle) > 1 - power) low = middle;
    else high = middle;
  }
  return high;
}

function hanleyMcNeil(area: number, nA: number, nB: number): number {
  const square = area * area, q1 = area / (2 - area), q2 = 2 * square / (1 + area);
  return (area * (1 - area) + (nA - 1) * (q1 - square) + (nB - 1) * (q2 - square)) / (nA * nB);
}
