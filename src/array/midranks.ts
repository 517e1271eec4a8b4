import { InputError } from "../input_error.ts";

/** Ranks of a sample; tied values have their mean rank. */
export interface Midranks {
  readonly ranks: Float64Array; // [n], from 1
  /** Sizes of the tied runs, in ascending order of value; a value without ties counts as a run of 1. */
  readonly runs: Uint32Array;
  /** Sum of t^3 - t over the runs of size t, the tie correction of rank tests. */
  readonly tieSum: number;
}

/**
 * Ranks from 1 with ties averaged. Infinite values rank first or last.
 *
 * @throws {InputError} if a value is NaN.
 */
export function midranks(values: ArrayLike<number>): Midranks {
  const n = values.length;
  const order = ascendingOrder(values);
  const ranks = new Float64Array(n), runs: number[] = [];
  let tieSum = 0;
  for (let start = 0; start < n;) {
    let end = start + 1;
    while (end < n && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + 1 + end) / 2;
    const size = end - start;
    tieSum += size ** 3 - size;
    runs.push(size);
    start = end;
  }
  return { ranks, runs: Uint32Array.from(runs), tieSum };
}

/**
 * Indices of `values` in ascending order of value, equal values in order of index.
 *
 * @throws {InputError} if a value is NaN.
 */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  const n = values.length, order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) throw new InputError(`Cannot rank: value ${i} is NaN`);
    order[i] = i;
  }
  return order.sort((a, b) => (values[a] < values[b] ? -1 : values[a] > values[b] ? 1 : a - b));
}
