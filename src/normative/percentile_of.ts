import { binomialInterval } from "../stats/intervals/binomial_interval.ts";
import { InputError } from "../input_error.ts";

/** Rank of a distance among the reference group. */
export interface Percentile {
  /** Percentile, 0 to 100; ties count half. */
  readonly percentile: number;
  /** 95 % interval for the percentage of the healthy population that is below the distance. */
  readonly percentileInterval: readonly [number, number];
  /** (heads at least as far + 1) / (n + 1), never 0. */
  readonly tailProbability: number;
}

/**
 * Percentile of a distance among the reference distances (ascending), with Clopper and Pearson's interval for the share
 * of the healthy population below it. The interval shows how uncertain the percentile is because of the limited number
 * of reference heads.
 *
 * @throws {InputError} if the reference is empty or the distance is not finite.
 */
export function percentileOf(distance: number, ascending: Float64Array): Percentile {
  const n = ascending.length;
  if (n === 0) throw new InputError("Cannot give a percentile: the reference group is empty");
  if (!Number.isFinite(distance)) {
    throw new InputError(`Cannot give a percentile: the distance must be finite, got ${distance}`);
  }
  const { below, upTo } = standing(distance, ascending);
  return {
    percentile: 100 * (below + upTo) / (2 * n),
    percentileInterval: [100 * binomialInterval(below, n)[0], 100 * binomialInterval(upTo, n)[1]],
    tailProbability: (n - below + 1) / (n + 1),
  };
}

/**
 * Numbers of reference distances below a distance (`below`), and below or equal to it (`upTo`). Percentile, interval
 * and tail probability depend on nothing else.
 */
export function standing(distance: number, ascending: Float64Array): { below: number; upTo: number } {
  return {
    below: countBelow(ascending, (v) => v < distance),
    upTo: countBelow(ascending, (v) => v <= distance),
  };
}

/** Number of leading values for which `holds` is true, by bisection. */
function countBelow(ascending: Float64Array, holds: (v: number) => boolean): number {
  let low = 0, high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(ascending[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}
