import type { Deviations } from "./store.ts";

const known = new WeakMap<Float64Array, Uint32Array>();

/**
 * Heads sorted by a measure, the nearest to healthy first, those without a value last; cached for each measure. // [n]
 */
function byValue({ value }: Pick<Deviations, "value">): Uint32Array {
  const cached = known.get(value);
  if (cached) return cached;
  const at = (i: number) => Number.isNaN(value[i]) ? Infinity : value[i];
  const order = new Uint32Array(value.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  order.sort((a, b) => at(a) - at(b) || a - b);
  known.set(value, order);
  return order;
}

/**
 * Head with the median value of a measure (the upper of two) among those that have a value and for which `counts` is
 * true; -1 if there are none.
 */
export function medianHead(deviations: Pick<Deviations, "value">, counts: (head: number) => boolean): number {
  const heads = byValue(deviations).filter((i) => Number.isFinite(deviations.value[i]) && counts(i));
  return heads[heads.length >> 1] ?? -1;
}

/** Head with the largest value of a measure among those for which `counts` is true; -1 if none of them has a value. */
export function furthestHead(
  deviations: Pick<Deviations, "value">,
  counts: (head: number) => boolean,
): number {
  return byValue(deviations).findLast((i) => Number.isFinite(deviations.value[i]) && counts(i)) ?? -1;
}
