/**
 * Midranks [n] when value i counts weight[i] times: the ranks in the resample, computed without sorting again.
 *
 * @param order indices of the values in ascending order of value
 */
export function weightedRanks(
  values: ArrayLike<number>,
  order: Uint32Array,
  weight: ArrayLike<number>,
): Float64Array {
  const ranks = new Float64Array(order.length);
  let below = 0;
  for (let start = 0; start < order.length;) {
    let end = start, run = 0;
    while (end < order.length && values[order[end]] === values[order[start]]) run += weight[order[end++]];
    for (let k = start; k < end; k++) ranks[order[k]] = below + (run + 1) / 2;
    below += run;
    start = end;
  }
  return ranks;
}
